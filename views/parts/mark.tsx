/** The product's mark: calls of a session, then the ticket. */
export function Mark() {
  return (
    <span class="mark">
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d="M3 6.5v3M6.3 5v6M9.7 6.5v3M13 3v10" />
      </svg>
    </span>
  )
}
