import type { App } from './apps/registry.ts'
import type { ByteBudget } from './core/budget.ts'
import type { Clock } from './core/clock.ts'
import type { HmacKey } from './core/hmac.ts'
import type { Endpoint, RequestTarget, StateFacts } from './dialects/dialect.ts'
import { errors } from './errors.ts'
import type { DetectorSet } from './filters/detectors/set.ts'
import type { FindingsCache } from './filters/findings-cache.ts'
import type { Caller, Ruleset } from './governance.ts'
import type { Vault } from './filters/vault/vault.ts'
import { type AnswerMemory, noReplays, type Replays } from './pipeline/answer-memory.ts'
import { AnswerRestorer } from './pipeline/answer-restorer.ts'
import type { AnswerSink } from './pipeline/answer-sink.ts'
import { candidatesFor } from './pipeline/candidates.ts'
import { consultWith } from './pipeline/consult.ts'
import { type ExchangeLimits, type ExchangeState, runExchange } from './pipeline/exchange.ts'
import { HeadedSink } from './pipeline/headed-sink.ts'
import { upstreamHeaders } from './pipeline/headers.ts'
import {
  makeOutbound,
  type Outbound,
  type RequestScope,
  refuseFlagged,
  type Scanned,
  scanRequest
} from './pipeline/outbound.ts'
import { type ReadRequest, readRequest, refuseUnreadable } from './pipeline/read-request.ts'
import { Recorder, type RecorderDeps } from './pipeline/recorder.ts'
import { scopeKeyOf, scopeKindOf } from './pipeline/scope.ts'
import { StoredState } from './pipeline/stored-state.ts'
import { chooseRuleset, monitorHeader, watch, type Watched } from './pipeline/trial.ts'
import { upstreamPathOf } from './pipeline/target.ts'
import type { Quotas, Ticket } from './limits/quotas.ts'
import type { Policy } from './policy.ts'
import { credentialsFor } from './providers/credentials.ts'
import type { Provider, UpstreamRequest } from './providers/provider.ts'
import type { RequestFacts } from './residency/facts.ts'
import type { Residency } from './residency/decision.ts'
import { reasonsText, wayOut } from './residency/way-out.ts'
import type { Router } from './providers/router.ts'

/** One request of an app, as a route hands it over. Everything but the ids is attacker-controlled. */
export interface ProxyRequest {
  readonly endpoint: Endpoint
  readonly requestId: string
  readonly caller: Caller
  readonly target: RequestTarget
  readonly body: Buffer
  /** The caller's own name for the conversation. */
  readonly conversation: string | undefined
  readonly sink: AnswerSink
}

