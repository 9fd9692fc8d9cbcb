import { expect, test } from 'bun:test'
import { deskAt } from '../../sdk/src/desk.ts'
import { newKey, quick } from './desk.ts'

const url = 'http://127.0.0.1:1/s/docuapi'
const at = (key: string) => deskAt(url, key, undefined, quick)

test('of many keys those used last are kept, and those with tickets that wait', async () => {
  const [waiting, first, used] = [newKey(), newKey(), newKey()]
  const opened = { waiting: at(waiting), first: at(first), used: at(used) }
  const ticket = { title: 'Keys', description: 'One for each company.' }
  const filed = await opened.waiting.delivery.file(ticket, 500, new AbortController().signal)
  expect(filed.status).toBe('queued')
  for (let keys = 0; keys < 1_500; keys++) {
    at(newKey())
    if (keys % 50 === 0) at(used)
  }
  expect(at(waiting)).toBe(opened.waiting)
  expect(at(used)).toBe(opened.used)
  expect(at(first)).not.toBe(opened.first)
})
