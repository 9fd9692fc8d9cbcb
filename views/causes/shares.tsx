import type { Share } from '#src/causes/cause.ts'
import { numberText } from '#views/analytics/words.ts'

type SharesProps = {
  id: string
  title: string
  shares: Share[]
  /** Tickets that were looked at. */
  tickets: number
  /** What having none means. */
  none: string
  /** Where the tickets of a value are listed, if anywhere. */
  to?: (share: Share) => string | null
}

/** The values most of a cause's newest tickets have, as bars. */
export function Shares({ id, title, shares, tickets, none, to }: SharesProps) {
  const most = shares[0]?.n ?? 1
  const nameOf = ({ value, version }: Share) =>
    value === null ? none : [value, version].filter(Boolean).join(' ')
  return (
    <section class="figure" aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        <p class="faint small">
          {tickets === 1 ? 'of one ticket' : `of the newest ${numberText(tickets)} tickets`}
        </p>
      </header>
      <ul class="bars">
        {shares.map((share) => {
          const path = to?.(share)
          const inner = (
            <>
              <bdi class={['clip', share.value !== null && 'mono']}>{nameOf(share)}</bdi>
              <span class="n">{numberText(share.n)}</span>
            </>
          )
          return (
            <li>
              {path ? (
                <a class="named" href={path} title={nameOf(share)}>
                  {inner}
                </a>
              ) : (
                <span class="named">{inner}</span>
              )}
              <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
                <rect width={((share.n / most) * 100).toFixed(1)} height="6" />
              </svg>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
