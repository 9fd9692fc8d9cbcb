import { sql } from 'drizzle-orm'
import { mcpServer, supportTicket as ticket } from '#src/db/schema.ts'
import { reporterColumns } from './reporters.ts'

/** Of the description, what a line of the list has room for. */
const beginningChars = 120

/** The columns of a line of the list; never the whole description, nor the context. */
export const rowColumns = {
  number: ticket.number,
  title: ticket.title,
  beginning: sql<string>`left(${ticket.description}, ${beginningChars}::int)`,
  status: ticket.status,
  priority: ticket.priority,
  category: ticket.category,
  // Every ticket has a server. Joined from the left, so that no plan begins at servers and reads all of theirs.
  serverSlug: sql<string>`${mcpServer.slug}`,
  reporter: reporterColumns,
  failedTool: ticket.failedTool,
  failedError: ticket.failedError,
  trail: ticket.trail,
  cause: ticket.cause,
  answerVersion: ticket.answerVersion,
  occurrences: ticket.occurrences,
  mergedInto: ticket.mergedInto,
  createdAt: ticket.createdAt,
  readAt: ticket.readAt,
}
