import { Bare } from '#views/bare.tsx'

/** Instead of a setup that is over, or that the link does not open. */
export function SetupClosedPage({ isSetUp }: { isSetUp: boolean }) {
  return isSetUp ? (
    <Bare title="Set up already">
      <h1>This desk is set up</h1>
      <p class="soft">
        Its setup links have ended. Sign in, or ask a colleague for an invitation if you have no
        account.
      </p>
      <a class="button" href="/sign-in">
        Sign in
      </a>
    </Bare>
  ) : (
    <Bare title="Setup">
      <h1>This setup link doesn’t open the desk</h1>
      <p class="soft">
        Check that you copied all of it. If it is lost, stop the desk and start it with{' '}
        <code>mcp-obs</code>, without <code>demo</code>: it prints a new link each time, until there
        is an account.
      </p>
    </Bare>
  )
}

/** Instead of the sign-in page, while nobody could sign in. */
export function NotSetUpPage() {
  return (
    <Bare title="Not set up yet">
      <h1>This desk isn’t set up yet</h1>
      <p class="soft">
        Open the setup link that it printed when it was started: in its terminal, or in the log of
        its service. If it is lost, or you removed a demo, stop the desk and start it with{' '}
        <code>mcp-obs</code>, without <code>demo</code>: it prints a new one.
      </p>
    </Bare>
  )
}
