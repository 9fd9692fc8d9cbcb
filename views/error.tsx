import { Bare } from '#views/bare.tsx'

export type ErrorPageProps = { status: number; title: string; detail?: string }

/** A refusal or a failure, as a whole document. app.js reads its heading into a toast. */
export function ErrorPage({ status, title, detail }: ErrorPageProps) {
  return (
    <Bare title={title}>
      <h1>{title}</h1>
      <p class="soft">{detail ?? advice(status)}</p>
      <p>
        <a class="button" href={status === 401 ? '/sign-in' : '/'}>
          {status === 401 ? 'Sign in' : 'Back to the desk'}
        </a>
      </p>
      <p class="faint small">Error {status}</p>
    </Bare>
  )
}

function advice(status: number): string {
  if (status === 401) return 'Your session has ended, or you have not signed in yet.'
  if (status === 404) return 'The page was moved or deleted, or you may not see it.'
  if (status === 429) return 'Wait a moment, then try again.'
  return status >= 500
    ? 'Nothing you sent was lost by reading this page. Try again in a moment.'
    : 'Go back, and try it another way.'
}
