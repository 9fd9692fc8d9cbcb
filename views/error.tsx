import { Bare } from '#views/bare.tsx'

export type ErrorPageProps = {
  status: number
  title: string
  detail?: string
  /** Path before a server's pages, where it is among those. */
  server?: string | null
}

/** A refusal or a failure, as a whole document. app.js reads its heading into a toast. */
export function ErrorPage({ status, title, detail, server = null }: ErrorPageProps) {
  const onward = server === null ? ofDesk(status) : ofServer(status, server)
  return (
    <Bare title={title}>
      <h1>{title}</h1>
      <p class="soft">{detail ?? advice(status)}</p>
      {onward && (
        <p>
          <a class="button" href={onward.href}>
            {onward.label}
          </a>
        </p>
      )}
      <p class="faint small">Error {status}</p>
    </Bare>
  )
}

const ofDesk = (status: number) =>
  status === 401 ? { href: '/sign-in', label: 'Sign in' } : { href: '/', label: 'Back to the desk' }

/** An end-user has no desk; a server that is not there, or signs nobody in, has no pages. */
function ofServer(status: number, path: string) {
  if (status === 401) return { href: `${path}/sign-in`, label: 'Sign in' }
  return status === 404 ? null : { href: `${path}/account`, label: 'To your account' }
}

function advice(status: number): string {
  if (status === 401) return 'Your session has ended, or you have not signed in yet.'
  if (status === 404) return 'The page was moved or deleted, or you may not see it.'
  if (status === 429) return 'Wait a moment, then try again.'
  return status >= 500
    ? 'Nothing you sent was lost by reading this page. Try again in a moment.'
    : 'Go back, and try it another way.'
}
