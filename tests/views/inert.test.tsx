import { expect, test } from 'bun:test'
import { ErrorPage } from '#views/error.tsx'
import { Layout } from '#views/layout.tsx'
import { ForgottenPage, MailSentPage } from '#views/staff/forgotten.tsx'
import { InvitationPage } from '#views/staff/invitation.tsx'
import { MembersPage } from '#views/staff/members.tsx'
import { OrganizationsPage } from '#views/staff/organizations.tsx'
import { ProfilePage } from '#views/staff/profile.tsx'
import { ResetPage } from '#views/staff/reset.tsx'
import { SetupPage } from '#views/staff/setup.tsx'
import { SignInPage } from '#views/staff/sign-in.tsx'
import { ErasurePage } from '#views/tickets/erasure.tsx'
import { TicketList } from '#views/tickets/list.tsx'
import { TicketShow } from '#views/tickets/show.tsx'
import { TicketState } from '#views/tickets/state.tsx'
import { elementsOf, skeletonOf } from './parse.ts'
import {
  counts,
  noRows,
  now,
  offers,
  organization,
  page,
  servers,
  shown,
  ticket,
  today,
} from './props.ts'

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
    'reporter_erased',
    'erased',
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

const account = { name: 'Ana', email: 'ana@b.example' }
const invited = { role: 'owner', isMember: false, expiresAt: now } as const
const problems = { organization: 'No.', slug: 'No.', name: 'No.', email: 'No.', password: 'No.' }
const list = { organization, filter: { status: 'open', q: 'x', server: 'docuapi' } as const }
const erasedTicket = {
  ...ticket,
  reporter: { proof: 'erased' as const, name: null, email: null, issuer: null, subject: null },
  events: ticket.events.map((event) => ({ ...event, action: 'reporter_erased' as const })),
}
const views: Record<string, (poison: <T>(props: T) => T) => unknown> = {
  Layout: (p) => (
    <Layout
      {...p({ title: 'T', organization, staffName: 'Mira', servers })}
      active="tickets"
      hasOthers={false}
    />
  ),
  TicketList: (p) => (
    <TicketList
      {...p({ ...list, page, counts, servers, offers, newest: 1042 })}
      shared={ticket.similar ? new Map([[ticket.number, p(ticket.similar)]]) : undefined}
      cause={p({ number: 7, name: 'Search is refused' })}
      today={today}
      isOwner
      now={now}
    />
  ),
  'TicketList, empty': (p) => (
    <TicketList
      {...p({ ...list, page: noRows, counts, servers, offers, newest: 1042 })}
      today={today}
      isOwner
      now={now}
    />
  ),
  'TicketList, to choose a server': (p) => (
    <TicketList
      {...p({ organization, page, counts, servers, offers, newest: 1042 })}
      today={today}
      filter={{ status: 'active' }}
      isOwner
      now={now}
    />
  ),
  TicketShow: (p) => (
    <TicketShow {...p({ ...shown, ticket })} filter={p({ status: 'open', q: 'x' })} now={now} />
  ),
  'TicketShow, for an owner': (p) => (
    <TicketShow
      {...p({ ...shown, ticket })}
      filter={p({ status: 'open', q: 'x' })}
      erasure="/northwind/tickets/1042/erasure"
      now={now}
    />
  ),
  'TicketShow, erased': (p) => (
    <TicketShow
      {...p({ ...shown, ticket: erasedTicket })}
      filter={p({ status: 'open', q: 'x' })}
      now={now}
    />
  ),
  ErasurePage: (p) => (
    <ErasurePage
      {...p({ organization, reporter: ticket.reporter })}
      number={1042}
      filter={p({ status: 'open', q: 'x' })}
      tickets={{ n: 3, more: false }}
      words={false}
      isBegun
    />
  ),
  'TicketList of a reporter': (p) => (
    <TicketList
      {...p({
        organization,
        page,
        counts,
        servers,
        offers,
        today,
        newest: 1042,
        reporter: ticket.reporter,
      })}
      filter={{ status: 'open', reporter: 1042 }}
      isOwner
      now={now}
    />
  ),
  TicketState: (p) => (
    <TicketState
      {...p({ ...shown, ticket })}
      filter={{ status: 'active' }}
      now={now}
      done={{ ...p({ text: 'Done' }), undo: '/x' }}
    />
  ),
  SignInPage: (p) => <SignInPage {...p({ email: 'a@b.example', problem: 'No.', next: '/x' })} />,
  ErrorPage: (p) => <ErrorPage {...p({ status: 404, title: 'T', detail: 'D' })} />,
  SetupPage: (p) => (
    <SetupPage {...p({ token: 't', host: 'h', typed: { ...account, slug: 'x' }, problems })} />
  ),
  InvitationPage: (p) => (
    <InvitationPage
      {...p({ token: 't', organization, invitedBy: 'Mira', typed: account, problems })}
      {...invited}
    />
  ),
  'InvitationPage, signed in': (p) => (
    <InvitationPage
      {...p({ token: 't', organization, invitedBy: 'Mira', staff: account })}
      {...invited}
    />
  ),
  MembersPage: (p) => (
    <MembersPage
      organization={p(organization)}
      members={(['owner', 'member'] as const).map((role) => ({
        ...p({ id: 'm', ...account }),
        role,
      }))}
      invitations={[{ ...p({ id: 'i', invitedBy: 'Mira' }), role: 'member', expiresAt: now }]}
      selfId="me"
      isOwner
      link={{ url: 'https://desk.example/invitations/t', role: 'member', expiresAt: now }}
      problem={p('No.')}
      now={now}
    />
  ),
  ProfilePage: (p) => (
    <ProfilePage
      {...p({ organization, ...account, problems })}
      sessions={[{ ...p({ id: 's', browser: 'Firefox' }), createdAt: now, isOwn: false }]}
      isPasswordChanged
    />
  ),
  ForgottenPage: (p) => <ForgottenPage {...p({ email: 'a@b.example', problem: 'No.' })} />,
  MailSentPage: (p) => <MailSentPage {...p({ email: 'a@b.example' })} />,
  ResetPage: (p) => <ResetPage {...p({ token: 't', email: 'a@b.example', problem: 'No.' })} />,
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
