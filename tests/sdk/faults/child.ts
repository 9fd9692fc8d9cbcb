import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js'
import { Server } from '@modelcontextprotocol/sdk/server/index.js'
import { register } from '../../../sdk/src/register.ts'
import { timing } from '../../../sdk/src/timing.ts'

/** Raises one ticket at each desk it is given, says how it went, and ends when nothing holds it. */
export type Given = { name: string; url: string; key: string; listed: boolean }
export type Told = {
  name: string
  ms: number
  text: string
  isError: boolean
  logged: string[]
}

const [, , desks = '[]', quick = '{}'] = process.argv
const given: Given[] = JSON.parse(desks)
const waits = { ...timing, ...JSON.parse(quick) }

async function raise({ name, url, key, listed }: Given): Promise<Told> {
  const logged: string[] = []
  const server = new Server({ name: 'docuapi', version: '1.0.0' }, { capabilities: {} })
  const logger = (_: string, message: string) => void logged.push(message)
  register(server, { url, key, logger }, waits)
  const [near, far] = InMemoryTransport.createLinkedPair()
  const client = new Client({ name: 'faults', version: '1.0.0' })
  await Promise.all([server.connect(far), client.connect(near)])
  while (listed && (await client.listTools()).tools.length === 0) {
    await new Promise((later) => setTimeout(later, 50))
  }
  const started = performance.now()
  const result = await client.callTool({
    name: 'get_support_tool',
    arguments: { title: `At ${name}`, description: 'It fails.', email: 'alex@company.example' },
  })
  const ms = Math.round(performance.now() - started)
  const [{ text } = { text: '' }] = result.content as { text: string }[]
  return { name, ms, text, isError: result.isError === true, logged }
}

await Promise.all(
  given.map(async (desk) => {
    process.stdout.write(`${JSON.stringify(await raise(desk))}\n`)
  }),
)
// Alive until the test has seen enough; then by nothing of ours.
process.stdin.resume()
