import { afterEach, describe, expect, test } from 'bun:test'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { emptyDatabase } from '../cluster.ts'
import { deskSettings, make, type RunningDesk, startDesk } from '../program.ts'
import { password } from '../world.ts'

const running: RunningDesk[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((desk) => desk.kill()))
})
async function start(environment: Record<string, string>, args: string[] = []) {
  const settings = deskSettings(environment)
  const desk = await startDesk(settings, undefined, args)
  running.push(desk)
  return { desk, settings }
}
const eventually = async <T>(read: () => T): Promise<T> => {
  for (let tries = 0; tries < 100 && !read(); tries++) await Bun.sleep(25)
  return read()
}
const printedLink = ({ desk }: { desk: RunningDesk }) =>
  eventually(() => /^ {2}(http\S+\/setup\?token=[\w-]{43})$/m.exec(desk.printed())?.[1] ?? '')

describe('the first start', () => {
  test('prints one link; a second desk prints its own; both end with the first account', async () => {
    const DATABASE_URL = await emptyDatabase()
    const [one, two] = [await start({ DATABASE_URL }), await start({ DATABASE_URL })]
    const links = [await printedLink(one), await printedLink(two)]
    expect(links[0]).toStartWith(`${one.desk.origin}/setup?token=`)
    expect(links[1]).toStartWith(`${two.desk.origin}/setup?token=`)
    expect(one.desk.printed().match(/token=/g)).toHaveLength(1)
    for (const link of links) expect((await fetch(link)).status).toBe(200)
    const token = new URL(links[1] ?? '').searchParams.get('token') ?? ''
    const body = { token, organization: 'Fjord', name: 'Ana', email: 'ana@fjord.example', password }
    const response = await fetch(`${one.desk.origin}/setup`, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'sec-fetch-site': 'same-origin' },
      body: new URLSearchParams(body),
    })
    expect(response.headers.get('location')).toBe('/fjord/servers/new')
    for (const link of links) expect((await fetch(link)).status).toBe(404)
    const later = await start({ DATABASE_URL })
    await eventually(() => later.desk.printed().includes('Data:'))
    expect(later.desk.printed()).not.toContain('setup')
  })

  test('ends its link with an account that a command makes beside it', async () => {
    const first = await start({ DATABASE_URL: await emptyDatabase() })
    const link = await printedLink(first)
    await make(['organization', 'create', '--name', 'Fjord'], first.settings)
    expect((await fetch(link)).status).toBe(200)
    const account = ['--organization', 'fjord', '--email', 'ana@fjord.example', '--name', 'Ana']
    await make(['staff', 'create', ...account, '--password-stdin'], first.settings, password)
    expect((await fetch(link)).status).toBe(404)
  })
})

describe('serve --open', () => {
  test('opens the browser at the link, and at the desk once it is set up', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mcp-obs-open-'))
    const said = join(folder, 'said')
    for (const name of ['xdg-open', 'open']) {
      writeFileSync(
        join(folder, name),
        `#!/bin/sh\necho "$1" > ${said}.part && mv ${said}.part ${said}\n`,
      )
      chmodSync(join(folder, name), 0o755)
    }
    const environment = {
      DATABASE_URL: await emptyDatabase(),
      PATH: `${folder}:${process.env.PATH}`,
    }
    const opened = () => eventually(() => existsSync(said) && readFileSync(said, 'utf8').trim())
    const first = await start(environment, ['serve', '--open'])
    expect(await opened()).toBe(await printedLink(first))
    rmSync(said)
    await make(['organization', 'create', '--name', 'Fjord'], first.settings)
    const account = ['--organization', 'fjord', '--email', 'ana@fjord.example', '--name', 'Ana']
    await make(['staff', 'create', ...account, '--password-stdin'], first.settings, password)
    const second = await start(environment, ['serve', '--open'])
    expect(await opened()).toBe(second.desk.origin)
    rmSync(folder, { recursive: true })
  })
})
