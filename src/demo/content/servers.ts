import type { AuthMode, ContextLevel } from '#sdk/contract.ts'
import { billing } from './billing.ts'
import { docuapi, indexOutage } from './docuapi.ts'
import type { Problem } from './problem.ts'
import { labelOutage, warehouse } from './warehouse.ts'

export type DemoServer = {
  slug: string
  name: string
  /** The program's own name and its versions of the last 90 days, oldest first. */
  program: { name: string; versions: string[] }
  auth: AuthMode
  issuer: string | null
  audience: string | null
  context: ContextLevel
  description: string
  categories: string[]
  /** How many of the tickets are its. */
  share: number
  problems: Problem[]
}

const categories = ['Bug', 'Question', 'Feature request', 'Other']
const issuer = 'https://login.northwind.example'

/** The first one is the DocuAPI example of the SDK, which the demo runs. */
export const demoServers: [DemoServer, ...DemoServer[]] = [
  {
    slug: 'docuapi',
    name: 'DocuAPI',
    program: { name: 'docuapi', versions: ['2.1.4', '2.2.0', '2.2.3', '2.3.0', '2.3.1'] },
    auth: 'none',
    issuer: null,
    audience: null,
    context: 'recent',
    description: 'Reports problems with the documentation of our API, or asks about it.',
    categories,
    share: 45,
    problems: docuapi,
  },
  {
    slug: 'billing',
    name: 'Billing',
    program: { name: 'northwind-billing', versions: ['4.7.2', '4.8.0', '4.8.1', '5.0.0'] },
    auth: 'external',
    issuer,
    audience: 'https://billing.northwind.example/mcp',
    context: 'call',
    description: 'Reaches the billing team about invoices, payments and refunds.',
    categories,
    share: 28,
    problems: billing,
  },
  {
    slug: 'warehouse',
    name: 'Warehouse',
    program: { name: 'northwind-warehouse', versions: ['1.9.0', '1.9.6', '1.10.2'] },
    auth: 'external',
    issuer,
    audience: 'https://warehouse.northwind.example/mcp',
    context: 'recent',
    description: 'Reaches the people who run stock, orders and shipping.',
    categories,
    share: 27,
    problems: warehouse,
  },
]

/** Times when one tool failed for everyone: hours before now, and tickets. */
export const outages = [
  { server: 0, problem: indexOutage, startedHoursAgo: 9 * 24 + 3, hours: 34, tickets: 41 },
  { server: 2, problem: labelOutage, startedHoursAgo: 17, hours: 16.5, tickets: 8 },
]
