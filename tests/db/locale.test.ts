import { afterAll, beforeAll, expect, test } from 'bun:test'
import type postgres from 'postgres'
import { connect } from '#src/db/connect.ts'
import { readUrl } from '#src/db/external.ts'
import { prepare } from '#src/db/prepare.ts'
import { emptyDatabase } from '#tests/cluster.ts'

const appRole = 'mcp_obs_app_tests'
let sql: postgres.Sql

/** A database whose own locale knows the letters of ASCII only, as many servers have it. */
beforeAll(async () => {
  const template = await emptyDatabase()
  const { login, database } = readUrl(template)
  const name = `${database}_c`
  const admin = connect(login)
  await admin.unsafe(`create database ${name} template template0 encoding 'UTF8'
    locale_provider libc locale 'C'`)
  await admin.end()
  sql = connect({ ...login, database: name }, { fetch_types: true })
  await prepare(sql, { appRole, sharesLogin: false })
})
afterAll(() => sql?.end())

test('where the database’s locale is C, the search tells no case of other letters either', async () => {
  const [row] = await sql`select lower('ÜNAL') as own, search_lower('ÜNAL ЖУК Ωμ') as ours`
  expect(row).toEqual({ own: 'Ünal', ours: 'ünal жук ωμ' })
})

test('words are parted there as everywhere', async () => {
  const [row] = await sql`select search_words('Größe „ÜNAL“ – ana@fjord.example') as words`
  expect(new Set(row?.words.filter(Boolean))).toEqual(
    new Set(['größe', 'ünal', 'ana', 'fjord', 'example', 'ana_fjord', 'fjord_example']),
  )
})
