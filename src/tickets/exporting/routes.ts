import type { Scope } from '#src/db/scope.ts'
import type { Member } from '#src/staff/who.ts'
import { parseFilter } from '#src/tickets/filter.ts'
import type { Visit } from '#src/web/route.ts'
import { csvHeader, csvRecord } from './csv.ts'
import { columnNames, type ExportedTicket, exportPages } from './reading.ts'

type Format = {
  ending: 'csv' | 'jsonl'
  type: string
  header: string
  write: (ticket: ExportedTicket) => string
}

const csv: Format = {
  ending: 'csv',
  type: 'text/csv; charset=utf-8; header=present',
  header: csvHeader(columnNames),
  write: (ticket) => csvRecord(columnNames.map((name) => ticket[name])),
}
const jsonLines: Format = {
  ending: 'jsonl',
  type: 'application/jsonl; charset=utf-8',
  header: '',
  write: (ticket) => `${JSON.stringify(ticket)}\n`,
}

/** `GET /{organization}/tickets/export.csv?{filter}`: all tickets of a list, as RFC 4180. */
export const exportCsv = (visit: Visit, member: Member) => exported(visit, member, csv)

/** `GET /{organization}/tickets/export.jsonl?{filter}`: the same, a JSON object a line. */
export const exportJsonLines = (visit: Visit, member: Member) => exported(visit, member, jsonLines)

function exported({ url }: Visit, { organization, scope }: Member, format: Format): Response {
  const day = new Date().toISOString().slice(0, 10)
  const name = `${organization.slug}-tickets-${day}.${format.ending}`
  return new Response(streamOf(scope, parseFilter(url.searchParams), format), {
    headers: {
      'content-type': format.type,
      'content-disposition': `attachment; filename="${name}"`,
    },
  })
}

/** A page is read when there is room for it, and none after the client has gone. */
function streamOf(
  scope: Scope,
  filter: ReturnType<typeof parseFilter>,
  { header, write }: Format,
): ReadableStream<Uint8Array> {
  const pages = exportPages(scope, filter)
  const encoder = new TextEncoder()
  let first = header
  return new ReadableStream({
    async pull(controller) {
      const page = await pages.next()
      const text = first + (page.value ?? []).map(write).join('')
      first = ''
      if (text) controller.enqueue(encoder.encode(text))
      if (page.done) controller.close()
    },
    async cancel() {
      await pages.return()
    },
  })
}
