import type { Log } from '#src/lib/log.ts'
import { docuApi } from './docuapi.ts'
import { serveHttp } from './http.ts'

/** The same with every start, where it is free, so that a client set up once stays so. */
const usualPort = 3030

/** Runs DocuAPI against the desk; `close` ends it at once. */
export async function runSample(support: { url: string; key: string }, log: Log) {
  const logger = (level: 'info' | 'warn' | 'error', message: string) =>
    log(level === 'info' ? 'debug' : 'info', `DocuAPI: ${message}`)
  const make = () => docuApi({ ...support, logger })
  return serveHttp(make, usualPort).catch((error: { code?: string }) => {
    if (error.code !== 'EADDRINUSE') throw error
    return serveHttp(make, 0)
  })
}
