import { asc, desc } from 'drizzle-orm'
import type { TicketRow } from './ticket.ts'

export const pageSize = 50

/**
 * What one page may cost. `walk`: entries of an index, whatever the filter. `own`: tickets that are
 * looked at themselves, for what no index tells. `found`: those that a search finds.
 */
export type Bounds = { walk: number; own: number; found: number }
export const bounds: Bounds = { walk: 20_000, own: 5_000, found: 1_000 }

/** Where a page begins: at tickets older than a number, or newer, or at the newest. */
export type Cursor = { older: number } | { newer: number } | null

/** In the order of the cursor, and the number it got to where a bound ended it. */
export type Read = { rows: TicketRow[]; more: boolean; stoppedAt: number | null }

export const isUpward = (cursor: Cursor): boolean => cursor !== null && 'newer' in cursor
export const directionOf = (cursor: Cursor) => (isUpward(cursor) ? asc : desc)

/** The rows of a page, of which one more than fits was asked for. */
export const readOf = (rows: TicketRow[], stoppedAt: number | null): Read =>
  rows.length > pageSize
    ? { rows: rows.slice(0, pageSize), more: true, stoppedAt: null }
    : { rows, more: false, stoppedAt }
