import { Compile, type Validator } from 'typebox/compile'
import type { Clock } from '../core/clock.ts'
import type {
  AdmissionFacts,
  AttemptFacts,
  BlockFacts,
  EndingFacts,
  FlagFacts,
  GatewayFacts,
  OrphanFacts,
  PolicyFacts,
  RequestFacts
} from './event-facts.ts'
import {
  EVENT_SCHEMAS,
  SCHEMA_VERSION,
  SIZE_BUCKETS,
  type EventBody,
  type EventType,
  type FindingCount,
  type PolicyDecision,
  type SizeBucket,
  type TokenUsage
} from './event-schema.ts'

/** One record, checked and serialised. Only the builder below makes them: a log can't be given anything else. */
class SealedEvent {
  readonly type: EventType
  /** `request/attempt` for events of an attempt, else undefined. */
  readonly attemptKey: string | undefined
  readonly #json: string

  constructor(type: EventType, attemptKey: string | undefined, json: string) {
    this.type = type
    this.attemptKey = attemptKey
    this.#json = json
  }

  /** Canonical JSON (RFC 8785), ASCII only, no line break; about 1 KB, at most 64 KB. */
  get json(): string {
    return this.#json
  }
}

export type AuditEvent = SealedEvent

/** An event before its check. Lists may be read-only: they are only serialised. */
type Draft = { [T in EventType]: DeepReadonly<EventBody<T>> }[EventType]
type DeepReadonly<T> = T extends object ? { readonly [K in keyof T]: DeepReadonly<T[K]> } : T

const validators = new Map<EventType, Validator>()

function validatorOf(type: EventType): Validator {
  const known = validators.get(type)
  if (known !== undefined) return known
  const compiled = Compile(EVENT_SCHEMAS[type])
  validators.set(type, compiled)
  return compiled
}

/**
 * Checks an event against its closed schema and serialises it.
 *
 * The builder writes keys in sorted order and strings are ASCII without escapes, so JSON.stringify yields the
 * canonical form; a test holds the builder to that. Building, checking and serialising cost about 5 µs.
 * @throws TypeError naming the fields, never their values
 */
function seal(body: Draft, attemptKey?: string): SealedEvent {
  const type = body.event_type
  const validator = validatorOf(type)
  if (!validator.Check(body)) {
    const fields = new Set(validator.Errors(body).map(({ instancePath }) => instancePath))
    throw new TypeError(`audit event ${type} does not fit its schema at ${[...fields].join(', ')}`)
  }
  return new SealedEvent(type, attemptKey, JSON.stringify(body))
}

/** Builds the records. One per gateway; `newId` yields growing UUIDv7. Every function throws a TypeError as `seal` does. */
export class EventBuilder {
  readonly #clock: Pick<Clock, 'now'>
  readonly #newId: () => string

  constructor(clock: Pick<Clock, 'now'>, newId: () => string) {
    this.#clock = clock
    this.#newId = newId
  }

  #now(): string {
    return new Date(this.#clock.now()).toISOString()
  }

  /** To be durable before the first byte of the attempt goes out. */
  admitted(on: AttemptFacts, facts: AdmissionFacts): AuditEvent {
    return seal(
      {
        api: on.api,
        app_id: on.appId,
        attempt: on.attempt,
        coverage: { request: facts.coverage, skipped: facts.skipped },
        detector: { version: facts.detectorVersion },
        endpoint: { host: on.host },
        event_id: this.#newId(),
        event_type: 'ai.request.admitted',
        findings: facts.findings.map(findingOf),
        ...(facts.flags && { flags: flagsOf(facts.flags) }),
        location: { processing: facts.places },
        model: { requested: on.model },
        occurred_at: this.#now(),
        operation: on.operation,
        policy: policyOf(facts.decision, facts.policy),
        provider: { id: on.providerId },
        ...(facts.pseudonymScope && { pseudonym: { scheme: 'keyed_code', scope: facts.pseudonymScope } }),
        request_id: on.requestId,
        schema: SCHEMA_VERSION,
        size_in_bucket: sizeBucket(facts.bytesIn),
        stream: on.stream,
        transfer: { decision: 'allow', payload_state: facts.payloadState }
      },
      attemptKey(on)
    )
  }

