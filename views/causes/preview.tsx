import { type AnswerPreview, answerLimits } from '#src/causes/cause.ts'

/** What is typed as a model would be told it, to the letter. */
export function Preview({ preview: { text, chars, problems } }: { preview: AnswerPreview }) {
  return (
    <aside class="section" id="answer-preview" aria-labelledby="preview-title">
      <h3 id="preview-title">As the reporter’s model sees it</h3>
      {text ? (
        <pre dir="auto">{text}</pre>
      ) : (
        <p class="note">Nothing: reporters of this get a reference, and no answer.</p>
      )}
      <p class="faint small">
        {chars} of {answerLimits.bodyCharsMax} characters
      </p>
      {text && Object.values(problems).map((problem) => <p class="wrong small">{problem}</p>)}
    </aside>
  )
}
