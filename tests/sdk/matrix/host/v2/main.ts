import { serveStdio } from '@modelcontextprotocol/server/stdio'
import { serve } from '../given.ts'
import { runAll } from '../run-all.ts'
import { kinds } from './kinds.ts'
import { highLevel, lowLevel } from './servers.ts'

/** Runs every kind of server of v2; as the server of a client over stdio, serves one. */
if (serve) serveStdio(() => ({ highLevel, lowLevel })[serve.make as 'highLevel'](serve.support))
else await runAll(kinds)
