// A desk or a command in a process of its own: opens the database that its arguments name, says so,
// and closes it when its input ends. Expected failures go to stderr, as main prints them.
import { handle } from '#src/db/database.ts'
import { openDatabase } from '#src/db/open.ts'
import { StartError } from '#src/db/start-error.ts'

const [client, dataDir = '', databaseUrl] = process.argv.slice(2)

try {
  const database = await openDatabase(
    { dataDir, databaseUrl, appRole: undefined },
    client as 'desk' | 'command',
  )
  const [row] = await database[handle].execute('select current_user as role')
  console.log(`open as ${row?.role}`)
  for await (const _ of process.stdin);
  await database.close()
  console.log('closed')
  process.exit(0)
} catch (error) {
  if (!(error instanceof StartError)) throw error
  console.error(error.message)
  process.exit(1)
}
