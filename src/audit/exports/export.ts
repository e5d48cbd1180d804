import type { AuditQueries } from '../index/audit-index.ts'
import type { Declared } from './declared/declared.ts'
import type { Register } from './dora/package.ts'
import type { ExportFormat } from './formats/format.ts'

/** A text for people, in both languages of the records. */
export interface Text {
  readonly en: string
  readonly de: string
}

export type Language = keyof Text

/**
 * Where a cell comes from: `observed` in traffic, `declared` by the operator in config, profile or register, `derived` by
 * arithmetic, `missing`: somebody has to say it, and nobody has.
 */
export type Provenance = 'observed' | 'declared' | 'derived' | 'missing'

export interface Cell {
  /** Null where it is missing. Lists are joined with a blank, texts of people with a semicolon. */
  readonly value: string | number | null
  readonly provenance: Provenance
  /** Where exactly, when it is not where its column says. */
  readonly source?: string
}

export interface ExportColumn {
  /** Stable name, `[a-z0-9_]+`. */
  readonly name: string
  readonly title: Text
  readonly kind: 'text' | 'integer' | 'decimal' | 'date'
  /** Where its cells come from: `trail:` a field of the records, `config:` or `records:` a key, `register:` a template. */
  readonly source: string
  /** For the gap report: why it matters and who can fill it. Left out where the cell can't be missing. */
  readonly gap?: Text
}

/** Cells in the order of the columns. */
export type ExportRow = readonly Cell[]

/** Rows that are too many for memory: read while they are written, some thousand at a time. */
export interface RowStream extends AsyncIterable<readonly ExportRow[]> {
  /** As many rows as will come; known before the first, because an export is recorded with its number of rows. */
  readonly length: number
}

export type ExportRows = readonly ExportRow[] | RowStream

/** Whole days (UTC), the second not included. */
export interface Period {
  readonly fromMs: number
  readonly toMs: number
}

/** What traffic was seen: the index of the trail. */
export type Observed = Omit<AuditQueries, 'event'>

export interface ExportSource {
  readonly observed: Observed
  readonly declared: Declared
  /**
   * The register that the company keeps already; null when it named none. Read each time: people go on with it.
   * @throws errors.RegisterUnreadable
   */
  readonly register: () => Promise<Register | null>
}

/** One record that auditors and authorities ask for, filled from what really happened. */
export interface AuditExport {
  /** Name on the command line, `[a-z-]+`. */
  readonly name: string
  readonly title: Text
  /** Law that asks for it. */
  readonly law: string
  readonly columns: readonly ExportColumn[]
  /** Formats of its own, besides those of all records. */
  readonly formats?: readonly ExportFormat[]
  /** Sorted, so that the same trail gives the same file. */
  rows(source: ExportSource, period: Period): Promise<ExportRows>
}
