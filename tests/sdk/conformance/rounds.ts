import { type Peer, type Result, refusal } from './features.ts'

/** Tools of 2026-07-28 that answer with what they still need: their rounds, one after another. */
type Round = Record<string, { method: string; params: Result }>

const ask = (message: string, field: string, type = 'string') => ({
  method: 'elicitation/create',
  params: {
    message,
    requestedSchema: { type: 'object', properties: { [field]: { type } }, required: [field] },
  },
})
const sample = (said: string) => ({
  method: 'sampling/createMessage',
  params: { messages: [{ role: 'user', content: { type: 'text', text: said } }], maxTokens: 100 },
})
const roots = { method: 'roots/list', params: {} }

const rounds: Record<string, Round[]> = {
  elicitation: [{ user_name: ask('What is your name?', 'name') }],
  sampling: [{ capital_question: sample('What is the capital of France?') }],
  list_roots: [{ client_roots: roots }],
  request_state: [{ confirm: ask('Please confirm', 'ok', 'boolean') }],
  tampered_state: [{ confirm: ask('Please confirm', 'ok', 'boolean') }],
  multiple_inputs: [
    {
      user_name: ask('What is your name?', 'name'),
      greeting: sample('Hello'),
      client_roots: roots,
    },
  ],
  multi_round: [{ step1: ask('Your name?', 'name') }, { step2: ask('Your color?', 'color') }],
  capabilities: [{ name: ask('What is your name?', 'name'), haiku: sample('A haiku') }],
}
const stateful = /state|multi/
const needed: Record<string, string> = {
  'elicitation/create': 'elicitation',
  'sampling/createMessage': 'sampling',
  'roots/list': 'roots',
}

export const roundTools = Object.fromEntries(
  Object.entries(rounds).map(([name, ofTool]) => [
    `test_input_required_result_${name}`,
    {
      description: 'Asks in rounds.',
      inputSchema: { type: 'object', properties: {} },
      call: (_: unknown, peer: Peer) => nextRound(name, ofTool, peer),
    },
  ]),
)

function nextRound(name: string, all: Round[], { inputs, state, capabilities }: Peer): Result {
  if (state !== undefined && !/^round \d of \w+$/.test(state))
    throw refusal(-32602, 'not a state of this server')
  const at = Number(state?.split(' ')[1] ?? 0)
  const round = all[at] ?? {}
  const answered = Object.keys(round).every((key) => isAnswer(inputs?.[key]))
  const next = answered ? at + 1 : at
  if (!all[next]) return { content: [{ type: 'text', text: `state-ok ${JSON.stringify(inputs)}` }] }
  const allowed = Object.entries(all[next]).filter(
    ([, { method }]) => name !== 'capabilities' || (needed[method] ?? '') in capabilities,
  )
  return {
    resultType: 'input_required',
    inputRequests: Object.fromEntries(allowed),
    ...(stateful.test(name) && { requestState: `round ${next} of ${name}` }),
  }
}

/** An elicitation that was accepted, a message, or roots. */
function isAnswer(value: unknown): boolean {
  const { action, content, roots: listed } = (value ?? {}) as Record<string, unknown>
  return Array.isArray(listed) || (content instanceof Object && (action ?? 'accept') === 'accept')
}
