/** Tells which version was edited: somebody else may have been first. */
export const Was = ({ version = 0 }: { version?: number | undefined }) => (
  <input type="hidden" name="was" value={String(version)} />
)
