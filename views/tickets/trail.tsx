const shownMax = 14
const stepPx = 6

/** The session as ticks, oldest first: calls, failed ones tall and red, and last the ticket. */
export function Trail({ trail }: { trail: string }) {
  const calls = [...trail].slice(-shownMax)
  if (calls.length === 0) return <span class="trail" />
  const failed = calls.filter((letter) => letter === 'x').length
  const ticketX = shownMax * stepPx + 6
  return (
    <svg
      class="trail"
      viewBox="0 0 96 18"
      preserveAspectRatio="xMaxYMid slice"
      role="img"
      aria-label={`${calls.length} ${calls.length === 1 ? 'call' : 'calls'} before, ${failed} failed`}
    >
      {calls.map((letter, index) => {
        const x = ticketX - (calls.length - index) * stepPx
        return letter === 'x' ? (
          <rect class="failed" x={x} y="2" width="3" height="14" rx="1.5" />
        ) : (
          <rect x={x} y="5.5" width="3" height="7" rx="1.5" />
        )
      })}
      <rect class="ticket" x={ticketX} y="0" width="3" height="18" rx="1.5" />
    </svg>
  )
}
