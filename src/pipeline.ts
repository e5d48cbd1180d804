import type { App } from './apps/registry.ts'
import type { Clock } from './core/clock.ts'
import type { Spools } from './core/spool.ts'
import type { Endpoint, RequestTarget, StateFacts } from './dialects/dialect.ts'
import { errors } from './errors.ts'
import type { DetectorSet } from './filters/detectors/set.ts'
import type { FindingsCache } from './filters/findings-cache.ts'
import type { Caller, Ruleset } from './governance.ts'
import type { Vault } from './filters/vault/vault.ts'
import { noReplays, type Replays } from './pipeline/answer-memory.ts'
import type { AnswerSink } from './pipeline/answer-sink.ts'
import { type AttemptDeps, attemptSteps, deliver } from './pipeline/attempt.ts'
import { candidatesFor, reroutedTo } from './pipeline/candidates.ts'
import { consultWith } from './pipeline/consult.ts'
import { dispatch, type DispatchDeps, rotateForRetry } from './pipeline/dispatch.ts'
import type { Histories } from './pipeline/histories.ts'
import { HeadedSink } from './pipeline/headed-sink.ts'
import { type RequestScope, refuseFlagged } from './pipeline/outbound.ts'
import {
  type ReadRequest,
  readRequest,
  readUpload,
  refuseUnreadable,
  type RequestBody
} from './pipeline/read-request.ts'
import { Recorder, type RecorderDeps } from './pipeline/recorder.ts'
import { callFacts, residencyFacts } from './pipeline/residency-facts.ts'
import { type ScopeInput, scopeKeyOf, scopeKindOf } from './pipeline/scope.ts'
import { ScopeNames } from './pipeline/scope-header.ts'
import { isStateful, StoredState } from './pipeline/stored-state.ts'
import type { ExchangeLimits } from './pipeline/exchange-options.ts'
import type { FileLimits } from './pipeline/upload.ts'
import { chooseRuleset, monitorHeader, watch, type Watched } from './pipeline/trial.ts'
import { type Version, Versions } from './pipeline/versions.ts'
import { replaceIn } from './pipeline/replace.ts'
import type { Quotas, Ticket } from './limits/quotas.ts'
import type { Policy } from './policy.ts'
import { type Candidate, orderCandidates } from './providers/router.ts'

/** One request of an app, as a route hands it over. Everything but the ids is attacker-controlled. */
export interface ProxyRequest {
  readonly endpoint: Endpoint
  readonly requestId: string
  readonly caller: Caller
  readonly target: RequestTarget
  readonly body: RequestBody
  readonly contentType: string
  /** The caller's own name for the conversation. */
  readonly conversation: string | undefined
  readonly sink: AnswerSink
  /** Take files of the request as they leave; closed by whoever hands it over. */
  readonly spools: Spools
}

export interface PipelineDeps extends RecorderDeps, DispatchDeps, AttemptDeps {
  readonly vault: Vault
  readonly findings: FindingsCache
  readonly histories: Histories
  /** Models and services of the operator, beside the analyzer of the policy. */
  readonly detectors: DetectorSet
  readonly quotas: Quotas
  readonly clock: Clock
  readonly randomBytes: (size: number) => Buffer
  readonly limits: ExchangeLimits & FileLimits
}

/** The way of every request, whatever its endpoint. */
export class Pipeline {
  readonly #deps: PipelineDeps
  readonly #scopes: ScopeNames
  #inFlight = 0

  constructor(deps: PipelineDeps) {
    this.#deps = deps
    this.#scopes = new ScopeNames(deps.secret, deps.detectors)
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
      const read = await this.#read(request)
      record.read(read.facts)
      const { ruleset: chosen, watching } = chooseRuleset(request, read, this.#deps.secret)
      const ruleset = this.#scopes.keptFor(chosen, caller)
      const { policy } = ruleset
      const watched = watching === null ? null : await watch(this.#deps, request, read, watching)
      record.decidedBy(policy, version(ruleset), watched)
      refuseGaps(caller.app, policy)
      const state = await this.#openState(read.facts.state, caller)
      record.skipped(refuseUnreadable(read.facts, policy, state?.read))
      const holder = state?.provider ?? null
      const asked = candidatesFor(read.facts.model, caller, holder, this.#deps.router)
      record.matched(asked)
      const scope = this.#scope(request, read, policy, state)
      const replays = await this.#recall(request, read, scope)
      const make = (replays: Replays) => this.#make(request, read, ruleset, { ...scope, replays }, record)
      const versions = new Versions(replays.provider, await make(replays), () => make(noReplays))
      const { facts } = versions.first
      const rerouted = read.facts.model === null ? null : policy.residency.reroute(facts)
      const candidates = rerouted ? reroutedTo(rerouted.model, holder, this.#deps.router) : asked

      share = await this.#share(request, read.facts.stream, candidates)
      const sink = watched === null ? request.sink : watchedSink(request.sink, watched)
      const steps = attemptSteps(this.#deps, {
        request: { ...request, sink },
        read,
        versions,
        ruleset,
        scopeName: this.#scopes.of(ruleset),
        record,
        rerouted,
        state,
        scope,
        share
      })
      const sent = await dispatch(this.#deps, {
        candidates: this.#order(candidates, request, read),
        versions,
        policy,
        headers: caller.headers,
        steps,
        ruledOut: (passedOver, decisionId) => record.ruledOut(passedOver, decisionId)
      })
      if (sent.outcome.kind === 'ok') await state?.forget()
      deliver(sink, sent)
    } catch (error) {
      record.refused(error)
      throw error
    } finally {
      share?.end()
      this.#inFlight--
    }
  }

  /** @throws errors of the body, JSON and form kinds, ModelNotAllowed */
  async #read({ endpoint, body, target, contentType, caller }: ProxyRequest): Promise<ReadRequest> {
    const { limits } = this.#deps
    const read = Buffer.isBuffer(body)
      ? readRequest(endpoint, body, target, limits, this.#deps.histories)
      : await readUpload(endpoint, body, target, limits, contentType)
    if (read.facts.models?.every(model => caller.app.mayUse(model)) === false)
      throw new errors.ModelNotAllowed()
    return read
  }

  /** @throws errors of the limits of the app */
  async #share(
    { caller: { app }, body }: ProxyRequest,
    stream: boolean,
    candidates: readonly Candidate[]
  ): Promise<Ticket | null> {
    if (app.limits === undefined) return null
    const targets = candidates.map(({ provider, named }) => ({
      deployment: provider.deployment.id,
      model: named
    }))
    return this.#deps.quotas.begin({ app, targets, stream, bytes: body.length })
  }

