import { afterEach, describe, expect, test } from 'bun:test'
import { connect, type Socket } from 'node:net'
import { emptyDatabase } from '../cluster.ts'
import { freePort } from '../db/external.ts'
import { deskSettings, make, type RunningDesk, runProgram, startDesk } from '../program.ts'
import { embedded } from '../whole/targets.ts'

const email = 'mira@fjord.example'
const password = 'correct horse battery'

const running: RunningDesk[] = []
async function start(environment: Record<string, string>) {
  const settings = deskSettings(environment)
  const desk = await startDesk(settings)
  running.push(desk)
  return { desk, settings }
}
afterEach(async () => {
  await Promise.all(running.splice(0).map((desk) => desk.kill()))
})

async function makeStaff(settings: Record<string, string>): Promise<void> {
  await make(['organization', 'create', '--name', 'Fjord'], settings)
  const staff = ['staff', 'create', '--organization', 'fjord', '--email', email, '--name', 'Mira']
  await make([...staff, '--password-stdin'], settings, password)
}

describe('a port that can not be had ends the start with 1 and a sentence', () => {
  const cases: [string, (port: number) => string, string][] = [
    ['in use', (port) => `127.0.0.1:${port}`, 'is in use by another program. Stop it, or set'],
    [
      'of another machine',
      (port) => `192.0.2.1:${port}`,
      'Set MCP_OBS_LISTEN to an address of this',
    ],
    ['of no machine', (port) => `desk.invalid:${port}`, 'Set MCP_OBS_LISTEN to an address of this'],
  ]
  for (const [which, listen, sentence] of cases)
    test(`one ${which}`, async () => {
      const port = freePort()
      const other = Bun.listen({ hostname: '127.0.0.1', port, socket: { data() {} } })
      const environment = { DATABASE_URL: await emptyDatabase(), MCP_OBS_LISTEN: listen(port) }
      const { code, stdout, stderr } = await runProgram([], environment)
      other.stop()
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
      expect(stderr).toContain(sentence)
      expect(stderr.trimEnd().split('\n')).toHaveLength(1)
    })
})

describe('a desk that is told to stop', () => {
  test('answers the request in flight, takes no other, and ends with 0', async () => {
    const { desk, settings } = await start({ DATABASE_URL: await emptyDatabase() })
    await makeStaff(settings)
    const request = await halfOfSignIn(desk)
    const stopped = desk.stop()
    await eventually(async () => (await fetch(desk.origin).catch(() => null)) === null)
    expect(await request.finish()).toStartWith('HTTP/1.1 303 ')
    expect(await stopped).toBe(0)
  })

  test('does not wait for connections on which nothing is asked', async () => {
    const { desk } = await start({ DATABASE_URL: await emptyDatabase() })
    await (await fetch(`${desk.origin}/sign-in`)).text()
    const idle = await open(desk)
    const started = performance.now()
    expect(await desk.stop()).toBe(0)
    expect(performance.now() - started).toBeLessThan(5_000)
    idle.destroy()
  })

  test('ends with 0 on Ctrl+C as well', async () => {
    const { desk } = await start({ DATABASE_URL: await emptyDatabase() })
    process.kill(desk.pid, 'SIGINT')
    await eventually(() =>
      fetch(desk.origin).then(
        () => false,
        () => true,
      ),
    )
    expect(await desk.stop()).toBe(0)
  })
})

test('what commands make beside a running desk is there at once', async () => {
  const { desk, settings } = await start(await embedded.environment())
  await makeStaff(settings)
  const response = await fetch(`${desk.origin}/sign-in`, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'sec-fetch-site': 'same-origin' },
    body: new URLSearchParams({ email, password }),
  })
  expect(response.status).toBe(303)
  expect(await desk.stop()).toBe(0)
})

/** A sign-in of which the desk has the head and the first byte of the body. */
async function halfOfSignIn(desk: RunningDesk) {
  const body = `${new URLSearchParams({ email, password })}`
  const socket = await open(desk)
  let answer = ''
  socket.on('data', (chunk) => {
    answer += chunk
  })
  const head = [
    'POST /sign-in HTTP/1.1',
    `Host: ${new URL(desk.origin).host}`,
    'Sec-Fetch-Site: same-origin',
    'Content-Type: application/x-www-form-urlencoded',
    `Content-Length: ${body.length}`,
  ]
  socket.write(`${head.join('\r\n')}\r\n\r\n${body.slice(0, 1)}`)
  await Bun.sleep(200)
  return {
    async finish(): Promise<string> {
      socket.write(body.slice(1))
      await eventually(() => answer.includes('\r\n\r\n'))
      socket.destroy()
      return answer
    },
  }
}

function open({ origin }: RunningDesk): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>()
  const socket = connect(Number(new URL(origin).port), '127.0.0.1', () => resolve(socket))
  socket.once('error', reject)
  return promise
}

async function eventually(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200 && !(await holds()); tries++) await Bun.sleep(25)
  expect(await holds()).toBe(true)
}
