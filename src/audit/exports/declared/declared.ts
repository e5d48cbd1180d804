import type { RecordsFile } from './schema.ts'

/**
 * What the operator declared, as it stands in the config now. The trail holds what was declared when a request was sent;
 * this names what ids of the trail stand for, and what no request shows.
 */
export interface Declared {
  /** Purpose records of apps, by id. */
  readonly purposes: ReadonlyMap<string, DeclaredPurpose>
  /** By id. */
  readonly deployments: ReadonlyMap<string, DeclaredDeployment>
  /** By id. */
  readonly providers: ReadonlyMap<string, DeclaredProvider>
  /** By reference. */
  readonly contracts: ReadonlyMap<string, DeclaredContract>
  /** What only people know: the file that `records` in the config names. */
  readonly records: RecordsFile
  /** Milliseconds since the epoch at which it was asked for. */
  readonly nowMs: number
}

export interface DeclaredPurpose {
  readonly id: string
  readonly version: number
  readonly title: string | null
  readonly controller: {
    readonly name: string
    readonly code: string | null
    readonly codeType: string | null
  } | null
  readonly function: {
    readonly id: string
    readonly name: string | null
    readonly critical: boolean
  } | null
  readonly dataSubjects: readonly string[]
  readonly dpia: string | null
  readonly ropa: string | null
  readonly fria: string | null
  readonly disclosure: string | null
}

export interface DeclaredDeployment {
  readonly id: string
  readonly provider: string
  /** Places as declared: countries, EU, EEA, `self`, `world`, `unknown`. */
  readonly places: readonly string[]
  readonly models: readonly string[]
  readonly retentionDays: number | null
}

export interface DeclaredProvider {
  readonly id: string
  /** Legal entity. */
  readonly name: string | null
  readonly code: string | null
  readonly codeType: 'LEI' | 'EUID' | null
  /** Version of the profile that says so. */
  readonly version: number
}

export interface DeclaredContract {
  readonly reference: string
  readonly provider: string
  readonly from: string
  readonly to: string | null
}

/** Days on which a contract held; both included. */
export function isInForce({ from, to }: Pick<DeclaredContract, 'from' | 'to'>, day: string): boolean {
  return from <= day && (to === null || day <= to)
}
