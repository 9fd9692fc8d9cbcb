// Runs in a page that the gate judges, and answers what axe does not look for: one line a fault.

const named = (element) => {
  const { id } = element
  const text = (element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 40)
  return `<${element.localName}${id ? ` id=${id}` : ''}> ${text || element.getAttribute('name') || ''}`.trim()
}
const isShown = (element) =>
  element.checkVisibility({ visibilityProperty: true, opacityProperty: false }) &&
  element.getClientRects().length > 0

/** A field says what it is by a label; a placeholder goes away when somebody types. */
function unlabelled() {
  const fields = [...document.querySelectorAll('input:not([type=hidden]), select, textarea')]
  return fields
    .filter(isShown)
    .filter((field) => {
      const by = field.getAttribute('aria-labelledby')
      const labels = by ? by.split(/\s+/).map((id) => document.getElementById(id)) : field.labels
      const said = [...(labels ?? [])].map((label) => label?.textContent ?? '').join('')
      return !said.trim() && !field.getAttribute('aria-label')?.trim()
    })
    .map((field) => `no label: ${named(field)}`)
}

/** WCAG 2.2, 2.5.8: a link within a sentence may be as small as its line. */
const isInline = (element) =>
  getComputedStyle(element).display.startsWith('inline') &&
  [...(element.closest('p, li, dd, td, h1, h2, legend, span')?.childNodes ?? [])].some(
    (node) => node !== element && node.textContent.trim() !== '',
  )

/** What one aims at: the control, a label of it, or the row that either is stretched over. */
function targetOf(control) {
  const elements = [control, ...(control.labels ?? [])].filter(isShown)
  const rects = elements.flatMap((element) => {
    const after = getComputedStyle(element, '::after')
    const isStretched = after.position === 'absolute' && after.content !== 'none'
    const over = isStretched ? element.offsetParent : null
    return [element, over].filter(Boolean).map((one) => one.getBoundingClientRect())
  })
  return {
    width: Math.max(...rects.map(({ width }) => width)),
    height: Math.max(...rects.map(({ height }) => height)),
  }
}

/** Kept for those who use neither mouse nor finger, such as the button of a form that sends itself. */
const isForKeys = (control) => getComputedStyle(control).clipPath !== 'none'

/** Under the row's own link, as the values in a row are on phones: nobody hits it. */
function isCovered(control) {
  control.scrollIntoView({ block: 'center' })
  const { left, top, width, height } = control.getBoundingClientRect()
  const hit = document.elementFromPoint(left + width / 2, top + height / 2)
  const link = hit?.closest('li')?.contains(control) && hit.closest('a[href]')
  return Boolean(link) && link !== control
}

/** What only a pointer meets, such as a part of a bar: the table beside it has the same links. */
const isExtra = (control) => control.tabIndex < 0 && control.closest('[aria-hidden="true"]')

function tooSmall(sizeMin) {
  const controls = document.querySelectorAll(
    'a[href], button, input:not([type=hidden]), select, textarea, summary',
  )
  return [...controls]
    .filter(isShown)
    .filter((control) => !control.matches('.skip') && !isInline(control) && !isExtra(control))
    .filter((control) => !isForKeys(control) || (control.labels?.length ?? 0) > 0)
    .map((control) => ({ control, ...targetOf(control) }))
    .filter(({ width, height }) => height + 0.5 < sizeMin || width + 0.5 < 24)
    .filter(({ control }) => !isCovered(control))
    .map(
      ({ control, width, height }) =>
        `target of ${Math.round(width)} × ${Math.round(height)}: ${named(control)}`,
    )
}

const sideways = () => {
  const { scrollWidth, clientWidth } = document.documentElement
  return scrollWidth > clientWidth ? [`scrolls sideways: ${scrollWidth} of ${clientWidth}`] : []
}

/** Focus follows the document: nothing jumps the queue. */
const jumping = () =>
  [...document.querySelectorAll('[tabindex]')]
    .filter((element) => element.tabIndex > 0)
    .map((element) => `jumps the order of focus: ${named(element)}`)

/** Where the focus is now, and whether one sees it. */
window.focusNow = () => {
  const element = document.activeElement
  if (!element || element === document.body) return null
  const { outlineStyle, outlineWidth } = getComputedStyle(element)
  const ringed = (at) => {
    const style = getComputedStyle(at)
    return style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2
  }
  const around = element.closest('.input, label, li, article, .option, .row') ?? element
  const after = getComputedStyle(element, '::after')
  const seen =
    (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2) ||
    ringed(around) ||
    (after.outlineStyle !== 'none' && Number.parseFloat(after.outlineWidth) >= 2)
  return { name: named(element), shown: isShown(element), seen }
}

window.faults = (sizeMin) => [...unlabelled(), ...tooSmall(sizeMin), ...sideways(), ...jumping()]
