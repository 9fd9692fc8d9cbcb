import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { limits } from '../../sdk/src/limits.ts'
import { newKey, until } from './desk.ts'
import { openGateway } from './faults/gateway.ts'
import { kinds } from './faults/kinds.ts'
import { bundleChild, startProcess, startRun, unreachable } from './faults/running.ts'

/** With the real waits, at once in both runtimes: it takes as long as the slowest desk. */
const runtimes: Record<string, string> = { Node: 'node', Bun: process.execPath }
const runs: Record<string, Awaited<ReturnType<typeof startRun>>> = {}
let program: string
beforeAll(async () => {
  program = await bundleChild()
  const start = async ([name, path]: [string, string]) => {
    runs[name] = await startRun(path, program)
  }
  await Promise.all(Object.entries(runtimes).map(start))
}, 30_000)
afterAll(async () => {
  for (const run of Object.values(runs)) await run.close()
})

describe.each(Object.keys(runtimes))('on %s', (runtime) => {
  const run = () => runs[runtime] as (typeof runs)[string]

  test.each(kinds)('the model is answered in time about $name', ({ name }) => {
    const { ms, text } = run().told(name)
    expect(ms).toBeLessThan(limits.answerWithinMs)
    expect(text).toMatch(/saved and will be (delivered|sent)/)
  })

  test.each(kinds)('the ticket arrives once after $name', async ({ name, waitMs = 400, waits }) => {
    const { desk, attempts, keys, strayed } = run().gateway(name)
    if (waits) return expect([attempts.length, desk.received.length]).toEqual([1, 0])
    await until(() => desk.received.length > 0, 20_000)
    const [refused = 0, again = 0] = attempts
    expect(again - refused).toBeGreaterThan(waitMs)
    expect(desk.received).toHaveLength(1)
    expect(attempts).toHaveLength(2)
    expect(keys.size).toBe(1)
    expect(strayed).toBe(0)
  })

  test('no more is read of an answer than a receipt takes, and no socket is kept', () => {
    expect(run().gateway('100 MB').sent).toBeWithin(1, 16 * 2 ** 20)
    for (const gateway of run().gateways) expect(gateway.open()).toBeLessThanOrEqual(2)
  })

  test.each(unreachable)('%s is said to be out of reach', (name) => {
    const { ms, text, logged } = run().told(name)
    expect(ms).toBeLessThan(limits.answerWithinMs)
    expect(text).toContain('cannot be reached right now, and no ticket was opened')
    expect(logged.join()).toContain('the desk does not answer')
  })

  test('the developer is told that something else answers', () => {
    const logged = (name: string) => run().told(name).logged.join()
    expect(logged('a 301 to elsewhere')).toContain('redirects to http://localhost')
    expect(logged('a page')).toContain('it is not the desk that answers: status 200 without JSON')
  })

  test('the process ends though tickets are tried again and again', async () => {
    const gateway = await openGateway(() => {}, Number.POSITIVE_INFINITY)
    const desk = { url: gateway.url, key: newKey(), listed: true }
    const given = ['one', 'two', 'three', 'four'].map((name) => ({ ...desk, name }))
    const quick = { answerMs: 200, attemptMs: 500, backoffMs: 10, backoffMsMax: 20 }
    const child = startProcess(runtimes[runtime] as string, program, given, quick)
    await until(() => gateway.attempts.length > given.length + 1, 15_000)
    const { code, ms } = await child.end()
    expect(code).toBe(0)
    expect(ms).toBeLessThan(3_000)
    await gateway.close()
  })

  test('a desk that never says its settings does not hold the process for long', async () => {
    const silent = Bun.listen({ hostname: '127.0.0.1', port: 0, socket: { data() {} } })
    const url = `http://127.0.0.1:${silent.port}/s/docuapi`
    const given = [{ name: 'silent', url, key: newKey(), listed: false }]
    const child = startProcess(runtimes[runtime] as string, program, given)
    await until(() => child.told.size === 1, 15_000)
    const { code, ms } = await child.end()
    expect(code).toBe(0)
    expect(ms).toBeLessThan(4_000)
    silent.stop(true)
  })

  test('the process ends though a ticket waits, and has printed nothing', async () => {
    const { code, ms, errors } = await run().end()
    expect({ code, errors }).toEqual({ code: 0, errors: '' })
    expect(ms).toBeLessThan(5_000)
  })
})
