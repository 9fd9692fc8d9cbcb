import { timeZones } from '#src/analytics/zones.ts'
import { timeZonePath } from '#views/paths.ts'

type TimeZoneProps = { organization: string; timeZone: string; isOwner: boolean }

const zoneText = (zone: string) => zone.replaceAll('_', ' ')

/** Where days begin, which owners decide for the whole organization. */
export function TimeZone({ organization, timeZone, isOwner }: TimeZoneProps) {
  const zones = timeZones.includes(timeZone) ? timeZones : [timeZone, ...timeZones]
  return (
    <section class="time-zone">
      <p>
        Days begin at midnight in <strong>{zoneText(timeZone)}</strong>, here and in the inbox’s
        filter.
      </p>
      {isOwner && (
        <details>
          <summary class="link">Change the time zone</summary>
          <form class="row" method="post" action={timeZonePath(organization)}>
            <div class="labelled">
              <label for="time-zone">Time zone of the organization</label>
              <select class="input" id="time-zone" name="timeZone">
                {zones.map((zone) => (
                  <option value={zone} selected={zone === timeZone}>
                    {zoneText(zone)}
                  </option>
                ))}
              </select>
            </div>
            <button class="button" type="submit">
              Save
            </button>
          </form>
        </details>
      )}
    </section>
  )
}
