import type { Given } from '../cell.ts'

/** What this program is to run with, or the one server that it is to be. */
const environment = process.env
export const serve = environment.SERVE ? JSON.parse(environment.SERVE) : undefined
export const given: Given = JSON.parse(environment.GIVEN ?? '{}')
