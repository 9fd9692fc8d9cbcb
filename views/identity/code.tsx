import { Field } from '#views/parts/field.tsx'
import { Frame } from './frame.tsx'

export type CodePageProps = {
  server: string
  /** Path before the issuer's pages. */
  path: string
  /** The authorization request that waits, as a query. */
  request: string
  email: string
  /** The page that asks for a code. */
  again: string
  problem?: string | undefined
}

/** Asks for the code that was mailed: the same for everybody, whoever has an account. */
export function CodePage({ server, path, request, email, again, problem }: CodePageProps) {
  return (
    <Frame title={`Your code for ${server}`} server={server}>
      <div>
        <h1>Look into your mail</h1>
        <p class="soft">
          A mail to <bdi>{email}</bdi> is on its way. Its code works for 10 minutes, in this browser
          only.
        </p>
      </div>
      <form class="stack" method="post" action={`${path}/sign-in/code`}>
        {request && <input type="hidden" name="request" value={request} />}
        <Field
          label="Code"
          name="code"
          problem={problem}
          autocomplete="one-time-code"
          inputmode="numeric"
          maxlength={20}
          autofocus
        />
        <button class="button main-action" type="submit">
          Go on
        </button>
      </form>
      <p class="small">
        No mail? Look into the spam folder, or{' '}
        <a class="link" href={again}>
          ask for another code
        </a>
        .
      </p>
    </Frame>
  )
}

export type CodeGonePageProps = { server: string; again: string }

/** A code that was used, has expired, was tried too often, or belongs to another browser. */
export function CodeGonePage({ server, again }: CodeGonePageProps) {
  return (
    <Frame title={`Your code for ${server}`} server={server}>
      <h1>This code can’t be used</h1>
      <p class="soft">
        A code works once, for 10 minutes and five tries, in the browser that asked for it.
      </p>
      <a class="button" href={again}>
        Ask for another
      </a>
    </Frame>
  )
}
