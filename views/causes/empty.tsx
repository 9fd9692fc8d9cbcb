import type { CausePage } from '#src/causes/cause.ts'
import { type CauseFilter, causeStates, refineCauses } from '#src/causes/filter.ts'
import { causesPath, serversPath } from '#views/paths.ts'
import { countText } from '#views/tickets/words.ts'
import { stateNames } from './words.ts'

type EmptyProps = { organization: string; filter: CauseFilter; page: CausePage }

/** Why there is no cause to list, and what to do about it. */
export function Empty({ organization, filter, page: { totals, hasCause } }: EmptyProps) {
  const to = (change: Parameters<typeof refineCauses>[1]) =>
    causesPath(organization, refineCauses(filter, change))
  if (!hasCause)
    return (
      <div class="empty">
        <h2>No cause yet</h2>
        <p>
          Tickets that come with a failed call are put together by the tool and by its error, with
          ids, numbers and times left out. What many people run into shows up here as one thing: you
          see how many it hits, mark it fixed, and tell the next one what to do inside their AI
          client.
        </p>
        <p>
          <a class="button" href={serversPath(organization)}>
            See your servers
          </a>
        </p>
      </div>
    )
  const elsewhere = causeStates.filter(
    (state) => state !== 'all' && state !== filter.state && totals[state] > 0,
  )
  return (
    <div class="empty">
      <h2>{filter.page > 1 ? 'No causes on this page' : 'No cause in these days'}</h2>
      <p>
        {filter.state === 'all' ? 'None' : `None that is ${filter.state}`} had a ticket in the last{' '}
        {filter.days} days{filter.server ? ' at this server' : ''}; spam does not count.
      </p>
      {elsewhere.length > 0 && (
        <p>
          {elsewhere.map((state) => (
            <a class="link tap" href={to({ state })}>
              {countText({ n: totals[state], more: false })} {stateNames[state].toLowerCase()}
            </a>
          ))}
        </p>
      )}
      <p class="actions">
        {filter.page > 1 && (
          <a class="button" href={to({})}>
            First page
          </a>
        )}
        {filter.days < 90 && (
          <a class="button" href={to({ days: 90 })}>
            Last 90 days
          </a>
        )}
        {filter.server && (
          <a class="button" href={to({ server: undefined })}>
            All servers
          </a>
        )}
      </p>
    </div>
  )
}
