type UnfinishedProps = {
  title: string
  /** How far it got. */
  text: string
  /** Goes on. */
  path: string
}

/** Work on many tickets that takes more than one request, inside the layout. */
export function Unfinished({ title, text, path }: UnfinishedProps) {
  return (
    <div class="page">
      <h1>{title}</h1>
      <p class="note made" role="status">
        {text} so far. Press the button to go on.
      </p>
      <form class="stack" method="post" action={path}>
        <div class="actions start">
          <button class="button main-action" type="submit">
            Go on
          </button>
        </div>
      </form>
    </div>
  )
}