export interface PipelineDeps extends RecorderDeps {
  readonly router: Router
  readonly vault: Vault
  readonly answers: AnswerMemory
  readonly findings: FindingsCache
  readonly residency: Residency
  /** Models and services of the operator, beside the analyzer of the policy. */
  readonly detectors: DetectorSet
  readonly quotas: Quotas
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
    const { caller } = request
    const bound = caller.governance.rulesetOf(caller.app)
    const version = (ruleset: Ruleset) => this.#deps.detectors.versionWith(ruleset.analyzer)
    const record = new Recorder(this.#deps, request, bound.policy, version(bound))
    this.#inFlight++
    let share: Ticket | null = null
    try {
      const read = readRequest(request.endpoint, request.body, request.target, this.#deps.limits)
      record.read(read.facts)
      const { ruleset, watching } = chooseRuleset(request, read, this.#deps.secret)
      const { policy } = ruleset
      const watched = watching === null ? null : await watch(request, read, watching)
      record.decidedBy(policy, version(ruleset), watched)
      refuseGaps(caller.app, policy)
      record.skipped(refuseUnreadable(read.facts, policy))
      const state = await this.#openState(read.facts.state, caller)
      const candidates = candidatesFor(read.facts.model, caller, state?.provider ?? null, this.#deps.router)
      const scope = this.#scope(request, read, policy, state)
      const replays = await this.#recall(request, read, scope)
      let made = await this.#make(request, read, ruleset, scope, candidates, record, replays)
      // Another provider's words are nothing to this one.
      if (replays.provider !== null && replays.provider !== made.provider.deployment.id)
        made = await this.#make(request, read, ruleset, scope, candidates, record, noReplays)
      const { outbound, provider } = made
      share = await this.#share(request, read.facts)
      record.chosen(provider.deployment, read.facts.model)
      const credentials = credentialsFor(provider.deployment, caller.headers)
      await state?.save(outbound.issued, provider.deployment.id, scope.key)
      await record.admitted()

      const restorer = restorerOf(request, ruleset, outbound)
      const outcome = await runExchange(
        provider,
        this.#upstream(request, read.facts.stream, outbound, credentials),
        {
          ...this.#deps,
          endpoint: request.endpoint,
          providerId: provider.deployment.id,
          requestId: request.requestId,
          restorer,
          state: this.#kept(request, scope, made, restorer, state),
          sink: watched === null ? request.sink : watchedSink(request.sink, watched)
        }
      )
      share?.spent(outcome.usage)
      record.ended(outcome, restorer.counts)
      if (outcome.kind === 'ok') await state?.forget()
      if (outcome.error !== undefined && !outcome.headSent) throw outcome.error
    } catch (error) {
      record.refused(error)
      throw error
    } finally {
      share?.end()
      this.#inFlight--
    }
  }

  /** Scans, replaces, decides where it may go. */
  async #make(
    request: ProxyRequest,
    read: ReadRequest,
    { policy, analyzer }: Ruleset,
    scope: RequestScope,
    candidates: readonly Provider[],
    record: Recorder,
    replays: Replays
  ): Promise<{ readonly outbound: Outbound; readonly provider: Provider }> {
    const rules = policy.request(request.endpoint.api)
    const consult = consultWith(this.#deps, callFacts(request), policy, record)
    const { detectors, findings: cache } = this.#deps
    const conversation = scope.known
    const detection = { analyzer, detectors, consult, conversation, replays, cache }
    const scanned = await scanRequest(read, rules, detection)
    record.flagged(scanned.flags)
    refuseFlagged(scanned.flags, policy)
    const outbound = makeOutbound(read, request.body, rules, scanned, { ...scope, replays })
    record.outbound(outbound)
    return { outbound, provider: this.#choose(candidates, requestFacts(request, scanned, outbound), policy) }
  }

  /** Earlier answers in the request, as the provider wrote them. */
  #recall({ caller }: ProxyRequest, { walk, facts }: ReadRequest, scope: RequestScope): Promise<Replays> {
    const { said = [] } = facts
    if (said.length === 0 || scope.kind !== 'conversation') return Promise.resolve(noReplays)
    return this.#deps.answers.recall({ appId: caller.app.id, scopeKey: scope.key() }, walk, said)
  }

  /** What is kept of the answer: the object the provider made, and its own words. */
  #kept(
    { caller }: ProxyRequest,
    scope: RequestScope,
    { outbound, provider }: { readonly outbound: Outbound; readonly provider: Provider },
    restorer: AnswerRestorer,
    state: StoredState | null
  ): ExchangeState {
    const remember = async (): Promise<void> => {
      const texts = restorer.said
      if (texts.length === 0 || scope.kind !== 'conversation') return
      const memory = { appId: caller.app.id, scopeKey: scope.key() }
      await this.#deps.answers.remember(memory, provider.deployment.id, texts, outbound.issued)
    }
    return {
      startingAfter: state?.startingAfter,
      seen: walk => state?.seen(walk),
      settled: () => Promise.all([state?.settled(), remember()])
    }
  }

  #upstream(
    { endpoint, target, body, caller }: ProxyRequest,
    stream: boolean,
    outbound: Outbound,
    credentials: Readonly<Record<string, string>>
  ): UpstreamRequest {
    const hasBody = body.length > 0
    return {
      path: upstreamPathOf(endpoint, target),
      method: endpoint.method,
      headers: { ...upstreamHeaders(caller.headers, stream, this.#deps.secret, hasBody), ...credentials },
      body: hasBody ? outbound.body : null,
      stream
    }
  }

  /** @throws errors of the limits of the app */
  async #share(
    { caller, body }: ProxyRequest,
    { model, stream }: ReadRequest['facts']
  ): Promise<Ticket | null> {
    return this.#deps.quotas.begin({ app: caller.app, model: model ?? '', stream, bytes: body.length })
  }

  /** @throws errors.StateUnknown, VaultUnavailable */
  async #openState(facts: StateFacts | undefined, caller: Caller): Promise<StoredState | null> {
    if (facts === undefined || (facts.names.length === 0 && !facts.keeps)) return null
    const { vault, randomBytes } = this.#deps
    return StoredState.open({ vault, appId: caller.app.id, facts, randomBytes })
  }

  /** @throws errors.PlaceRefused saying what would be allowed */
  #choose(candidates: readonly Provider[], facts: RequestFacts, policy: Policy): Provider {
    const { residency, router, clock } = this.#deps
    const now = clock.now()
    const refusals = []
    for (const provider of candidates) {
      const { deployment } = provider
      const decision = residency.decide(policy.residency, facts, deployment, now, false)
      if (decision.allowed) return provider
      refusals.push({ deployment, decision })
    }
    const others = router
      .listModels()
      .flatMap(({ id, deployments }) => deployments.map(deployment => ({ deployment, model: id })))
      .filter(({ deployment }) => !candidates.some(candidate => candidate.deployment === deployment))
    const way = wayOut(residency, policy.residency, facts, refusals, others, now)
    throw new errors.PlaceRefused(reasonsText(refusals), way)
  }

