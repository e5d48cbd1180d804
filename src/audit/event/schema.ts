import { Type, type Static, type TSchema } from 'typebox'
import { adminEvents } from './admin.ts'
import { closed, id, oneOf, part, sha256, signed, time, uuid, version, maybe } from './fields.ts'
import {
  admitted,
  attempt,
  blocked,
  consultationEnded,
  consulted,
  ending,
  type finding,
  type restored,
  type usage
} from './request.ts'
import * as v from './values.ts'

/** The closed schema of audit records, version `audit-event/1.0`. A field that is not here can't be written. */
export const SCHEMA_VERSION = 'audit-event/1.0' as const

/** What stands on every record; the builder knows it. */
export const ENVELOPE = {
  clock: maybe(
    part('clock', {
      offset_ms: maybe(signed),
      source: maybe(id),
      state: oneOf(['synced', 'unsynced', 'unknown'])
    })
  ),
  event_id: uuid,
  gateway: part('gateway', { config_hash: sha256, instance: id, version }),
  /** When it happened; the same as `recorded_at` unless told. */
  occurred_at: time,
  recorded_at: time,
  retention_class: oneOf(v.RETENTION_CLASSES),
  schema: Type.Literal(SCHEMA_VERSION),
  tenant_id: maybe(id)
}

function event<T extends string, F extends Record<string, TSchema>>(type: T, fields: F) {
  return closed({ ...ENVELOPE, ...fields, event_type: Type.Literal(type) })
}

type AdminSchemas = {
  readonly [T in keyof typeof adminEvents]: ReturnType<typeof event<T, (typeof adminEvents)[T]>>
}

/** One entry per event type. */
export const EVENT_SCHEMAS = {
  'ai.request.admitted': event('ai.request.admitted', admitted),
  'ai.request.completed': event('ai.request.completed', {
    ...ending,
    outcome: oneOf(v.OUTCOMES.completed)
  }),
  'ai.request.failed': event('ai.request.failed', { ...ending, outcome: oneOf(v.OUTCOMES.failed) }),
  'ai.request.blocked': event('ai.request.blocked', blocked),
  'ai.detector.admitted': event('ai.detector.admitted', consulted),
  'ai.detector.ended': event('ai.detector.ended', consultationEnded),
  /** An attempt whose end is missing, because the gateway died: written when the log is opened again. */
  'ai.request.orphaned': event('ai.request.orphaned', {
    app_id: id,
    attempt: attempt.attempt,
    request_id: uuid
  }),
  ...(Object.fromEntries(
    Object.entries(adminEvents).map(([type, fields]) => [type, event(type, fields)])
  ) as unknown as AdminSchemas)
} as const

export type EventType = keyof typeof EVENT_SCHEMAS
export type EventBody<T extends EventType> = Static<(typeof EVENT_SCHEMAS)[T]>

/** Lists may be read-only, and what is optional may be undefined: both are only serialised. */
type Given<T> = T extends readonly (infer E)[]
  ? readonly Given<E>[]
  : T extends object
    ? { readonly [K in keyof T]: Given<T[K]> | (Partial<Pick<T, K>> extends Pick<T, K> ? undefined : never) }
    : T
/** What a caller says of an event: all but what the builder knows. */
export type EventFields<T extends EventType> = Given<Omit<EventBody<T>, keyof typeof ENVELOPE | 'event_type'>>

/** What stands on every record of one gateway, and what may be told apart per event. */
export type Envelope = Given<Static<ReturnType<typeof closed<typeof ENVELOPE>>>>

export type Outcome<T extends keyof typeof v.OUTCOMES> = (typeof v.OUTCOMES)[T][number]
export type RetentionClass = (typeof v.RETENTION_CLASSES)[number]
export type FindingAction = (typeof v.FINDING_ACTIONS)[number]
export type PolicyDecision = (typeof v.POLICY_DECISIONS)[number]
export type Skipped = (typeof v.SKIPPED)[number]
export type SizeBucket = (typeof v.SIZE_BUCKETS)[number]
export type FindingCount = Static<typeof finding>
export type TokenUsage = Static<typeof usage>
export type RestoredCounts = Static<typeof restored>
