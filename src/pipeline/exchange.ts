import type { Walk } from '../core/json/walker.ts'
import type { Usage } from '../dialects/dialect.ts'
import { errors, publicOf } from '../errors.ts'
import { PlaceWitness } from '../providers/evidence.ts'
import type { UpstreamCall, UpstreamHandler, UpstreamRequest } from '../providers/provider.ts'
import { isMedia, restoreBody, restoreContent } from './answer-body.ts'
import { contentPassage, isFile, MAX_WHOLE, type Passage, unread } from './answer-content.ts'
import { AnswerStream } from './answer-stream.ts'
import { type ExchangeOptions, learnListed } from './exchange-options.ts'
import { answerHeaders } from './headers.ts'
import { HeldBytes } from './held-bytes.ts'
import { type HeldAnswer, kindOf, type Outcome } from './outcome.ts'

/** An event must be held until it is whole; audio and image deltas are the largest. */
const maxEventBytes = 16 * 1024 * 1024
/** Error answers are held while another deployment is tried. */
const MAX_FAILURE_BYTES = 1024 * 1024
const keepAliveComment = ': keep-alive\n\n'

/** Sends one attempt and lets its answer through, restored. Resolves when the attempt is over, never rejects. */
export function runExchange(request: UpstreamRequest, options: ExchangeOptions): Promise<Outcome> {
  return new Promise(resolve => {
    const exchange = new Exchange(options, resolve)
    exchange.start(request)
  })
}

