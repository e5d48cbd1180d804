import type { ByteBudget } from '../core/budget.ts'
import type { Clock } from '../core/clock.ts'
import type { HmacKey } from '../core/hmac.ts'
import type { Walk } from '../core/json/walker.ts'
import type { Endpoint, RequestTarget } from '../dialects/dialect.ts'
import type { Caller, Ruleset } from '../governance.ts'
import type { Prices } from '../limits/prices.ts'
import type { Ticket } from '../limits/quotas.ts'
import type { Deployment } from '../providers/provider.ts'
import type { Reroute } from '../residency/rules.ts'
import type { AnswerMemory } from './answer-memory.ts'
import { AnswerRestorer } from './answer-restorer.ts'
import type { AnswerSink } from './answer-sink.ts'
import type { AttemptSteps } from './dispatch.ts'
import type { ExchangeLimits, ExchangeState } from './exchange-options.ts'
import { runExchange } from './exchange.ts'
import { upstreamHeaders } from './headers.ts'
import type { Attempt } from './hops.ts'
import type { Provider } from '../providers/provider.ts'
import type { Router } from '../providers/router.ts'
import type { RequestScope } from './outbound.ts'
import type { Outcome } from './outcome.ts'
import type { ReadRequest } from './read-request.ts'
import type { Recorder } from './recorder.ts'
import { SCOPE_HEADER } from './scope-header.ts'
import type { StoredState } from './stored-state.ts'
import { upstreamPathOf } from './target.ts'
import type { Versions } from './versions.ts'

export interface AttemptDeps {
  readonly budget: ByteBudget
  readonly clock: Clock
  readonly secret: HmacKey
  readonly limits: ExchangeLimits
  readonly prices: Prices
  /** An admission to this deployment is on the disk. */
  readonly onAdmitted: (deployment: Deployment) => void
  readonly router: Router
  /** The words of providers, for the next turn. */
  readonly answers: AnswerMemory
}

/** What all attempts of one request share. */
export interface AttemptContext {
  readonly request: {
    readonly endpoint: Endpoint
    readonly requestId: string
    readonly caller: Caller
    readonly target: RequestTarget
    readonly body: { readonly length: number }
    readonly sink: AnswerSink
  }
  readonly read: ReadRequest
  readonly versions: Versions
  readonly ruleset: Pick<Ruleset, 'policy' | 'analyzer'>
  /** Under what the request is decided, for the next turn. */
  readonly scopeName: string
  readonly record: Recorder
  readonly rerouted: Reroute | null
  /** What the provider keeps of the conversation. */
  readonly state: StoredState | null
  readonly scope: RequestScope
  /** Its part in the limits of the app. */
  readonly share: Ticket | null
}

/** One attempt: on the record before its first byte leaves, sent, its answer restored on the way back, closed. */
export function attemptSteps(deps: AttemptDeps, context: AttemptContext): AttemptSteps {
  const { request, read, versions, ruleset, record, state, scope, share } = context
  const hasBody = request.body.length > 0
  let restorer: AnswerRestorer
  return {
    admit: async attempt => {
      const { deployment } = attempt.candidate.provider
      const version = versions.of(deployment.id)
      record.leaving(version)
      // What the provider will keep must be nameable before it is sent.
      await state?.save(version.outbound.issued, deployment.id, scope.key)
      await record.admitted(attempt)
      deps.onAdmitted(deployment)
    },
    send: (attempt, onObserved) => {
      const { provider, model } = attempt.candidate
      const { outbound } = versions.of(provider.deployment.id)
      const nameOf = (name: string) => nameAt(deps.router, provider, name)
      const { policy, analyzer } = ruleset
      const rules = policy.answer(request.endpoint.api)
      restorer = new AnswerRestorer({
        issued: outbound.issued,
        rules,
        lookBackChars: policy.answerLookBackChars,
        analyzer
      })
      return runExchange(
        {
          model,
          path: upstreamPathOf(request.endpoint, request.target),
          method: request.endpoint.method,
          headers: headersOf(context, deps.secret),
          credential: attempt.credential,
          body: hasBody ? outbound.bodyFor({ model, nameOf }) : null,
          stream: read.facts.stream
        },
        {
          ...deps,
          provider,
          endpoint: request.endpoint,
          headers: ownHeaders(attempt, context),
          restorer,
          state: keptOf(deps, context, attempt, restorer),
          sink: request.sink,
          onObserved
        }
      )
    },
    ended: ({ candidate: { provider, named } }, outcome, rest) => {
      const cost = deps.prices.costOf(provider.deployment.id, named, outcome.usage, deps.clock.now())
      share?.spent(outcome.usage, cost)
      record.ended(outcome, restorer.counts, rest, cost)
    }
  }
}

/** What a deployment calls a model that a request in a file asks for; what it does not serve, it is asked for as it is. */
function nameAt(router: AttemptDeps['router'], provider: Provider, name: string): string {
  return router.candidates(name).find(candidate => candidate.provider === provider)?.model ?? name
}

function headersOf({ request, read }: AttemptContext, secret: HmacKey): Record<string, string> {
  const type = request.body.length === 0 ? null : (read.form?.contentType ?? 'application/json')
  const { caller, endpoint } = request
  return upstreamHeaders(caller.headers, read.facts.stream, secret, type, endpoint.content === true)
}

/** What is kept of the answer: the object the provider made, and its own words. */
function keptOf(
  { answers }: AttemptDeps,
  { request, versions, state, scope }: AttemptContext,
  { candidate }: Attempt,
  restorer: AnswerRestorer
): ExchangeState {
  const { id } = candidate.provider.deployment
  const remember = async (): Promise<void> => {
    const texts = restorer.said
    if (texts.length === 0 || scope.kind !== 'conversation') return
    const memory = { appId: request.caller.app.id, scopeKey: scope.key() }
    await answers.remember(memory, id, texts, versions.of(id).outbound.issued)
  }
  const learnListed = async (walk: Walk): Promise<void> => {
    const { issued } = versions.of(id).outbound
    for (const code of (await state?.listed(walk)) ?? []) issued.adopt(code)
  }
  return {
    startingAfter: state?.startingAfter,
    seen: walk => state?.seen(walk),
    ...(state?.lists === true ? { listed: learnListed } : {}),
    settled: () => Promise.all([state?.settled(), remember()])
  }
}

/** By which the caller and the operator find the request, its decision and its record. */
function ownHeaders({ candidate, decision }: Attempt, { request, rerouted, scopeName }: AttemptContext) {
  return {
    'x-schleuse-request-id': request.requestId,
    'x-schleuse-decision-id': decision.id,
    'x-schleuse-deployment': candidate.provider.deployment.id,
    [SCOPE_HEADER]: scopeName,
    ...(rerouted === null ? {} : { 'x-schleuse-rerouted': rerouted.id })
  }
}

/**
 * Tells the client how the last attempt failed, if nothing of it has reached the client yet. After several attempts an SDK
 * is told not to try again: its retries would multiply with ours.
 * @throws the error of the attempt
 */
export function deliver(
  sink: AnswerSink,
  { outcome, attempts }: { readonly outcome: Outcome; readonly attempts: number }
): void {
  const { answer, error, headSent } = outcome
  if (answer !== undefined) {
    sink.head(answer.status, { ...answer.headers, ...(attempts > 1 ? { 'x-should-retry': 'false' } : {}) })
    sink.end(answer.bytes)
  } else if (error !== undefined && !headSent) {
    throw attempts > 1 ? Object.assign(error, { retried: true }) : error
  }
}
