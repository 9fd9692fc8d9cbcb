import type {} from '@kitajs/html'
import { escapeHTML } from 'bun'
import { attribute } from './attribute.ts'

/**
 * Markup made by this runtime, and by nothing else: the class is not exported and its text is
 * private, so whatever a stranger wrote can only ever enter as a string, which is escaped.
 * `String(html)` is the text to send.
 */
class Html {
  readonly #markup: string
  constructor(markup: string) {
    this.#markup = markup
  }
  toString(): string {
    return this.#markup
  }
}

export type { Html }

const nothing = new Html('')

export type Child = Html | string | number | bigint | boolean | null | undefined | readonly Child[]
type Props = Record<string, unknown>
type Component = (props: never) => Html | null

const voidTags = new Set('area br col hr img input link meta source track wbr'.split(' '))
/** Elements that run, load or rewrite something by their mere presence. */
const refusedTags = new Set('animate base embed frame iframe object set style'.split(' '))
const tagName = /^[a-zA-Z][a-zA-Z0-9-]*$/

function text(child: Child): string {
  if (child === null || child === undefined || typeof child === 'boolean') return ''
  if (child instanceof Html) return child.toString()
  if (Array.isArray(child)) return child.map(text).join('')
  if (typeof child === 'object') throw new Error('JSX: an object is not a child')
  return escapeHTML(String(child))
}

function element(tag: string, { children, ...attributes }: Props): Html {
  if (!tagName.test(tag) || refusedTags.has(tag.toLowerCase()))
    throw new Error(`JSX: <${tag}> is refused`)
  let open = `<${tag}`
  for (const [name, value] of Object.entries(attributes)) open += attribute(tag, name, value)
  if (voidTags.has(tag)) return new Html(`${open}>`)
  const inner = text(children as Child)
  if (tag.toLowerCase() === 'script' && inner) throw new Error('JSX: inline script is refused')
  return new Html(`${open}>${inner}</${tag}>`)
}

export function jsx(type: string | Component, props: Props): Html {
  return typeof type === 'function' ? (type(props as never) ?? nothing) : element(type, props)
}
export const jsxs = jsx
export const jsxDEV = jsx
export const Fragment = ({ children }: { children?: Child }): Html => new Html(text(children))

type Refused = `on${string}` | 'children' | 'style' | 'safe' | 'attrs' | 'className'
type Attributes<T> = { [K in keyof T as K extends Refused ? never : K]: T[K] }
type Intrinsic = globalThis.JSX.IntrinsicElements

export namespace JSX {
  export type Element = Html
  export type ElementType = string | Component
  export type ElementChildrenAttribute = { children: unknown }
  export type IntrinsicElements = {
    [Tag in keyof Intrinsic]: Attributes<Intrinsic[Tag]> & { children?: Child }
  } & {
    /** A part of an htmx answer with a target of its own. */
    'hx-partial': { 'hx-target': string; 'hx-swap'?: string; children?: Child }
  }
}
