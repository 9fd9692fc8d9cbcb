const gap = 2

type SparkProps = { values: (number | null)[]; width?: number; height?: number }

/** The course of a figure as a small line; it says nothing that the numbers beside it do not. */
export function Spark({ values, width = 84, height = 28 }: SparkProps) {
  const most = Math.max(...values.map((value) => value ?? 0))
  const points = values.flatMap((value, at) => {
    if (value === null) return []
    const x = values.length > 1 ? (at / (values.length - 1)) * width : width
    const y = height - gap - (most > 0 ? value / most : 0) * (height - 2 * gap)
    return [{ x: x.toFixed(1), y: y.toFixed(1) }]
  })
  const [first] = points
  const last = points.at(-1)
  if (!first || !last || points.length < 2) return <span />
  const line = `M${points.map(({ x, y }) => `${x} ${y}`).join('L')}`
  return (
    <svg
      class="spark"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      aria-hidden="true"
    >
      <path class="area" d={`${line}L${last.x} ${height}L${first.x} ${height}z`} />
      <path class="course" d={line} />
    </svg>
  )
}
