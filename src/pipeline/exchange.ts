import type { ByteBudget } from '../core/budget.ts'
import type { Clock } from '../core/clock.ts'
import type { Walk } from '../core/json/walker.ts'
import type { Endpoint, Usage } from '../dialects/dialect.ts'
import { errors, isPublicError } from '../errors.ts'
import type { Provider, UpstreamCall, UpstreamHandler, UpstreamRequest } from '../providers/provider.ts'
import { restoreBody } from './answer-body.ts'
import type { AnswerRestorer } from './answer-restorer.ts'
import type { AnswerSink } from './answer-sink.ts'
import { kindOf, type Outcome } from './outcome.ts'
import { AnswerStream } from './answer-stream.ts'
import { downstreamHeaders } from './headers.ts'

export interface ExchangeLimits {
  readonly maxAnswerBytes: number
  readonly maxJsonDepth: number
  readonly maxJsonLeaves: number
  readonly keepAliveCommentMs: number
  /** How long a client may take nothing of its answer. */
  readonly clientStallMs: number
}

export interface ExchangeOptions {
  readonly endpoint: Endpoint
  readonly providerId: string
  readonly requestId: string
  readonly restorer: AnswerRestorer
  readonly limits: ExchangeLimits
  readonly budget: ByteBudget
  readonly clock: Clock
  readonly sink: AnswerSink
  /** Stored state the answer may add to; its end waits until that can be named. */
  readonly state: ExchangeState | null
}

export interface ExchangeState {
  readonly startingAfter: number | undefined
  seen(walk: Walk): void
  settled(): Promise<unknown>
}

/** An event must be held until it is whole; audio and image deltas are the largest. */
const maxEventBytes = 16 * 1024 * 1024
const keepAliveComment = ': keep-alive\n\n'

/** Sends one attempt and lets its answer through, restored. Resolves when the attempt is over, never rejects. */
export function runExchange(
  provider: Provider,
  request: UpstreamRequest,
  options: ExchangeOptions
): Promise<Outcome> {
  return new Promise(resolve => {
    const exchange = new Exchange(options, resolve)
    exchange.start(provider, request)
  })
}

class Exchange implements UpstreamHandler {
  readonly #options: ExchangeOptions
  readonly #resolve: (outcome: Outcome) => void
  readonly #started: number
  #call: UpstreamCall | null = null
  #status: number | undefined
  #headers: ReadonlyMap<string, string> = new Map()
  #stream: AnswerStream | null = null
  #chunks: Buffer[] = []
  #held = 0
  #headSent = false
  #ttfbMs: number | undefined
  #bytesOut = 0
  #usage: Usage = {}
  #settled = false
  #silence: NodeJS.Timeout | undefined
  #stall: NodeJS.Timeout | undefined

  constructor(options: ExchangeOptions, resolve: (outcome: Outcome) => void) {
    this.#options = options
    this.#resolve = resolve
    this.#started = options.clock.monotonic()
  }

