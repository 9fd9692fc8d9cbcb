import type { Child } from '#src/lib/html/jsx-runtime.ts'
import { numberText } from './words.ts'

type MovedProps = {
  /** Above 0 it went up. */
  by: number
  /** How far, without a sign. */
  children: Child
}

/** Which way a figure went, by arrow and colour: more is worse with all of them. */
export function Moved({ by, children }: MovedProps) {
  if (by === 0) return <span class="moved">unchanged</span>
  return (
    <span class={['moved', by > 0 ? 'up' : 'down']}>
      <span aria-hidden="true">{by > 0 ? '▲ ' : '▼ '}</span>
      <span class="hidden">{by > 0 ? 'up ' : 'down '}</span>
      {children}
    </span>
  )
}

/** How a number of tickets changed, in percent of what it was before. */
export function Change({ n, before }: { n: number; before: number }) {
  if (before === 0) return n > 0 ? <span class="moved">new</span> : null
  const by = Math.round(((n - before) / before) * 100)
  return <Moved by={by}>{numberText(Math.abs(by))}%</Moved>
}
