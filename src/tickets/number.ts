import { Problem } from '#src/web/problem.ts'

/** The ticket's number that a path names; what can be none is not found. */
export function numberOf({ number = '' }: Record<string, string>): number {
  if (!/^[1-9]\d{0,8}$/.test(number)) throw new Problem('not_found')
  return Number(number)
}
