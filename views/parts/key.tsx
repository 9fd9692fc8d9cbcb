/** The key that does the same as the control it stands in; app.js acts on `aria-keyshortcuts`. */
export function Key({ name }: { name: string }) {
  return (
    <span class="key" aria-hidden="true">
      {name}
    </span>
  )
}
