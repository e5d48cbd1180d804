import { Type, type Static, type TSchema } from 'typebox'
import { ART9 } from '../core/special-categories.ts'

/**
 * The closed schema of audit records, version `audit-event/1.0`. A field that is not here can't be written.
 *
 * No content: every string is an id, an enum or a name from the config, of bounded length and narrow charset; numbers
 * are integers. Lists are bounded. Ids, hosts and model patterns can't begin with `=`, `+`, `-`, tab or CR, which
 * spreadsheets take for formulas.
 */

export const SCHEMA_VERSION = 'audit-event/1.0' as const

/**
 * How an attempt or request ended: the outcomes of audit-event.md, besides `invalid_request` for what breaks the
 * protocol and `gateway_error` for faults of our own.
 */
export const OUTCOMES = {
  /** The answer reached its end: as asked, as an error of the provider, or stopped for what the model wrote. */
  completed: ['ok', 'provider_error', 'blocked_policy'],
  /** The attempt broke off. */
  failed: ['provider_error', 'client_abort', 'timeout', 'detector_failure', 'gateway_error'],
  /** Nothing was sent. */
  blocked: [
    'blocked_policy',
    'blocked_transfer',
    'blocked_unclassified',
    'invalid_request',
    'client_abort',
    'detector_failure',
    'gateway_error'
  ]
} as const

/** What was done about findings. */
export const FINDING_ACTIONS = ['pseudonymised', 'masked', 'redacted', 'blocked', 'kept'] as const
/** What state personal data left in. */
export const PAYLOAD_STATES = ['clear', 'pseudonymised', 'nothing_found'] as const
export const COVERAGES = ['full', 'partial', 'none'] as const
/** Parts that were sent or passed on without being read. */
export const SKIPPED = ['image', 'audio', 'file', 'encrypted_state', 'provider_tool', 'logprobs'] as const
export const POLICY_DECISIONS = ['allow', 'allow_masked', 'block'] as const
/** Half-open ranges of bytes; coarse, so that a size is no fingerprint of a short text. */
export const SIZE_BUCKETS = [
  '0-1k',
  '1k-4k',
  '4k-16k',
  '16k-64k',
  '64k-256k',
  '256k-1m',
  '1m-4m',
  '4m-16m',
  '16m+'
] as const
export const APIS = ['openai.chat_completions'] as const
/** Values of `gen_ai.operation.name` (OpenTelemetry GenAI conventions). */
export const OPERATIONS = ['chat'] as const
export const SCOPES = ['request', 'conversation', 'app'] as const

function closed<T extends Record<string, TSchema>>(properties: T) {
  return Type.Object(properties, { additionalProperties: false })
}

