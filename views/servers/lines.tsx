type LinesProps = {
  name: string
  label: string
  hint: string
  value: string
  rows: `${number}`
  maxlength?: number
  problem?: string | undefined
}

/** A labelled text of several lines; what is wrong with it stands below and is read out with it. */
export function Lines({ name, label, hint, problem, value, ...area }: LinesProps) {
  return (
    <div class="labelled">
      <label for={name}>{label}</label>
      <textarea
        class="input"
        {...area}
        id={name}
        name={name}
        aria-invalid={problem ? 'true' : undefined}
        aria-describedby={[`${name}-hint`, problem && `${name}-problem`].filter(Boolean).join(' ')}
      >
        {`\n${value}`}
      </textarea>
      <span class="hint" id={`${name}-hint`}>
        {hint}
      </span>
      {problem && (
        <span class="wrong" id={`${name}-problem`}>
          {problem}
        </span>
      )}
    </div>
  )
}
