import { type Ask, password, reporter } from '../world.ts'
import type { Facts } from './facts.ts'

type Request = {
  /** Status of the answer to its rightful caller. */
  answers: number
  /** Whether it writes. */
  writes?: true
  /** The secret in its path. */
  token?: (facts: Facts) => string
  query?: (facts: Facts) => Record<string, string>
  ask?: (facts: Facts) => Ask
}

/** Of a reporter of its own: one person may raise a few tickets only. */
const ticket = ({ number }: Facts) => ({
  json: {
    title: 'Search fails',
    description: 'Every search ends in 403.',
    reporter: { ...reporter, subject: `u-${number}` },
  },
})

const serverForm = {
  name: 'Docs',
  auth: 'none',
  support: 'on',
  title: 'Get help',
  description: 'Ask us.',
  categories: 'Bug\nOther',
  context: 'off',
}

/**
 * A good request for every route of the map and every procedure of its routers. A new route fails
 * the walk until it has one.
 */
export const requests: Record<string, Request> = {
  'GET any /healthz': { answers: 200 },
  'GET any /assets/:file': { answers: 200 },

  'GET dashboard /': { answers: 303 },
  'GET dashboard /organizations': { answers: 200 },
  'GET dashboard /sign-in': { answers: 200 },
  'POST dashboard /sign-in': {
    answers: 303,
    writes: true,
    ask: ({ organization: { staff } }) => ({ form: { email: staff.email, password, next: '/' } }),
  },
  // Of a desk that is set up; tests/staff/setup.test.ts has the other.
  'GET dashboard /setup': { answers: 404 },
  'POST dashboard /setup': { answers: 404, ask: () => ({ form: { token: 'any' } }) },
  'GET dashboard /invitations/:token': {
    answers: 200,
    writes: true,
    token: ({ invitation }) => invitation.token,
  },
  'POST dashboard /invitations/:token': {
    answers: 303,
    writes: true,
    token: ({ invitation }) => invitation.token,
    ask: ({ colleague }) => ({
      form: { name: 'Kim', email: `new-${colleague}@a.example`, password },
    }),
  },
  // Of a desk that sends no mail; tests/staff/password.test.ts has the other.
  'GET dashboard /password': { answers: 404 },
  'POST dashboard /password': { answers: 404, ask: () => ({ form: { email: 'a@b.example' } }) },
  'GET dashboard /password/:token': { answers: 200, writes: true, token: ({ reset }) => reset },
  'POST dashboard /password/:token': {
    answers: 303,
    writes: true,
    token: ({ reset }) => reset,
    ask: () => ({ form: { password } }),
  },
  'POST dashboard /sign-out': { answers: 303, writes: true, ask: () => ({ form: {} }) },

  'GET dashboard /:organization/tickets': { answers: 200 },
  'GET dashboard /:organization/tickets/news': {
    answers: 200,
    query: ({ number }) => ({ after: String(number - 1) }),
  },
  'POST dashboard /:organization/tickets/bulk': {
    answers: 303,
    writes: true,
    ask: ({ number }) => ({ form: { number: String(number), status: 'closed', apply: '1' } }),
  },
  'GET dashboard /:organization/tickets/export.csv': { answers: 200 },
  'GET dashboard /:organization/tickets/export.jsonl': { answers: 200 },
  'GET dashboard /:organization/tickets/:number': { answers: 200, writes: true },
  'GET dashboard /:organization/tickets/:number/context.json': { answers: 200 },
  'POST dashboard /:organization/tickets/:number/status': {
    answers: 303,
    writes: true,
    ask: () => ({ form: { status: 'closed' } }),
  },
  'POST dashboard /:organization/tickets/:number/priority': {
    answers: 303,
    writes: true,
    ask: () => ({ form: { priority: 'high', was: 'normal' } }),
  },
  'POST dashboard /:organization/tickets/:number/notes': {
    answers: 303,
    writes: true,
    ask: () => ({ form: { body: 'Seen before.' } }),
  },
  'POST dashboard /:organization/tickets/:number/block': {
    answers: 303,
    writes: true,
    ask: () => ({ form: { block: 'on' } }),
  },
  'POST dashboard /:organization/tickets/:number/merge': {
    answers: 303,
    writes: true,
    ask: ({ other }) => ({ form: { into: String(other) } }),
  },
  'POST dashboard /:organization/tickets/:number/read': {
    answers: 204,
    writes: true,
    ask: () => ({ form: {} }),
  },
  // Nobody has read it.
  'POST dashboard /:organization/tickets/:number/unread': {
    answers: 303,
    ask: () => ({ form: {} }),
  },
  'POST dashboard /:organization/changes/:change/undo': {
    answers: 303,
    writes: true,
    ask: () => ({ form: {} }),
  },
  'GET dashboard /:organization/tickets/:number/erasure': { answers: 200 },
  'POST dashboard /:organization/tickets/:number/erasure': {
    answers: 303,
    writes: true,
    ask: () => ({ form: { words: 'on' } }),
  },
  'GET dashboard /:organization/trpc/support.getOrganizationTickets': {
    answers: 200,
    query: () => ({ input: JSON.stringify({ status: 'active' }) }),
  },
  'POST dashboard /:organization/trpc/support.updateTicketStatus': {
    answers: 200,
    writes: true,
    ask: ({ number }) => ({ json: { number, status: 'closed' } }),
  },

  'GET dashboard /:organization/causes': { answers: 200 },
  'GET dashboard /:organization/causes/:number': { answers: 200 },
  'POST dashboard /:organization/causes/:number/name': {
    answers: 303,
    writes: true,
    ask: () => ({ form: { name: 'Search is down', was: '' } }),
  },
  'POST dashboard /:organization/causes/:number/status': {
    answers: 303,
    writes: true,
    ask: () => ({ form: { status: 'fixed' } }),
  },
  'POST dashboard /:organization/causes/:number/answer': {
    answers: 303,
    writes: true,
    ask: () => ({ form: { body: 'Try again.', link: '', was: '1' } }),
  },
  'POST dashboard /:organization/causes/:number/answer/preview': {
    answers: 200,
    ask: () => ({ form: { body: 'Try again.' } }),
  },
  'POST dashboard /:organization/causes/:number/answer/removal': {
    answers: 303,
    writes: true,
    ask: () => ({ form: { was: '1' } }),
  },

  'GET dashboard /:organization/analytics': { answers: 200 },
  'GET dashboard /:organization/analytics.csv': { answers: 200 },
  'POST dashboard /:organization/time-zone': {
    answers: 303,
    writes: true,
    ask: () => ({ form: { timeZone: 'Europe/Berlin' } }),
  },

  'GET dashboard /:organization/members': { answers: 200 },
  'POST dashboard /:organization/members/:member/role': {
    answers: 303,
    writes: true,
    ask: () => ({ form: { role: 'member' } }),
  },
  'POST dashboard /:organization/members/:member/removal': {
    answers: 303,
    writes: true,
    ask: () => ({ form: {} }),
  },
  // The only owner stays.
  'POST dashboard /:organization/departure': { answers: 422, ask: () => ({ form: {} }) },
  'POST dashboard /:organization/invitations': {
    answers: 201,
    writes: true,
    ask: () => ({ form: { role: 'member' } }),
  },
  'POST dashboard /:organization/invitations/:invitation/removal': {
    answers: 303,
    writes: true,
    ask: () => ({ form: {} }),
  },
  'GET dashboard /:organization/profile': { answers: 200 },
  'POST dashboard /:organization/profile': {
    answers: 303,
    writes: true,
    ask: () => ({ form: { name: 'Mira Okafor' } }),
  },
  'POST dashboard /:organization/profile/password': {
    answers: 303,
    writes: true,
    ask: () => ({ form: { current: password, password } }),
  },
  'POST dashboard /:organization/profile/sessions/removal': {
    answers: 303,
    writes: true,
    ask: () => ({ form: {} }),
  },
  'POST dashboard /:organization/profile/sessions/:session/removal': {
    answers: 303,
    writes: true,
    ask: () => ({ form: {} }),
  },

  'GET dashboard /:organization/servers/:server/connect': { answers: 200 },
  'GET dashboard /:organization/servers/:server/connect/progress': { answers: 200 },
  'POST dashboard /:organization/servers/:server/test-ticket': {
    answers: 303,
    writes: true,
    ask: () => ({ form: {} }),
  },

  'GET dashboard /:organization/servers': { answers: 200 },
  'POST dashboard /:organization/servers': {
    answers: 201,
    writes: true,
    ask: ({ colleague }) => ({ form: { ...serverForm, slug: `s-${colleague}` } }),
  },
  'GET dashboard /:organization/servers/new': { answers: 200 },
  'POST dashboard /:organization/servers/new/preview': {
    answers: 200,
    ask: () => ({ form: serverForm }),
  },
  'GET dashboard /:organization/servers/:server': { answers: 200 },
  'GET dashboard /:organization/servers/:server/issuer': { answers: 200 },
  'POST dashboard /:organization/servers/:server/settings': {
    answers: 303,
    writes: true,
    ask: () => ({ form: serverForm }),
  },
  'POST dashboard /:organization/servers/:server/status': {
    answers: 303,
    writes: true,
    ask: () => ({ form: { enabled: 'off' } }),
  },
  'POST dashboard /:organization/servers/:server/keys': {
    answers: 201,
    writes: true,
    ask: () => ({ form: { kind: 'secret' } }),
  },
  'POST dashboard /:organization/servers/:server/keys/:key/revocation': {
    answers: 303,
    writes: true,
    ask: () => ({ form: {} }),
  },
  'POST dashboard /:organization/servers/:server/deletion': {
    answers: 303,
    writes: true,
    ask: ({ extra }) => ({ form: { typed: extra.name } }),
  },

  'GET dashboard /:organization/servers/:server/end-users': { answers: 200 },
  'GET dashboard /:organization/servers/:server/end-users/:endUser': { answers: 200 },
  'POST dashboard /:organization/servers/:server/end-users/:endUser/removal': {
    answers: 303,
    writes: true,
    ask: () => ({ form: {} }),
  },
  'POST dashboard /:organization/servers/:server/end-users/:endUser/sign-ins/removal': {
    answers: 303,
    writes: true,
    ask: () => ({ form: {} }),
  },
  'POST dashboard /:organization/servers/:server/end-users/:endUser/sign-ins/:signIn/removal': {
    answers: 303,
    writes: true,
    ask: () => ({ form: {} }),
  },
  'POST dashboard /:organization/servers/:server/end-users/:endUser/browsers/:browser/removal': {
    answers: 303,
    writes: true,
    ask: () => ({ form: {} }),
  },

  // Of an organization that is no demo; tests/demo/removing.test.ts has the other.
  'POST dashboard /:organization/removal': { answers: 404, ask: () => ({ form: {} }) },

  'GET canonical /.well-known/oauth-authorization-server': { answers: 200 },
  'GET canonical /.well-known/openid-configuration': { answers: 200 },
  // The first to ask has the server's first key made.
  'GET canonical /jwks': { answers: 200, writes: true },
  // Of nobody's: tests/identity/{authorization,grants} have the others.
  'GET canonical /authorize': { answers: 400 },
  'POST canonical /consent': { answers: 400, ask: () => ({ form: { decision: 'allow' } }) },
  'POST canonical /token': {
    answers: 401,
    ask: () => ({ form: { grant_type: 'authorization_code', client_id: 'nobody', code: 'any' } }),
  },
  'POST canonical /revoke': {
    answers: 401,
    ask: () => ({ form: { client_id: 'nobody', token: 'any' } }),
  },
  'POST canonical /introspect': {
    answers: 200,
    ask: ({ organization: { servers } }) => ({ key: servers.platform.key, form: { token: 'any' } }),
  },
  'POST canonical /register': {
    answers: 201,
    writes: true,
    ask: () => ({ json: { redirect_uris: ['http://127.0.0.1/callback'] } }),
  },

  'GET canonical /sign-in': { answers: 200 },
  // Nobody's, and counted.
  'POST canonical /sign-in': {
    answers: 422,
    writes: true,
    ask: ({ colleague }) => ({ form: { email: `${colleague}@a.example`, password } }),
  },
  'GET canonical /sign-in/code': { answers: 303 },
  // Of a desk that sends no mail; tests/identity/people has the other.
  'POST canonical /sign-in/code': { answers: 422, ask: () => ({ form: { code: '12345678' } }) },
  'GET canonical /sign-up': { answers: 200 },
  'POST canonical /sign-up': {
    answers: 303,
    writes: true,
    ask: ({ colleague }) => ({
      form: { name: 'Ana', email: `new-${colleague}@a.example`, password },
    }),
  },
  'POST canonical /sign-out': { answers: 303, ask: () => ({ form: { request: '' } }) },
  'GET canonical /account': { answers: 200 },
  'POST canonical /account/password': {
    answers: 303,
    writes: true,
    ask: () => ({ form: { password } }),
  },
  'POST canonical /account/sign-ins/removal': {
    answers: 303,
    writes: true,
    ask: () => ({ form: {} }),
  },
  'POST canonical /account/sign-ins/:signIn/removal': {
    answers: 303,
    writes: true,
    ask: () => ({ form: {} }),
  },
  'POST canonical /account/browsers/removal': {
    answers: 303,
    writes: true,
    ask: () => ({ form: {} }),
  },
  'POST canonical /account/browsers/:browser/removal': {
    answers: 303,
    writes: true,
    ask: () => ({ form: {} }),
  },

  'POST server /api/support': { answers: 201, writes: true, ask: ticket },
  'POST dashboard /api/support/:slug': {
    answers: 201,
    writes: true,
    ask: ticket,
  },
  'GET server /trpc/support.settings': { answers: 200 },
  'POST server /trpc/support.createTicket': {
    answers: 200,
    writes: true,
    ask: ticket,
  },
  // It writes how often somebody asked.
  'POST server /trpc/support.checkTickets': {
    answers: 200,
    writes: true,
    ask: ({ number, colleague }) => ({
      json: { reporter: { ...reporter, subject: colleague }, reference: `#${number}` },
    }),
  },
}
