import { afterEach, expect, setSystemTime, test } from 'bun:test'
import { register } from '../../../sdk/src/register.ts'
import { timing } from '../../../sdk/src/timing.ts'
import { issuer } from '../../world.ts'
import { quick } from '../desk.ts'
import { ask, connectHttp, docuApiServer, names, serveHttp } from '../hosts.ts'
import { type Filed, openRealDesk } from './real-desk.ts'

const minute = 60_000
afterEach(() => void setSystemTime())

const waits: [string, number][] = [
  ['twenty minutes', 20 * minute],
  ['all but a day', timing.queuedMsMax - minute],
]
test.each(waits)('a ticket that waited %s arrives with its reporter', async (_, waited) => {
  const desk = await openRealDesk()
  const at = desk.at(desk.world.northwind.servers.external)
  const host = serveHttp(
    () => {
      const server = docuApiServer()
      const reporter = () => ({ issuer, subject: 'u-7', email: 'ana@fjord.example' })
      register(server, { ...at, reporter }, quick)
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
  setSystemTime(new Date(raised + waited))
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
  host.close()
  await desk.close()
})