class Exchange implements UpstreamHandler {
  readonly #options: ExchangeOptions
  readonly #resolve: (outcome: Outcome) => void
  readonly #started: number
  readonly #witness: PlaceWitness
  #call: UpstreamCall | null = null
  #status: number | undefined
  #headers: ReadonlyMap<string, string> = new Map()
  #stream: AnswerStream | null = null
  /** Sound, pictures and long files go through while they come. */
  #passage: Passage | null = null
  #chunks: Buffer[] = []
  readonly #held: HeldBytes
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
    this.#held = new HeldBytes(options.budget)
    this.#witness = new PlaceWitness(options.provider, options.onObserved)
    this.#started = options.clock.monotonic()
  }

  start(request: UpstreamRequest): void {
    const { sink, provider } = this.#options
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
    const { endpoint, restorer, limits, provider } = this.#options
    this.#status = status
    this.#headers = headers
    this.#ttfbMs = this.#options.clock.monotonic() - this.#started
    this.#witness.head(headers)
    if (provider.deployment.credential === 'managed' && (status === 401 || status === 403)) {
      // The body may quote the gateway's own key: it is not passed on.
      this.#call?.abort()
      provider.credential.refused()
      this.onError(new errors.UpstreamCredential(provider.deployment.id))
      return
    }
    const type = headers.get('content-type') ?? ''
    if (status < 400 && endpoint.content === true && isMedia(type)) {
      this.#passage = unread
      return this.#head({})
    }
    if (status >= 400 || !/^text\/event-stream\b/i.test(type)) return
    this.#stream = new AnswerStream({
      rules: endpoint.stream,
      usage: walk => endpoint.usage(walk),
      restorer,
      limits: { ...limits, maxEventBytes },
      onEvent: walk => this.#seen(walk),
      startingAfter: this.#options.state?.startingAfter
    })
    this.#head({ 'cache-control': 'no-cache, no-transform', 'x-accel-buffering': 'no' })
    this.#silence = setTimeout(() => this.#keepAlive(), limits.keepAliveCommentMs).unref()
  }

  onData(chunk: Buffer): boolean {
    if (this.#settled) return true
    const flow = this.#passage ?? this.#stream
    if (flow === null) return this.#collect(chunk)
    try {
      const bytes = flow.push(chunk)
      this.#held.set(flow.heldBytes)
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
      if (this.#passage !== null) {
        this.#write(this.#passage.end())
        this.#options.sink.end()
        this.#settle('ok')
      } else if (this.#stream === null)
        this.#after(learnListed(Buffer.concat(this.#chunks), this.#options), () => this.#endBody())
      else this.#endStream(this.#stream)
    } catch (error) {
      this.onError(error instanceof Error ? error : new errors.Internal())
    }
  }

  onError(error: Error): void {
    if (this.#settled) return
    if (this.#stream !== null) this.#breakStream(this.#stream, error)
    // Nothing can be said in the middle of a file: the client must see that it was cut.
    else if (this.#passage !== null) this.#options.sink.destroy()
    this.#settle(kindOf(error), error)
  }

  #collect(chunk: Buffer): boolean {
    const failed = (this.#status ?? 0) >= 400
    const maxAnswerBytes = failed ? MAX_FAILURE_BYTES : this.#options.limits.maxAnswerBytes
    try {
      const held = this.#held.bytes + chunk.length
      if (held > maxAnswerBytes) throw new errors.UpstreamTooLarge(String(maxAnswerBytes))
      this.#held.set(held)
      this.#chunks.push(chunk)
      if (!failed && held > MAX_WHOLE && isFile(this.#options.endpoint, this.#headers)) return this.#pass()
    } catch (error) {
      this.#call?.abort()
      this.onError(error instanceof Error ? error : new errors.Internal())
    }
    return true
  }

  /** Lets a file through that is too long to be restored as a whole. */
  #pass(): boolean {
    const { endpoint, restorer, limits } = this.#options
    const begin = Buffer.concat(this.#chunks)
    this.#chunks = []
    this.#passage = contentPassage(begin, endpoint, restorer, limits)
    this.#head({})
    return this.onData(begin)
  }

  #endBody(): void {
    const { endpoint, restorer, limits, provider, sink } = this.#options
    const status = this.#status ?? 502
    const body = Buffer.concat(this.#chunks)
    const failed = status >= 400
    const shape = failed ? endpoint.failure : endpoint.answer
    const isFile = endpoint.content === true && !failed
    const restored = restoreBody(body, shape, endpoint.stream, restorer, limits, isFile)
    if (restored === null && !failed && endpoint.content !== true)
      throw new errors.UpstreamNotJson(provider.deployment.id)
    if (restored !== null && !failed) {
      this.#usage = endpoint.usage(restored.walk)
      this.#seen(restored.walk)
    }
    const bytes = restored?.body ?? restoreContent(body, endpoint, restorer, limits)
    this.#bytesOut += bytes.length
    const headers = this.#answerHeaders({ 'content-length': bytes.length })
    if (failed) {
      this.#settle('provider_error', undefined, { status, headers, bytes })
      return
    }
    this.#whenSettled(() => {
      this.#headSent = true
      sink.head(status, headers)
      sink.end(bytes)
      this.#settle('ok')
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
      const error = new errors.UpstreamBroken(this.#options.provider.deployment.id)
      this.#endWithFailure(bytes, error)
      this.#settle('provider_error', error)
    }
  }

  /** Ends the answer when what it made can be named. */
  #whenSettled(end: () => void): void {
    this.#after(this.#options.state?.settled(), end)
  }

  #after(done: Promise<unknown> | undefined, end: () => void): void {
    if (!done) return end()
    const failed = (error: unknown): void =>
      this.onError(error instanceof Error ? error : new errors.Internal())
    done.then(() => this.#settled || end()).catch(failed)
  }

  /** What was held leaves, then the client is told: a stream that just stops would look like a finished answer. */
  #breakStream(stream: AnswerStream, error: Error): void {
    const bytes = error instanceof errors.AnswerBlocked ? Buffer.alloc(0) : stream.end().bytes
    this.#usage = stream.usage
    this.#endWithFailure(bytes, error)
  }

  #endWithFailure(bytes: Buffer, error: Error): void {
    const { endpoint, sink } = this.#options
    const event = endpoint.stream.failure(publicOf(error), this.#stream?.nextSequence ?? 0)
    sink.end(Buffer.concat([bytes, Buffer.from(event)]))
  }

  #head(extra: Record<string, string | number>): void {
    this.#headSent = true
    this.#options.sink.head(this.#status ?? 502, this.#answerHeaders(extra))
  }

  #answerHeaders(extra: Record<string, string | number>): Record<string, string | number> {
    return { ...answerHeaders(this.#headers), ...this.#options.headers, ...extra }
  }

  /** A whole answer or one event. */
  #seen(walk: Walk): void {
    this.#options.state?.seen(walk)
    this.#witness.body(walk.source)
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

  #settle(kind: Outcome['kind'], error?: Error, answer?: HeldAnswer): void {
    this.#settled = true
    clearTimeout(this.#silence)
    clearTimeout(this.#stall)
    this.#held.set(0)
    this.#chunks = []
    this.#resolve({
      kind,
      headSent: this.#headSent,
      headers: this.#headers,
      bytesOut: this.#bytesOut,
      usage: this.#usage,
      ...(this.#status === undefined ? {} : { status: this.#status }),
      ...(this.#ttfbMs === undefined ? {} : { ttfbMs: this.#ttfbMs }),
      ...(error === undefined ? {} : { error }),
      ...(answer === undefined ? {} : { answer }),
      ...(this.#witness.observed === undefined ? {} : { observed: this.#witness.observed })
    })
  }
}
