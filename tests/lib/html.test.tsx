import { describe, expect, test } from 'bun:test'
import { hx } from '#src/lib/html/hx.ts'
import { type Child, jsx } from '#src/lib/html/jsx-runtime.ts'
import { mailHref, safeHref } from '#src/lib/html/url.ts'

const html = (value: unknown) => String(value)

describe('what a stranger wrote is escaped', () => {
  const hostile: [string, string][] = [
    ['<script>alert(1)</script>', '&lt;script&gt;alert(1)&lt;/script&gt;'],
    ['<img src=x onerror=alert(1)>', '&lt;img src=x onerror=alert(1)&gt;'],
    ['" onfocus="x', '&quot; onfocus=&quot;x'],
    ["' onfocus='x", '&#x27; onfocus=&#x27;x'],
    ['&lt;', '&amp;lt;'],
    ['</textarea><b>', '&lt;/textarea&gt;&lt;b&gt;'],
    ['<!--', '&lt;!--'],
  ]
  for (const [written, shown] of hostile) {
    test(`as a child: ${written}`, () => {
      expect(html(<p>{written}</p>)).toBe(`<p>${shown}</p>`)
      expect(html(<p>{[[written], 'and', written]}</p>)).toBe(`<p>${shown}and${shown}</p>`)
      expect(
        html(
          <>
            {written}
            {written}
          </>,
        ),
      ).toBe(shown + shown)
    })
    test(`as an attribute: ${written}`, () => {
      expect(html(<p title={written} />)).toBe(`<p title="${shown}"></p>`)
      expect(html(<p data-x={written} />)).toBe(`<p data-x="${shown}"></p>`)
      expect(html(<p class={['a', written]} />)).toBe(`<p class="a ${shown}"></p>`)
    })
  }

  test('markup of our own passes as it is, once', () => {
    const Bold = ({ children }: { children?: Child }) => <b>{children}</b>
    expect(html(<p>{<Bold>{'<i>'}</Bold>}</p>)).toBe('<p><b>&lt;i&gt;</b></p>')
  })

  test('an object that looks like markup is refused', () => {
    const forged = { toString: () => '<script>', value: '<script>' } as unknown as string
    expect(() => <p>{forged}</p>).toThrow('not a child')
    expect(() => <p title={forged} />).toThrow('refused')
  })
})

test('absent values leave nothing, void elements have no end', () => {
  expect(html(<p hidden={false} id={undefined} title={''} />)).toBe('<p title=""></p>')
  expect(html(<p>{[null, undefined, false, true, 0, 1n]}</p>)).toBe('<p>01</p>')
  expect(html(<input name="q" required />)).toBe('<input name="q" required>')
  expect(html(<b aria-busy={false} aria-label={undefined} />)).toBe('<b aria-busy="false"></b>')
})

describe('what could run is refused', () => {
  const attributes: [string, unknown][] = [
    ['onclick', 'x'],
    ['ONCLICK', 'x'],
    ['style', 'color:red'],
    ['srcdoc', '<p>'],
    ['hx-on:click', 'x'],
    ['hx-on', 'x'],
    ['data-hx-on:click', 'x'],
    ['data-hx-get', '/x'],
    ['hx-vals', 'js:{a: 1}'],
    ['hx-confirm', 'javascript:x'],
    ['hx-trigger', "keyup[key=='x']"],
    ['a b', 'x'],
    ['a"', 'x'],
    ['a>', 'x'],
    ['', 'x'],
    ['title', {}],
    ['title', () => 'x'],
  ]
  for (const [name, value] of attributes)
    test(`${name}=${value}`, () => expect(() => jsx('p', { [name]: value })).toThrow('refused'))

  const urls = [
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' javascript:alert(1)',
    '\u0000\u001fjavascript:alert(1)',
    'java\tscript:alert(1)',
    'java\nscr\ript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'blob:x',
    'file:///etc/passwd',
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    ' /\t/evil.example',
  ]
  const places = 'href src action formaction poster xlink:href hx-get hx-post hx-action'.split(' ')
  for (const url of urls)
    test(`a link to ${JSON.stringify(url)}`, () => {
      for (const name of places) expect(() => jsx('a', { [name]: url })).toThrow('refused')
      expect(() => <img srcset={`/a.png 1x, ${url} 2x`} alt="" />).toThrow('refused')
      expect(safeHref(url)).toBeUndefined()
    })

  for (const tag of ['style', 'STYLE', 'iframe', 'object', 'embed', 'base', 'p onclick=x', 'p>'])
    test(`<${tag}>`, () => expect(() => jsx(tag, {})).toThrow('refused'))

  test('script without a file', () => {
    expect(() => jsx('script', { children: 'alert(1)' })).toThrow('inline script')
    expect(html(<script type="module" src="/app.js" />)).toBe(
      '<script type="module" src="/app.js"></script>',
    )
  })
})

describe('links', () => {
  test('to our pages, to the web and to mail are let through', () => {
    for (const url of [
      '/a/b?c=d:e#f',
      '?q=a:b',
      '#main',
      'https://a.example/',
      'mailto:a@b.example',
    ])
      expect(html(<a href={url}>x</a>)).toBe(`<a href="${url}">x</a>`)
  })
  test('from a stranger that cannot be followed are no links', () => {
    expect(safeHref('https://a.example/x?y')).toBe('https://a.example/x?y')
    expect(safeHref('mailto:a@b.example')).toBe('mailto:a@b.example')
    for (const url of [null, undefined, '', 'nonsense', 'http://', '/relative'])
      expect(safeHref(url)).toBeUndefined()
  })
  test('to a mail address cannot carry a second recipient or a text', () => {
    expect(mailHref('ana@fjord.example')).toBe('mailto:ana@fjord.example')
    expect(mailHref('a@b.example?bcc=c@d.example&body=x,\ud800')).toBe(
      'mailto:a@b.example%3Fbcc%3Dc@d.example%26body%3Dx%2C%EF%BF%BD',
    )
  })
})

test('htmx attributes are written by a typed helper', () => {
  const attributes = hx({ post: '/x', target: '#y', status: { '422': 'swap:none' } })
  expect(html(<form {...attributes} />)).toBe(
    '<form hx-post="/x" hx-target="#y" hx-status:422="swap:none"></form>',
  )
})
