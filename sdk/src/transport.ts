import type { Fault } from './log.ts'

/** The parts of the MCP SDKs (v1 and v2) this package relies on; all of them public. */
export type RequestId = string | number

export type Message = {
  jsonrpc?: '2.0'
  id?: RequestId
  method?: string
  params?: Record<string, unknown>
  result?: Record<string, unknown>
  error?: { code?: unknown; message?: unknown }
}

/** What a transport says about the request that carried a message. */
export type Extra = {
  authInfo?: object
  requestInfo?: { headers?: Record<string, unknown> }
  request?: { headers?: { get(name: string): string | null } }
}

export type Transport = {
  start(): Promise<void>
  send(message: Message, options?: object): Promise<void>
  onmessage?: (message: Message, extra?: Extra) => void
  onclose?: () => void
  sessionId?: string
  handleRequest?: unknown
  /** That of v2, for one request. */
  handleMessage?: unknown
}

export type Connectable = {
  connect(transport: Transport): Promise<void>
  transport?: Transport | undefined
}

/** One connection as seen from the transport. */
export type Wire = {
  /** Sees a message from the client; true keeps it from the server, which waits until it is known. */
  received(message: Message, extra: Extra | undefined): false | Promise<boolean>
  /** May replace a message on its way to the client. */
  sending(message: Message): Message | Promise<Message>
  sent(message: Message): void
  closed(): void
}

/** `underway`: the transport had started before. */
type Open = (transport: Transport, underway: boolean) => Wire

/** `open` is there from a server's connect until the transport starts. */
type Slot = { open?: Open | undefined; wire?: Wire | undefined }

/** A transport is chained once; connecting it again gives the slot a new wire. */
const slots = new WeakMap<object, Slot>()

/**
 * Opens a wire on every transport the server connects to, until called off. Faults of a wire stay
 * here.
 */
export function tapConnect(server: Connectable, open: Open, fault: Fault): () => void {
  let active = true
  const connect = server.connect
  server.connect = function (transport, ...rest) {
    if (active) guard(fault, () => chain(transport, open, fault))
    return connect.call(this, transport, ...rest)
  }
  const { transport } = server
  if (transport) guard(fault, () => begin(transport, chain(transport, open, fault), fault, true))
  return () => {
    active = false
  }
}

function chain(transport: Transport, open: Open, fault: Fault): Slot {
  const known = slots.get(transport)
  if (known) {
    known.open = open
    return known
  }
  const slot: Slot = { open }
  const { start, send } = transport

  // The protocol sets its handlers just before it starts the transport: ours go around them.
  transport.start = function (...args) {
    guard(fault, () => begin(transport, slot, fault, false))
    return start.apply(this, args)
  }
  transport.send = function (message, ...rest) {
    const { wire } = slot
    if (!wire) return send.call(this, message, ...rest)
    const pass = (edited: Message) => {
      const sent = send.call(this, edited, ...rest)
      guard(fault, () => wire.sent(edited))
      return sent
    }
    const edited = guard(fault, () => wire.sending(message)) ?? message
    if (!(edited instanceof Promise)) return pass(edited)
    const unedited = (error: unknown) => {
      fault(error)
      return message
    }
    return edited.catch(unedited).then(pass)
  }
  slots.set(transport, slot)
  return slot
}

function begin(transport: Transport, slot: Slot, fault: Fault, underway: boolean) {
  const { open } = slot
  slot.open = undefined
  slot.wire?.closed()
  const wire = open?.(transport, underway)
  slot.wire = wire
  if (!wire) return
  const { onmessage, onclose } = transport
  transport.onmessage = function (message, ...rest) {
    const pass = () => onmessage?.call(this, message, ...rest)
    const ours = slot.wire === wire && guard(fault, () => wire.received(message, rest[0]))
    if (ours) ours.catch(fault).then((taken) => taken || guard(fault, pass))
    else pass()
  }
  transport.onclose = function (...args) {
    if (slot.wire === wire) slot.wire = undefined
    guard(fault, () => wire.closed())
    onclose?.apply(this, args)
  }
}

/** Nothing of ours may throw into the host. */
function guard<T>(fault: Fault, act: () => T): T | undefined {
  try {
    return act()
  } catch (error) {
    fault(error)
    return undefined
  }
}
