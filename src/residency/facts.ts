import type { MechanismCode } from '../core/mechanisms.ts'
import type { SpecialCategory } from '../core/special-categories.ts'

/** What a decision is taken on: facts of the request and of the deployment. Ids, types and codes; never text. */

/** In which state personal data would leave. What could not be read counts as clear. */
export const PAYLOAD_STATES = ['clear', 'pseudonymised', 'nothing_found'] as const
export type PayloadState = (typeof PAYLOAD_STATES)[number]

export interface RequestFacts {
  /** Id of the calling app. */
  readonly app: string
  /** Id of the purpose the app is bound to (Art. 30(1)(b) GDPR); null when it has none. */
  readonly purpose: string | null
  /** API as records name it, e.g. `openai.chat_completions`. */
  readonly endpoint: string
  readonly payload: PayloadState
  /** Entity types found, each once. */
  readonly types: readonly string[]
  /** Those of them that would leave as they are. */
  readonly clearTypes: readonly string[]
  readonly flags: readonly SpecialCategory[]
}

export interface MechanismFacts {
  readonly code: MechanismCode
  /** What identifies it: decision, list entry, signed clauses. */
  readonly reference: string
  /** ISO date on which someone saw that it holds. */
  readonly checked: string
  /** Scope of an adequacy decision the importer falls under, e.g. `pipeda`; `adequacy_dpf` implies `dpf`. */
  readonly scope?: string | undefined
  /** What holds when an adequacy decision ends. */
  readonly fallback?: MechanismCode | undefined
}

/** One deployment as its profile, its config and the contract declare it. Null: nobody said. */
export interface DeploymentFacts {
  readonly id: string
  /** Where it processes: countries, groups, `self`, `world` or `unknown`. Never empty. */
  readonly places: readonly string[]
  /** Where it stores; null when nobody said. */
  readonly storage: readonly string[] | null
  /** Longest time content is kept; 0 when it is not stored. */
  readonly retentionDays: number | null
  readonly training: 'no' | 'opted_out' | 'yes' | null
  /** ISO date by which the public facts of the provider are to be looked at again. */
  readonly reviewDue: string | null
  readonly contract: ContractFacts | null
}

/** ISO dates, both days included; an open end is null. */
export interface ContractFacts {
  readonly reference: string
  readonly from: string
  readonly to: string | null
  /** Reference of the processing agreement (Art. 28 GDPR). */
  readonly dpa: string | null
  /** Reference of the transfer impact assessment. */
  readonly tia: string | null
  readonly mechanism: MechanismFacts | null
  /** ISO date by which the contract and its papers are to be looked at again. */
  readonly reviewDue: string | null
}

/** Why a deployment may not receive a request. */
export const REASON_CODES = [
  'place_unknown',
  'place_not_allowed',
  'place_contradicted',
  'storage_unknown',
  'storage_not_allowed',
  'mechanism_missing',
  'mechanism_not_allowed',
  'retention_unknown',
  'retention_too_long',
  'training_unknown',
  'training',
  'contract_missing',
  'dpa_missing',
  'tia_missing',
  'review_overdue',
  'refused'
] as const
export type ReasonCode = (typeof REASON_CODES)[number]

/** Papers that are missing: reported, and refused where policy is strict. */
export const GAP_CODES = [
  'contract_missing',
  'dpa_missing',
  'mechanism_missing',
  'tia_missing',
  'review_overdue'
] as const satisfies readonly ReasonCode[]
export type GapCode = (typeof GAP_CODES)[number]
