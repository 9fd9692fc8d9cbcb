import { expect, test } from 'bun:test'
import { ErrorPage } from '#views/error.tsx'
import { Layout } from '#views/layout.tsx'
import { OrganizationsPage } from '#views/staff/organizations.tsx'
import { SignInPage } from '#views/staff/sign-in.tsx'
import { TicketList } from '#views/tickets/list.tsx'
import { TicketShow } from '#views/tickets/show.tsx'
import { TicketState } from '#views/tickets/state.tsx'
import { elementsOf, skeletonOf } from './parse.ts'
import { counts, noRows, now, organization, page, servers, ticket } from './props.ts'

/** Strings that a ticket's writer, or a client behind a model, may put into any field. */
const hostile = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' autofocus onfocus='alert(1)",
  '</title></textarea></pre></style><svg/onload=alert(1)>',
  'javascript:alert(1)',
  '<!-- ',
  '<hx-partial hx-target="body">x</hx-partial>',
  '<a hx-get="/x" hx-trigger="load">x</a>',
  '//evil.example/',
  '\u0000\u202e\ud800<b>',
]

/** Words the program chooses, not strangers. */
const chosen = new Set([
  ...['open', 'in_progress', 'closed', 'active', 'high', 'vouched', 'external', 'http'],
  ...[
    'ok',
    'error',
    'pending',
    'filed',
    'status_changed',
    'tickets',
    'ooxox',
    '/northwind/tickets',
  ],
])

/** The same value with every stranger's string replaced. */
function poisoned<T>(value: T, poison: string): T {
  if (typeof value === 'string')
    return (chosen.has(value) || /^\d{4}-/.test(value) ? value : poison) as T
  if (Array.isArray(value)) return value.map((item) => poisoned(item, poison)) as T
  if (value instanceof Date || typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, poisoned(inner, poison)]),
  ) as T
}

const list = { organization, filter: { status: 'open', q: 'x', server: 'docuapi' } as const }
const views: Record<string, (poison: <T>(props: T) => T) => unknown> = {
  Layout: (p) => (
    <Layout
      {...p({ title: 'T', organization, staffName: 'Mira', servers })}
      active="tickets"
      hasOthers={false}
    />
  ),
  TicketList: (p) => <TicketList {...p({ ...list, page, counts, servers })} now={now} />,
  'TicketList, empty': (p) => (
    <TicketList {...p({ ...list, page: noRows, counts, servers })} now={now} />
  ),
  'TicketList, to choose a server': (p) => (
    <TicketList
      {...p({ organization, page, counts, servers })}
      filter={{ status: 'active' }}
      now={now}
    />
  ),
  TicketShow: (p) => (
    <TicketShow
      {...p({ organization, ticket, reference: 'D-1', back: '/northwind/tickets' })}
      now={now}
    />
  ),
  TicketState: (p) => <TicketState {...p({ organization, ticket })} now={now} />,
  SignInPage: (p) => <SignInPage {...p({ email: 'a@b.example', problem: 'No.', next: '/x' })} />,
  ErrorPage: (p) => <ErrorPage {...p({ status: 404, title: 'T', detail: 'D' })} />,
  OrganizationsPage: (p) => (
    <OrganizationsPage {...p({ organizations: [organization], staffName: 'Mira' })} />
  ),
}

for (const [name, view] of Object.entries(views))
  for (const poison of hostile)
    test(`${name} is inert to ${JSON.stringify(poison)}`, () => {
      const markup = view((props) => poisoned(props, poison))
      // What strangers wrote adds no element and no attribute. A redaction's chip is in neither.
      const clean = view((props) => poisoned(props, 'harmless'))
      expect(skeletonOf(markup)).toEqual(skeletonOf(clean))
      for (const { attributes } of elementsOf(markup))
        for (const [attribute, value] of attributes)
          if (/^(href|src|action|hx-(get|post))$/.test(attribute))
            expect(value).toMatch(/^(\/(?!\/)|#|mailto:)/)
    })

test('a template of ours is caught when it lets a stranger’s text through', () => {
  expect(skeletonOf('<p title=""><b>x</b></p>')).toEqual(['p title', 'b'])
})
