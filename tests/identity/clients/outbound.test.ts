import { expect, test } from 'bun:test'
import { parseConfig } from '#src/config.ts'
import { limits as defaults } from '#src/identity/clients/documents/limits.ts'
import { clientMetadataOn, createOutbound } from '#src/identity/clients/outbound.ts'
import { certificate, openHost, resolvingTo } from './hosts/host.ts'

const known = 'modelcontextprotocol.io'

/** The site of the protocol, as if it were on this machine. */
function site(limits = defaults) {
  const host = openHost(() => new Response('no'))
  const { resolve, asked } = resolvingTo(['127.0.0.1'])
  const options = { resolve, port: host.port, ca: certificate, namesInside: [known], limits }
  return { ...host, asked, options }
}

test('the internet is reached where the site shakes hands, and is sent nothing', async () => {
  const { options, asked, requests, close } = site()
  const outbound = createOutbound(options)
  const answers = await Promise.all(Array.from({ length: 20 }, outbound))
  answers.push(await outbound())
  expect(new Set(answers)).toEqual(new Set([true]))
  expect(asked).toEqual([known])
  expect(requests).toEqual([])
  close()
})

test('it is not where the name is unknown, leads inside, is another’s or nothing listens', async () => {
  const { options, port, close } = site()
  const { ca, ...untrusting } = options
  const closed = Bun.listen({ hostname: '127.0.0.1', port: 0, socket: { data: () => {} } })
  const silent = closed.port
  closed.stop(true)
  for (const spoilt of [
    { ...options, resolve: resolvingTo([]).resolve },
    { ...options, namesInside: [] },
    untrusting,
    { ...options, port: silent },
  ])
    expect(await createOutbound(spoilt)()).toBeFalse()
  expect(await createOutbound({ ...options, port })()).toBeTrue()
  expect(ca).toBe(certificate)
  close()
})

test('nobody waits longer than the limit for the first answer', async () => {
  const mute = Bun.listen({ hostname: '127.0.0.1', port: 0, socket: { data: () => {} } })
  const limits = { ...defaults, tryMs: 100 }
  const { options, close } = site(limits)
  expect(await createOutbound({ ...options, port: mute.port })()).toBeFalse()
  expect(await createOutbound({ ...options, resolve: () => new Promise(() => {}) })()).toBeFalse()
  mute.stop(true)
  close()
})

test('the last answer stands while it is tried again', async () => {
  const { options, close } = site({ ...defaults, triedEveryMs: 0 })
  let release = () => {}
  let tries = 0
  const resolve = async (host: string) => {
    if (++tries > 1) await new Promise<void>((done) => (release = done))
    return tries > 1 ? [] : options.resolve(host)
  }
  const outbound = createOutbound({ ...options, resolve })
  expect(await outbound()).toBeTrue()
  expect(await outbound()).toBeTrue()
  expect(await outbound()).toBeTrue()
  expect(tries).toBe(2)
  release()
  while (await outbound()) await Bun.sleep(5)
  close()
})

test('the setting decides where it says so, and hosts inside need no internet', async () => {
  const deskWith = (environment: Record<string, string>) => {
    const config = parseConfig(environment)
    if (!config.ok) throw new Error(config.problems.join())
    return { config: config.config } as Parameters<typeof clientMetadataOn>[0]
  }
  const on = (environment: Record<string, string>) => clientMetadataOn(deskWith(environment))
  expect(await on({ MCP_OBS_CLIENT_METADATA: 'on' })).toBeTrue()
  expect(
    await on({ MCP_OBS_CLIENT_METADATA: 'off', MCP_OBS_CLIENT_METADATA_HOSTS: 'apps.test' }),
  ).toBeFalse()
  expect(await on({ MCP_OBS_CLIENT_METADATA_HOSTS: 'apps.test' })).toBeTrue()
})
