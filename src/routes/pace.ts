import type { IncomingMessage } from 'node:http'
import type { FastifyInstance } from 'fastify'
import type { Clock } from '../core/clock.ts'

/** How long a client may take to send a body. */
export interface PaceOptions {
  readonly clock: Clock
  /** A body that is held in memory is there after so long. Milliseconds. */
  readonly wholeMs: number
  /** A form, which is not, may take longer while so much of it comes on average. Bytes per second. */
  readonly minBytesPerSecond: number
  /** Runs something later. @returns what calls it off */
  readonly after?: (ms: number, run: () => void) => () => void
}

/** The largest upload, 512 MiB, in at most four and a half hours. */
export const pace = { wholeMs: 120_000, minBytesPerSecond: 32_768 }

/** What came with the head of a request, at most: it is not counted. Bytes. */
const FIRST_READ = 65_536
/** So often a form is looked at once it has taken longer than a body in memory may. */
const AGAIN_MS = 10_000

/**
 * Cuts a client that sends its body too slowly: it would hold memory, disk and a connection for nothing. It gets a 408 as from
 * Node's own timeout, which knows one length for all bodies.
 */
export function keepPace(app: FastifyInstance, options: PaceOptions): void {
  app.addHook('onRequest', (request, _reply, done) => {
    const { headers, raw } = request
    const hasBody = headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined
    const isForm = headers['content-type']?.startsWith('multipart/form-data') === true
    if (hasBody && !raw.complete) watch(app, raw, isForm, options)
    done()
  })
}

function watch(app: FastifyInstance, raw: IncomingMessage, isForm: boolean, options: PaceOptions): void {
  const { clock, wholeMs, minBytesPerSecond, after = byTimer } = options
  const started = clock.monotonic()
  const before = raw.socket.bytesRead
  const look = (): void => {
    if (raw.complete || raw.destroyed) return
    const seconds = (clock.monotonic() - started) / 1000
    const received = raw.socket.bytesRead - before + FIRST_READ
    const isFast = isForm && received >= seconds * minBytesPerSecond
    if (isFast) callOff = after(AGAIN_MS, look)
    else app.server.emit('clientError', new RequestTimeout(), raw.socket)
  }
  let callOff = after(wholeMs, look)
  raw.once('close', () => callOff())
}

function byTimer(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms).unref()
  return () => clearTimeout(timer)
}

/** As Node's own, which fastify answers with 408. */
class RequestTimeout extends Error {
  readonly code = 'ERR_HTTP_REQUEST_TIMEOUT'
}
