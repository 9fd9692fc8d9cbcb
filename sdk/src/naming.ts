import type { OurTool } from './tool-names.ts'

const cursorsMax = 100

/** A page of the server's own list of tools. */
export type Page = {
  cursor: unknown
  nextCursor: unknown
  /** One of its tools has our name. */
  taken: boolean
}

/** Whether a server has a tool of its own by our name, as far as its lists of tools tell. */
export type Naming = {
  /** Undefined until a page has our name, or a whole list has not. */
  readonly taken: boolean | undefined
  listed(page: Page): void
}

export type Namings = Record<OurTool, Naming>

export const createNamings = (): Namings => ({ support: createNaming(), check: createNaming() })

/** The pages of a list may come over as many connections; they hang together by their cursors. */
function createNaming(): Naming {
  /** Those that pages without our name lead to, from the first one on. */
  const led = new Set<unknown>()
  let taken: boolean | undefined

  const listed = (page: Page) => {
    if (page.taken) {
      taken = true
      led.clear()
    }
    if (page.taken || (page.cursor !== undefined && !led.has(page.cursor))) return
    if (!page.nextCursor) {
      taken = false
      return
    }
    led.add(page.nextCursor)
    const [oldest] = led
    if (led.size > cursorsMax) led.delete(oldest)
  }
  return {
    get taken() {
      return taken
    },
    listed,
  }
}
