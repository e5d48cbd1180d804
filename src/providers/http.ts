import type { IncomingHttpHeaders } from 'node:http'
import { Readable } from 'node:stream'
import { buildConnector, type Dispatcher, Pool } from 'undici'
import { errors } from '../errors.ts'
import { baseUrlProblem, isPlainPath, networkOf } from './base-url.ts'
import { createDecoder, type Decoder } from './decode.ts'
import { guardedLookup, type Network, type Resolve } from './guarded-lookup.ts'
import { headerList, headerMap } from './headers.ts'
import type { TlsOptions } from './kind.ts'
import type { Timeouts, UpstreamCall, UpstreamHandler, WireRequest } from './provider.ts'
import { internalError, upstreamError } from './upstream-error.ts'

/** Where a client sends to and how long it waits. */
export interface HttpClientOptions {
  /** Provider id; errors name it. */
  readonly id: string
  /** `https:`, or `http:` to loopback; its path is put before every request's path. */
  readonly baseUrl: string
  readonly timeouts: Timeouts
  /** Upper bound of open connections, default 512. */
  readonly maxConnections?: number
  /** The host may stand for addresses of private networks, default false. */
  readonly privateNetwork?: boolean
  /** Certificates besides those of the system. */
  readonly tls?: TlsOptions | undefined
  /** Default: the system's resolver. */
  readonly resolve?: Resolve | undefined
}

/**
 * A stream holds its connection for its whole answer, up to minutes, so the bound must be above the streams one
 * process serves at once; it bounds sockets and TLS state (about 50 KiB each). Beyond it requests wait, `connectMs` long.
 */
const MAX_CONNECTIONS = 512
/**
 * Idle connections are kept just below the 60 s of common load balancers, so that usually this side closes first and
 * no request meets a closing socket. Servers that close earlier say so (`keep-alive: timeout=`) and are believed.
 */
const KEEP_ALIVE_MS = 55_000
/** Of status line, headers and trailers together; OpenAI's are about 2 KiB. */
const MAX_HEADER_BYTES = 16_384
/** Each interim answer restarts the headers timeout, so endless ones would hold a request for ever. */
const MAX_INTERIM = 16

const ABORTED = new Error('aborted')

/**
 * HTTP client of one provider, over `undici.Pool.dispatch`, the cheapest way through undici.
 *
 * The host is pinned by the base URL, TLS certificates are verified whatever the environment says, redirects are
 * refused, nothing is retried. HTTP/1.1 only: one exchange per connection, so that a reset or an abort hits one request.
 */
export class HttpClient {
  /** Host and, unless default, port. */
  readonly host: string
  readonly #id: string
  readonly #path: string
  readonly #pool: Pool
  readonly #connectMs: number
  #closing: Promise<void> | null = null
  readonly #reset: ResetWitness = { socketFailed: false }

