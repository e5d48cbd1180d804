import type { EventBuilder } from '../audit/event.ts'
import type { AttemptFacts, DecisionFacts, FlagFacts } from '../audit/event-facts.ts'
import type { FindingAction, FindingCount, OUTCOMES, Skipped } from '../audit/event-schema.ts'
import type { AuditLog } from '../audit/log.ts'
import type { Clock } from '../core/clock.ts'
import { ART10, type SpecialCategory } from '../core/special-categories.ts'
import type { Endpoint, RequestFacts } from '../dialects/dialect.ts'
import { errors, isPublicError } from '../errors.ts'
import type { Metrics } from '../metrics.ts'
import type { Policy } from '../policy.ts'
import type { Deployment } from '../providers/provider.ts'
import { matchedPattern } from '../providers/router.ts'
import type { AnswerCounts } from './answer-restorer.ts'
import type { Outcome } from './exchange.ts'
import type { Action, Outbound } from './outbound.ts'

export interface RecorderDeps {
  readonly audit: AuditLog
  readonly events: EventBuilder
  readonly metrics: Metrics
  readonly clock: Clock
  readonly detectorVersion: string
  /** Told of faults of the record itself; gets no content. */
  readonly onRecordFault: (error: unknown) => void
}

export interface RecordedRequest {
  readonly endpoint: Endpoint
  readonly requestId: string
  readonly appId: string
  readonly body: Buffer
}

const actionOf: ReadonlyMap<string, FindingAction> = new Map([
  ['pseudonymize', 'pseudonymised'],
  ['mask', 'masked'],
  ['redact', 'redacted'],
  ['block', 'blocked'],
  ['keep', 'kept']
])

/** What a request's records and counters are made of, collected on its way. Holds ids, types and counts only. */
export class Recorder {
  readonly #deps: RecorderDeps
  readonly #request: RecordedRequest
  readonly #policy: Policy
  readonly #started: number
  #facts: RequestFacts | null = null
  #attempt: AttemptFacts | null = null
  #deployment: Deployment | null = null
  #outbound: Outbound | null = null
  #flags: readonly SpecialCategory[] = []
  #skipped: readonly Skipped[] = []
  #state: 'open' | 'admitted' | 'closed' = 'open'

  constructor(deps: RecorderDeps, request: RecordedRequest, policy: Policy) {
    this.#deps = deps
    this.#request = request
    this.#policy = policy
    this.#started = deps.clock.monotonic()
  }

  /** The body could be read. */
  read(facts: RequestFacts): void {
    this.#facts = facts
  }

  /** These parts pass unread, because policy lets them. */
  skipped(parts: readonly Skipped[]): void {
    this.#skipped = parts
  }

