import { Bare } from '#views/bare.tsx'

/** An invitation that was used, has expired, was taken back, or never was: all look the same. */
export function InvitationGonePage() {
  return (
    <Bare title="Invitation">
      <h1>This invitation can’t be used</h1>
      <p class="soft">
        An invitation works once, for seven days, unless it is taken back. Check that you copied all
        of the link, or ask who sent it for a new one.
      </p>
      <a class="button" href="/">
        To the desk
      </a>
    </Bare>
  )
}

/** A link for a new password that was used, has expired or never was. */
export function ResetGonePage({ canMail }: { canMail: boolean }) {
  return (
    <Bare title="New password">
      <h1>This link can’t be used</h1>
      <p class="soft">
        A link for a new password works once, for an hour. Check that you copied all of it, or ask
        for a new one.
      </p>
      <a class="button" href={canMail ? '/password' : '/sign-in'}>
        {canMail ? 'Ask for a new link' : 'Sign in'}
      </a>
    </Bare>
  )
}
