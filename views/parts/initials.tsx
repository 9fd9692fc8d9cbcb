/** A round badge for someone, from the first letters of up to two words of the name. */
export function Initials({ name }: { name: string }) {
  const letters = name
    .trim()
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => [...word][0] ?? '')
  return (
    <span class="badge" aria-hidden="true">
      {letters.join('').toUpperCase()}
    </span>
  )
}