  /** The attempt goes to this deployment. */
  chosen(deployment: Deployment, model: string): void {
    this.#deployment = deployment
    this.#attempt = {
      ...this.#names(),
      stream: this.#facts?.stream ?? false,
      attempt: 1,
      model: matchedPattern(deployment, model),
      providerId: deployment.id,
      host: deployment.host
    }
  }

  /** The request probably holds these special categories of personal data. */
  flagged(flags: readonly SpecialCategory[]): void {
    this.#flags = flags
  }

  outbound(outbound: Outbound): void {
    this.#outbound = outbound
  }

  /**
   * Resolves when the admission is on the disk: only then may the first byte leave.
   * @throws errors.RecordFailed
   */
  async admitted(): Promise<void> {
    const { audit, events } = this.#deps
    if (this.#attempt === null || this.#deployment === null || this.#outbound === null)
      throw new errors.Internal()
    const { actions, issued, payloadState } = this.#outbound
    const event = events.admitted(this.#attempt, {
      ...this.#decision(),
      decision: actions.length > 0 ? 'allow_masked' : 'allow',
      places: this.#deployment.places,
      payloadState,
      ...(issued.size > 0 ? { pseudonymScope: this.#policy.scope } : {})
    })
    await audit.admit(event)
    this.#state = 'admitted'
    this.#deps.metrics.addedMs(this.#deps.clock.monotonic() - this.#started)
  }

  /** The attempt is over, whichever way. */
  ended(outcome: Outcome, counts: AnswerCounts): void {
    if (this.#attempt === null) return
    this.#state = 'closed'
    const { events, clock, metrics } = this.#deps
    const facts = {
      ...(outcome.error === undefined ? {} : { errorCode: codeOf(outcome.error) }),
      ...(outcome.status === undefined ? {} : { httpStatus: outcome.status }),
      ...(outcome.ttfbMs === undefined ? {} : { ttfbMs: outcome.ttfbMs }),
      durationMs: clock.monotonic() - this.#started,
      bytesOut: outcome.bytesOut,
      findings: counts.findings,
      coverage: 'full' as const,
      skipped: [],
      restored: { issued: this.#outbound?.issued.size ?? 0, ...counts.restored },
      usage: {
        input_tokens: outcome.usage.inputTokens,
        output_tokens: outcome.usage.outputTokens,
        cached_input_tokens: outcome.usage.cachedInputTokens,
        reasoning_tokens: outcome.usage.reasoningTokens
      }
    }
    const attempt = this.#attempt
    const { providerId, model } = attempt
    metrics.request(this.#request.endpoint.api, providerId, outcome.kind)
    for (const { class: type, action, count, side } of [...this.#findings(), ...counts.findings])
      metrics.findings(type, action, side, count)
    metrics.pseudonyms(model, facts.restored)
    if (outcome.error !== undefined) metrics.upstreamError(providerId, facts.errorCode ?? '')
    this.#append(() =>
      outcome.kind === 'ok' ||
      outcome.kind === 'blocked_policy' ||
      (outcome.kind === 'provider_error' && outcome.error === undefined)
        ? events.completed(attempt, { ...facts, outcome: outcome.kind })
        : events.failed(attempt, { ...facts, outcome: outcome.kind })
    )
  }

  /** Nothing was sent, or the attempt could not even begin: one record says why. */
  refused(error: unknown): void {
    if (this.#state === 'closed') return
    const code = codeOf(error)
    const status = isPublicError(error) ? error.statusCode : 500
    if (this.#state === 'admitted') {
      this.ended(
        {
          kind: 'gateway_error',
          headSent: false,
          bytesOut: 0,
          usage: {},
          error: error instanceof Error ? error : new errors.Internal()
        },
        noCounts
      )
      return
    }
    this.#state = 'closed'
    this.#deps.metrics.request(this.#request.endpoint.api, 'none', outcomeOf(error))
    this.#append(() =>
      this.#deps.events.blocked(this.#names(), {
        ...this.#decision(),
        outcome: outcomeOf(error),
        errorCode: code,
        httpStatus: status < 400 ? 500 : status,
        durationMs: this.#deps.clock.monotonic() - this.#started,
        ...(this.#facts === null ? {} : { stream: this.#facts.stream }),
        ...(this.#attempt === null ? {} : { model: this.#attempt.model })
      })
    )
  }

  /** Ends are written soon, and nothing waits for them; a log that can't write refuses the next admission. */
  #append(build: () => Parameters<AuditLog['append']>[0]): void {
    try {
      this.#deps.audit.append(build()).catch(this.#deps.onRecordFault)
    } catch (error) {
      this.#deps.onRecordFault(error)
    }
  }

  #names() {
    const { endpoint, requestId, appId } = this.#request
    return { requestId, appId, api: endpoint.api, operation: endpoint.operation }
  }

  #decision(): DecisionFacts {
    const { id, version, hash } = this.#policy
    return {
      policy: { id, version, hash },
      detectorVersion: this.#deps.detectorVersion,
      findings: this.#findings(),
      ...(this.#flags.length === 0 ? {} : { flags: flagFacts(this.#flags) }),
      coverage: this.#facts === null ? 'none' : this.#skipped.length > 0 ? 'partial' : 'full',
      skipped: this.#skipped,
      bytesIn: this.#request.body.length
    }
  }

  #findings(): FindingCount[] {
    return (this.#outbound?.actions ?? []).map(findingOf)
  }
}

const noCounts: AnswerCounts = {
  restored: { exact: 0, altered: 0, invented: 0, unresolved: 0 },
  findings: []
}

function findingOf({ type, operator, count }: Action): FindingCount {
  return { class: type, action: actionOf.get(operator) ?? 'kept', count, side: 'request' }
}

function flagFacts(flags: readonly SpecialCategory[]): FlagFacts {
  return { art9: flags.filter(flag => flag !== ART10), art10: flags.includes(ART10) }
}

/** A code of the catalogue; faults outside it are internal. */
function codeOf(error: unknown): string {
  return isPublicError(error) ? error.code : 'SCHLEUSE_INTERNAL'
}

function outcomeOf(error: unknown): (typeof OUTCOMES)['blocked'][number] {
  if (error instanceof errors.PlaceRefused) return 'blocked_transfer'
  if (error instanceof errors.ScanFailed) return 'detector_failure'
  if (error instanceof errors.ClientAborted) return 'client_abort'
  const policy = [
    errors.PolicyBlocked,
    errors.SpecialCategory,
    errors.FixedFinding,
    errors.OpaqueRefused,
    errors.ProviderToolsRefused,
    errors.StopCollides
  ]
  if (policy.some(kind => error instanceof kind)) return 'blocked_policy'
  return isPublicError(error) && error.statusCode < 500 ? 'invalid_request' : 'gateway_error'
}
