import type { Child } from '#src/lib/html/jsx-runtime.ts'
import { Head } from '#views/parts/head.tsx'
import { Mark } from '#views/parts/mark.tsx'
import { Toasts } from '#views/parts/toasts.tsx'

export type FrameProps = {
  /** Of the page, with the server's name in it: "Sign in to DocuAPI". */
  title: string
  /** Name of the server whose end-users read it. */
  server: string
  children?: Child
}

/**
 * The whole document of a page for end-users of a server, who know its name and not the desk's. The
 * caller puts the doctype before it.
 */
export function Frame({ title, server, children }: FrameProps) {
  return (
    <html lang="en">
      <Head title={title} />
      <body class="alone">
        <main class="card" id="main">
          <Whose server={server} />
          {children}
        </main>
        <Toasts />
      </body>
    </html>
  )
}

/** The same for a page of several sections. */
export function WideFrame({ title, server, children }: FrameProps) {
  return (
    <html lang="en">
      <Head title={title} />
      <body>
        <main class="page" id="main">
          <Whose server={server} />
          {children}
        </main>
        <Toasts />
      </body>
    </html>
  )
}

const Whose = ({ server }: { server: string }) => (
  <p class="person soft small">
    <Mark />
    <bdi class="clip">{server}</bdi>
  </p>
)
