import type { TicketDetail } from '#src/tickets/ticket.ts'
import { githubIssue } from './github-issue.ts'
import { requestOf } from './json-rpc.ts'

/** The ticket as texts for other places: in fields of their own, so that any browser can copy them. */
export function Copies({ ticket, reference }: { ticket: TicketDetail; reference: string }) {
  const failed = ticket.context?.calls.findLast(({ outcome }) => outcome === 'error')
  return (
    <section class="section" aria-labelledby="copies-title">
      <h2 id="copies-title">Take along</h2>
      {failed && (
        <CopyText id="copy-request" title="As a JSON-RPC request" text={requestOf(failed)}>
          The last call that failed, to send again. What was redacted is not in it.
        </CopyText>
      )}
      <CopyText id="copy-issue" title="As a GitHub issue" text={githubIssue(ticket, reference)}>
        Markdown, without who raised it. Read it before you make it public.
      </CopyText>
    </section>
  )
}

type CopyTextProps = { id: string; title: string; text: string; children: string }

function CopyText({ id, title, text, children }: CopyTextProps) {
  return (
    <details>
      <summary class="link tap">{title}</summary>
      <div class="stack">
        <p class="faint small" id={`${id}-hint`}>
          {children}
        </p>
        <textarea
          class="input mono"
          id={id}
          rows="8"
          readonly
          aria-label={title}
          aria-describedby={`${id}-hint`}
        >
          {`\n${text}`}
        </textarea>
        <div class="actions start">
          <button class="button" type="button" data-copy={id} data-js hidden>
            Copy
          </button>
        </div>
      </div>
    </details>
  )
}
