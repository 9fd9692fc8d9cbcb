import { join } from 'node:path'
import { freePort } from '../../db/external.ts'
import { openDirectory, type Results, readResults } from '../../sdk/conformance/suite.ts'
import type { Registered } from './desk.ts'
import { letIn } from './letting-in.ts'
import { register } from './registering.ts'

/** What a run finds at an issuer that leaves nothing to wish for. */
export const allPassed: Results = {
  'authorization-server-authorization-code-grant': ['authorization-code-grant: SUCCESS'],
  'authorization-server-authorization-server-metadata-endpoint': [
    'authorization-server-metadata: SUCCESS',
    'authorization-server-metadata-cimd: SUCCESS',
  ],
}

/**
 * Runs the `authorization` scenarios of the MCP conformance suite against an issuer. They print
 * where to send a browser, and wait for it to come back.
 */
export async function runAuthorizationSuite(program: string, { url }: Registered) {
  const port = freePort()
  const output = join(openDirectory(), 'results')
  const resource = 'https://docuapi.example/mcp'
  const client = await register(url, `http://127.0.0.1:${port}/callback`)
  const child = Bun.spawn(
    [
      ...[process.execPath, program, 'authorization', '--url', url, '-o', output],
      ...['--client-id', client, '--resource', resource, '--port', String(port)],
    ],
    { stdin: 'ignore', stdout: 'pipe', stderr: 'ignore' },
  )
  let said = ''
  let sent = false
  const decoder = new TextDecoder()
  for await (const chunk of child.stdout) {
    said += decoder.decode(chunk, { stream: true })
    const asked = /^http\S+[?&]code_challenge=\S+$/m.exec(said)?.[0]
    if (sent || !asked || !said.includes('Waiting')) continue
    sent = true
    await (await fetch(await letIn(asked))).body?.cancel()
  }
  const results: Results = await readResults(output)
  return { code: await child.exited, results }
}
