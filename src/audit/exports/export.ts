import type { Aggregate } from '../index/aggregate.ts'
import type { AuditFilter } from '../index/filter.ts'

/** A text for people, in both languages of the records. */
export interface Text {
  readonly en: string
  readonly de: string
}

export type Language = keyof Text

/**
 * Where a cell comes from: `observed` in traffic, `declared` by the operator in config or profile and recorded with the
 * traffic, `derived` by arithmetic, `missing`: somebody has to say it, and nobody has.
 */
export type Provenance = 'observed' | 'declared' | 'derived' | 'missing'

export interface Cell {
  /** Null where it is missing. Lists are joined with a blank; members hold none. */
  readonly value: string | number | null
  readonly provenance: Provenance
}

export interface ExportColumn {
  /** Stable name, `[a-z0-9_]+`. */
  readonly name: string
  readonly title: Text
  readonly kind: 'text' | 'integer' | 'decimal' | 'date'
  /** For the gap report: why it matters and who can fill it. Left out where the cell can't be missing. */
  readonly gap?: Text
}

/** Cells in the order of the columns. */
export type ExportRow = readonly Cell[]

/** Whole days (UTC), the second not included. */
export interface Period {
  readonly fromMs: number
  readonly toMs: number
}

/** What traffic was seen: the index of the trail. */
export interface Observed {
  aggregate(filter: AuditFilter, by: readonly string[]): Promise<readonly Aggregate[]>
  findings(filter: AuditFilter, by: readonly string[]): Promise<readonly Aggregate[]>
}

/** What the purpose record of an app declares. */
export interface DeclaredPurpose {
  readonly id: string
  readonly title: string | null
  readonly controller: string | null
  readonly dataSubjects: readonly string[]
}

export interface ExportSource {
  readonly observed: Observed
  /** By id. */
  readonly purposes: ReadonlyMap<string, DeclaredPurpose>
}

/** One record that auditors and authorities ask for, filled from what really happened. */
export interface AuditExport {
  /** Name on the command line, `[a-z-]+`. */
  readonly name: string
  readonly title: Text
  /** Law that asks for it. */
  readonly law: string
  readonly columns: readonly ExportColumn[]
  /** Sorted, so that the same trail gives the same file. */
  rows(source: ExportSource, period: Period): Promise<readonly ExportRow[]>
}
