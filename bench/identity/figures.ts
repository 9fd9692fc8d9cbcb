/** The middle one, with the least and the most of them. */
export function spread(figures: number[]) {
  const sorted = figures.toSorted((a, b) => a - b)
  const at = (index: number) => sorted[index] ?? 0
  return { median: at(Math.floor(sorted.length / 2)), least: at(0), most: at(sorted.length - 1) }
}

/** Times a second that `act` ends, when `atOnce` of them run side by side for `forMs`. */
export async function perSecond(
  atOnce: number,
  forMs: number,
  act: (worker: number) => Promise<unknown>,
): Promise<number> {
  let ended = 0
  const started = performance.now()
  await Promise.all(
    Array.from({ length: atOnce }, async (_, worker) => {
      while (performance.now() - started < forMs) {
        await act(worker)
        ended++
      }
    }),
  )
  return (ended * 1_000) / (performance.now() - started)
}
