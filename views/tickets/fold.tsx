import type { Child } from '#src/lib/html/jsx-runtime.ts'
import { Icon } from '#views/parts/icon.tsx'

export type Fact = [term: string, what: Child]

/** A titled list of facts that folds away; facts that are not known are left out. */
export function Fold({ title, facts }: { title: string; facts: Fact[] }) {
  const known = facts.filter(([, what]) => what || what === 0)
  if (known.length === 0) return null
  return (
    <details open>
      <summary>
        <h2>{title}</h2>
        <Icon name="older" />
      </summary>
      <dl>
        {known.map(([term, what]) => (
          <>
            <dt>{term}</dt>
            <dd>{what}</dd>
          </>
        ))}
      </dl>
    </details>
  )
}
