/** Where app.js says what happened; there from the start, so that screen readers listen to it. */
export function Toasts() {
  return <div class="toasts" id="toasts" role="status" />
}
