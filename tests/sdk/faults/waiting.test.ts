import { afterEach, expect, setSystemTime, test } from 'bun:test'
import { register } from '../../../sdk/src/register.ts'
import { timing } from '../../../sdk/src/timing.ts'
import { issuer } from '../../world.ts'
import { newKey, openDesk, quick, until } from '../desk.ts'
import { ask, connectHttp, connectWithSupport, docuApiServer, names, serveHttp } from '../hosts.ts'
import { type Filed, openRealDesk } from './real-desk.ts'

const minute = 60_000
afterEach(() => void setSystemTime())

/** The time of day and the clock of delivery, which a test can put forward together. */
function openClock() {
  let ahead = 0
  return {
    waits: { ...quick, now: () => performance.now() + ahead },
    forward(ms: number) {
      ahead += ms
      setSystemTime(new Date(Date.now() + ms))
    },
  }
}

const waits: [string, number][] = [
  ['twenty minutes', 20 * minute],
  ['all but a day', timing.queuedMsMax - minute],
]
test.each(waits)('a ticket that waited %s arrives with its reporter', async (_, waited) => {
  const clock = openClock()
  const desk = await openRealDesk()
  const at = desk.at(desk.world.northwind.servers.external)
  const told: string[] = []
  const logger = (_: string, message: string) => void told.push(message)
  const host = serveHttp(
    () => {
      const server = docuApiServer()
      const reporter = () => ({ issuer, subject: 'u-7', email: 'ana@fjord.example' })
      register(server, { ...at, reporter, logger }, clock.waits)
      return server
    },
    { sessions: true },
  )
  const client = await connectHttp(host.url, 'ana')
  while (!(await names(client)).includes('get_support_tool')) await Bun.sleep(20)
  await client.callTool({ name: 'broken', arguments: { text: 'of ana' } })

  await desk.goAway()
  const raised = Date.now()
  expect((await ask(client)).structuredContent).toEqual({ status: 'queued' })
  // The one who asked has long left, and the token with which they did has expired.
  await client.close()
  clock.forward(waited)
  // It is tried once more while the desk is away, and kept, since its day is not over.
  await Bun.sleep(4 * quick.backoffMsMax)
  await desk.comeBack()
  let filed: Filed[] = []
  while (filed.length === 0) filed = await desk.filed()

  const [ticket] = filed as [Filed]
  expect(filed).toHaveLength(1)
  expect(ticket).toMatchObject({
    issuer,
    subject: 'u-7',
    email: 'ana@fjord.example',
    trail: 'x',
  })
  expect(ticket.raised.getTime() - raised).toBeWithin(-1_000, 5_000)
  expect(ticket.created.getTime() - raised - waited).toBeWithin(-1_000, minute)
  expect(told.join()).not.toContain('dropped')
  host.close()
  await desk.close()
})

test('a ticket that waited longer than a day is dropped, counted and told', async () => {
  const clock = openClock()
  const desk = openDesk()
  const told: string[] = []
  const logger = (_: string, message: string) => void told.push(message)
  const options = { url: desk.url, key: newKey(), logger }
  const { client } = await connectWithSupport(options, docuApiServer(), clock.waits)
  await names(client)
  await desk.goAway()
  for (const title of ['First ticket', 'Second ticket'])
    expect((await ask(client, { title })).structuredContent).toEqual({ status: 'queued' })
  const drops = () => told.filter((message) => message.includes('dropped so far'))
  await Bun.sleep(4 * quick.backoffMsMax)
  expect(drops()).toEqual([])

  clock.forward(timing.queuedMsMax)
  await until(() => drops().length === 2, 10_000)
  expect(drops()[0]).toMatch(/a queued ticket was lost: .+; 1 dropped so far/)
  expect(drops()[1]).toContain('2 dropped so far')
  desk.comeBack()
  await Bun.sleep(4 * quick.backoffMsMax)
  expect(desk.attempts).toEqual([])
  await desk.close()
})
