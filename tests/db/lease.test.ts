import { expect, setDefaultTimeout, test } from 'bun:test'
import { connect } from '#src/db/connect.ts'
import { layOut, readServer } from '#src/db/embedded/layout.ts'
import { loginAt } from '#src/db/embedded/server.ts'
import { openDatabase } from '#src/db/open.ts'
import type { StartError } from '#src/db/start-error.ts'
import { newDataDir } from './desks.ts'

setDefaultTimeout(30_000)

/** The desk's advisory lock. */
const [space, serving] = [7_263_547, 2] as const

test('a desk that lost its lease to another one is told', async () => {
  const dataDir = newDataDir()
  const lost = Promise.withResolvers<StartError>()
  const settings = { dataDir, databaseUrl: undefined, appRole: undefined }
  const database = await openDatabase(settings, 'desk', lost.resolve)
  const socketDir = readServer(layOut(dataDir))?.socketDir as string
  const admin = connect(loginAt(socketDir, 'postgres'))
  const other = connect(loginAt(socketDir, 'postgres'))

  const taken = other`select pg_advisory_lock(${space}, ${serving})`.execute()
  for (let queued = 0; queued === 0; await Bun.sleep(10))
    queued = (await admin`select from pg_locks where not granted`).length
  await admin`select pg_terminate_backend(pid) from pg_locks where granted and objid = ${serving}`
  await taken

  expect((await lost.promise).message).toContain('is already served by another desk')
  await Promise.all([other.end(), admin.end()])
  await database.close()
})
