import { Ago } from '#views/parts/ago.tsx'
import type { ConnectPageProps } from './page.tsx'
import { Copyable } from './snippet.tsx'
import { refusalWords } from './words.ts'

export type Refused = { reason: string; times: number; lastAt: Date }

/** What to look at when no ticket comes. */
export function Trouble({ snippets, freshKey, refused, now }: ConnectPageProps) {
  return (
    <details class="trouble">
      <summary>
        <span class="link small">Nothing arrives?</span>
      </summary>
      <h3>
        Leave the SDK out: this{' '}
        {snippets.filesTicket ? 'files a ticket' : 'asks for the server’s settings'} from a shell
      </h3>
      <Copyable id="curl" label="curl command" text={snippets.curl} />
      {!freshKey && (
        <p class="faint small">
          Before it, <code>export MCP_OBS_KEY=…</code> with the key you stored.
        </p>
      )}
      {!snippets.filesTicket && (
        <p class="faint small">
          A ticket can only be filed for an end-user who is signed in: from the server itself, with
          the issuer, subject and <code>sid</code> of a token it has verified.
        </p>
      )}
      <h3>What this server’s address refused lately</h3>
      {refused.length === 0 ? (
        <p class="faint small">
          Nothing was refused. If nothing arrives either, nothing reaches this desk: see that your
          server can reach the address, and that its environment has both values.
        </p>
      ) : (
        <ul class="refused">
          {refused.map(({ reason, times, lastAt }) => (
            <li>
              <p class="small">{refusalWords[reason] ?? 'The request was refused.'}</p>
              <p class="faint small">
                <code>{reason}</code> {times === 1 ? 'once' : `${times} times`}, last{' '}
                <Ago at={lastAt} now={now} />
              </p>
            </li>
          ))}
        </ul>
      )}
    </details>
  )
}
