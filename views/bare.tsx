import type { Child } from '#src/lib/html/jsx-runtime.ts'
import { Head } from '#views/parts/head.tsx'
import { Mark } from '#views/parts/mark.tsx'
import { Toasts } from '#views/parts/toasts.tsx'

/** The whole document of a page without navigation. The caller puts the doctype before it. */
export function Bare({ title, children }: { title: string; children?: Child }) {
  return (
    <html lang="en">
      <Head title={`${title} · Support desk`} />
      <body class="alone">
        <main class="card" id="main">
          <Mark />
          {children}
        </main>
        <Toasts />
      </body>
    </html>
  )
}
