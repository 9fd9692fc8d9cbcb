import { afterEach, expect, test } from 'bun:test'
import { createFault } from '../../sdk/src/fault.ts'
import { createLog } from '../../sdk/src/log.ts'
import { type DeskDouble, newKey, openDesk, quick } from './desk.ts'
import { ask, connectWithSupport, docuApiServer, names } from './hosts.ts'

let desk: DeskDouble | undefined
afterEach(() => desk?.close())

/** What a host is told, with the logger that hears it. */
function listener() {
  const told: string[] = []
  return { told, logger: (_: string, message: string) => void told.push(message) }
}

function faults() {
  const { told, logger } = listener()
  return { told, fault: createFault(createLog(() => logger)) }
}

test('an error that says something else each time is told once', () => {
  const { told, fault } = faults()
  for (let user = 0; user < 1_000; user++) fault(new TypeError(`no user ${user}`))
  expect(told).toEqual(['mcp-obs: the support tool stood aside: TypeError: no user 0'])
})

test('errors of another class, or from elsewhere, are told too', () => {
  const { told, fault } = faults()
  for (const where of ['reporter', undefined])
    for (const error of [new TypeError('a'), new RangeError('b')]) fault(error, where)
  expect(told).toHaveLength(4)
  expect(told[0]).toContain('reporter: TypeError: a')
})

const throwing = () => {
  throw new Error('no')
}
const textless: [string, unknown][] = [
  ['nothing', undefined],
  ['an object without a prototype', Object.create(null)],
  ['an object whose text throws', { toString: throwing }],
  ['a proxy that throws', new Proxy({}, { get: throwing, getPrototypeOf: throwing })],
  ['a symbol', Symbol('odd')],
]
test.each(textless)('%s can be thrown and is told', (_, thrown) => {
  const { told, fault } = faults()
  expect(() => fault(thrown)).not.toThrow()
  expect(told).toHaveLength(1)
})

test('of a long error little is told, and no secret', () => {
  const { told, fault } = faults()
  fault(new Error(`password=hunter2 ${'word '.repeat(20_000)}`))
  expect(told[0]).toContain('password=[redacted]')
  expect(told[0]?.length).toBeLessThan(1_500)
})

test('what nobody heard is said again', () => {
  const { told, logger } = listener()
  let host: typeof logger | undefined
  const log = createLog(() => host)
  log.once('warn', 'away')
  host = logger
  for (let times = 0; times < 3; times++) log.once('warn', 'away')
  expect(told).toEqual(['mcp-obs: away'])
})

test('only so many kinds of messages are remembered, and no more of them said', () => {
  const { told, logger } = listener()
  const log = createLog(() => logger)
  for (let kind = 0; kind < 10_000; kind++) log.once('warn', `kind ${kind}`)
  expect(told).toHaveLength(100)
})

test('a logger that comes later hears that the desk is away', async () => {
  const options = { url: 'http://127.0.0.1:1/s/docuapi', key: newKey() }
  const first = await connectWithSupport(options)
  await names(first.client)
  const { told, logger } = listener()
  const second = await connectWithSupport({ ...options, logger })
  await names(second.client)
  expect(told.join()).toContain('the desk does not answer')
})

/** Lists the tools in one spell after another, and says how often the host was told of it. */
async function toldIn(spells: (desk: DeskDouble) => unknown, message: string) {
  desk = openDesk()
  const { told, logger } = listener()
  const timing = { ...quick, settingsFreshMs: 0, settingsNewerWaitMs: 1_000 }
  const options = { url: desk.url, key: newKey(), logger }
  const { client } = await connectWithSupport(options, docuApiServer(), timing)
  const counts: number[] = []
  for (let spell = 0; spell < 2; spell++) {
    await names(client)
    await spells(desk)
    for (let times = 0; times < 3; times++) await names(client)
    counts.push(told.filter((line) => line.includes(message)).length)
    desk.refuseSettings = undefined
    await desk.goAway()
    desk.comeBack()
  }
  return counts
}

test('each outage is told once', async () => {
  expect(await toldIn((desk) => desk.goAway(), 'the desk does not answer')).toEqual([1, 2])
})

test('each time the desk stops accepting the key is told once', async () => {
  const refuse = (desk: DeskDouble) => {
    desk.refuseSettings = { code: 'key_invalid', status: 401 }
  }
  expect(await toldIn(refuse, 'the support tool is not shown')).toEqual([1, 2])
})

test('each spell in which something else answers is told once, whatever it says', async () => {
  desk = openDesk()
  const { told, logger } = listener()
  const { client } = await connectWithSupport({ url: desk.url, key: newKey(), logger })
  await names(client)
  let raised = 0
  const raise = () => ask(client, { title: `Ticket ${++raised}` })
  for (const statuses of [[500, 403], [404]]) {
    for (const status of statuses) {
      desk.between.push(new Response('<html>', { status }))
      await raise()
    }
    await raise()
  }
  const foreign = told.filter((line) => line.includes('not the desk that answers'))
  expect(foreign.map((line) => /\d{3}/.exec(line)?.[0])).toEqual(['500', '404'])
})
