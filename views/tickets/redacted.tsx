const removed = /"(\[redacted[^\]"\n]{0,80}\])"|(\[redacted[^\]"\n]{0,80}\])/g

/** Text in which what was taken out on the way shows as a chip. */
export function Redacted({ text }: { text: string }) {
  const parts: (string | { chip: string })[] = []
  let end = 0
  for (const match of text.matchAll(removed)) {
    parts.push(text.slice(end, match.index), { chip: (match[1] ?? match[2] ?? '').slice(1, -1) })
    end = match.index + match[0].length
  }
  parts.push(text.slice(end))
  return (
    <>
      {parts.map((part) =>
        typeof part === 'string' ? part : <span class="redaction">{part.chip}</span>,
      )}
    </>
  )
}
