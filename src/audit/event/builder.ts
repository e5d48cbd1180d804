import type { Clock } from '../../core/clock.ts'
import {
  ENVELOPE,
  EVENT_SCHEMAS,
  SCHEMA_VERSION,
  type Envelope,
  type EventFields,
  type EventType,
  type RetentionClass
} from './schema.ts'
import { compileWriter, fragmentOf, type EventWriter, type Fragment } from './writer.ts'

/** One record, checked and serialised. Only the builder below makes them: a log can't be given anything else. */
class SealedEvent {
  readonly type: EventType
  /** Which log it belongs in. */
  readonly retentionClass: RetentionClass
  /** For events of an attempt. */
  readonly attempt: AttemptName | undefined
  /** The encrypted personal part, of which the record only holds a commitment. */
  readonly personal: Buffer | undefined
  readonly #json: string

  constructor(
    type: EventType,
    retentionClass: RetentionClass,
    attempt: AttemptName | undefined,
    json: string,
    personal?: Buffer
  ) {
    this.type = type
    this.retentionClass = retentionClass
    this.attempt = attempt
    this.#json = json
    this.personal = personal
  }

  /** Canonical JSON (RFC 8785), ASCII only, no line break; about 1 KB, at most 64 KB. */
  get json(): string {
    return this.#json
  }
}

export type AuditEvent = SealedEvent

export interface AttemptName {
  readonly requestId: string
  readonly attempt: number
  readonly appId: string
}

/** What stands on every record of this gateway. */
export type GatewayFacts = Pick<Envelope, 'gateway' | 'clock' | 'tenant_id'>

/** Per event, when it differs. */
export interface EventOptions {
  /** Default `std_13m`. */
  readonly retentionClass?: RetentionClass | undefined
  /** Milliseconds since the epoch, when it happened earlier than now. */
  readonly occurredAt?: number
  /** The personal part, encrypted: it is written beside the record, which holds its commitment. Events of requests only. */
  readonly personal?: SealedPersonal | undefined
}

export interface SealedPersonal {
  /** 64 hex digits. */
  readonly commitment: string
  readonly bytes: Buffer
}

/** An entry of a C2SP tlog-tiles log has at most this many bytes. */
export const MAX_EVENT_BYTES = 65_535

const writers = new Map<EventType, EventWriter>()
const envelopeFields: ReadonlySet<string> = new Set([...Object.keys(ENVELOPE), 'event_type'])

/** Compiled when first needed: a start needs two of them. */
function writerOf(type: EventType): EventWriter {
  const known = writers.get(type)
  if (known !== undefined) return known
  const writer = compileWriter(type, EVENT_SCHEMAS[type], envelopeFields)
  writers.set(type, writer)
  return writer
}

/** Builds the records. One per gateway; `newId` yields growing UUIDv7. */
export class EventBuilder {
  readonly #clock: Pick<Clock, 'now'>
  readonly #newId: () => string
  readonly #gateway: Fragment
  readonly #clockState: Fragment | undefined
  readonly #tenantId: string | undefined
  /** The last time that was written, and its text: many events share a millisecond. */
  #ms = Number.NaN
  #time = ''

  /** @throws TypeError when the facts don't fit the schema */
  constructor(clock: Pick<Clock, 'now'>, newId: () => string, facts: GatewayFacts) {
    this.#clock = clock
    this.#newId = newId
    this.#gateway = fragmentOf(ENVELOPE.gateway, facts.gateway)
    this.#clockState = facts.clock === undefined ? undefined : fragmentOf(ENVELOPE.clock, facts.clock)
    this.#tenantId = facts.tenant_id
  }

  /**
   * Checks an event against its closed schema and serialises it.
   * @throws TypeError naming the field that does not fit, never its value
   */
  create<T extends EventType>(type: T, fields: EventFields<T>, options: EventOptions = {}): AuditEvent {
    const { retentionClass = 'std_13m', occurredAt, personal } = options
    const now = this.#text(this.#clock.now())
    const all: object =
      personal === undefined
        ? fields
        : Object.assign({}, fields, { detachable: { commitment: personal.commitment } })
    const json = writerOf(type)(all, {
      clock: this.#clockState,
      event_id: this.#newId(),
      event_type: type,
      gateway: this.#gateway,
      occurred_at: occurredAt === undefined ? now : new Date(occurredAt).toISOString(),
      recorded_at: now,
      retention_class: retentionClass,
      schema: SCHEMA_VERSION,
      tenant_id: this.#tenantId
    })
    if (json.length > MAX_EVENT_BYTES)
      throw new TypeError(`audit event ${type} is larger than an entry of a log`)
    return new SealedEvent(type, retentionClass, attemptOf(fields), json, personal?.bytes)
  }

  #text(ms: number): string {
    if (ms !== this.#ms) {
      this.#ms = ms
      this.#time = new Date(ms).toISOString()
    }
    return this.#time
  }
}

/** Only events of attempts have all three fields; the writer has checked them. */
function attemptOf(fields: object): AttemptName | undefined {
  const { attempt, request_id: requestId, app_id: appId } = fields as Readonly<Record<string, unknown>>
  return typeof attempt === 'number' && typeof requestId === 'string' && typeof appId === 'string'
    ? { requestId, attempt, appId }
    : undefined
}
