import type { AuditEvent, EventBuilder } from '../audit/event/builder.ts'
import { sizeBucket, wholeMs } from '../audit/event/measures.ts'
import type { EventFields, EventType, FindingCount, Skipped } from '../audit/event/schema.ts'
import type { AuditLog } from '../audit/log.ts'
import type { Clock } from '../core/clock.ts'
import type { SpecialCategory } from '../core/special-categories.ts'
import type { Endpoint, RequestFacts } from '../dialects/dialect.ts'
import { errors, isPublicError } from '../errors.ts'
import type { Consulted } from '../filters/detectors/set.ts'
import type { Caller } from '../governance.ts'
import type { Cost } from '../limits/prices.ts'
import type { Metrics } from '../metrics.ts'
import type { Policy } from '../policy.ts'
import type { Candidate } from '../providers/router.ts'
import type { PayloadState } from '../residency/facts.ts'
import type { AnswerCounts } from './answer-restorer.ts'
import type { SealActor } from './actor.ts'
import { attemptFields, passedOverFields, placeFields } from './attempt-fields.ts'
import { callerFields } from './caller-fields.ts'
import type { Attempt, PassedOver } from './hops.ts'
import type { Outbound } from './outbound.ts'
import { type Outcome, ownFault } from './outcome.ts'
import { codeOf, endingFields, findingOf, flagFields, monitorFields, outcomeOf } from './record-fields.ts'
import type { Watched } from './trial.ts'
import type { Version } from './versions.ts'

export interface RecorderDeps {
  readonly audit: AuditLog
  readonly events: EventBuilder
  readonly metrics: Metrics
  readonly clock: Clock
  readonly sealActor: SealActor
  /** Told of faults of the record itself; gets no content. */
  readonly onRecordFault: (error: unknown) => void
}

export interface RecordedRequest {
  readonly endpoint: Endpoint
  readonly requestId: string
  readonly caller: Caller
  readonly body: { readonly length: number }
}

/** What a request's records and counters are made of, collected on its way. Holds ids, types and counts only. */
export class Recorder {
  readonly #deps: RecorderDeps
  readonly #request: RecordedRequest
  #policy: Policy
  #detectorVersion: string
  #watched: Watched | null = null
  readonly #started: number
  #facts: RequestFacts | null = null
  #attempt: Attempt | null = null
  #attemptStarted = 0
  #payload: PayloadState = 'clear'
  #passedOver: readonly PassedOver[] = []
  #decisionId: string | undefined
  #pattern: string | undefined
  #outbound: Outbound | null = null
  #flags: readonly SpecialCategory[] = []
  #skipped: readonly Skipped[] = []
  #state: 'open' | 'admitted' | 'closed' = 'open'

  constructor(deps: RecorderDeps, request: RecordedRequest, policy: Policy, detectorVersion: string) {
    this.#deps = deps
    this.#request = request
    this.#policy = policy
    this.#detectorVersion = detectorVersion
    this.#started = deps.clock.monotonic()
  }

  /** This policy decides, which may not be the one the request began with; another may have watched. */
  decidedBy(policy: Policy, detectorVersion: string, watched: Watched | null): void {
    this.#policy = policy
    this.#detectorVersion = detectorVersion
    this.#watched = watched
  }

  /** The body could be read. */
  read(facts: RequestFacts): void {
    this.#facts = facts
  }

  /** A configured name or pattern matches the model asked for. */
  matched(candidates: readonly Candidate[]): void {
    this.#pattern = candidates[0]?.pattern
  }

  /** These parts pass unread, because policy lets them. */
  skipped(parts: readonly Skipped[]): void {
    this.#skipped = parts
  }

  /** The request probably holds these special categories of personal data. */
  flagged(flags: readonly SpecialCategory[]): void {
    this.#flags = flags
  }

