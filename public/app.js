// What htmx and HTML do not do by themselves. Listens on the document only, so that swapped parts
// need no set-up, and never turns text into markup.

const toastSeconds = 10
const toastsMax = 3
const agoRefreshMs = 30_000
const storedKeys = 'shortcuts'

const toasts = document.getElementById('toasts')

function toast(text) {
  if (!text) return
  for (const line of [...toasts.children]) if (line.textContent === text) line.remove()
  const line = document.createElement('p')
  line.className = 'toast'
  line.textContent = text
  toasts.prepend(line)
}
// What is said stays for a while, the newest first, and for as long as one points at it or is in it.
new MutationObserver(() => {
  for (const old of [...toasts.children].slice(toastsMax)) old.remove()
}).observe(toasts, { childList: true })
setInterval(() => {
  const isHeld = toasts.matches(':hover, :focus-within')
  for (const line of [...toasts.children]) {
    line.age = isHeld ? 0 : (line.age ?? 0) + 1
    if (line.age > toastSeconds) line.remove()
  }
}, 1000)
// What one of them offered and has done, it offers no more.
document.addEventListener('htmx:finally:request', ({ detail: { ctx } }) => {
  const line = ctx.sourceElement.closest?.('.toast')
  if (!line || !(ctx.response?.status < 400)) return
  line.remove()
  // Its button had the focus.
  if (document.activeElement === document.body)
    document.getElementById('main').focus({ preventScroll: true })
})

// A page that answers a form declares the address it is read again at, so that reloading it sends
// nothing twice.
const { address } = document.querySelector('[data-address]')?.dataset ?? {}
if (address) history.replaceState(history.state, '', address)

// The server says something by `HX-Trigger: {"toast": "…"}`.
document.addEventListener('toast', ({ detail }) => toast(detail?.value))

// A status shows at once. `data-optimistic` holds what the server last said, to return to.
function press(form, value) {
  for (const button of form.querySelectorAll('[name=status]'))
    button.setAttribute('aria-pressed', String(button.value === value))
}
// What is asked for every now and then waits while nobody looks, and fails in silence.
const isPolled = (ctx) => ctx?.sourceElement?.id === 'news'
document.addEventListener('htmx:config:request', (event) => {
  const { ctx } = event.detail
  if (document.hidden && isPolled(ctx)) event.preventDefault()
  const { submitter } = ctx.request
  const form = ctx.sourceElement.closest?.('[data-optimistic]')
  if (form && submitter) press(form, submitter.value)
})
function rollBack({ sourceElement }) {
  const form = sourceElement?.closest?.('[data-optimistic]')
  if (form) press(form, form.dataset.optimistic)
}

document.addEventListener('htmx:response:error', ({ detail: { ctx } }) => {
  rollBack(ctx)
  // Signed out meanwhile: to the sign-in page and back.
  if (ctx.response.status === 401) {
    const next = location.pathname + location.search
    return location.assign(`/sign-in?${new URLSearchParams({ next })}`)
  }
  if (isPolled(ctx)) return
  const answer = new DOMParser().parseFromString(ctx.text ?? '', 'text/html')
  toast(
    answer.querySelector('h1, [role=alert]')?.textContent ??
      `That did not work (${ctx.response.status}).`,
  )
})
document.addEventListener('htmx:error', ({ detail: { ctx } }) => {
  if (!ctx || ctx.response || isPolled(ctx)) return
  rollBack(ctx)
  toast('The desk can’t be reached. Try again in a moment.')
})

// Relative times, as `ago` in src/lib/time.ts; dates stay.
function refreshTimes() {
  for (const time of document.querySelectorAll('time[data-ago]')) {
    const minutes = Math.floor((Date.now() - Date.parse(time.dateTime)) / 60_000)
    if (minutes >= 30 * 1440 || Number.isNaN(minutes)) continue
    time.textContent =
      minutes < 1
        ? 'now'
        : minutes < 60
          ? `${minutes} min`
          : minutes < 1440
            ? `${Math.floor(minutes / 60)} h`
            : `${Math.floor(minutes / 1440)} d`
  }
}
setInterval(refreshTimes, agoRefreshMs)
addEventListener('pageshow', refreshTimes)

// Single keys act on what declares them, outside of fields, and can be switched off.
const keysOn = () => localStorage.getItem(storedKeys) !== 'off'

function act(key) {
  // A page may have a better idea: tickets.js does.
  if (!document.dispatchEvent(new CustomEvent('key', { detail: key, cancelable: true })))
    return true
  const keyed = `[aria-keyshortcuts="${CSS.escape(key)}"]:not(:disabled)`
  const control = toasts.querySelector(keyed) ?? document.querySelector(keyed)
  if (!control?.checkVisibility()) return false
  if (control.matches('input')) {
    control.focus()
    control.select()
  } else control.click()
  return true
}
document.addEventListener('keydown', (event) => {
  const { key, target } = event
  if (key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey || event.isComposing)
    return
  if (
    target.closest('input:not([type=checkbox]), textarea, select, [contenteditable]') ||
    !keysOn()
  )
    return
  if (document.querySelector(':popover-open')) return
  if (act(key)) event.preventDefault()
})

// A text is copied, or at least selected where the browser keeps the clipboard to itself.
document.addEventListener('click', async ({ target }) => {
  const source = document.getElementById(target.closest?.('[data-copy]')?.dataset.copy)
  if (!source) return
  try {
    await navigator.clipboard.writeText(source.value ?? source.textContent)
    toast('Copied')
  } catch {
    if (source.select) source.select()
    else getSelection().selectAllChildren(source)
    toast('Selected. Copy it with your keyboard.')
  }
})

// The address that a name makes, where none is typed; as `slugOf` in src/lib/slug.ts.
const slugOf = (name) =>
  name
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '')
document.addEventListener('input', ({ target: { name, value } }) => {
  const made = document.querySelector(`[data-slug-of="${CSS.escape(name)}"]`)
  if (made) made.placeholder = slugOf(value)
})

const showScripted = () => {
  for (const element of document.querySelectorAll('[data-js]')) element.hidden = false
}
showScripted()
document.addEventListener('htmx:after:swap', showScripted)
const keysSwitch = document.getElementById('shortcuts-on')
if (keysSwitch) {
  keysSwitch.checked = keysOn()
  keysSwitch.addEventListener('change', () =>
    localStorage.setItem(storedKeys, keysSwitch.checked ? 'on' : 'off'),
  )
}

// The look: the system's, unless one has chosen. theme.js sets it before a page is drawn.
const themeChoice = document.getElementById('theme')
if (themeChoice) {
  const { dataset } = document.documentElement
  themeChoice.value = dataset.theme ?? ''
  themeChoice.addEventListener('change', () => {
    if (themeChoice.value) {
      dataset.theme = themeChoice.value
      localStorage.setItem('theme', themeChoice.value)
    } else {
      delete dataset.theme
      localStorage.removeItem('theme')
    }
  })
}
