import { Labelled, labelledBy, type Said } from '#views/parts/labelled.tsx'

type LinesProps = Said & { value: string; rows: `${number}`; maxlength?: number }

/** A labelled text of several lines. */
export function Lines(props: LinesProps) {
  const { label, hint, problem, value, ...area } = props
  return (
    <Labelled {...props}>
      <textarea class="input" {...area} {...labelledBy(props)}>
        {`\n${value}`}
      </textarea>
    </Labelled>
  )
}
