import type { Server } from './client.ts'

/** Calls a tool as the `number`th call of a block; answers how long it took, in µs. */
export async function call(server: Server, number: number, failing: number): Promise<number> {
  const fails = number % failing === failing - 1
  const params = fails
    ? { name: 'publish', arguments: { document: document(number) } }
    : { name: 'look_up', arguments: { title: `Release notes ${number}` } }
  const { answer, micros } = await server.request('tools/call', params)
  if (Boolean(answer.result?.isError) !== fails)
    throw new Error(`${server.variant} changed an answer: ${JSON.stringify(answer)}`)
  return micros
}

let tickets = 0

/** Raises a ticket of its own: the same once more would be the same ticket. */
export async function ticket(server: Server): Promise<void> {
  const { answer } = await server.request('tools/call', {
    name: 'get_support_tool',
    arguments: {
      title: `Publishing fails, time ${++tickets}`,
      description: 'Each attempt ends with 502 Bad Gateway.',
      email: 'alex@company.com',
    },
  })
  if (answer.result?.structuredContent?.status !== 'received')
    throw new Error(`no ticket was received: ${JSON.stringify(answer)}`)
}

/** About 1 kB, with three secrets. */
const document = (number: number) => ({
  id: `doc_${number}`,
  title: 'Quarterly report',
  author: {
    name: 'Alex Meyer',
    email: 'alex@company.com',
    apiKey: `sk_live_${number}a7Fq92LmZx0pT4`,
  },
  tags: ['finance', 'internal', 'draft'],
  sections: Array.from({ length: 4 }, (_, at) => ({
    heading: `Section ${at + 1}`,
    body: 'The quarter went as planned; the figures of the two regions follow in the table below, with last year beside them.',
    words: 1200 + at,
    published: false,
  })),
  callback: `https://deploy:hunter2@hooks.company.com/published?document=${number}&token=9f8e7d6c5b4a3f2e`,
})
