import type { Problem } from './problem.ts'

/** A carrier that changed its interface overnight: it goes on. */
export const labelOutage: Problem = {
  category: 'Bug',
  tool: 'print_label',
  error: '502 Bad Gateway from carrier Nordpost: schema version 7 is no longer supported',
  arguments: { order: '{order}', carrier: 'nordpost', format: 'a6' },
  before: ['get_order', 'create_shipment'],
  urgent: true,
  titles: [
    'print_label fails for Nordpost',
    'No Nordpost labels since last night',
    'Label for {order} can’t be printed',
    '502 from Nordpost on every label',
    'Parcels are piling up, labels fail',
    'print_label: schema version 7 is no longer supported',
    'Nordpost refuses our labels',
    'Orders for today can’t be sent, no labels',
  ],
  descriptions: [
    'The shipment for {order} was created, and its label fails with 502 from Nordpost. Other carriers work. The pick-up is at 16:00.',
    'All Nordpost labels fail since last night, about {n} orders so far. {who} asks whether to switch carriers for today.',
    'I tried print_label for three orders in a row and each failed with “schema version 7 is no longer supported”.',
  ],
}

export const warehouse: Problem[] = [
  {
    category: 'Bug',
    weight: 4,
    tool: 'create_shipment',
    error: 'Error: address validation failed for {order}: "{street}" not found in {city}',
    arguments: {
      order: '{order}',
      carrier: '{carrier}',
      address: { street: '{street}', city: '{city}' },
    },
    before: ['get_order', 'list_carriers'],
    titles: [
      'Address of {order} is refused',
      'create_shipment: address validation failed',
      'Correct address in {city} is not accepted',
      'Shipments to {city} fail',
    ],
    descriptions: [
      'The address is right, the customer received two parcels there in {month}. The validation does not know the street, perhaps because it is new.',
      'create_shipment refuses {order}. Entering the same address by hand in the dashboard works.',
      'For the second time this week an address in {city} is not found. Could validation be a warning instead of an error?',
    ],
  },
  {
    category: 'Bug',
    weight: 4,
    tool: 'query_stock',
    error: 'QueryTimeout: stock of {sku} took longer than 10,000 ms',
    arguments: { sku: '{sku}', warehouses: ['north', 'south', 'returns'] },
    before: ['list_warehouses'],
    titles: [
      'Stock query for {sku} times out',
      'query_stock is very slow across warehouses',
      'QueryTimeout when asking for several warehouses',
      'No stock figures for {sku} this morning',
    ],
    descriptions: [
      'Asking for {sku} in one warehouse answers in under a second, in all three it runs into the timeout.',
      'query_stock has become slow since {date}. Single articles are fine; anything with more than two warehouses fails.',
      'The user runs this every morning before ordering. Today it timed out for {n} of their articles.',
    ],
  },
  {
    category: 'Bug',
    weight: 3,
    tool: 'query_stock',
    before: ['list_warehouses', 'query_stock'],
    titles: [
      'Stock of {sku} is wrong after the count',
      'Negative stock for {sku}',
      'query_stock and the dashboard disagree',
    ],
    descriptions: [
      'query_stock reports −{days} for {sku} in the north warehouse. The shelf holds {n}, counted this morning.',
      'After the stock count on {date} the dashboard shows the new number and the tool still the old one.',
    ],
  },
  {
    category: 'Bug',
    weight: 3,
    tool: 'import_orders',
    error: 'ParseError: line {n}: expected 14 columns, got 15',
    arguments: { file: 'orders-{date}.csv', dry_run: false },
    before: ['list_warehouses'],
    titles: [
      'Import of orders stops at line {n}',
      'import_orders can’t read commas in product names',
      'CSV import fails since the new export',
      'Orders of {date} can’t be imported',
    ],
    descriptions: [
      'The import fails because a product name contains a comma. It is quoted, as it should be. {days} orders before that line were imported, the rest was not.',
      'The shop system added a column last week and now import_orders refuses the file. Could unknown columns be ignored?',
      'A dry run of the same file passes, the real one fails. That is what confuses the user most.',
    ],
  },
  {
    category: 'Bug',
    weight: 2,
    tool: 'track_shipment',
    error: '404 Not Found: carrier {carrier} knows no parcel {parcel}',
    arguments: { parcel: '{parcel}' },
    before: ['get_order'],
    titles: [
      'Parcel {parcel} can’t be tracked',
      'Tracking says the parcel does not exist',
      'track_shipment: unknown parcel after hand-over',
    ],
    descriptions: [
      'The parcel was handed over on {date} and the carrier’s own page shows it. track_shipment still says it is unknown.',
      'The customer of {order} asks where their parcel is. The tracking number in the order belongs to another carrier, I think.',
    ],
  },
  {
    category: 'Bug',
    weight: 2,
    tool: 'reserve_stock',
    error: '403 Forbidden: the role "assistant" may not reserve more than 50 pieces',
    arguments: { sku: '{sku}', quantity: 120, order: '{order}', api_key: 'whk_29fh27dkQ81mzPw0' },
    before: ['query_stock'],
    titles: [
      'May not reserve more than 50 pieces',
      'reserve_stock is forbidden for larger orders',
      'Can’t reserve 120 pieces of {sku}',
    ],
    descriptions: [
      'Our larger customers order by the hundred. Can the limit be raised for our account, or can someone approve it?',
      'The user was allowed to do this until {date}. Has the role changed?',
    ],
  },
  {
    category: 'Question',
    weight: 3,
    tool: 'list_carriers',
    before: ['list_carriers'],
    titles: [
      'Which carriers deliver on Saturdays?',
      'How are partial deliveries counted?',
      'Can one order ship from two warehouses?',
      'What happens to reservations over night?',
    ],
    descriptions: [
      'The user would like Saturday delivery for {city}. list_carriers shows prices but not the days.',
      '{order} will be delivered in two parts. Does the customer get one invoice or two, and when is the stock taken off?',
      'A reservation from yesterday was gone this morning. Is there a time limit, and can it be seen anywhere?',
    ],
  },
  {
    category: 'Feature request',
    weight: 2,
    tool: 'query_stock',
    before: ['query_stock'],
    titles: [
      'Tell when an article will be back in stock',
      'Print several labels at once',
      'Show the shelf in query_stock',
      'Undo an import',
    ],
    descriptions: [
      'The answer says that {sku} is out of stock, but not when the next delivery is due. The date is in the dashboard.',
      '{who} prints about {n} labels every afternoon, one call each. A list of orders would be much faster.',
      'An import with a wrong file can’t be taken back. We deleted {days} orders by hand.',
    ],
  },
  {
    category: 'Other',
    weight: 1,
    titles: ['Thank you for the quick fix', 'Please call back', 'Wrong contact on our account'],
    descriptions: [
      'The user asked me to pass on their thanks: the problem with labels from last week is solved.',
      'The user would rather talk to a person about their set-up. They are in the office until 17:00.',
      'Our account still lists a colleague who left. Please make {who} the contact.',
    ],
  },
]
