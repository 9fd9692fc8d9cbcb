import { assetUrl } from '#src/lib/assets.ts'

/**
 * htmx under our content security policy: no injected style, no second attribute prefix; and no
 * error is ever swapped into a page, app.js says it in a toast.
 */
const htmxConfig = JSON.stringify({
  includeIndicatorCSS: false,
  prefix: '',
  noSwap: [204, 304, '4xx', '5xx'],
  history: 'reload',
  defaultTimeout: 15_000,
})

type HeadProps = {
  title: string
  /** Files of style besides the one that all pages have. */
  styles?: string[]
  /** Scripts besides the one that all pages have. */
  scripts?: string[]
}

export function Head({ title, styles = [], scripts = [] }: HeadProps) {
  return (
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
      <title>{title}</title>
      <meta name="color-scheme" content="light dark" />
      <meta name="htmx-config" content={htmxConfig} />
      <script src={assetUrl('theme.js')} />
      <link rel="icon" type="image/svg+xml" href={assetUrl('icon.svg')} />
      <link
        rel="preload"
        as="font"
        type="font/woff2"
        href={assetUrl('inter.woff2')}
        crossorigin="anonymous"
      />
      <link rel="stylesheet" href={assetUrl('app.css')} />
      {styles.map((name) => (
        <link rel="stylesheet" href={assetUrl(name)} />
      ))}
      <script src={assetUrl('htmx.min.js')} defer />
      <script src={assetUrl('app.js')} type="module" />
      {scripts.map((name) => (
        <script src={assetUrl(name)} type="module" />
      ))}
    </head>
  )
}
