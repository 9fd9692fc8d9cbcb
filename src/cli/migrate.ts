import { migrateDatabase } from '#src/db/open.ts'
import type { Command } from './command.ts'

export const migrate: Command = {
  name: 'migrate',
  summary: 'Bring the database to this version; serve does it too.',
  usage: '[--json]',
  options: {},
  required: [],
  run: async (config) => {
    const applied = await migrateDatabase(config)
    return { ok: true, made: { applied: String(applied) } }
  },
}
