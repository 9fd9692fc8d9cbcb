import { Ago } from '#views/parts/ago.tsx'
import { Icon } from '#views/parts/icon.tsx'
import { Moment } from '#views/parts/moment.tsx'
import { keyMeanings, keyNames } from './words.ts'

type ListedKey = {
  id: string
  kind: 'secret' | 'publishable'
  ending: string
  createdAt: Date
  lastUsedAt: Date | null
  revokedAt: Date | null
}

export type KeysProps = {
  /** Of the server. */
  path: string
  keys: ListedKey[]
  isOwner: boolean
  /** Why no key was added. */
  keyProblem?: string
  now: Date
}

/** The keys of a server: their last characters only, since the desk has no more of them. */
export function Keys({ path, keys, isOwner, keyProblem, now }: KeysProps) {
  return (
    <section class="section" id="keys" aria-labelledby="keys-title">
      <header>
        <h2 id="keys-title">Keys</h2>
        <p class="faint small">
          A key is shown once, when it is made. To rotate one: make another, put it in place, then
          revoke the old one.
        </p>
      </header>
      {keyProblem && (
        <p class="problem" role="alert">
          {keyProblem}
        </p>
      )}
      {keys.length > 0 && (
        <ul class="people" aria-label="Keys">
          {keys.map((key) => (
            <ServerKey path={path} listed={key} isOwner={isOwner} now={now} />
          ))}
        </ul>
      )}
      {isOwner && (
        <form class="row" method="post" action={`${path}/keys#keys`}>
          <label class="labelled">
            Another key
            <select class="input" name="kind" aria-describedby="kinds">
              <option value="secret">{keyNames.secret}</option>
              <option value="publishable">{keyNames.publishable}</option>
            </select>
          </label>
          <button class="button" type="submit">
            <Icon name="plus" />
            Make a key
          </button>
          <p class="hint small" id="kinds">
            {keyMeanings.secret} {keyMeanings.publishable}
          </p>
        </form>
      )}
    </section>
  )
}

type ServerKeyProps = { path: string; listed: ListedKey; isOwner: boolean; now: Date }

function ServerKey({ path, listed, isOwner, now }: ServerKeyProps) {
  const { id, kind, ending, createdAt, lastUsedAt, revokedAt } = listed
  return (
    <li>
      <div class={['grow', revokedAt && 'dim']}>
        <p>
          {keyNames[kind]}{' '}
          <code>
            {kind === 'secret' ? 'sk_' : 'pk_'}…{ending}
          </code>
        </p>
        <p class="faint small dotted">
          <span>
            made <Moment at={createdAt} />
          </span>
          <span>
            {lastUsedAt ? (
              <>
                last used: <Ago at={lastUsedAt} now={now} />
              </>
            ) : (
              'never used'
            )}
          </span>
          {revokedAt && (
            <span>
              revoked <Moment at={revokedAt} />
            </span>
          )}
        </p>
      </div>
      {revokedAt ? (
        <span class="tag">revoked</span>
      ) : (
        isOwner && (
          <details class="manage">
            <summary class="button">
              Revoke<span class="hidden"> the key that ends in {ending}</span>
            </summary>
            <div>
              <p class="small soft">Whatever still uses it is refused at once.</p>
              <form method="post" action={`${path}/keys/${id}/revocation`}>
                <button class="button danger" type="submit">
                  Revoke …{ending}
                </button>
              </form>
            </div>
          </details>
        )
      )}
    </li>
  )
}