  /** @throws errors.StateUnknown, VaultUnavailable */
  async #openState(facts: StateFacts | undefined, caller: Caller): Promise<StoredState | null> {
    if (facts === undefined || !isStateful(facts)) return null
    const { vault, randomBytes } = this.#deps
    return StoredState.open({ vault, appId: caller.app.id, facts, randomBytes })
  }

  /** Scans and replaces. */
  async #make(
    request: ProxyRequest,
    read: ReadRequest,
    { policy, analyzer }: Ruleset,
    scope: RequestScope,
    record: Recorder
  ): Promise<Version> {
    const consult = consultWith(this.#deps, callFacts(request), policy, record)
    const { detectors, findings: cache, histories, limits } = this.#deps
    const { known: conversation, replays } = scope
    const detection = { analyzer, detectors, consult, conversation, replays, cache }
    const { endpoint, body, spools } = request
    const isWanted = () => !request.sink.closed
    const recall = async (whole: ReadRequest): Promise<Replays> => {
      const again = replays === noReplays ? noReplays : await this.#recall(request, whole, scope)
      // what leaves is chosen for the provider that was found first
      return again.provider === replays.provider ? again : noReplays
    }
    const turns = { histories, recall }
    const context = { endpoint, body, policy, detection, scope, limits, isWanted, spools, turns }
    const { scanned, outbound } = await replaceIn(read, context, ({ flags }) => {
      record.flagged(flags)
      refuseFlagged(flags, policy)
    })
    const version = { outbound, facts: residencyFacts(request, read, scanned, outbound) }
    record.leaving(version)
    return version
  }

  /** Earlier answers in the request, as the provider wrote them. */
  #recall({ caller }: ProxyRequest, { walk, facts }: ReadRequest, scope: RequestScope): Promise<Replays> {
    const { said = [] } = facts
    if (said.length === 0 || scope.kind !== 'conversation') return Promise.resolve(noReplays)
    return this.#deps.answers.recall({ appId: caller.app.id, scopeKey: scope.key() }, walk, said)
  }

  /** A conversation stays with its deployment; what an SDK repeats goes on to the next. */
  #order(candidates: readonly Candidate[], request: ProxyRequest, read: ReadRequest): Candidate[] {
    const { health, routing } = this.#deps
    const session = () => this.#scopeKey('conversation', request, read).toString('hex')
    const ordered = orderCandidates(candidates, session, health, routing.slowFactor)
    return rotateForRetry(ordered, request.caller.headers)
  }

  #scope(request: ProxyRequest, read: ReadRequest, policy: Policy, state: StoredState | null): RequestScope {
    const kind = scopeKindOf(policy, request.endpoint, read.facts)
    const fresh = () => this.#scopeKey(kind, request, read)
    let own: Buffer | null = null
    const key = () => state?.scopeKey(fresh) ?? (own ??= fresh())
    return { kind, key, known: state?.known ?? [], replays: noReplays }
  }

  #scopeKey(kind: ScopeInput['kind'], request: ProxyRequest, read: ReadRequest): Buffer {
    const { secret, randomBytes } = this.#deps
    return scopeKeyOf({
      secret,
      kind,
      appId: request.caller.app.id,
      api: request.endpoint.api,
      conversation: request.conversation,
      facts: read.facts,
      randomBytes
    })
  }
}

function watchedSink(sink: AnswerSink, watched: Watched): AnswerSink {
  return new HeadedSink(sink, { 'x-schleuse-monitor': monitorHeader(watched) })
}

/** @throws errors.PurposeIncomplete when the policy is strict and the app's purpose record lacks something */
function refuseGaps({ gaps }: App, { strict }: Policy): void {
  if (strict && gaps.length > 0) throw new errors.PurposeIncomplete(gaps.join(', '))
}