  /** @throws TypeError if the base URL is not allowed */
  constructor(options: HttpClientOptions) {
    const { privateNetwork = false } = options
    const problem = baseUrlProblem(options.baseUrl, privateNetwork)
    if (problem !== null) throw new TypeError(`baseUrl ${problem}`)
    const url = new URL(options.baseUrl)
    this.host = url.host
    this.#id = options.id
    this.#path = url.pathname.replace(/\/+$/, '')
    this.#connectMs = options.timeouts.connectMs
    this.#pool = new Pool(url.origin, {
      connect: connector(options, networkOf(options.baseUrl, privateNetwork), this.#reset),
      connections: options.maxConnections ?? MAX_CONNECTIONS,
      pipelining: 1,
      allowH2: false,
      headersTimeout: options.timeouts.headersMs,
      bodyTimeout: options.timeouts.idleMs,
      keepAliveTimeout: KEEP_ALIVE_MS,
      maxHeaderSize: MAX_HEADER_BYTES
    })
  }

  /** See `Provider.send`. A path that leaves the base URL or a malformed header is refused with `Internal`. */
  send(request: WireRequest, handler: UpstreamHandler): UpstreamCall {
    const call = new HttpCall(this.#id, this.#reset, handler)
    const headers = headerList(request.headers)
    // undici refuses these too, but then counts the connection it was meant for as busy for ever.
    if (!headers || !isPlainPath(request.path)) return call.refuse()
    const path = this.#path + request.path
    const { method, body } = request
    if (body === null || typeof body === 'string' || Buffer.isBuffer(body))
      call.start(this.#pool, { path, method, headers, body }, this.#connectMs)
    else {
      headers.push('content-length', String(body.length))
      call.start(this.#pool, { path, method, headers, body: Readable.from(body.pieces()) }, this.#connectMs)
    }
    return call
  }

  /** Waits for requests under way. May be called again. */
  close(): Promise<void> {
    this.#closing ??= this.#pool.close()
    return this.#closing
  }
}

/** True while the error of a socket is being handled. */
interface ResetWitness {
  socketFailed: boolean
}

/**
 * undici takes a reset for the end of a body that is delimited by closing the connection, so a cut answer would look
 * whole. Listeners around its own one let the call see, during that `error` event, that the end is none.
 */
function connector(
  { timeouts, tls, resolve }: HttpClientOptions,
  network: Network,
  reset: ResetWitness
): buildConnector.connector {
  const connect = buildConnector({
    ...tls,
    timeout: timeouts.connectMs,
    allowH2: false,
    rejectUnauthorized: true,
    lookup: guardedLookup(network, resolve)
  })
  return (options, callback) =>
    connect(options, (...result) => {
      const [error, socket] = result
      if (error) {
        callback(error, null)
        return
      }
      socket.on('error', () => {
        reset.socketFailed = true
      })
      callback(null, socket)
      socket.on('error', () => {
        reset.socketFailed = false
      })
    })
}

/** One exchange: undici's handler on one side, the gateway's on the other. */
class HttpCall implements Dispatcher.DispatchHandler, UpstreamCall {
  readonly #id: string
  readonly #reset: ResetWitness
  readonly #handler: UpstreamHandler
  #options: Dispatcher.DispatchOptions | null = null
  #controller: Dispatcher.DispatchController | null = null
  #decoder: Decoder | null = null
  #waiting: NodeJS.Timeout | undefined
  #interim = 0
  /** True once a last callback was made or none may follow. */
  #settled = false

  constructor(id: string, reset: ResetWitness, handler: UpstreamHandler) {
    this.#id = id
    this.#reset = reset
    this.#handler = handler
  }

  start(pool: Pool, options: Dispatcher.DispatchOptions, connectMs: number): void {
    this.#options = options
    const free = pool.dispatch(options, this)
    // Only a full pool makes requests wait without a limit of undici's own.
    if (free || this.#controller || this.#settled) return
    this.#waiting = setTimeout(() => this.#fail(new errors.UpstreamTimeout(this.#id, 'connect')), connectMs)
  }

  /** Ends the call before anything is sent. */
  refuse(): this {
    queueMicrotask(() => this.#fail(new errors.Internal()))
    return this
  }

  resume(): void {
    if (this.#settled) return
    if (this.#decoder) this.#decoder.resume()
    // Not at once: undici's parser can't be entered from a callback of another call.
    else queueMicrotask(() => this.#settled || this.#controller?.resume())
  }

  abort(): void {
    if (!this.#settled) this.#settle()
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    // Throwing cancels before a byte is written and keeps the connection; controller.abort would close it.
    if (this.#settled) throw ABORTED
    this.#controller = controller
    this.#options = null
    clearTimeout(this.#waiting)
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    if (this.#settled) return
    if (status < 200) {
      this.#interim += 1
      if (this.#interim > MAX_INTERIM) this.#fail(new errors.UpstreamBroken(this.#id))
      return
    }
    if (status >= 300 && status < 400) {
      this.#fail(new errors.UpstreamRedirect(this.#id))
      return
    }
    const head = headerMap(headers)
    const encoding = head.get('content-encoding')
    if (encoding !== undefined && encoding !== '' && encoding.toLowerCase() !== 'identity') {
      this.#decoder = createDecoder(encoding, this.#sink())
      if (!this.#decoder) {
        this.#fail(new errors.UpstreamEncoding(this.#id))
        return
      }
      head.delete('content-encoding')
      head.delete('content-length')
    }
    try {
      this.#handler.onHead(status, head)
    } catch (error) {
      this.#fail(internalError(error))
    }
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    // Resuming makes undici's parser report an empty piece first; pausing on it would spin.
    if (this.#settled || chunk.length === 0) return
    const more = this.#decoder ? this.#decoder.write(chunk) : this.#deliver(chunk)
    if (!more) controller.pause()
  }

  onResponseEnd(): void {
    if (this.#settled) return
    if (this.#reset.socketFailed) this.#fail(new errors.UpstreamBroken(this.#id))
    else if (this.#decoder) this.#decoder.end()
    else this.#end()
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    if (this.#settled) return
    const typed = upstreamError(this.#id, error, this.#controller !== null)
    // Before the request started this can run inside `send`, whose caller has no call to refer to yet.
    if (this.#controller) this.#fail(typed)
    else queueMicrotask(() => this.#fail(typed))
  }

  #sink() {
    return {
      onData: (chunk: Buffer) => this.#deliver(chunk),
      onEnd: () => this.#end(),
      onError: (reason: 'truncated' | 'unreadable') =>
        this.#fail(
          reason === 'truncated' ? new errors.UpstreamBroken(this.#id) : new errors.UpstreamEncoding(this.#id)
        ),
      onDrain: () => this.#controller?.resume()
    }
  }

  #deliver(chunk: Buffer): boolean {
    try {
      return this.#handler.onData(chunk)
    } catch (error) {
      this.#fail(internalError(error))
      return true
    }
  }

  #end(): void {
    try {
      this.#handler.onEnd()
      this.#settled = true
    } catch (error) {
      this.#fail(internalError(error))
    }
  }

  #fail(error: Error): void {
    if (this.#settled) return
    this.#settle()
    this.#handler.onError(error)
  }

  /** Ends the exchange on the wire; undici's own callback for it is ignored. */
  #settle(): void {
    this.#settled = true
    clearTimeout(this.#waiting)
    // A request still waiting for a connection is dropped when its turn comes; its text need not wait with it.
    if (this.#options) this.#options.body = null
    this.#decoder?.destroy()
    this.#controller?.abort(ABORTED)
  }
}
