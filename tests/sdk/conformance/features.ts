/** What the scenarios of the conformance suite ask for, as data for a server of either SDK. */
export type Peer = {
  progressToken: string | number | undefined
  /** Answers to what an earlier round asked for (2026-07-28). */
  inputs: Record<string, unknown> | undefined
  state: string | undefined
  capabilities: Record<string, unknown>
  notify(method: string, params: Record<string, unknown>): Promise<void>
  request(method: string, params: Record<string, unknown>): Promise<unknown>
  closeStream(): void
}

export type Result = Record<string, unknown>
type Tool = {
  description: string
  inputSchema?: Result
  call(given: Record<string, unknown>, peer: Peer): Result | Promise<Result>
}

/** A JSON-RPC error, and not a result that says it is an error. */
export const refusal = (code: number, message: string, data?: object) =>
  Object.assign(new Error(message), { code, data })

const png =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M/wHwAEBgIApD5fRAAAAABJRU5ErkJggg=='
const wav = 'UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAAB9AAACABAAZGF0YQAAAAA='

const text = (said: string) => ({ type: 'text', text: said })
const image = { type: 'image', data: png, mimeType: 'image/png' }
const embedded = (uri: string) => ({
  type: 'resource',
  resource: { uri, mimeType: 'text/plain', text: 'An embedded resource.' },
})
const says = (...content: object[]) => ({ content })
const tool = (description: string, call: Tool['call'], properties: Result = {}): Tool => ({
  description,
  inputSchema: { type: 'object', properties },
  call,
})
const constant = (...content: object[]) =>
  tool('Answers the same each time.', () => says(...content))

/** Asks the client something, and tells what it said. */
const asking = (method: string, params: (given: Record<string, unknown>) => Result, given = {}) =>
  tool(
    'Asks the client.',
    async (input, peer) => says(text(JSON.stringify(await peer.request(method, params(input))))),
    given,
  )
const form = (message: string, properties: Result) => ({
  message,
  requestedSchema: { type: 'object', properties, required: [] },
})
const options = ['option1', 'option2', 'option3']
const titled = ['value1', 'value2', 'value3'].map((value) => ({ const: value, title: value }))

export const tools: Record<string, Tool> = {
  test_simple_text: constant(text('A simple text.')),
  test_image_content: constant(image),
  test_audio_content: constant({ type: 'audio', data: wav, mimeType: 'audio/wav' }),
  test_embedded_resource: constant(embedded('test://embedded-resource')),
  test_multiple_content_types: constant(text('Several.'), image, embedded('test://mixed')),
  test_error_handling: tool('Fails.', () => {
    throw new Error('This tool intentionally returns an error for testing')
  }),
  test_tool_with_logging: tool('Logs.', async (_, peer) => {
    for (const data of ['started', 'working', 'done']) {
      await peer.notify('notifications/message', { level: 'info', data })
      await Bun.sleep(10)
    }
    return says(text('Logged.'))
  }),
  test_tool_with_progress: tool('Tells how far it is.', async (_, peer) => {
    for (const progress of [0, 50, 100]) {
      const { progressToken = 0 } = peer
      await peer.notify('notifications/progress', { progressToken, progress, total: 100 })
      await Bun.sleep(10)
    }
    return says(text('Done.'))
  }),
  test_reconnection: tool('Closes its stream.', async (_, peer) => {
    peer.closeStream()
    await Bun.sleep(50)
    return says(text('Here again.'))
  }),
  test_sampling: asking(
    'sampling/createMessage',
    ({ prompt }) => ({
      messages: [{ role: 'user', content: text(String(prompt)) }],
      maxTokens: 100,
    }),
    { prompt: { type: 'string' } },
  ),
  test_elicitation: asking(
    'elicitation/create',
    ({ message }) => form(String(message), { response: { type: 'string' } }),
    { message: { type: 'string' } },
  ),
  test_elicitation_sep1034_defaults: asking('elicitation/create', () =>
    form('Defaults', {
      name: { type: 'string', default: 'John Doe' },
      age: { type: 'integer', default: 30 },
      score: { type: 'number', default: 95.5 },
      status: { type: 'string', enum: ['active', 'inactive', 'pending'], default: 'active' },
      verified: { type: 'boolean', default: true },
    }),
  ),
  test_elicitation_sep1330_enums: asking('elicitation/create', () =>
    form('Choices', {
      untitledSingle: { type: 'string', enum: options },
      titledSingle: { type: 'string', oneOf: titled },
      legacyEnum: { type: 'string', enum: ['opt1', 'opt2'], enumNames: ['One', 'Two'] },
      untitledMulti: { type: 'array', items: { type: 'string', enum: options } },
      titledMulti: { type: 'array', items: { anyOf: titled } },
    }),
  ),
  test_missing_capability: tool('Needs sampling.', (_, { capabilities }) => {
    if ('sampling' in capabilities) return says(text('It was there.'))
    throw refusal(-32021, 'sampling is needed', { requiredCapabilities: { sampling: {} } })
  }),
  test_streaming_elicitation: tool('Streams.', () => says(text('Streamed.'))),
  test_logging_tool: tool('May log.', () => says(text('Nothing to log.'))),
  test_custom_headers: tool('Takes a header.', ({ region }) => says(text(String(region))), {
    region: { type: 'string', 'x-mcp-header': 'Region' },
  }),
}

const uri = (path: string) => `test://${path}`
export const resources = [
  { uri: uri('static-text'), name: 'Text', mimeType: 'text/plain', text: 'A static text.' },
  { uri: uri('static-binary'), name: 'Image', mimeType: 'image/png', blob: png },
  { uri: uri('watched-resource'), name: 'Watched', mimeType: 'text/plain', text: 'Watched.' },
]
export const templates = [
  { uriTemplate: uri('template/{id}/data'), name: 'Template', mimeType: 'application/json' },
]

const prompt = (...content: object[]) => content.map((block) => ({ role: 'user', content: block }))
type Prompt = { arguments?: string[]; messages(given: Record<string, string>): object[] }
export const prompts: Record<string, Prompt> = {
  test_simple_prompt: { messages: () => prompt(text('A simple prompt.')) },
  test_prompt_with_arguments: {
    arguments: ['arg1', 'arg2'],
    messages: ({ arg1, arg2 }) => prompt(text(`arg1='${arg1}', arg2='${arg2}'`)),
  },
  test_prompt_with_embedded_resource: {
    arguments: ['resourceUri'],
    messages: ({ resourceUri = '' }) => prompt(embedded(resourceUri), text('Use it.')),
  },
  test_prompt_with_image: { messages: () => prompt(image, text('Look at it.')) },
}
