// What the list and a ticket's page add to app.js: rows are walked, chosen and changed by hand. A
// change shows at once, and is taken back where it fails.

const keyStatuses = { e: 'closed', p: 'in_progress', o: 'open' }
const storedTicket = 'ticket'

const find = (selector, within = document) => within.querySelector(selector)
const rows = () => [...document.querySelectorAll('.list > li')]
const rowOf = (element) => element?.closest?.('.list > li')
const linkOf = (row) => find('.headline a', row)
const pickOf = (row) => find('.pick input', row)
const picked = () => rows().filter((row) => pickOf(row).checked)
const bar = () => find('#picked')

function goTo(row, block = 'nearest') {
  linkOf(row).focus({ preventScroll: true })
  row.scrollIntoView({ block })
}

/** From the row one is at, else to the first. */
function step(by) {
  const all = rows()
  const at = all.indexOf(rowOf(document.activeElement))
  const row = all[at < 0 ? 0 : Math.min(Math.max(at + by, 0), all.length - 1)]
  if (row) goTo(row)
  return Boolean(row)
}

// Keys act on the chosen rows, else on the row one is at.
function setStatus(key) {
  const chosen = picked()
  const targets = chosen.length > 0 ? chosen : [rowOf(document.activeElement)]
  if (!targets[0]) return false
  // The key that closes opens again.
  const areClosed = targets.every(({ dataset }) => dataset.status === 'closed')
  const status = key === 'e' && areClosed ? 'open' : keyStatuses[key]
  if (chosen.length > 0) find(`[value=${status}]`, bar()).click()
  else post(targets[0], status)
  return true
}
function post(row, status) {
  const was = row.dataset.status
  if (was === status) return
  const { pathname, search } = linkOf(row)
  const values = { status, was }
  htmx.ajax('POST', `${pathname}/status${search}`, { source: row, swap: 'none', values })
}
function press(key) {
  if (!find('.list')) {
    const again = find('#status-closed[aria-pressed=true]') && find('#status-open')
    if (key === 'e' && again) again.click()
    return key === 'e' && Boolean(again)
  }
  if (key === 'j') return step(1)
  if (key === 'k') return step(-1)
  const row = rowOf(document.activeElement)
  if (key === 'x' && row) pickOf(row).click()
  return key === 'x' || (key in keyStatuses && setStatus(key))
}
document.addEventListener('key', (event) => {
  if (press(event.detail)) event.preventDefault()
})
document.addEventListener('keydown', ({ key, target }) => {
  if (key === 'Enter' && target.closest('.pick')) linkOf(rowOf(target)).click()
})

// How many are chosen.
function count() {
  const all = find('#pick-all')
  if (!all) return
  const n = picked().length
  find('#picked-count').textContent = `${n} selected`
  all.checked = n === rows().length
  all.indeterminate = n > 0 && !all.checked
}
function pickAll(isPicked) {
  for (const row of rows()) pickOf(row).checked = isPicked
  count()
}
document.addEventListener('change', ({ target }) => {
  if (target.id === 'pick-all') pickAll(target.checked)
  else if (target.closest('.pick')) count()
})
document.addEventListener('reset', () => setTimeout(count))
addEventListener('pageshow', count)

// A menu closes when something of it is done. A question is where one is then, and after it the page.
document.addEventListener('submit', ({ target }) => target.closest('[popover]')?.hidePopover())
document.addEventListener('htmx:after:swap', ({ detail: { ctx } }) => {
  if (ctx.target?.id === 'bulk') (find('#bulk h1') ?? find('#main')).focus()
})

/** Shows a status on a row; answers how to show the one before again. */
function show(row, status) {
  const icon = find('.status', row)
  const { status: was } = row.dataset
  const button = find(`[value=${status}]`, bar())
  const shape = find('.status', button).cloneNode(true)
  shape.removeAttribute('aria-hidden')
  shape.setAttribute('role', 'img')
  shape.setAttribute('aria-label', button.dataset.name)
  icon.replaceWith(shape)
  row.dataset.status = status
  return () => {
    find('.status', row)?.replaceWith(icon)
    row.dataset.status = was
  }
}

// Requests under way, each with what puts its rows back.
const underWay = new Map()
document.addEventListener('htmx:before:request', ({ detail: { ctx } }) => {
  const source = ctx.sourceElement
  const changed = source === bar() ? picked() : source.matches('.list > li') ? [source] : []
  const status = ctx.request.body?.get('status')
  if (changed.length === 0) return
  underWay.set(
    ctx,
    changed.map((row) => show(row, status)),
  )
})
for (const failed of ['htmx:response:error', 'htmx:error'])
  document.addEventListener(failed, ({ detail: { ctx } }) => {
    for (const putBack of underWay.get(ctx) ?? []) putBack()
  })
document.addEventListener('htmx:finally:request', ({ detail: { ctx } }) => {
  if (!underWay.delete(ctx) || !ctx.response) return
  if (ctx.sourceElement === bar() && ctx.response.status < 400) pickAll(false)
  // The list is read again when nothing is under way, lest a row jump back for a moment.
  if (underWay.size === 0) document.body.dispatchEvent(new Event('tickets-changed'))
})

// Where the row one is at leaves the list, one is at the next, or else at the last.
let before = []
let at = -1
const isList = ({ detail: { ctx } }) => ctx.target?.id === 'results'
document.addEventListener('htmx:before:swap', (event) => {
  if (!isList(event)) return
  before = rows().map(({ id }) => id)
  at = before.indexOf(rowOf(document.activeElement)?.id)
})
document.addEventListener('htmx:after:swap', (event) => {
  if (!isList(event)) return
  count()
  if (at < 0 || document.getElementById(before[at])) return
  const nearest = [...before.slice(at), ...before.slice(0, at).reverse()]
  const row = nearest.map((id) => document.getElementById(id)).find(Boolean)
  if (row) goTo(row)
  else find('#main').focus()
})

// What is offered to filter by stays while one searches: its links take the words along.
document.addEventListener('htmx:after:swap', (event) => {
  if (!isList(event)) return
  const q = new URL(find('#results').getAttribute('hx-get'), location).searchParams.get('q')
  for (const link of document.querySelectorAll('#offers a')) {
    const to = new URL(link.href)
    if (q) to.searchParams.set('q', q)
    else to.searchParams.delete('q')
    link.href = to
  }
})

// Back in the list, one is at the ticket one comes from. What a browser kept is read again.
addEventListener('pageshow', ({ persisted }) => {
  const [, number] = /\/tickets\/(\d+)$/.exec(location.pathname) ?? []
  if (number) return sessionStorage.setItem(storedTicket, number)
  const row = document.getElementById(`ticket-${sessionStorage.getItem(storedTicket)}`)
  sessionStorage.removeItem(storedTicket)
  const [{ type } = {}] = performance.getEntriesByType('navigation')
  const isBack = persisted || type === 'back_forward'
  if (row && (isBack || /\/tickets\/\d+(\?|$)/.test(document.referrer)))
    goTo(row, isBack ? 'nearest' : 'center')
  if (persisted) document.body.dispatchEvent(new Event('tickets-changed'))
})