  /** The form of the request that leaves, or would. */
  leaving({ outbound, facts }: Version): void {
    this.#outbound = outbound
    this.#payload = facts.payload
  }

  /** No deployment may or can receive the request. */
  ruledOut(passedOver: readonly PassedOver[], decisionId: string): void {
    this.#passedOver = passedOver
    this.#decisionId = decisionId
  }

  /**
   * Texts will go to a detector outside of the gateway; resolves when that is on the disk.
   * @returns to be called when it has answered or failed
   * @throws errors.RecordFailed
   */
  async consulting({ id, version, recipient }: Consulted): Promise<(error?: unknown) => void> {
    const { audit, clock } = this.#deps
    const fields = { ...this.#names(), detector: { id, version }, endpoint: { host: recipient.host } }
    const { policy, size_in_bucket } = this.#decided('allow')
    await audit.admit(
      this.#create('ai.detector.admitted', {
        ...fields,
        policy,
        size_in_bucket,
        location: { processing: recipient.places },
        transfer: { decision: 'allow', payload_state: 'clear' }
      })
    )
    const startedMs = clock.monotonic()
    return error => {
      this.#append(() =>
        this.#create('ai.detector.ended', {
          ...fields,
          duration_ms: wholeMs(clock.monotonic() - startedMs),
          error_code: error === undefined ? undefined : codeOf(error),
          outcome: error === undefined ? 'ok' : 'detector_failure'
        })
      )
    }
  }

  /**
   * Resolves when the admission of an attempt is on the disk: only then may its first byte leave.
   * @throws errors.RecordFailed
   */
  async admitted(attempt: Attempt): Promise<void> {
    const { audit, clock, metrics } = this.#deps
    if (this.#outbound === null) throw new errors.Internal()
    const { actions, issued, scope } = this.#outbound
    this.#attempt = attempt
    this.#attemptStarted = attempt.number === 1 ? this.#started : clock.monotonic()
    const fields = {
      ...this.#attemptFields(attempt),
      ...this.#decided(actions.length > 0 ? 'allow_masked' : 'allow', attempt.decision.rules),
      ...placeFields(attempt.candidate.provider.deployment, attempt.decision, this.#payload),
      passed_over: passedOverFields(attempt.passedOver),
      pseudonym: issued.size > 0 ? ({ scheme: 'keyed_code', scope } as const) : undefined
    } as const
    await audit.admit(this.#create('ai.request.admitted', fields, 'with actor'))
    this.#state = 'admitted'
    if (attempt.number === 1) metrics.addedMs(clock.monotonic() - this.#started)
  }

  /**
   * The attempt is over, whichever way.
   * @param cost by the price of its deployment; null when that or the use is unknown
   * @param rest what was ruled out after it when no further attempt follows; null when one follows
   */
  ended(
    outcome: Outcome,
    counts: AnswerCounts,
    rest: readonly PassedOver[] | null,
    cost: Cost | null = null
  ): void {
    const attempt = this.#attempt
    if (attempt === null) return
    this.#state = 'closed'
    const { clock, metrics } = this.#deps
    const errorCode = outcome.error === undefined ? undefined : codeOf(outcome.error)
    const fields = {
      ...this.#attemptFields(attempt),
      ...endingFields(outcome, cost),
      duration_ms: wholeMs(clock.monotonic() - this.#attemptStarted),
      findings: counts.findings,
      coverage: { response: 'full', skipped: [] },
      passed_over: passedOverFields(rest ?? []),
      restored: { issued: this.#outbound?.issued.size ?? 0, ...counts.restored }
    } as const
    const { id } = attempt.candidate.provider.deployment
    if (rest !== null) {
      metrics.request(this.#request.endpoint.api, id, outcome.kind)
      for (const { class: type, action, count, side } of [...this.#findings(), ...counts.findings])
        metrics.findings(type, action, side, count)
    }
    metrics.pseudonyms(attempt.candidate.pattern, fields.restored)
    if (errorCode !== undefined) metrics.upstreamError(id, errorCode)
    this.#append(() =>
      outcome.kind === 'ok' ||
      outcome.kind === 'blocked_policy' ||
      (outcome.kind === 'provider_error' && outcome.error === undefined)
        ? this.#create('ai.request.completed', { ...fields, outcome: outcome.kind })
        : this.#create('ai.request.failed', { ...fields, outcome: outcome.kind })
    )
  }

  /** Nothing was sent, or the attempt could not even begin: one record says why. */
  refused(error: unknown): void {
    if (this.#state === 'closed') return
    const code = codeOf(error)
    const status = isPublicError(error) ? error.statusCode : 500
    if (this.#state === 'admitted') {
      this.ended(ownFault(error), noCounts, [])
      return
    }
    this.#state = 'closed'
    this.#deps.metrics.request(this.#request.endpoint.api, 'none', outcomeOf(error))
    this.#append(() =>
      this.#create(
        'ai.request.blocked',
        {
          ...this.#names(),
          ...this.#decided('block'),
          decision: this.#decisionId === undefined ? undefined : { id: this.#decisionId },
          passed_over: passedOverFields(this.#passedOver),
          outcome: outcomeOf(error),
          error_code: code,
          http_status: status < 400 ? 500 : status,
          duration_ms: wholeMs(this.#deps.clock.monotonic() - this.#started),
          stream: this.#facts?.stream,
          model: this.#pattern === undefined ? undefined : { requested: this.#pattern }
        },
        'with actor'
      )
    )
  }

  /** All records of a request stand in the log of its purpose's retention class. */
  #create<T extends EventType>(type: T, fields: EventFields<T>, actor?: 'with actor'): AuditEvent {
    const { caller } = this.#request
    const personal = actor && this.#deps.sealActor(caller, this.#facts?.person)
    return this.#deps.events.create(type, fields, { retentionClass: caller.app.purpose?.retention, personal })
  }

  /** Ends are written soon, and nothing waits for them; a log that can't write refuses the next admission. */
  #append(build: () => AuditEvent): void {
    try {
      this.#deps.audit.append(build()).catch(this.#deps.onRecordFault)
    } catch (error) {
      this.#deps.onRecordFault(error)
    }
  }

  #names() {
    const { endpoint, requestId, caller } = this.#request
    return {
      ...callerFields(caller),
      request_id: requestId,
      api: endpoint.api,
      operation: endpoint.operation
    }
  }

  /** What names an attempt in each of its records. */
  #attemptFields(attempt: Attempt) {
    return {
      ...this.#names(),
      ...attemptFields(attempt),
      decision: { id: attempt.decision.id },
      stream: this.#facts?.stream ?? false
    }
  }

  /** What was found and decided, as admissions and refusals record it. */
  #decided<T extends 'allow' | 'allow_masked' | 'block'>(decision: T, rules?: readonly string[]) {
    const { id, version, hash } = this.#policy
    const skipped = this.#skipped
    return {
      policy: { id, version, hash, decision, rules: rules?.slice(0, MAX_RULES) },
      monitor: this.#watched === null ? undefined : monitorFields(this.#watched),
      detector: { version: this.#detectorVersion },
      findings: this.#findings(),
      flags: this.#flags.length === 0 ? undefined : flagFields(this.#flags),
      coverage: { request: this.#facts === null ? 'none' : skipped.length > 0 ? 'partial' : 'full', skipped },
      size_in_bucket: sizeBucket(this.#request.body.length)
    } as const
  }

  #findings(): FindingCount[] {
    return (this.#outbound?.actions ?? []).map(findingOf)
  }
}

/** More rules than a record lists would be a strange policy; the hash names them all. */
const MAX_RULES = 50

const noCounts: AnswerCounts = {
  restored: { exact: 0, altered: 0, invented: 0, unresolved: 0 },
  findings: []
}
