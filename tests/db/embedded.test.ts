import { afterEach, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { connect } from '#src/db/connect.ts'
import { layOut, readServer } from '#src/db/embedded/layout.ts'
import { loginAt } from '#src/db/embedded/server.ts'
import { isAlive } from '#src/db/embedded/start-lock.ts'
import { type Desk, newDataDir, startDesk } from './desks.ts'

setDefaultTimeout(30_000)

const opened = 'open as mcp_obs_app_mcp_obs'

/** Initialized by whichever test is first; between tests nothing runs in it. */
const dataDir = newDataDir()
const serverPid = () => readServer(layOut(dataDir))?.pid as number

const desks: Desk[] = []
function start(...[client, options]: Parameters<typeof startDesk>): Desk {
  const desk = startDesk(client, options)
  desks.push(desk)
  return desk
}
afterEach(async () => {
  await Promise.all(desks.splice(0).map((desk) => desk.leave()))
})

async function eventually(holds: () => unknown): Promise<void> {
  for (let tries = 0; tries < 200 && !(await holds()); tries++) await Bun.sleep(25)
  expect(await holds()).toBeTruthy()
}

describe('the embedded database', () => {
  test('comes up for six processes that start at once in an empty directory', async () => {
    const dataDir = newDataDir()
    const six = ['desk', 'command', 'command', 'command', 'command', 'command'] as const
    const all = six.map((client) => start(client, { dataDir }))
    expect(await Promise.all(all.map(({ said }) => said))).toEqual(six.map(() => opened))
    expect(readdirSync(dataDir)).toHaveLength(2)
    const inside = readdirSync(join(dataDir, 'postgres'))
    expect(inside.filter((name) => name.startsWith('data'))).toEqual(['data'])
  })

  test('stops with the last one out, whoever that is', async () => {
    const desk = start('desk', { dataDir })
    expect(await desk.said).toBe(opened)
    const command = start('command', { dataDir })
    expect(await command.said).toBe(opened)
    const pid = serverPid()
    expect(await desk.leave()).toBe(0)
    expect(isAlive(pid)).toBe(true)
    expect(await command.leave()).toBe(0)
    await eventually(() => !isAlive(pid))
  })

  test('comes up for a client that arrives while the last one stops it', async () => {
    for (let round = 0; round < 5; round++) {
      const first = start('command', { dataDir })
      await first.said
      const second = start('desk', { dataDir })
      await Bun.sleep(round * 25)
      expect(await first.leave()).toBe(0)
      expect(await second.said).toBe(opened)
      expect(await second.leave()).toBe(0)
    }
  })

  test('is served by one desk at a time, with commands beside it', async () => {
    const first = start('desk', { dataDir })
    expect(await first.said).toBe(opened)
    const second = start('desk', { dataDir })
    expect(await second.said).toContain('is already served by another desk')
    expect(await second.process.exited).toBe(1)
    expect(await start('command', { dataDir }).said).toBe(opened)
  })

  test('is not reached by the Ctrl-C of its desk', async () => {
    const desk = start('desk', { dataDir })
    await desk.said
    const pid = serverPid()
    process.kill(-desk.process.pid, 'SIGINT')
    await desk.process.exited
    expect(await start('desk', { dataDir }).said).toBe(opened)
    expect(serverPid()).toBe(pid)
  })

  test('is used again by a desk that starts after kill -9', async () => {
    const killed = start('desk', { dataDir })
    await killed.said
    const pid = serverPid()
    killed.process.kill('SIGKILL')
    await killed.process.exited
    expect(await start('desk', { dataDir }).said).toBe(opened)
    expect(serverPid()).toBe(pid)
  })

  test('recovers when the desk and the server were both killed', async () => {
    const killed = start('desk', { dataDir })
    await killed.said
    const pid = serverPid()
    killed.process.kill('SIGKILL')
    process.kill(pid, 'SIGKILL')
    expect(await start('desk', { dataDir }).said).toBe(opened)
    expect(serverPid()).not.toBe(pid)
  })

  test('is started again by its desk, which keeps the lease, when the server dies', async () => {
    const desk = start('desk', { dataDir })
    await desk.said
    process.kill(serverPid(), 'SIGKILL')
    await eventually(() => isServed().catch(() => false))
    expect(await start('desk', { dataDir }).said).toContain('is already served by another desk')
  })

  test('comes up although a process that was starting it has been killed', async () => {
    const dead = Bun.spawn(['true'])
    await dead.exited
    writeFileSync(join(dataDir, 'starting'), String(dead.pid))
    expect(await start('desk', { dataDir }).said).toBe(opened)
  })

  test('finds room for its socket when the path of the data directory is long', async () => {
    const dataDir = newDataDir('long'.repeat(30))
    const desk = start('desk', { dataDir })
    expect(await desk.said).toBe(opened)
    const socketDir = readServer(layOut(dataDir))?.socketDir as string
    expect(socketDir).toStartWith('/tmp/mcp-obs-')
    expect(statSync(socketDir).mode & 0o777).toBe(0o700)
    expect(await desk.leave()).toBe(0)
    expect(existsSync(socketDir)).toBe(false)
  })

  test('is not opened by another major version of PostgreSQL', async () => {
    const dataDir = newDataDir()
    const { data } = layOut(dataDir)
    mkdirSync(data)
    writeFileSync(join(data, 'PG_VERSION'), '16\n')
    const { said } = start('desk', { dataDir })
    expect(await said).toContain('was made by PostgreSQL 16 and this mcp-obs brings 18')
  })
})

/** Whether a server answers there and a desk holds its lease. */
async function isServed(): Promise<boolean> {
  const socketDir = readServer(layOut(dataDir))?.socketDir as string
  const sql = connect(loginAt(socketDir, 'postgres'))
  const locks = await sql`select from pg_locks where locktype = 'advisory' and objid = 2`.finally(
    () => sql.end(),
  )
  return locks.length === 1
}
