import type { LookupAddress } from 'node:dns'
import { connect } from 'node:tls'

type Options = {
  addresses: LookupAddress[]
  port: number
  ca: string | undefined
  signal: AbortSignal
}

/** Whether one of a name's addresses proves by TLS to be the name's. Nothing is sent to it. */
export async function shakesHands(name: string, options: Options): Promise<boolean> {
  const { addresses, port, ca, signal } = options
  const shook = await Promise.all(
    addresses.map(
      ({ address }) =>
        new Promise<boolean>((resolve) => {
          const socket = connect({
            host: address,
            port,
            servername: name,
            rejectUnauthorized: true,
            ...(ca !== undefined && { ca }),
          })
          const end = (answer: boolean) => {
            resolve(answer)
            socket.destroy()
          }
          socket.once('secureConnect', () => end(socket.authorized))
          socket.once('error', () => end(false))
          signal.addEventListener('abort', () => end(false), { once: true })
        }),
    ),
  )
  return shook.includes(true)
}