const count = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })
const uuid = Type.String({ pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$' })
const time = Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z$' })
const id = Type.String({ pattern: '^[a-z0-9][a-z0-9._-]{0,63}$' })
const version = Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._+-]{0,63}$' })
const sha256 = Type.String({ pattern: '^sha256:[0-9a-f]{64}$' })
const errorCode = Type.String({ pattern: '^SCHLEUSE_[A-Z_]{1,48}$' })
const entityType = Type.String({ pattern: '^(?=.{1,24}$)[A-Z]+(_[A-Z]+)*$' })
const place = Type.String({ pattern: '^([A-Z]{2}|EEA|self)$' })
/** Host and port as URLs write them, or `in-process` for a provider inside the gateway. */
const host = Type.String({ pattern: '^[a-z0-9[][a-z0-9.:[\\]-]{0,259}$' })
/** The configured pattern that matched, never the text of the request. */
const model = Type.String({ pattern: '^(\\*|[A-Za-z0-9@][A-Za-z0-9._:/@-]{0,127}\\*?)$' })

const finding = closed({
  action: Type.Enum([...FINDING_ACTIONS]),
  class: entityType,
  count: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
  side: Type.Enum(['request', 'response'])
})
const findings = Type.Array(finding, { maxItems: 500 })
const skipped = Type.Array(Type.Enum([...SKIPPED]), { maxItems: SKIPPED.length })
/** Absent when there are none. */
const flags = Type.Optional(
  closed({
    art10: Type.Boolean(),
    art9: Type.Array(Type.Enum([...ART9]), { maxItems: ART9.length })
  })
)
const policy = closed({ decision: Type.Enum([...POLICY_DECISIONS]), hash: sha256, id, version: count })

const envelope = {
  event_id: uuid,
  occurred_at: time,
  schema: Type.Literal(SCHEMA_VERSION)
}

/** What names a request in each of its records. */
const request = {
  ...envelope,
  api: Type.Enum([...APIS]),
  app_id: id,
  operation: Type.Enum([...OPERATIONS]),
  request_id: uuid
}

/** What names an attempt: one hop, retry or hedge to one provider. */
const attempt = {
  ...request,
  attempt: Type.Integer({ minimum: 1, maximum: 1000 }),
  endpoint: closed({ host }),
  model: closed({ requested: model }),
  provider: closed({ id }),
  stream: Type.Boolean()
}

const usage = closed({
  cached_input_tokens: Type.Optional(count),
  input_tokens: Type.Optional(count),
  output_tokens: Type.Optional(count),
  reasoning_tokens: Type.Optional(count)
})

/** Pseudonyms in the answer: issued by the request, then found exactly, altered, invented by the model, left as is. */
const restored = closed({ altered: count, exact: count, invented: count, issued: count, unresolved: count })

const ending = {
  coverage: closed({ response: Type.Enum([...COVERAGES]), skipped }),
  duration_ms: count,
  error_code: Type.Optional(errorCode),
  findings,
  http_status: Type.Optional(Type.Integer({ minimum: 100, maximum: 599 })),
  restored,
  size_out_bucket: Type.Enum([...SIZE_BUCKETS]),
  ttfb_ms: Type.Optional(count),
  usage: Type.Optional(usage)
}

const gateway = closed({ config_hash: sha256, version })

export const EVENT_SCHEMAS = {
  'ai.request.admitted': closed({
    ...attempt,
    coverage: closed({ request: Type.Enum([...COVERAGES]), skipped }),
    detector: closed({ version }),
    event_type: Type.Literal('ai.request.admitted'),
    findings,
    flags,
    location: closed({ processing: Type.Array(place, { minItems: 1, maxItems: 300 }) }),
    policy,
    pseudonym: Type.Optional(closed({ scheme: Type.Literal('keyed_code'), scope: Type.Enum([...SCOPES]) })),
    size_in_bucket: Type.Enum([...SIZE_BUCKETS]),
    transfer: closed({ decision: Type.Literal('allow'), payload_state: Type.Enum([...PAYLOAD_STATES]) })
  }),
  'ai.request.completed': closed({
    ...attempt,
    ...ending,
    event_type: Type.Literal('ai.request.completed'),
    outcome: Type.Enum([...OUTCOMES.completed])
  }),
  'ai.request.failed': closed({
    ...attempt,
    ...ending,
    event_type: Type.Literal('ai.request.failed'),
    outcome: Type.Enum([...OUTCOMES.failed])
  }),
  'ai.request.blocked': closed({
    ...request,
    coverage: closed({ request: Type.Enum([...COVERAGES]), skipped }),
    detector: closed({ version }),
    duration_ms: count,
    error_code: errorCode,
    event_type: Type.Literal('ai.request.blocked'),
    findings,
    flags,
    http_status: Type.Integer({ minimum: 400, maximum: 599 }),
    model: Type.Optional(closed({ requested: model })),
    outcome: Type.Enum([...OUTCOMES.blocked]),
    policy,
    size_in_bucket: Type.Enum([...SIZE_BUCKETS]),
    // absent when the body could not be read
    stream: Type.Optional(Type.Boolean())
  }),
  'ai.request.orphaned': closed({
    ...envelope,
    app_id: id,
    attempt: Type.Integer({ minimum: 1, maximum: 1000 }),
    event_type: Type.Literal('ai.request.orphaned'),
    request_id: uuid
  }),
  'gateway.started': closed({
    ...envelope,
    event_type: Type.Literal('gateway.started'),
    gateway,
    policy: closed({ hash: sha256, id, version: count })
  }),
  'gateway.stopped': closed({ ...envelope, event_type: Type.Literal('gateway.stopped'), gateway })
} as const

export type EventType = keyof typeof EVENT_SCHEMAS
export type EventBody<T extends EventType> = Static<(typeof EVENT_SCHEMAS)[T]>
export type Outcome<T extends keyof typeof OUTCOMES> = (typeof OUTCOMES)[T][number]
export type FindingAction = (typeof FINDING_ACTIONS)[number]
export type Api = (typeof APIS)[number]
export type Operation = (typeof OPERATIONS)[number]
export type Scope = (typeof SCOPES)[number]
export type PayloadState = (typeof PAYLOAD_STATES)[number]
export type Coverage = (typeof COVERAGES)[number]
export type Skipped = (typeof SKIPPED)[number]
export type PolicyDecision = (typeof POLICY_DECISIONS)[number]
export type SizeBucket = (typeof SIZE_BUCKETS)[number]
export type FindingCount = Static<typeof finding>
export type TokenUsage = Static<typeof usage>
export type RestoredCounts = Static<typeof restored>
