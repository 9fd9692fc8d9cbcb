import type { Chance } from '../chance.ts'
import { companyNames, firstNames } from './people.ts'

const topics: [string, string][] = [
  ['authentication', 'authentication'],
  ['webhooks', 'webhooks'],
  ['pagination', 'pagination'],
  ['rate limits', 'rate-limits'],
  ['service accounts', 'service-accounts'],
  ['idempotency keys', 'idempotency'],
  ['user roles', 'roles'],
  ['audit logs', 'audit-logs'],
  ['SSO', 'single-sign-on'],
  ['bulk export', 'bulk-export'],
  ['signed URLs', 'signed-urls'],
  ['sandbox accounts', 'sandbox'],
]
const skus = ['NW-LAMP-04', 'NW-SHELF-80', 'NW-DESK-160', 'NW-RUG-L', 'NW-CHAIR-2', 'NW-VASE-11']
const carriers = ['nordpost', 'quickbox', 'rapidline', 'parcelo']
const streets = ['Am Neuen Hafen 12', 'Birkenweg 3', 'Rue des Tilleuls 48', 'Harbour Lane 7']
const cities = ['Rostock', 'Ghent', 'Aarhus', 'Malmö', 'Lyon', 'Gdynia']
const euros = new Intl.NumberFormat('en-IE', { style: 'currency', currency: 'EUR' })
const monthMs = 30 * 24 * 3_600_000

/** What stands for each `{…}` in the texts of one ticket. */
export function slotsFor(chance: Chance, at: Date): Record<string, string> {
  const [topic = '', slug = ''] = chance.pick(topics)
  const before = new Date(at.getTime() - chance.between(0.1, 0.9) * monthMs)
  return {
    topic,
    slug,
    sku: chance.pick(skus),
    carrier: chance.pick(carriers),
    street: chance.pick(streets),
    city: chance.pick(cities),
    customer: chance.pick(companyNames),
    who: chance.pick(firstNames),
    order: `SO-${chance.whole(31_000, 48_999)}`,
    invoice: `INV-${at.getUTCFullYear()}-${String(chance.whole(80, 4_999)).padStart(4, '0')}`,
    parcel: `${chance.whole(10, 99)} ${chance.whole(1_000, 9_999)} ${chance.whole(1_000, 9_999)}`,
    vat: `DE${chance.whole(100_000_000, 399_999_999)}`,
    amount: euros.format(chance.whole(1_900, 249_900) / 100),
    date: before.toISOString().slice(0, 10),
    month: before.toISOString().slice(0, 7),
    days: String(chance.whole(2, 9)),
    n: String(chance.whole(11, 58)),
  }
}

/** Fills the slots of a text, or of every text within a value. */
export function fill<T>(value: T, slots: Record<string, string>): T {
  if (typeof value === 'string')
    return value.replace(/\{(\w+)\}/g, (slot, name) => slots[name] ?? slot) as T
  if (Array.isArray(value)) return value.map((item) => fill(item, slots)) as T
  if (value && typeof value === 'object')
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, fill(item, slots)]),
    ) as T
  return value
}
