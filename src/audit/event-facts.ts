import type { Art9 } from '../core/special-categories.ts'
import type {
  Api,
  Coverage,
  FindingCount,
  Operation,
  Outcome,
  PayloadState,
  PolicyDecision,
  RestoredCounts,
  Scope,
  Skipped,
  TokenUsage
} from './event-schema.ts'

/** What the pipeline tells the record: plain facts, no content. */

/** Names a request in each of its records. */
export interface RequestFacts {
  /** UUIDv7. */
  readonly requestId: string
  readonly appId: string
  readonly api: Api
  readonly operation: Operation
}

/** Names one attempt: one hop, retry or hedge to one provider. */
export interface AttemptFacts extends RequestFacts {
  readonly stream: boolean
  /** 1 for the first. */
  readonly attempt: number
  /** The configured model pattern that matched, never the text of the request. */
  readonly model: string
  readonly providerId: string
  /** Host and port as in the base URL, lower case; `in-process` for the demo. */
  readonly host: string
}

export interface PolicyFacts {
  readonly id: string
  readonly version: number
  /** `sha256:…` */
  readonly hash: string
}

/** What was found in a request and decided about it. */
export interface DecisionFacts {
  readonly policy: PolicyFacts
  readonly detectorVersion: string
  /** One entry per type and action. */
  readonly findings: readonly FindingCount[]
  /** Left out when there are none. */
  readonly flags?: FlagFacts
  readonly coverage: Coverage
  readonly skipped: readonly Skipped[]
  /** Size of the body; only its bucket is recorded. */
  readonly bytesIn: number
}

/** Special categories of personal data (Art. 9, Art. 10 GDPR) seen in a request. */
export interface FlagFacts {
  /** Each once, sorted. */
  readonly art9: readonly Art9[]
  readonly art10: boolean
}

export interface AdmissionFacts extends DecisionFacts {
  readonly decision: Exclude<PolicyDecision, 'block'>
  /** As the provider declares them. */
  readonly places: readonly string[]
  readonly payloadState: PayloadState
  /** Absent when nothing was pseudonymised. */
  readonly pseudonymScope?: Scope
}

/** How an attempt ended. Durations may be fractions and token counts come from the provider; both become integers. */
export interface EndingFacts<T extends 'completed' | 'failed'> {
  readonly outcome: Outcome<T>
  /** A `SCHLEUSE_…` code of errors.ts; never a provider's code. */
  readonly errorCode?: string
  /** What the provider answered, when it did. */
  readonly httpStatus?: number
  readonly durationMs: number
  readonly ttfbMs?: number
  /** Size of the answer; only its bucket is recorded. */
  readonly bytesOut: number
  readonly findings: readonly FindingCount[]
  readonly coverage: Coverage
  readonly skipped: readonly Skipped[]
  readonly restored: RestoredCounts
  /** Attacker-controlled: what is no integer from 0 up is left out. */
  readonly usage?: { readonly [K in keyof TokenUsage]?: unknown }
}

/** Why nothing was sent. */
export interface BlockFacts extends DecisionFacts {
  readonly outcome: Outcome<'blocked'>
  readonly errorCode: string
  readonly httpStatus: number
  readonly durationMs: number
  /** Absent when the body could not be read. */
  readonly stream?: boolean
  /** Absent when no configured pattern matched. */
  readonly model?: string
}

export interface GatewayFacts {
  readonly version: string
  readonly configHash: string
}

/** An attempt without an end. */
export interface OrphanFacts {
  readonly requestId: string
  readonly attempt: number
  readonly appId: string
}
