import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'
import { serve } from '../given.ts'
import { runAll } from '../run-all.ts'
import { kinds } from './kinds.ts'
import { highLevel, lowLevel } from './servers.ts'

/** Runs every kind of server of v1; as the server of a client over stdio, serves one. */
if (serve)
  await { highLevel, lowLevel }[serve.make as 'highLevel'](
    serve.support,
    new StdioServerTransport(),
  )
else await runAll(kinds)
