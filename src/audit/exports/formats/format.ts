import type { AuditExport, ExportColumn, ExportRow, ExportRows, Language } from '../export.ts'

/** A record with what it was made of. */
export interface Filled {
  readonly record: AuditExport
  readonly rows: ExportRows
  /** ISO dates (UTC); the second is the last day. */
  readonly from: string
  readonly to: string
  /** Milliseconds since the epoch. */
  readonly createdMs: number
}

/** How a record leaves as a file. */
export interface ExportFormat {
  readonly name: string
  readonly extension: string
  readonly contentType: string
  /** Most rows it holds; absent: as many as there are. */
  readonly maxRows?: number
  /** Where the name of the file is laid down; without extension. */
  readonly fileName?: (filled: Filled) => string
  /** In pieces, so that a long record needs no more memory than a short one. */
  write(filled: Filled, language: Language): AsyncIterable<string | Uint8Array>
}

/** Names of laws as Germans write them; longer ones first. */
const GERMAN_LAWS = [
  ['Implementing Regulation', 'Durchführungsverordnung'],
  ['Regulation', 'Verordnung'],
  ['GDPR', 'DSGVO']
] as const

/** The law that asks for a record, for people. */
export function lawOf({ law }: AuditExport, language: Language): string {
  if (language === 'en') return law
  return GERMAN_LAWS.reduce((text, [en, de]) => text.replaceAll(en, de), germanArticles(law))
}

/** `30(1)(e)` → `30 Abs. 1 lit. e`; numbers of regulations stay. */
function germanArticles(law: string): string {
  return law
    .replace(/(\d)\((\d+)\)(?!\d)/g, '$1 Abs. $2')
    .replace(/\(([a-z])\)–\(([a-z])\)/g, ' lit. $1–$2')
    .replace(/\(([a-z])\)/g, ' lit. $1')
    .replace(/–\((\d+)\)/g, '–$1')
}

/** The last two columns of tables: which cells are missing, and where the others come from. */
export const LAST = {
  missing: { en: 'missing', de: 'fehlt' },
  provenance: { en: 'provenance', de: 'Herkunft' }
} as const

/** Names of the columns that are missing in a row, or their titles in a language. */
export function missingIn(row: ExportRow, columns: readonly ExportColumn[], language?: Language): string {
  let names = ''
  for (const [at, column] of columns.entries()) {
    if (row[at]?.provenance !== 'missing') continue
    if (names !== '') names += language === undefined ? ' ' : ', '
    names += language === undefined ? column.name : column.title[language]
  }
  return names
}

const LETTERS = { observed: 'o', declared: 'd', derived: 'a', missing: '-' } as const

/** One letter per cell: o observed, d declared, a derived by arithmetic; a stroke for missing. */
export function provenanceOf(row: ExportRow): string {
  // a leading stroke would be read as a formula
  let letters = 'p:'
  for (const { provenance } of row) letters += LETTERS[provenance]
  return letters
}

/** Rows that leave as one piece. */
const PIECE = 500

/** Rows in pieces, whether they are in memory or read on the way. */
export async function* pieces({ rows }: Filled): AsyncGenerator<readonly ExportRow[]> {
  if (Symbol.asyncIterator in rows) for await (const some of rows) yield* slices(some)
  else yield* slices(rows)
}

function* slices(rows: readonly ExportRow[]): Generator<readonly ExportRow[]> {
  for (let at = 0; at < rows.length; at += PIECE) yield rows.slice(at, at + PIECE)
}
