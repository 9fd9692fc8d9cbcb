import type { Child } from '#src/lib/html/jsx-runtime.ts'
import { numberText } from './words.ts'

type MovedProps = {
  /** Above 0 it went up. */
  by: number
  /** Whether more of it is better; of most figures it is worse. */
  moreIsBetter?: boolean
  /** How far, without a sign. */
  children: Child
}

/** Which way a figure went, by arrow and colour. */
export function Moved({ by, moreIsBetter = false, children }: MovedProps) {
  if (by === 0) return <span class="moved">unchanged</span>
  return (
    <span class={['moved', by > 0 === moreIsBetter ? 'better' : 'worse']}>
      <span aria-hidden="true">{by > 0 ? '▲ ' : '▼ '}</span>
      <span class="hidden">{by > 0 ? 'up ' : 'down '}</span>
      {children}
    </span>
  )
}

type ChangeProps = { n: number; before: number; moreIsBetter?: boolean }

/** How a number of tickets changed, in percent of what it was before. */
export function Change({ n, before, moreIsBetter = false }: ChangeProps) {
  if (before === 0) return n > 0 ? <span class="moved">new</span> : null
  const by = Math.round(((n - before) / before) * 100)
  return (
    <Moved by={by} moreIsBetter={moreIsBetter}>
      {numberText(Math.abs(by))}%
    </Moved>
  )
}
