import { expect, test } from 'bun:test'
import type { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { limits } from '../../../sdk/src/limits.ts'
import { timing } from '../../../sdk/src/timing.ts'
import { newKey, openDesk, until } from '../desk.ts'
import { ask, connectWithSupport, docuApiServer, names, textOf } from '../hosts.ts'
import { openRealDesk } from './real-desk.ts'

const everyMs = 333
const awayMs = 30_000
const silentMs = 30_000

/** Takes a minute, in which it is all but idle. */
test.concurrent('a desk that is down for a minute gets every ticket of a steady flow once', async () => {
  const desk = await openRealDesk()
  const { northwind, southwind } = desk.world
  const clients: Client[] = []
  for (const { servers } of [northwind, southwind, northwind, southwind]) {
    const at = desk.at(servers.none)
    const { client } = await connectWithSupport(at, docuApiServer(), timing)
    while (!(await names(client)).includes('get_support_tool')) await Bun.sleep(50)
    clients.push(client)
  }

  const answers: Promise<{ title: string; raised: number; ms: number; status: unknown }>[] = []
  const raise = async (number: number) => {
    const client = clients[number % clients.length] as Client
    const title = `Ticket ${number}`
    const raised = Date.now()
    const { structuredContent } = await ask(client, { title, email: `r${number}@fjord.example` })
    return { title, raised, ms: Date.now() - raised, status: structuredContent }
  }
  const flowFor = async (ms: number) => {
    for (const until = performance.now() + ms; performance.now() < until; )
      await Promise.all([answers.push(raise(answers.length)), Bun.sleep(everyMs)])
  }
  await desk.goAway()
  await flowFor(awayMs)
  await desk.fallSilent()
  await flowFor(silentMs)
  const raised = await Promise.all(answers)
  await desk.comeBack()
  const back = performance.now()
  while ((await desk.filed()).length < raised.length && performance.now() - back < 120_000)
    await Bun.sleep(250)
  const tookMs = performance.now() - back
  await Bun.sleep(2_000)

  const filed = await desk.filed()
  expect(filed.map(({ title }) => title).sort()).toEqual(raised.map(({ title }) => title).sort())
  expect(raised.filter(({ status }) => !Bun.deepEquals(status, { status: 'queued' }))).toEqual([])
  const slowest = Math.max(...raised.map(({ ms }) => ms))
  expect(slowest).toBeLessThan(limits.answerWithinMs)
  const raisedAt = new Map(raised.map((ticket) => [ticket.title, ticket.raised]))
  for (const ticket of filed)
    expect(Math.abs(ticket.raised.getTime() - (raisedAt.get(ticket.title) ?? 0))).toBeLessThan(
      2_000,
    )
  console.log(
    `${filed.length} tickets, slowest answer ${slowest} ms, all there ${Math.round(tookMs)} ms after the desk was back`,
  )
  await desk.close()
}, 240_000)

test.concurrent('what a full queue does not take is refused, counted, and told once each', async () => {
  const desk = openDesk()
  const told: string[] = []
  const logger = (_: string, message: string) => void told.push(message)
  const options = { url: desk.url, key: newKey(), logger }
  const { client } = await connectWithSupport(options, docuApiServer(), timing)
  await names(client)
  await desk.goAway()
  const titles = Array.from({ length: 230 }, (_, number) => `Ticket ${number}`)
  const results = await Promise.all(titles.map((title) => ask(client, { title })))
  const refused = results.filter((result) => result.isError)
  expect(refused).toHaveLength(30)
  for (const result of refused) expect(textOf(result)).toContain('could not be saved')
  const drops = told.filter((message) => message.includes('dropped so far'))
  expect(drops.map((message) => Number(/(\d+) dropped so far/.exec(message)?.[1]))).toEqual(
    Array.from({ length: 30 }, (_, index) => index + 1),
  )

  desk.comeBack()
  await until(() => desk.received.length === 200, 15_000)
  await Bun.sleep(500)
  const promised = titles.filter((_, index) => !results[index]?.isError)
  expect(desk.received.map(({ ticket }) => ticket.title).sort()).toEqual(promised.sort())
  await desk.close()
})
