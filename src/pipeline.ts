import type { ByteBudget } from './core/budget.ts'
import type { Clock } from './core/clock.ts'
import type { HmacKey } from './core/hmac.ts'
import type { Endpoint } from './dialects/dialect.ts'
import { errors } from './errors.ts'
import type { Analyzer } from './filters/analyzer.ts'
import { AnswerRestorer } from './pipeline/answer-restorer.ts'
import type { AnswerSink } from './pipeline/answer-sink.ts'
import { type ExchangeLimits, runExchange } from './pipeline/exchange.ts'
import { type CallerHeaders, upstreamHeaders } from './pipeline/headers.ts'
import { makeOutbound, refuseFlagged, scanRequest } from './pipeline/outbound.ts'
import { type ReadRequest, readRequest, refuseUnreadable } from './pipeline/read-request.ts'
import { Recorder, type RecorderDeps } from './pipeline/recorder.ts'
import { scopeKeyOf } from './pipeline/scope.ts'
import type { Policy } from './policy.ts'
import { credentialsFor } from './providers/credentials.ts'
import type { Provider } from './providers/provider.ts'
import type { Router } from './providers/router.ts'

/** One request of an app, as a route hands it over. Everything but the ids is attacker-controlled. */
export interface ProxyRequest {
  readonly endpoint: Endpoint
  readonly requestId: string
  readonly appId: string
  readonly body: Buffer
  readonly headers: CallerHeaders
  /** The caller's own name for the conversation. */
  readonly conversation: string | undefined
  readonly sink: AnswerSink
}

export interface PipelineDeps extends RecorderDeps {
  /** The policy in force; a request keeps the snapshot it began with. */
  readonly policy: () => Policy
  readonly analyzer: Analyzer
  readonly router: Router
  readonly budget: ByteBudget
  readonly clock: Clock
  readonly secret: HmacKey
  readonly randomBytes: (size: number) => Buffer
  readonly limits: ExchangeLimits
}

/** The way of every request, whatever its endpoint. */
export class Pipeline {
  readonly #deps: PipelineDeps
  #inFlight = 0

  constructor(deps: PipelineDeps) {
    this.#deps = deps
  }

  /** Requests under way now. */
  get inFlight(): number {
    return this.#inFlight
  }

  /**
   * Reads, decides, pseudonymises, records, sends, and lets the answer back through the sink, restored.
   * Any fault before the record is durable refuses the request: nothing has left then.
   * @throws errors of the catalogue, only while the client has got no head yet
   */
  async run(request: ProxyRequest): Promise<void> {
    const policy = this.#deps.policy()
    const record = new Recorder(this.#deps, request, policy)
    this.#inFlight++
    try {
      const read = readRequest(request.endpoint, request.body, this.#deps.limits)
      record.read(read.facts)
      record.skipped(refuseUnreadable(read.facts, policy))
      const provider = this.#choose(read.facts.model, policy)
      record.chosen(provider.deployment, read.facts.model)
      const scanned = scanRequest(read, policy, this.#deps.analyzer)
      record.flagged(scanned.flags)
      refuseFlagged(scanned.flags, policy)
      const outbound = makeOutbound(read, request.body, policy, scanned, () =>
        this.#scopeKey(request, read, policy)
      )
      record.outbound(outbound)
      const credentials = credentialsFor(provider.deployment, request.headers)
      await record.admitted()

      const restorer = new AnswerRestorer({ issued: outbound.issued, policy, analyzer: this.#deps.analyzer })
      const outcome = await runExchange(
        provider,
        {
          path: request.endpoint.upstreamPath,
          method: request.endpoint.method,
          headers: {
            ...upstreamHeaders(request.headers, read.facts.stream, this.#deps.secret),
            ...credentials
          },
          body: outbound.body,
          stream: read.facts.stream
        },
        {
          ...this.#deps,
          endpoint: request.endpoint,
          providerId: provider.deployment.id,
          requestId: request.requestId,
          restorer,
          sink: request.sink
        }
      )
      record.ended(outcome, restorer.counts)
      if (outcome.error !== undefined && !outcome.headSent) throw outcome.error
    } catch (error) {
      record.refused(error)
      throw error
    } finally {
      this.#inFlight--
    }
  }

  #choose(model: string, policy: Policy): Provider {
    const plan = this.#deps.router.plan(model, places => policy.allowsPlaces(places))
    if (plan.kind === 'unknown') throw new errors.ModelNotFound()
    if (plan.kind === 'place') throw new errors.PlaceRefused(plan.places.join(', '))
    return plan.providers[0]
  }

  #scopeKey(request: ProxyRequest, read: ReadRequest, policy: Policy): Buffer {
    return scopeKeyOf({
      secret: this.#deps.secret,
      policy,
      appId: request.appId,
      api: request.endpoint.api,
      conversation: request.conversation,
      facts: read.facts,
      randomBytes: this.#deps.randomBytes
    })
  }
}
