import type { Call, Cell, Given, Ticket } from '../cell.ts'
import type { Kind, Place } from './kind.ts'
import type { Peer } from './peer.ts'
import { routine, settled, startSlow } from './routine.ts'

const supportTool = 'get_support_tool'
const checkTool = 'check_support_ticket'
let raised = 0

/** Runs a kind of server without and with the support tool, and says what was seen. */
export async function runKind(kind: Kind, given: Given, faults: string[]): Promise<Cell> {
  const cell: Cell = {
    kind: kind.name,
    plain: [],
    supported: [],
    own: kind.pages,
    pages: [],
    tickets: [],
    problems: [],
  }
  try {
    const plain = await kind.open(undefined)
    cell.plain = (await transcript(kind, plain)).heard
    await plain.close()
    const supported = await kind.open(kind.signIn ? given.external : given.none)
    const seen = await transcript(kind, supported, true)
    cell.supported = seen.heard
    cell.pages = seen.pages
    cell.tickets = await raiseTickets(kind, given, supported)
    await supported.close()
  } catch (error) {
    cell.problems.push(error instanceof Error ? String(error.stack) : String(error))
  }
  cell.problems.push(...faults.splice(0))
  return cell
}

async function transcript(kind: Kind, place: Place, lists = false) {
  const peer = await place.peer('zoe')
  await routine(peer, place, kind.pages.length > 0)
  const heard = [...peer.heard.map(withoutOurs), ...(place.answers ?? [])]
  const pages = lists ? await peer.pages() : []
  await peer.close()
  return { heard, pages }
}

/** Takes out what the SDK adds: its tools, and that there are tools. */
function withoutOurs(heard: string): string {
  const message = JSON.parse(heard)
  const { tools, capabilities } = message.result ?? {}
  if (tools)
    message.result.tools = tools.filter(
      ({ name }: Named) => ![supportTool, checkTool].includes(name),
    )
  if (capabilities) delete capabilities.tools
  return JSON.stringify(message)
}

type Named = { name: string }

/** Two callers at once, while a third leaves in the middle of a call. */
async function raiseTickets(kind: Kind, given: Given, place: Place): Promise<Ticket[]> {
  const callers = place.apart ? ['alex'] : ['alex', 'sam']
  const peers = await Promise.all(callers.map((who) => place.peer(who)))
  const leaves = kind.cancels && !place.apart && leaving(await place.peer('max'))
  const calls = await Promise.all(
    peers.map((peer, index) => failing(kind, peer, `${callers[index]}`)),
  )
  await leaves
  const tickets = await Promise.all(
    peers.map((peer, index) => raise(kind, given, peer, `${callers[index]}`, calls[index] ?? [])),
  )
  for (const [index, peer] of peers.entries())
    Object.assign(tickets[index] ?? {}, { checked: await settled(peer.call(checkTool)) })
  await Promise.all(peers.map((peer) => peer.close()))
  return tickets
}

/** What a ticket should say of it. */
async function failing(kind: Kind, peer: Peer, who: string): Promise<Call[]> {
  const text = `of ${who}`
  await peer.pages()
  await settled(peer.call('echo', { text }))
  if (kind.cancels) {
    const callOff = new AbortController()
    const [slow] = await startSlow(peer, text, callOff.signal)
    callOff.abort('enough')
    await slow
  }
  await settled(peer.call('broken', { text }))
  return kind.calls(text)
}

async function leaving(peer: Peer): Promise<void> {
  await startSlow(peer, 'of max')
  await peer.close()
}

/** Everything a ticket should say, and what the caller was told. */
async function raise(
  kind: Kind,
  { run, issuer }: Given,
  peer: Peer,
  who: string,
  calls: Call[],
): Promise<Ticket> {
  const title = `${run}, ${kind.name}: ${who}`
  const subject = kind.subject(who)
  const email = `${who}.${++raised}@${run.toLowerCase().replace(/\W+/g, '-')}.example`
  const description = 'I get 401 whatever I try.'
  const receipt = await settled(
    peer.call(supportTool, { title, description, ...(!kind.signIn && { email }) }),
  )
  return {
    title,
    reporter: kind.signIn ? { issuer, subject, email: `${subject}@company.example` } : { email },
    receipt,
    context: { ...kind.context, calls },
  }
}
