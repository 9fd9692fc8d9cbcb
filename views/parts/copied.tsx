type CopiedProps = { id: string; label: string; value: string }

/** A text to take along: in a field of its own, and with a button where app.js can copy. */
export function Copied({ id, label, value }: CopiedProps) {
  return (
    <div class="copied">
      <label class="hidden" for={id}>
        {label}
      </label>
      <input class="input mono" id={id} type="text" value={value} readonly autocomplete="off" />
      <button class="button" type="button" data-copy={id} data-js hidden>
        Copy
      </button>
    </div>
  )
}
