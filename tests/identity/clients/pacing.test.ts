import { expect, test } from 'bun:test'
import { limits as defaults } from '#src/identity/clients/documents/limits.ts'
import { paced } from '#src/identity/clients/documents/pacing.ts'
import { unusable } from '#src/identity/clients/documents/unusable.ts'
import { toProblem } from '#src/web/problem.ts'

const at = (n: number | string, host = `h${n}`) => `https://${host}.test/${n}`
const statusOf = (reading: Promise<unknown>) =>
  reading.then(
    () => 200,
    (error) => toProblem(error).status,
  )

/** Reads that end when the test says so. */
function held() {
  const asked: string[] = []
  const ends: ((error?: Error) => void)[] = []
  const read = (url: string) =>
    new Promise<string>((resolve, reject) => {
      asked.push(url)
      ends.push((error) => (error ? reject(error) : resolve(url)))
    })
  return { asked, ends, read }
}

test('those who want one document at once share a read, and the next reads again', async () => {
  const { asked, ends, read } = held()
  const paceful = paced(read, defaults)
  const all = Array.from({ length: 50 }, () => paceful(at(1)))
  ends[0]?.()
  expect(new Set(await Promise.all(all))).toEqual(new Set([at(1)]))
  expect(asked).toHaveLength(1)
  const next = paceful(at(1))
  ends[1]?.()
  await next
  expect(asked).toHaveLength(2)
})

test('a document that can’t be used is not asked for again for a moment', async () => {
  let reads = 0
  const fails = async () => {
    reads++
    throw unusable('It is not JSON.')
  }
  const patient = paced(fails, defaults)
  const told = await Promise.all([1, 2].map(() => patient(at(1)).catch(toProblem)))
  told.push(await patient(at(1)).catch(toProblem))
  expect(reads).toBe(1)
  expect(told.map(({ detail }) => detail)).toEqual(Array(3).fill('It is not JSON.'))
  await patient(at(2)).catch(toProblem)
  expect(reads).toBe(2)

  const quick = paced(fails, { ...defaults, failedMs: 0 })
  await quick(at(1)).catch(toProblem)
  await quick(at(1)).catch(toProblem)
  expect(reads).toBe(4)
})

test('what failed by a mistake of ours is not held against a document', async () => {
  let reads = 0
  const read = paced(async () => {
    reads++
    throw new TypeError('a bug')
  }, defaults)
  expect(await statusOf(read(at(1)))).toBe(500)
  expect(await statusOf(read(at(1)))).toBe(500)
  expect(reads).toBe(2)
})

test('only few documents are under way, and then there is room again', async () => {
  const { asked, ends, read } = held()
  const few = paced(read, { ...defaults, readsAtOnce: 3 })
  const first = [1, 2, 3].map((n) => few(at(n)))
  expect(await statusOf(few(at(4)))).toBe(429)
  const shared = few(at(3))
  expect(asked).toHaveLength(3)
  for (const end of ends) end()
  await Promise.all([...first, shared])
  const later = few(at(4))
  ends[3]?.()
  expect(await later).toBe(at(4))
})

test('one host is asked so and so often, whatever the path, and others go on', async () => {
  const read = paced(async (url) => url, { ...defaults, readsPerHost: 5 })
  const statuses: number[] = []
  for (let n = 0; n < 7; n++) statuses.push(await statusOf(read(at(n, 'victim'))))
  expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429])
  expect(await statusOf(read(at(1, 'other')))).toBe(200)
  expect(await statusOf(read('https://victim.test:8443/1'))).toBe(429)
})

test('no more is remembered than there is room for', async () => {
  let reads = 0
  const fails = paced(
    async () => {
      reads++
      throw unusable('no')
    },
    { ...defaults, failedMax: 2 },
  )
  for (const n of [1, 2, 3, 2, 3]) await fails(at(n)).catch(() => {})
  expect(reads).toBe(3)
  await fails(at(1)).catch(() => {})
  expect(reads).toBe(4)
})
