import {
  type Peer,
  tools as plain,
  prompts,
  type Result,
  refusal,
  resources,
  templates,
} from './features.ts'
import { jsonSchemaTool } from './json-schema.ts'
import { roundTools } from './rounds.ts'

type Answer = (params: Record<string, unknown>, peer: Peer) => Result | Promise<Result>

const tools: typeof plain = { ...plain, json_schema_2020_12_tool: jsonSchemaTool, ...roundTools }
const roundPrompt = 'test_input_required_result_prompt'

/** What the server answers to each method, whichever SDK speaks the protocol for it. */
export const answers: Record<string, Answer> = {
  'tools/list': () => ({
    tools: Object.entries(tools).map(([name, { description, inputSchema }]) => ({
      name,
      description,
      inputSchema,
    })),
  }),
  'tools/call': async ({ name, arguments: given }, peer) => {
    const tool = Object.hasOwn(tools, String(name)) ? tools[String(name)] : undefined
    if (!tool) throw invalid(`Unknown tool: ${name}`)
    try {
      return await tool.call((given ?? {}) as Record<string, unknown>, peer)
    } catch (error) {
      if ((error as { code?: unknown }).code) throw error
      return { content: [{ type: 'text', text: String(error) }], isError: true }
    }
  },
  'resources/list': () => ({ resources: resources.map(({ text, blob, ...listed }) => listed) }),
  'resources/templates/list': () => ({ resourceTemplates: templates }),
  'resources/read': ({ uri }) => {
    const id = /^test:\/\/template\/(\w+)\/data$/.exec(String(uri))?.[1]
    const made = { uri, mimeType: 'application/json', text: JSON.stringify({ id }) }
    const found = id ? made : resources.find((resource) => resource.uri === uri)
    if (!found) throw invalid(`Resource not found: ${uri}`, { uri })
    return { contents: [found] }
  },
  'resources/subscribe': () => ({}),
  'resources/unsubscribe': () => ({}),
  'prompts/list': () => ({
    prompts: [...Object.entries(prompts), [roundPrompt, {}] as const].map(([name, prompt]) => ({
      name,
      description: 'A prompt.',
      arguments: ('arguments' in prompt ? (prompt.arguments ?? []) : []).map((argument) => ({
        name: argument,
        required: true,
      })),
    })),
  }),
  'prompts/get': ({ name, arguments: given }, peer) => {
    if (name === roundPrompt) return promptInRounds(peer)
    const prompt = prompts[String(name)]
    if (!prompt) throw invalid(`Unknown prompt: ${name}`)
    return { messages: prompt.messages((given ?? {}) as Record<string, string>) }
  },
  'completion/complete': () => ({ completion: { values: ['paris'], total: 1, hasMore: false } }),
  'logging/setLevel': () => ({}),
}

function promptInRounds({ inputs }: Peer): Result {
  if (inputs?.user_context) {
    const text = JSON.stringify(inputs.user_context)
    return { messages: [{ role: 'user', content: { type: 'text', text } }] }
  }
  const properties = { context: { type: 'string' } }
  const requestedSchema = { type: 'object', properties, required: ['context'] }
  const params = { message: 'What context should the prompt use?', requestedSchema }
  const user_context = { method: 'elicitation/create', params }
  return { resultType: 'input_required', inputRequests: { user_context } }
}

const invalid = (message: string, data?: object) => refusal(-32602, message, data)

export const about = { name: 'everything', version: '1.0.0' }
export const capabilities = {
  tools: {},
  resources: { subscribe: true },
  prompts: {},
  logging: {},
  completions: {},
}

/** Browsers of other sites may not speak to a server on this machine. */
export const isOwnHost = (headers: Headers) =>
  [headers.get('host'), headers.get('origin')?.replace(/^https?:\/\//, '')].every(
    (host) => !host || /^(localhost|127\.0\.0\.1)(:\d+)?$/.test(host),
  )
