import { type Ask, password, reporter, type TestOrganization, type TestServer } from '../world.ts'

/** Whom and what a request is about: it names these ids, whoever sends it. */
export type Facts = { organization: TestOrganization; server: TestServer; number: number }

type Request = {
  /** Status of the answer to its rightful caller. */
  answers: number
  /** Whether it writes. */
  writes?: true
  query?: (facts: Facts) => Record<string, string>
  ask?: (facts: Facts) => Ask
}

const ticket = { title: 'Search fails', description: 'Every search ends in 403.', reporter }

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
  'POST dashboard /sign-out': { answers: 303, writes: true, ask: () => ({ form: {} }) },

  'GET dashboard /:organization/tickets': { answers: 200 },
  'GET dashboard /:organization/tickets/:number': { answers: 200 },
  'POST dashboard /:organization/tickets/:number/status': {
    answers: 303,
    writes: true,
    ask: () => ({ form: { status: 'closed' } }),
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

  'POST server /api/support': { answers: 201, writes: true, ask: () => ({ json: ticket }) },
  'POST dashboard /api/support/:slug': {
    answers: 201,
    writes: true,
    ask: () => ({ json: ticket }),
  },
  'GET server /trpc/support.settings': { answers: 200 },
  'POST server /trpc/support.createTicket': {
    answers: 200,
    writes: true,
    ask: () => ({ json: ticket }),
  },
}