  #scope(request: ProxyRequest, read: ReadRequest, policy: Policy, state: StoredState | null): RequestScope {
    const kind = scopeKindOf(policy, request.endpoint)
    const { secret, randomBytes } = this.#deps
    const fresh = () =>
      scopeKeyOf({
        secret,
        kind,
        appId: request.caller.app.id,
        api: request.endpoint.api,
        conversation: request.conversation,
        facts: read.facts,
        randomBytes
      })
    let own: Buffer | null = null
    const key = () => state?.scopeKey(fresh) ?? (own ??= fresh())
    return { kind, key, known: state?.known ?? [], replays: noReplays }
  }
}

function restorerOf(
  { endpoint }: ProxyRequest,
  ruleset: Pick<Ruleset, 'policy' | 'analyzer'>,
  { issued }: Outbound
): AnswerRestorer {
  const { policy, analyzer } = ruleset
  const rules = policy.answer(endpoint.api)
  return new AnswerRestorer({ issued, rules, lookBackChars: policy.answerLookBackChars, analyzer })
}

function watchedSink(sink: AnswerSink, watched: Watched): AnswerSink {
  return new HeadedSink(sink, { 'x-schleuse-monitor': monitorHeader(watched) })
}

/** @throws errors.PurposeIncomplete when the policy is strict and the app's purpose record lacks something */
function refuseGaps({ gaps }: App, { strict }: Policy): void {
  if (strict && gaps.length > 0) throw new errors.PurposeIncomplete(gaps.join(', '))
}

/** What is known of a request before it is read. */
function callFacts({ caller, endpoint }: ProxyRequest): Pick<RequestFacts, 'app' | 'purpose' | 'endpoint'> {
  return { app: caller.app.id, purpose: caller.app.purpose?.id ?? null, endpoint: endpoint.api }
}

/** What the decision on places is taken on. What could not be read counts as clear. */
function requestFacts(request: ProxyRequest, { flags }: Scanned, outbound: Outbound): RequestFacts {
  const { actions, payloadState } = outbound
  return {
    ...callFacts(request),
    payload: payloadState,
    types: [...new Set(actions.map(({ type }) => type))],
    clearTypes: actions.filter(({ operator }) => operator === 'keep').map(({ type }) => type),
    flags
  }
}
