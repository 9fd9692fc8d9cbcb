/**
 * Where it is said what happened; there from the start, so that screen readers listen to it. They
 * read what is new, not the others again.
 */
export function Toasts() {
  return <div class="toasts" id="toasts" role="status" aria-atomic="false" />
}
