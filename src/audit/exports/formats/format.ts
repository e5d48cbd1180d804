import type { AuditExport, ExportRow, Language } from '../export.ts'

/** A record with what it was made of. */
export interface Filled {
  readonly record: AuditExport
  readonly rows: readonly ExportRow[]
  /** ISO dates (UTC); the second is the last day. */
  readonly from: string
  readonly to: string
}

/** How a record leaves as a file. */
export interface ExportFormat {
  readonly name: string
  readonly extension: string
  readonly contentType: string
  write(filled: Filled, language: Language): string
}
