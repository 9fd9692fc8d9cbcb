/**
 * Something that goes wrong, or is asked, again and again. `{…}` in its texts is filled in anew for
 * each ticket, by `slots.ts`.
 */
export type Problem = {
  category: string
  /** How often it comes, against the others; 3 unless said. */
  weight?: number
  /** The tool it is about, the last one called. */
  tool?: string
  /** What that tool failed with; without it, it worked. */
  error?: string
  arguments?: Record<string, unknown>
  /** Tools called before, which worked. */
  before?: string[]
  urgent?: true
  titles: string[]
  descriptions: string[]
}
