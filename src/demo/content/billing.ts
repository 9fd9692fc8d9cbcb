import type { Problem } from './problem.ts'

export const billing: Problem[] = [
  {
    category: 'Bug',
    weight: 4,
    tool: 'create_refund',
    error:
      'invalid_request: the payment of {invoice} was already refunded in part; amount exceeds the rest of {amount}',
    arguments: { invoice: '{invoice}', amount: '{amount}', reason: 'requested_by_customer' },
    before: ['list_invoices', 'get_invoice'],
    titles: [
      'Refund of {invoice} is refused',
      'create_refund: amount exceeds the rest',
      'Can’t refund the remaining amount of {invoice}',
    ],
    descriptions: [
      'The user wants to refund what is left of {invoice}. get_invoice shows {amount} as refundable, and create_refund says that is too much. Is tax counted twice?',
      'We refunded one seat last month and now the rest can’t be refunded. The customer is waiting for the money since {date}.',
      'Refunding fails although the dashboard shows the same amount as refundable. Tried it with and without the reason.',
    ],
  },
  {
    category: 'Bug',
    weight: 4,
    tool: 'download_statement',
    error: 'Timeout: the statement for {month} was not ready after 30 s',
    arguments: { month: '{month}', format: 'pdf' },
    before: ['list_invoices'],
    titles: [
      'Statement for {month} can’t be downloaded',
      'download_statement times out',
      'PDF statement never gets ready',
    ],
    descriptions: [
      'download_statement has timed out four times for {month}. Earlier months download within a second. {who} needs it for the close of books.',
      'The statement for {month} is not ready after 30 seconds, each time. CSV works, but the auditors ask for the PDF.',
      'I retried with a smaller range and it still runs into the timeout. The account has about {n}00 invoices in that month.',
    ],
  },
  {
    category: 'Bug',
    tool: 'update_payment_method',
    error: 'card_declined: your bank asks for confirmation (3-D Secure), which can’t be done here',
    arguments: { customer: '{customer}', card_token: 'tok_live_9fK2vQ8mZr41Lx7d', default: true },
    before: ['get_customer'],
    titles: [
      'Card can’t be updated, bank asks for confirmation',
      'update_payment_method needs 3-D Secure',
      'New card is declined although it works elsewhere',
    ],
    descriptions: [
      'The user’s bank insists on a confirmation, and the tool has no way to show it. Could it return a link that the user opens in the browser?',
      'Updating the card is declined with a hint about 3-D Secure. Our subscription renews on {date}, so this is getting urgent.',
    ],
    urgent: true,
  },
  {
    category: 'Bug',
    tool: 'get_invoice',
    error: '404 Not Found: no invoice {invoice} in this account',
    arguments: { id: '{invoice}' },
    before: ['list_invoices'],
    titles: [
      'Invoice {invoice} is listed but can’t be opened',
      'get_invoice returns 404 for an invoice we paid',
    ],
    descriptions: [
      'list_invoices shows {invoice} over {amount}, and get_invoice says there is no such invoice. We paid it on {date}.',
      'The invoice was moved to our new legal entity, I believe, and since then can’t be read from either account.',
    ],
  },
  {
    category: 'Bug',
    weight: 2,
    tool: 'list_invoices',
    before: ['get_customer', 'list_invoices'],
    titles: [
      'Invoices of {customer} are missing from the list',
      'list_invoices returns the same page twice',
      'Totals do not match the invoices listed',
    ],
    descriptions: [
      'The second page of list_invoices repeats the first three entries and leaves three others out. I noticed because the total was off by {amount}.',
      'For {customer} the list ends in {month}, although they were billed in every month since.',
    ],
  },
  {
    category: 'Bug',
    weight: 2,
    tool: 'change_plan',
    error: '409 Conflict: another change of this subscription is in progress (since {date})',
    arguments: { customer: '{customer}', plan: 'team', seats: 12, prorate: true },
    before: ['get_customer', 'list_plans'],
    titles: [
      'Plan change is stuck',
      'change_plan: another change is in progress',
      'Can’t add seats for {customer}',
    ],
    descriptions: [
      'A change from {date} seems to be stuck, and every new one is refused with 409. Nobody on the user’s side knows of a pending change.',
      'We want to go from 8 to 12 seats. The tool has said “another change is in progress” for {days} days.',
    ],
  },
  {
    category: 'Bug',
    weight: 2,
    tool: 'create_credit_note',
    error: 'validation_error: tax_id "{vat}" is not valid for country DE',
    arguments: { invoice: '{invoice}', lines: [{ text: 'Seats', amount: '{amount}' }] },
    before: ['get_invoice'],
    titles: ['Credit note refused because of the VAT id', 'VAT id {vat} is not accepted'],
    descriptions: [
      'The VAT id is correct, the tax office’s own page confirms it. The country of the customer changed recently, maybe the old one is still used for the check.',
      'create_credit_note validates the tax id against the wrong country. The invoice itself was created without a complaint.',
    ],
  },
  {
    category: 'Question',
    weight: 3,
    tool: 'list_invoices',
    before: ['list_invoices'],
    titles: [
      'Why was {customer} charged twice in {month}?',
      'What does the line “adjustment” mean?',
      'When does the new price apply to us?',
      'Can we pay by bank transfer?',
    ],
    descriptions: [
      'There are two charges of {amount} on the same day. The user asks which one is right and whether the other will be refunded by itself.',
      'Invoice {invoice} has a line “adjustment” over {amount} without an explanation. {who} in accounting needs to know what it is for.',
      'The user asks whether the price announced on {date} applies at once or from the next renewal. I found nothing about it in the invoice.',
    ],
  },
  {
    category: 'Question',
    weight: 2,
    titles: ['How do I change the billing address?', 'Who can see our invoices?'],
    descriptions: [
      'We moved, and the next invoice should carry the new address. I see no tool for that. Can you change it, or tell the user where to?',
      'The user wants to give their accountant access to invoices only, without the rest of the account.',
    ],
  },
  {
    category: 'Feature request',
    weight: 2,
    tool: 'list_invoices',
    before: ['list_invoices'],
    titles: [
      'Filter invoices by cost centre',
      'Export for our tax adviser',
      'Tell me before a card expires',
      'Let me approve refunds above a limit',
    ],
    descriptions: [
      'The user tags every subscription with a cost centre, and list_invoices can’t filter by it. Today they export everything and sort it by hand.',
      'A download in the format that the tax adviser’s software reads would save {who} half a day each month.',
      'It would be safer if refunds above {amount} needed a second person. An assistant should not be able to do that alone.',
    ],
  },
]