  /** The answer reached its end. */
  completed(on: AttemptFacts, facts: EndingFacts<'completed'>): AuditEvent {
    return seal(this.#ending(on, facts, 'ai.request.completed'), attemptKey(on))
  }

  /** The attempt broke off. */
  failed(on: AttemptFacts, facts: EndingFacts<'failed'>): AuditEvent {
    return seal(this.#ending(on, facts, 'ai.request.failed'), attemptKey(on))
  }

  #ending<T extends 'completed' | 'failed'>(
    on: AttemptFacts,
    facts: EndingFacts<T>,
    type: `ai.request.${T}`
  ) {
    return {
      api: on.api,
      app_id: on.appId,
      attempt: on.attempt,
      coverage: { response: facts.coverage, skipped: facts.skipped },
      duration_ms: wholeMs(facts.durationMs),
      endpoint: { host: on.host },
      ...(facts.errorCode !== undefined && { error_code: facts.errorCode }),
      event_id: this.#newId(),
      event_type: type,
      findings: facts.findings.map(findingOf),
      ...(facts.httpStatus !== undefined && { http_status: facts.httpStatus }),
      model: { requested: on.model },
      occurred_at: this.#now(),
      operation: on.operation,
      outcome: facts.outcome,
      provider: { id: on.providerId },
      request_id: on.requestId,
      restored: {
        altered: facts.restored.altered,
        exact: facts.restored.exact,
        invented: facts.restored.invented,
        issued: facts.restored.issued,
        unresolved: facts.restored.unresolved
      },
      schema: SCHEMA_VERSION,
      size_out_bucket: sizeBucket(facts.bytesOut),
      stream: on.stream,
      ...(facts.ttfbMs !== undefined && { ttfb_ms: wholeMs(facts.ttfbMs) }),
      ...(facts.usage !== undefined && { usage: usageOf(facts.usage) })
    }
  }

  /** Nothing was sent. */
  blocked(on: RequestFacts, facts: BlockFacts): AuditEvent {
    return seal({
      api: on.api,
      app_id: on.appId,
      coverage: { request: facts.coverage, skipped: facts.skipped },
      detector: { version: facts.detectorVersion },
      duration_ms: wholeMs(facts.durationMs),
      error_code: facts.errorCode,
      event_id: this.#newId(),
      event_type: 'ai.request.blocked',
      findings: facts.findings.map(findingOf),
      ...(facts.flags && { flags: flagsOf(facts.flags) }),
      http_status: facts.httpStatus,
      ...(facts.model !== undefined && { model: { requested: facts.model } }),
      occurred_at: this.#now(),
      operation: on.operation,
      outcome: facts.outcome,
      policy: policyOf('block', facts.policy),
      request_id: on.requestId,
      schema: SCHEMA_VERSION,
      size_in_bucket: sizeBucket(facts.bytesIn),
      ...(facts.stream !== undefined && { stream: facts.stream })
    })
  }

  /** An attempt whose end is missing, because the gateway died: written when the log is opened again. */
  orphaned(facts: OrphanFacts): AuditEvent {
    const body = {
      app_id: facts.appId,
      attempt: facts.attempt,
      event_id: this.#newId(),
      event_type: 'ai.request.orphaned',
      occurred_at: this.#now(),
      request_id: facts.requestId,
      schema: SCHEMA_VERSION
    } as const
    return seal(body, attemptKey(facts))
  }

  /** The gateway serves from now on, with this config and policy. */
  started(gateway: GatewayFacts, policy: PolicyFacts): AuditEvent {
    return seal({
      event_id: this.#newId(),
      event_type: 'gateway.started',
      gateway: { config_hash: gateway.configHash, version: gateway.version },
      occurred_at: this.#now(),
      policy: { hash: policy.hash, id: policy.id, version: policy.version },
      schema: SCHEMA_VERSION
    })
  }

  /** The gateway stopped as asked: every attempt has its end. */
  stopped(gateway: GatewayFacts): AuditEvent {
    return seal({
      event_id: this.#newId(),
      event_type: 'gateway.stopped',
      gateway: { config_hash: gateway.configHash, version: gateway.version },
      occurred_at: this.#now(),
      schema: SCHEMA_VERSION
    })
  }
}

/** The key under which an attempt is open in a log until its end is written. */
export function attemptKey(on: { readonly requestId: string; readonly attempt: number }): string {
  return `${on.requestId}/${on.attempt}`
}

/** Copies the known fields in sorted order; whatever else the object carries stays out of the record. */
function findingOf(finding: FindingCount): FindingCount {
  return { action: finding.action, class: finding.class, count: finding.count, side: finding.side }
}

function flagsOf(flags: FlagFacts): FlagFacts {
  return { art10: flags.art10, art9: flags.art9 }
}

function policyOf<T extends PolicyDecision>(decision: T, policy: PolicyFacts) {
  return { decision, hash: policy.hash, id: policy.id, version: policy.version }
}

/** Token counts as integers; what is none, is left out. */
function usageOf(usage: NonNullable<EndingFacts<'failed'>['usage']>): TokenUsage {
  const out: TokenUsage = {}
  for (const key of ['cached_input_tokens', 'input_tokens', 'output_tokens', 'reasoning_tokens'] as const) {
    const value = usage[key]
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) out[key] = value
  }
  return out
}

function wholeMs(ms: number): number {
  return Math.max(0, Math.round(ms))
}

/** The range a size falls in: from 1 KiB up each bound is four times the one before. */
export function sizeBucket(bytes: number): SizeBucket {
  let bucket = 0
  for (let bound = 1024; bytes >= bound && bucket < SIZE_BUCKETS.length - 1; bound *= 4) bucket++
  return SIZE_BUCKETS[bucket] as SizeBucket
}
