import type { Child } from '#src/lib/html/jsx-runtime.ts'

type Choice = { value: string; label: string; means: string; more?: Child }

type ChoicesProps = {
  name: string
  legend: string
  chosen: string
  problem?: string | undefined
  choices: Choice[]
}

/** One of a few, each a card that says what it means. */
export function Choices({ name, legend, chosen, problem, choices }: ChoicesProps) {
  return (
    <fieldset class="cards" aria-describedby={problem ? `${name}-problem` : undefined}>
      <legend>{legend}</legend>
      {choices.map(({ value, label, means, more }) => {
        const id = `${name}-${value}`
        return (
          <div class="option">
            <input
              type="radio"
              id={id}
              name={name}
              value={value}
              checked={value === chosen}
              required
              aria-describedby={`${id}-means`}
            />
            <div class="stack">
              <div>
                <label for={id}>{label}</label>
                <p class="faint small" id={`${id}-means`}>
                  {means}
                </p>
              </div>
              {more && <div class="stack more">{more}</div>}
            </div>
          </div>
        )
      })}
      {problem && (
        <p class="wrong small" id={`${name}-problem`}>
          {problem}
        </p>
      )}
    </fieldset>
  )
}
