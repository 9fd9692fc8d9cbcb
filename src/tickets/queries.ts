import { mcpServer, supportTicket as ticket } from '#src/db/schema.ts'
import { reporterColumns } from './reporters.ts'

/** The columns of a line of the list; never the description or the context. */
export const rowColumns = {
  number: ticket.number,
  title: ticket.title,
  status: ticket.status,
  priority: ticket.priority,
  category: ticket.category,
  serverSlug: mcpServer.slug,
  reporter: reporterColumns,
  failedTool: ticket.failedTool,
  failedError: ticket.failedError,
  trail: ticket.trail,
  createdAt: ticket.createdAt,
}
