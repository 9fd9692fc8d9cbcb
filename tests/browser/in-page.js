// Runs in every page that the tripwire opens, before anything of the page does.

window.__tripped = []
window.__trip = (n) => window.top.__tripped.push(`ran ${n}`)
document.addEventListener('securitypolicyviolation', ({ violatedDirective }) =>
  window.__tripped.push(`violated ${violatedDirective}`),
)

/** Clicks whatever takes a click, and points at, focuses and wakes every element. */
window.touchEverything = async () => {
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
  // Ordinary links and forms would lead away; what htmx does with them has happened by then.
  addEventListener('click', (event) => {
    const link = event.target.closest?.('a')
    if (link && /^(https?|mailto):/.test(link.protocol)) event.preventDefault()
  })
  addEventListener('submit', (event) => event.preventDefault())
  const events = 'pointerenter pointerover mouseenter mouseover mousemove focus focusin toggle'
  for (const element of document.querySelectorAll('body *'))
    for (const name of events.split(' ')) element.dispatchEvent(new Event(name, { bubbles: true }))
  const clickable = 'a, button, summary, label, input, [tabindex], [data-trip]'
  for (const element of document.querySelectorAll(clickable)) {
    element.focus?.({ preventScroll: true })
    element.click?.()
  }
  const until = Date.now() + 1000
  do await pause(25)
  while (document.querySelector('.htmx-request') && Date.now() < until)
}

const drawn = new Set(
  `a article aside bdi body br button circle code dd desc details div dl dt fieldset form h1 h2 h3 head
   header html input kbd label legend li line link main meta nav ol option output p path pre rect script search
   section select span strong summary svg table tbody td text textarea th thead time title tr ul`.split(
    /\s+/,
  ),
)
const running = /^(on|hx-on|srcdoc|style$|data-trip|http-equiv)/
const leading = /^(href|src|action|formaction|xlink:href|hx-(get|post))$/

/** Leads to the desk, or to a mail to one address with nothing but our subject. */
function isOurs(value) {
  const url = URL.parse(value, location.href)
  if (url?.protocol !== 'mailto:') return url?.origin === location.origin
  return !/[?&](?!subject=)\w+=|,/.test(url.href)
}

/** What was noticed in the page, and what no view of ours ever draws. */
window.strangers = () => {
  const found = [...window.__tripped]
  for (const element of document.querySelectorAll('*')) {
    const tag = element.localName
    if (!drawn.has(tag)) found.push(`<${tag}>`)
    for (const { name, value } of element.attributes) {
      if (running.test(name)) found.push(`${tag} ${name}`)
      if (leading.test(name) && !isOurs(value)) found.push(`${tag} ${name}=${value}`)
    }
    if (tag === 'script' && !element.getAttribute('src')?.startsWith('/assets/'))
      found.push('a script of its own')
  }
  for (const once of ['title:not(svg *)', 'main', '#toasts'])
    if (document.querySelectorAll(`html > * ${once}`).length > 1) found.push(`a second ${once}`)
  if (document.cookie) found.push(`cookie ${document.cookie}`)
  return found
}

/** Signs in with a text for everything, as a form of the page would. */
window.signInWith = (value) => {
  const form = document.createElement('form')
  form.method = 'post'
  for (const name of ['email', 'password', 'next']) {
    const field = document.createElement('textarea')
    Object.assign(field, { name, value })
    form.append(field)
  }
  document.body.append(form)
  form.submit()
}
