import { type CauseFilter, causeSpans, refineCauses } from '#src/causes/filter.ts'
import { Icon } from '#views/parts/icon.tsx'
import { causesPath } from '#views/paths.ts'
import { ChipMenu, SetChip } from '#views/tickets/chip.tsx'

type ChipsProps = {
  organization: string
  filter: CauseFilter
  servers: { slug: string; name: string }[]
}

/** The days that tickets are counted of, and the server they are of. */
export function Chips({ organization, filter, servers }: ChipsProps) {
  const to = (change: Parameters<typeof refineCauses>[1]) =>
    causesPath(organization, refineCauses(filter, change))
  return (
    <div class="chips">
      <button class="chip set" type="button" popovertarget="days-menu">
        <span class="hidden">Days: </span>
        Last {filter.days} days
        <Icon name="down" />
      </button>
      <div class="menu" id="days-menu" popover>
        {causeSpans.map((days) => (
          <a href={to({ days })} aria-current={filter.days === days ? 'true' : undefined}>
            Last {days} days
          </a>
        ))}
      </div>
      {filter.server ? (
        <SetChip href={to({ server: undefined })}>{filter.server}</SetChip>
      ) : (
        servers.length > 1 && (
          <ChipMenu
            id="server-menu"
            name="Server"
            choices={servers.map(({ slug, name }) => ({
              href: to({ server: slug }),
              name: slug,
              note: name,
            }))}
          />
        )
      )}
    </div>
  )
}
