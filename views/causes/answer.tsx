import { type AnswerPreview, answerLimits } from '#src/causes/cause.ts'
import { hx } from '#src/lib/html/hx.ts'
import { Ago } from '#views/parts/ago.tsx'
import { Field } from '#views/parts/field.tsx'
import { answerPath, answerPreviewPath, answerRemovalPath } from '#views/paths.ts'
import { Lines } from '#views/servers/lines.tsx'
import { Preview } from './preview.tsx'
import { Versions, type VersionsProps } from './versions.tsx'
import { Was } from './was.tsx'

export type AnswerProps = VersionsProps & {
  /** What is in the form. */
  typed: { body: string; link: string }
  preview: AnswerPreview
  /** Why what was sent could not be saved, by its field. */
  problems: Record<string, string>
  /** Whether somebody else made a version before this form was sent. */
  isLate: boolean
}

/** What the next reporters are told, to write and to take back. */
export function Answer(props: AnswerProps) {
  const { organization, number, answers, typed, preview, problems, isLate, now } = props
  const [newest] = answers
  const previewed = answerPreviewPath(organization, number)
  return (
    <section class="figure answer" id="answer" aria-labelledby="answer-title">
      <header>
        <div>
          <h2 id="answer-title">Answer</h2>
          <p class="faint small">
            Whoever runs into this next is told so in their AI client at once. Their ticket is filed
            all the same.
          </p>
        </div>
        {newest && (
          <p class="faint small">
            {newest.body === null ? 'Taken back' : `Version ${newest.version}`} by{' '}
            <bdi>{newest.staffName}</bdi> · <Ago at={newest.createdAt} now={now} />
          </p>
        )}
      </header>
      {isLate && (
        <p class="note made" role="alert">
          Somebody changed the answer meanwhile. Nothing was saved now: look at their version below,
          then save yours if it is still wanted.
        </p>
      )}
      <div class="columns">
        <form
          class="stack"
          method="post"
          action={`${answerPath(organization, number)}#answer`}
          {...hx({
            post: previewed,
            trigger: 'input delay:200ms',
            target: '#answer-preview',
            swap: 'outerMorph',
            sync: 'this:replace',
          })}
        >
          <Was version={newest?.version} />
          <Lines
            label="What they should know"
            name="body"
            rows="5"
            value={typed.body}
            problem={problems.body}
            maxlength={answerLimits.bodyCharsMax}
            hint="Plain text. Every reporter reads it, so write nothing that is not public."
          />
          <Field
            label="Link"
            name="link"
            value={typed.link}
            problem={problems.link}
            maxlength={answerLimits.linkCharsMax}
            autocomplete="off"
            hint="Where they read more: an address with https://"
            optional
          />
          <div class="actions start">
            <button class="button main-action" type="submit">
              {newest?.body ? 'Save a new version' : 'Save the answer'}
            </button>
            <button class="button unscripted" type="submit" formaction={`${previewed}#answer`}>
              Preview
            </button>
          </div>
        </form>
        <div class="section">
          <Preview preview={preview} />
          {newest?.body && (
            <form method="post" action={answerRemovalPath(organization, number)}>
              <Was version={newest.version} />
              <button class="button" type="submit">
                Take it back
              </button>
            </form>
          )}
        </div>
      </div>
      <Versions {...props} isOpen={isLate} />
    </section>
  )
}
