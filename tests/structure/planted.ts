import type { Source } from './sources.ts'

const file = (path: string, ...lines: string[]): Source => ({ path, text: `${lines.join('\n')}\n` })

/** Violations, by the rule that has to catch them. */
export const planted: Record<string, Source[]> = {
  importsPointDownward: [
    file('src/lib/peek.ts', "import { inScope } from '#src/db/scope.ts'"),
    file('src/lib/peek.ts', "import type { Scope } from '../db/scope.ts'"),
    file('src/web/late.ts', "const { x } = await import('#src/tickets/status.ts')"),
    file('src/tickets/again.ts', "export { fileTicket } from '#src/intake/filing.ts'"),
    file('src/helpers/misc.ts', 'export const x = 1'),
    file('src/util.ts', 'export const x = 1'),
  ],
  configIsALeaf: [file('src/config.ts', "import { cut } from '#src/lib/text.ts'")],
  onlyRoutesDrawViews: [
    file('src/tickets/mailing.ts', "import { Row } from '#views/tickets/row.tsx'"),
    file('src/tickets/seed.ts', "import { makeWorld } from '#tests/world.ts'"),
  ],
  viewsReachNoData: [
    file('views/tickets/live.tsx', "import { readInbox } from '#src/tickets/inbox.ts'"),
    file('views/tickets/raw.tsx', "import { supportTicket } from '#src/db/schema.ts'"),
    file('views/tickets/sql.tsx', "import { sql } from 'drizzle-orm'"),
    file('views/tickets/fetch.tsx', "import { readFile } from 'node:fs'"),
  ],
  onlyVerbsTakeAHandle: [
    file('src/tickets/routes.tsx', "import { inScope } from '#src/db/scope.ts'"),
    file('src/tickets/router.ts', "import { inScope as run } from '#src/db/scope.ts'"),
    file('src/staff/who.ts', "import * as scope from '#src/db/scope.ts'"),
    file('src/intake/routes.ts', "import { supportTicket } from '#src/db/schema.ts'"),
    file('src/web/page.ts', "import { eq } from 'drizzle-orm'"),
    file('src/servers/who.ts', "import type { Tx } from '#src/db/scope.ts'"),
    file('src/cli/count.ts', "import { handle } from '#src/db/database.ts'"),
  ],
  theHandleStaysInDb: [
    file('src/tickets/quick.ts', "import { handle as h } from '#src/db/database.ts'"),
    file('src/tickets/quick.ts', "import * as d from '#src/db/database.ts'"),
  ],
  driversStayHome: [
    file('src/tickets/pool.ts', "import postgres from 'postgres'"),
    file('src/tickets/pool.ts', "import { drizzle } from 'drizzle-orm/postgres-js'"),
    file('src/tickets/who.ts', "import { Lucia } from 'lucia'"),
    file('src/staff/mailing.ts', "import { createTransport } from 'nodemailer'"),
  ],
  unscopedHasNamedCallers: [
    file(
      'src/tickets/everything.ts',
      "import { unscoped } from '#src/db/scope.ts'",
      "export const all = (d) => unscoped(d, 'session', (db) => db.select())",
    ),
    file(
      'src/staff/queries.ts',
      "import { unscoped } from '#src/db/scope.ts'",
      "export const hasStaff = (d) => unscoped(d, 'session', (db) => db.select())",
    ),
    file(
      'src/staff/queries.ts',
      "import { unscoped } from '#src/db/scope.ts'",
      'export const hasStaff = (d, why) => unscoped(d, why, (db) => db.select())',
    ),
    file(
      'src/tickets/alias.ts',
      "import { unscoped as free } from '#src/db/scope.ts'",
      "export const all = (d) => free(d, 'session', (db) => db.select())",
    ),
    file('src/tickets/again.ts', "export { unscoped } from '#src/db/scope.ts'"),
    file('src/staff/signing-in.ts', 'export const checkCredentials = 1'),
  ],
  scopesAreMadeByFew: [
    file('src/tickets/any.ts', "import { scopeTo } from '#src/db/scope.ts'"),
    file('src/tickets/any.ts', "import { scopeTo as open } from '#src/db/scope.ts'"),
    file('src/organizations/creating.ts', 'export const createOrganization = 1'),
  ],
  rawSqlStaysInDb: [
    file('src/tickets/raw.ts', "import { sql } from 'drizzle-orm'", 'export const q = sql.raw(x)'),
    file('src/tickets/raw.ts', 'export const q = (pool) => pool.unsafe(text)'),
  ],
  deskTakesTheContractOnly: [
    file('src/intake/deliver.ts', "import { deliver } from '#sdk/deliver.ts'"),
    file('views/parts/tool.tsx', "import type { Tool } from '../../sdk/src/tool.ts'"),
    file('src/intake/try.ts', "import { raiseOverHttp } from '../../sdk/examples/steps.ts'"),
    file('src/intake/try.ts', "import { registerSupportTool } from '#sdk/index.ts'"),
    file('src/servers/ask.ts', "import { readDocuments } from '#sdk/verify/discovery.ts'"),
    file(
      'src/identity/verify.ts',
      "import { createVerification } from '#sdk/verify/verification.ts'",
    ),
    file('src/demo/deep.ts', "import { register } from '#sdk/register.ts'"),
  ],
  sdkStandsAlone: [
    file('sdk/src/deep.ts', "import { cut } from '../../src/lib/text.ts'"),
    file('sdk/src/deep.ts', "import type { Config } from '#src/config.ts'"),
    file('sdk/examples/v1-stdio/deep.ts', "import { cutText } from '../../src/cut.ts'"),
    file('sdk/src/test.ts', "import { makeWorld } from '../../tests/world.ts'"),
  ],
  sdkLoadsWhatItListsOnly: [
    file('sdk/src/heavy.ts', "import { z } from 'zod'"),
    file('sdk/src/heavy.ts', "import { sql } from 'drizzle-orm'"),
    file('sdk/src/heavy.ts', "import { httpLink } from '@trpc/client'"),
  ],
  settingsAreParsedOnce: [
    file('src/tickets/flag.ts', "export const flag = process.env.MCP_OBS_FLAG === 'on'"),
    file('src/tickets/flag.ts', 'export const flag = Bun.env.MCP_OBS_FLAG'),
    file('sdk/src/flag.ts', 'export const flag = process.env.MCP_OBS_URL'),
  ],
  nothingIsDefault: [
    file('src/tickets/one.ts', 'export default function one() {}'),
    file('views/one.tsx', 'const One = () => <p />', 'export { One as default }'),
  ],
  markupHasOneMaker: [
    file('views/parts/raw.tsx', 'export const Raw = (p) => new Html(p.text)'),
    file('views/parts/raw.tsx', 'export const Raw = (p) => p.text as unknown as Html'),
    file('views/parts/raw.tsx', 'export const Raw = (p) => (p.text as never)'),
    file(
      'src/tickets/page.ts',
      "export const r = (t) => new Response(t, { headers: { 'content-type': 'text/html' } })",
    ),
    file('views/parts/kita.tsx', "import { Html } from '@kitajs/html'"),
  ],
  scriptsMakeNoMarkup: [
    file('public/more.js', 'document.body.innerHTML = location.hash'),
    file('public/more.js', 'setTimeout(new Function(text))'),
    file('public/more.js', 'document.write(text)'),
  ],
  routesStandInTheMap: [
    file('src/tickets/side.ts', "import { Elysia } from 'elysia'"),
    file('src/tickets/side.ts', "import { route } from '#src/web/route.ts'"),
    file('src/cli/side.ts', "import { mount } from '#src/web/mount.ts'"),
  ],
  oneServerListens: [
    file('src/tickets/door.ts', 'Bun.serve({ port: 4000, fetch: () => new Response() })'),
    file('src/tickets/door.ts', 'app.listen(4000)'),
    file('src/demo/door.ts', 'app.listen(4000)'),
  ],
}
