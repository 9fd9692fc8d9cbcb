import { chmodSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { External } from '#tests/db/external.ts'
import { cleanUpAfterUs } from '../cluster.ts'

/** A database a desk may be given: how it is told of it. */
export type Target = { name: string; environment(): Promise<Record<string, string>> }

export const embedded: Target = {
  name: 'the embedded database',
  environment: async () => {
    const directory = mkdtempSync(join(tmpdir(), 'mcp-obs-whole-'))
    chmodSync(directory, 0o711)
    cleanUpAfterUs(directory)
    return { MCP_OBS_DATA_DIR: directory }
  },
}

/** The three kinds of login that an administrator may hand out. */
export const externals = (external: () => Promise<External>): Target[] => [
  {
    name: 'DATABASE_URL as superuser',
    environment: async () => {
      const { admin, url } = await external()
      await admin.unsafe('create database by_superuser')
      return { DATABASE_URL: url('admin', 'by_superuser') }
    },
  },
  {
    name: 'DATABASE_URL as an owner with CREATEROLE',
    environment: async () => {
      const { admin, url } = await external()
      await admin.unsafe(`create role maker login createrole password 'secret'`)
      await admin.unsafe('create database by_maker owner maker')
      return { DATABASE_URL: url('maker', 'by_maker') }
    },
  },
  {
    name: 'DATABASE_URL as a plain owner, with the role made before',
    environment: async () => {
      const { admin, url } = await external()
      await admin.unsafe(`create role plain login password 'secret'`)
      await admin.unsafe('create role mcp_obs_app_by_plain login')
      await admin.unsafe('grant mcp_obs_app_by_plain to plain')
      await admin.unsafe('create database by_plain owner plain')
      return { DATABASE_URL: url('plain', 'by_plain') }
    },
  },
]