  start(provider: Provider, request: UpstreamRequest): void {
    const { sink } = this.#options
    if (sink.closed) {
      this.#settle('client_abort', new errors.ClientAborted())
      return
    }
    this.#call = provider.send(request, this)
    sink.onClose(() => this.#clientGone())
    sink.onDrain(() => {
      clearTimeout(this.#stall)
      this.#call?.resume()
    })
  }

  #clientGone(): void {
    if (this.#settled) return
    this.#call?.abort()
    this.#settle('client_abort', new errors.ClientAborted())
  }

  onHead(status: number, headers: ReadonlyMap<string, string>): void {
    if (this.#settled) return
    const { endpoint, restorer, limits } = this.#options
    this.#status = status
    this.#headers = headers
    this.#ttfbMs = this.#options.clock.monotonic() - this.#started
    if (!/^text\/event-stream\b/i.test(headers.get('content-type') ?? '')) return
    this.#stream = new AnswerStream({
      rules: endpoint.stream,
      usage: walk => endpoint.usage(walk),
      restorer,
      limits: { ...limits, maxEventBytes },
      onEvent: walk => this.#options.state?.seen(walk),
      startingAfter: this.#options.state?.startingAfter
    })
    this.#head({ 'cache-control': 'no-cache, no-transform', 'x-accel-buffering': 'no' })
    this.#silence = setTimeout(() => this.#keepAlive(), limits.keepAliveCommentMs).unref()
  }

  onData(chunk: Buffer): boolean {
    if (this.#settled) return true
    if (this.#stream === null) return this.#collect(chunk)
    try {
      const bytes = this.#stream.push(chunk)
      this.#account(this.#stream.heldBytes)
      return this.#write(bytes)
    } catch (error) {
      this.#call?.abort()
      this.onError(error instanceof Error ? error : new errors.Internal())
      return true
    }
  }

  onEnd(): void {
    if (this.#settled) return
    try {
      if (this.#stream === null) this.#endBody()
      else this.#endStream(this.#stream)
    } catch (error) {
      this.onError(error instanceof Error ? error : new errors.Internal())
    }
  }

  onError(error: Error): void {
    if (this.#settled) return
    if (this.#stream !== null) this.#breakStream(this.#stream, error)
    this.#settle(kindOf(error), error)
  }

  #collect(chunk: Buffer): boolean {
    const { maxAnswerBytes } = this.#options.limits
    try {
      if (this.#held + chunk.length > maxAnswerBytes)
        throw new errors.UpstreamTooLarge(String(maxAnswerBytes))
      this.#account(this.#held + chunk.length)
      this.#chunks.push(chunk)
    } catch (error) {
      this.#call?.abort()
      this.onError(error instanceof Error ? error : new errors.Internal())
    }
    return true
  }

  /**
   * Answers for this many bytes in the budget of all requests.
   * @throws errors.Overloaded
   */
  #account(bytes: number): void {
    const { budget } = this.#options
    if (bytes > this.#held && !budget.reserve(bytes - this.#held))
      throw new errors.Overloaded(`${budget.limit} bytes`)
    if (bytes < this.#held) budget.release(this.#held - bytes)
    this.#held = bytes
  }

  #endBody(): void {
    const { endpoint, restorer, limits, providerId, sink } = this.#options
    const status = this.#status ?? 502
    const body =
      this.#chunks.length === 1 ? (this.#chunks[0] ?? Buffer.alloc(0)) : Buffer.concat(this.#chunks)
    const failed = status >= 400
    const restored = restoreBody(
      body,
      failed ? endpoint.failure : endpoint.answer,
      endpoint.stream,
      restorer,
      limits
    )
    if (restored === null && !failed) throw new errors.UpstreamNotJson(providerId)
    if (restored !== null && !failed) this.#usage = endpoint.usage(restored.walk)
    if (restored !== null && !failed) this.#options.state?.seen(restored.walk)
    const bytes = restored?.body ?? Buffer.from(restorer.plain(body.toString('utf8')))
    this.#whenSettled(() => {
      this.#head({ 'content-length': bytes.length })
      this.#bytesOut += bytes.length
      sink.end(bytes)
      this.#settle(failed ? 'provider_error' : 'ok')
    })
  }

  #endStream(stream: AnswerStream): void {
    const { bytes, whole } = stream.end()
    this.#usage = stream.usage
    this.#bytesOut += bytes.length
    if (whole) {
      this.#whenSettled(() => {
        this.#options.sink.end(bytes)
        this.#settle(stream.failed ? 'provider_error' : 'ok')
      })
    } else {
      const error = new errors.UpstreamBroken(this.#options.providerId)
      this.#endWithFailure(bytes, error)
      this.#settle('provider_error', error)
    }
  }

  /** Ends the answer when what it made can be named. */
  #whenSettled(end: () => void): void {
    const { state } = this.#options
    if (state === null) end()
    else
      void state.settled().then(() => {
        if (!this.#settled) end()
      })
  }

  /** What was held leaves, then the client is told: a stream that just stops would look like a finished answer. */
  #breakStream(stream: AnswerStream, error: Error): void {
    let bytes: Buffer = Buffer.alloc(0)
    if (!(error instanceof errors.AnswerBlocked)) bytes = stream.end().bytes
    this.#usage = stream.usage
    this.#endWithFailure(bytes, error)
  }

  #endWithFailure(bytes: Buffer, error: Error): void {
    const shown = isPublicError(error) ? error : new errors.Internal()
    const event = this.#options.endpoint.stream.failure(
      { code: shown.code, statusCode: shown.statusCode ?? 500, message: shown.message },
      this.#stream?.nextSequence ?? 0
    )
    this.#options.sink.end(Buffer.concat([bytes, Buffer.from(event)]))
  }

  #head(extra: Record<string, string | number>): void {
    const type = this.#headers.get('content-type')
    this.#headSent = true
    this.#options.sink.head(this.#status ?? 502, {
      ...downstreamHeaders(this.#headers),
      ...(type === undefined ? {} : { 'content-type': type }),
      'x-schleuse-request-id': this.#options.requestId,
      ...extra
    })
  }

  #write(bytes: Buffer): boolean {
    if (bytes.length === 0) return true
    this.#silence?.refresh()
    this.#bytesOut += bytes.length
    const more = this.#options.sink.write(bytes)
    // A client that takes nothing holds a connection to the provider, and is sooner or later no client any more.
    if (!more)
      this.#stall = setTimeout(() => this.#clientStalled(), this.#options.limits.clientStallMs).unref()
    return more
  }

  #clientStalled(): void {
    this.#clientGone()
    this.#options.sink.destroy()
  }

  /** Clients and proxies cut connections that are silent for long; comments are safe for every SDK. */
  #keepAlive(): void {
    this.#options.sink.write(keepAliveComment)
    this.#silence?.refresh()
  }

  #settle(kind: Outcome['kind'], error?: Error): void {
    this.#settled = true
    clearTimeout(this.#silence)
    clearTimeout(this.#stall)
    this.#options.budget.release(this.#held)
    this.#held = 0
    this.#chunks = []
    this.#resolve({
      kind,
      headSent: this.#headSent,
      bytesOut: this.#bytesOut,
      usage: this.#usage,
      ...(this.#status === undefined ? {} : { status: this.#status }),
      ...(this.#ttfbMs === undefined ? {} : { ttfbMs: this.#ttfbMs }),
      ...(error === undefined ? {} : { error })
    })
  }
}
