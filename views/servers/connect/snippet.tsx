import type { Snippet } from '#src/servers/connect/snippets.ts'

/** A text in full, to select by hand or, where app.js can copy, by a button. */
export function Copyable({ id, label, text }: { id: string; label: string; text: string }) {
  return (
    <div class="copyable">
      <pre id={id}>{text}</pre>
      <button class="button" type="button" data-copy={id} data-js hidden>
        Copy<span class="hidden"> {label.toLowerCase()}</span>
      </button>
    </div>
  )
}

type ChoicesProps = { id: string; label: string; choices: Snippet[] }

/** One of several texts, chosen by radio buttons that CSS makes tabs of: no script takes part. */
export function Choices({ id, label, choices }: ChoicesProps) {
  return (
    <fieldset class="choose">
      <legend class="hidden">{label}</legend>
      {choices.map(({ name, text }, index) => (
        <>
          <input
            class="hidden"
            type="radio"
            id={`${id}-${index}`}
            name={id}
            checked={index === 0}
            autocomplete="off"
          />
          <label for={`${id}-${index}`}>{name}</label>
          <Copyable id={`${id}-${index}-text`} label={`${label}: ${name}`} text={text} />
        </>
      ))}
    </fieldset>
  )
}
