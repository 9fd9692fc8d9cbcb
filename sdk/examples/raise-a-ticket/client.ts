#!/usr/bin/env bun
/**
 * What an AI client does when a tool fails and its user asks for help: calls the support tool, and
 * shows the receipt. Exits with 1 when any step is missing.
 *
 *   bun sdk/examples/raise-a-ticket/client.ts                                 starts DocuAPI itself
 *   bun sdk/examples/raise-a-ticket/client.ts --url http://127.0.0.1:3030/mcp
 *   … --email alex@company.com
 */
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'

const { values } = parseArgs({
  options: { url: { type: 'string' }, email: { type: 'string', default: 'alex@company.com' } },
})

const transport = values.url
  ? new StreamableHTTPClientTransport(new URL(values.url))
  : new StdioClientTransport({
      command: process.execPath,
      args: [fileURLToPath(new URL('../docuapi/server.ts', import.meta.url))],
      env: process.env as Record<string, string>,
    })

const client = new Client({ name: 'raise-a-ticket', version: '1.0.0' })
await client.connect(transport as Parameters<Client['connect']>[0])

const { tools } = await client.listTools()
console.log('Tools:', tools.map((tool) => tool.name).join(', '))
const support = tools.find((tool) => tool.name === 'get_support_tool') ?? fail('no support tool')

const search = await client.callTool({ name: 'search_docs', arguments: { query: 'users' } })
if (!search.isError) fail('search_docs was expected to fail')
console.log('search_docs failed:', textOf(search))

const asksForEmail = support.inputSchema.required?.includes('email')
const receipt = await client.callTool({
  name: support.name,
  arguments: {
    title: 'API authentication not working',
    description: `Getting 401 errors when searching the documentation: ${textOf(search)}`,
    category: 'Bug',
    ...(asksForEmail && { email: values.email }),
  },
})
await client.close()

console.log(textOf(receipt))
console.log(JSON.stringify(receipt.structuredContent, null, 2))
if (receipt.isError) fail('the ticket was refused')
if (!(receipt.structuredContent as { reference?: string }).reference) fail('no reference yet')

function textOf(result: Awaited<ReturnType<Client['callTool']>>): string {
  const blocks = result.content as { text?: string }[]
  return blocks.map((block) => block.text).join('\n')
}

function fail(reason: string): never {
  console.error(`raise-a-ticket: ${reason}`)
  process.exit(1)
}
