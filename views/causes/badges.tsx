type BadgesProps = { isFixed: boolean; isAnswered: boolean; cameBack: boolean }

/** How a cause stands, where that is something to say. */
export function Badges({ isFixed, isAnswered, cameBack }: BadgesProps) {
  return (
    <>
      {cameBack && <span class="tag bad">came back</span>}
      {isAnswered && <span class="tag good">answered</span>}
      {isFixed && <span class="tag">fixed</span>}
    </>
  )
}
