const inlineCharsMax = 48

/** JSON to read: what is short stays on one line. */
export function pretty(value: unknown, indent = ''): string {
  const flat = (JSON.stringify(value, null, 1) ?? 'null').replace(/\n\s*/g, ' ')
  if (flat.length <= inlineCharsMax || typeof value !== 'object' || value === null) return flat
  const inner = `${indent}  `
  const parts = Array.isArray(value)
    ? value.map((item) => pretty(item, inner))
    : Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${pretty(item, inner)}`)
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  return `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${indent}${close}`
}
