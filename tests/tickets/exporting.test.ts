import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { storable } from '#src/lib/text.ts'
import { exportPages } from '#src/tickets/exporting/reading.ts'
import { payloads } from '../hostile/payloads.ts'
import { plantTicket } from '../hostile/planting.ts'
import { makeWorld, type World } from '../world.ts'
import { deskOf } from './desk.ts'
import { plantMany } from './many.ts'

const many = 1_234
const formulas = ['=1+1', '+123', '-123', '@SUM(A1)', '\t=123', '\r=123', '\n=123', '＝123']
let world: World
let cookie: string
const planted = new Map<number, string>()
beforeAll(async () => {
  world = await makeWorld()
  cookie = await world.signIn(world.northwind.staff.email)
  for (const from of [world.northwind, world.southwind])
    await plantMany(world, { from, tickets: many, subject: `'u-' || n` })
  const { organizationId } = world.southwind.scope
  await world.database.owner`
    update support_ticket set title = 'canary' where organization_id = ${organizationId}`
  for (const text of [...payloads, ...formulas, 'a"b', 'a,b\r\nc'])
    planted.set(await plantTicket(world, world.northwind, text), text)
}, 60_000)
afterAll(() => world.close())

const { get } = deskOf(
  () => world,
  () => cookie,
)

/** The records of RFC 4180. */
function parseCsv(text: string): string[][] {
  const records: string[][] = [[]]
  const field = /"((?:[^"]|"")*)"(,|\r\n)/gy
  let end = 0
  for (const [whole, inside = '', after] of text.matchAll(field)) {
    records.at(-1)?.push(inside.replaceAll('""', '"'))
    if (after === '\r\n') records.push([])
    end += whole.length
  }
  if (end !== text.length) throw new Error(`no CSV at ${end}: ${text.slice(end, end + 40)}`)
  return records.slice(0, -1)
}
const csv = async (query = '') => {
  const response = await get(`/northwind/tickets/export.csv${query}`)
  const bytes = new Uint8Array(await response.arrayBuffer())
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  expect(text[0]).toBe('\ufeff')
  const [names = [], ...records] = parseCsv(text.slice(1))
  return records.map((record) => {
    expect(record).toHaveLength(names.length)
    return Object.fromEntries(names.map((name, n) => [name, record[n] ?? '']))
  })
}
const lines = async (query = '') => {
  const text = await (await get(`/northwind/tickets/export.jsonl${query}`)).text()
  expect(text.endsWith('\n')).toBe(true)
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
}

describe('an export', () => {
  test('has every ticket of the list once, newest first, and none of others', async () => {
    const open = await csv()
    const rows = await world.database.owner`
      select number from support_ticket
       where organization_id = ${world.northwind.scope.organizationId} and status = 'open'
       order by number desc`
    const numbers = rows.map(({ number }) => number)
    expect(open.map(({ number }) => Number(number))).toEqual(numbers)
    expect(JSON.stringify(open)).not.toContain('canary')
    expect((await lines()).map(({ number }) => number)).toEqual(numbers)
  })

  test('follows the filter, from its first page', async () => {
    const closed = await lines('?status=closed&before=30')
    // Besides those that were merged into the hostile ones.
    const own = closed.filter(({ mergedInto }) => mergedInto === null)
    expect(own).toHaveLength(Math.floor(many / 3))
    expect(new Set(closed.map(({ status }) => status))).toEqual(new Set(['closed']))
    expect(await csv('?reporter=7')).toHaveLength(1)
    expect(await csv('?server=nobodys')).toEqual([])
    expect((await csv('?q=778')).map(({ number }) => number)).toEqual(['778'])
  })

  test('is a file with a name, and kept by no cache', async () => {
    for (const [ending, type] of [
      ['csv', 'text/csv; charset=utf-8; header=present'],
      ['jsonl', 'application/jsonl; charset=utf-8'],
    ]) {
      const { headers, body } = await get(`/northwind/tickets/export.${ending}`)
      expect(headers.get('content-type')).toBe(type ?? '')
      expect(headers.get('content-disposition')).toMatch(
        new RegExp(`^attachment; filename="northwind-tickets-\\d{4}-\\d\\d-\\d\\d\\.${ending}"$`),
      )
      expect(headers.get('cache-control')).toContain('private')
      await body?.cancel()
    }
  })

  test('keeps every text as it is, and a formula as text', async () => {
    const records = new Map((await csv()).map((record) => [Number(record.number), record]))
    const objects = new Map((await lines()).map((object) => [object.number, object]))
    for (const [number, text] of planted) {
      const kept = storable(text)
      expect(objects.get(number)).toMatchObject({ category: kept, reporterSubject: kept })
      const isFormula = /^[=+\-@\t\r\n＝＋－＠]/.test(kept)
      expect(records.get(number)?.category).toBe(isFormula ? `'${kept}` : kept)
      for (const value of Object.values(records.get(number) ?? {}))
        expect(value).not.toMatch(/^[=+\-@\t\r\n]/)
    }
  })

  test('reads no page before it is asked for, and none after its reader has gone', async () => {
    const pages = exportPages(world.northwind.scope, { status: 'closed' })
    const first = await pages.next()
    expect(first.value).toHaveLength(200)
    await world.database.owner`
      update support_ticket set title = 'later'
       where organization_id = ${world.northwind.scope.organizationId} and number = 3`
    const rest = await Array.fromAsync(pages)
    expect(rest.flat().find(({ number }) => number === 3)?.title).toBe('later')

    const { body } = await get('/northwind/tickets/export.csv')
    const reader = body?.getReader()
    await reader?.read()
    await reader?.cancel()
    expect(await reader?.read()).toEqual({ done: true, value: undefined })
    const [busy] = await world.database.owner`
      select count(*)::int as n from pg_stat_activity
       where datname = current_database() and state = 'idle in transaction'`
    expect(busy?.n).toBe(0)
  })
})
