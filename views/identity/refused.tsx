import { Frame } from './frame.tsx'

export type RefusedPageProps = { server: string; problem: string; advice: string }

/** Why a request goes no further, and what its reader can do. */
export function RefusedPage({ server, problem, advice }: RefusedPageProps) {
  return (
    <Frame title={`No access to ${server}`} server={server}>
      <h1>This app can’t connect</h1>
      <p>{problem}</p>
      <p class="soft">{advice}</p>
      <p class="faint small">Nothing was sent to the app.</p>
    </Frame>
  )
}
