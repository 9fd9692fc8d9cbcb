import { demoRemovalPath } from '#views/paths.ts'

/** Says that nothing here is real, above every page of a demo. */
export function DemoBanner({
  organization,
  mayRemove,
}: {
  organization: { slug: string }
  mayRemove: boolean
}) {
  return (
    <aside class="demo" aria-label="Demo">
      <p>
        <strong>This is a demo.</strong> Its people, companies and tickets are invented.
        {mayRemove &&
          ' Removing it takes its accounts too, of all who belong to no other organization.'}
      </p>
      {mayRemove && (
        <form method="post" action={demoRemovalPath(organization.slug)}>
          <button class="button" type="submit">
            Remove the demo
          </button>
        </form>
      )}
    </aside>
  )
}
