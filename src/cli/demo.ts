import { openEntrance } from '#src/demo/entering.ts'
import { plantDemo } from '#src/demo/planting.ts'
import { openDemo } from '#src/demo/queries.ts'
import { runSample } from '#src/demo/sample.ts'
import { serverAddress } from '#src/web/host.ts'
import type { Desk } from '#src/web/route.ts'
import type { Command } from './command.ts'
import { say, serveDesk } from './serve.ts'

/** Serves a desk with an invented company in it, and runs a sample MCP server beside it. */
export const demo: Command = {
  name: 'demo',
  summary: 'Serve a desk with invented tickets and a sample MCP server to try it with.',
  usage: '',
  options: {},
  required: [],
  run: (config) => serveDesk(config, begin),
}

async function begin(desk: Desk, stopped: Promise<unknown>): Promise<void> {
  const { config, database, log } = desk
  await plantDemo(database)
  const { email, password, docuApi } = await openEntrance(await openDemo(database))
  say('', 'Sign in:', `  e-mail    ${email}`, `  password  ${password}   (new with every start)`)
  if (docuApi) {
    const url = serverAddress(docuApi.slug, config.baseUrl)
    const sample = await runSample({ url, key: docuApi.key }, log)
    void stopped.then(sample.close)
    say(
      '',
      'DocuAPI, a sample MCP server whose search fails, raises its tickets here:',
      `  ${sample.url}`,
      'Connect an MCP client by Streamable HTTP, ask it to search the docs, then to get support:',
      `  claude mcp add --transport http docuapi ${sample.url}`,
    )
  }
  say(
    '',
    'Done? “Remove the demo” takes all of it away, and its accounts. Then stop this and start it',
    'with `mcp-obs`, without `demo`: while nobody has an account, it prints your setup link.',
  )
}
