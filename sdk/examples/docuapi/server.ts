#!/usr/bin/env bun
/**
 * DocuAPI as a program of its own.
 *
 *   bun sdk/examples/docuapi/server.ts                 over stdio
 *   bun sdk/examples/docuapi/server.ts --http 3030     over Streamable HTTP, with sessions
 *
 * MCP_OBS_URL and MCP_OBS_KEY are what the desk printed for this server.
 */
import { parseArgs } from 'node:util'
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'
import { docuApi } from './docuapi.ts'
import { serveHttp } from './http.ts'

const { values, positionals } = parseArgs({
  options: { http: { type: 'boolean', default: false } },
  allowPositionals: true,
})

const support = {
  url: process.env.MCP_OBS_URL,
  key: process.env.MCP_OBS_KEY,
  logger: (level: string, message: string) => console.error(level, message),
}

if (values.http) {
  const { url } = await serveHttp(() => docuApi(support), Number(positionals[0] ?? 3030))
  console.error(`DocuAPI listens on ${url}`)
} else {
  await docuApi(support).connect(new StdioServerTransport())
}
