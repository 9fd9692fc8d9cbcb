import type { AnswerVersion } from '#src/causes/cause.ts'
import { Ago } from '#views/parts/ago.tsx'
import { Initials } from '#views/parts/initials.tsx'
import { answerPath } from '#views/paths.ts'
import { Was } from './was.tsx'

export type VersionsProps = {
  organization: string
  /** Of the cause. */
  number: number
  /** Newest first. */
  answers: AnswerVersion[]
  now: Date
}

/** Every version of the answer with its author, and the way back to those before. */
export function Versions({
  organization,
  number,
  answers,
  now,
  isOpen = false,
}: VersionsProps & { isOpen?: boolean }) {
  const [newest] = answers
  if (!newest) return null
  return (
    <details open={isOpen}>
      <summary class="link">
        {answers.length === 1 ? '1 version' : `${answers.length} versions`}
      </summary>
      <ol class="log versions">
        {answers.map(({ version, body, link, staffName, createdAt }) => (
          <li>
            <Initials name={staffName} />
            <span class="grow">
              <bdi>{staffName}</bdi>{' '}
              {body === null ? 'took the answer back' : `wrote version ${version}`}
              {body !== null && (
                <span class="noted" dir="auto">
                  {body}
                  {link && `\n${link}`}
                </span>
              )}
              {body !== null && version !== newest.version && (
                <form method="post" action={answerPath(organization, number)}>
                  <Was version={newest.version} />
                  <input type="hidden" name="body" value={body} />
                  <input type="hidden" name="link" value={link ?? ''} />
                  <button class="button" type="submit">
                    Use it again<span class="hidden">: version {version}</span>
                  </button>
                </form>
              )}
            </span>
            <Ago at={createdAt} now={now} />
          </li>
        ))}
      </ol>
    </details>
  )
}
