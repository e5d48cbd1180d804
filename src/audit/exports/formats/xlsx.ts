import { Worker } from 'node:worker_threads'
import type { Cell, ExportColumn, Language } from '../export.ts'
import { GapCount } from '../gaps.ts'
import { LAST, lawOf, missingIn, pieces, provenanceOf, type ExportFormat, type Filled } from './format.ts'
import { sourceOf } from './sources.ts'
import { plainWords } from './words.ts'

/** A day is no text, so that spreadsheets sort and filter by it. */
export type SheetCell = string | number | { readonly day: string } | null

/** One sheet of a workbook. */
export interface Sheet {
  /** At most 31 characters, none of `[]:*?/\`. */
  readonly name: string
  readonly header: readonly string[]
  readonly rows: readonly (readonly SheetCell[])[]
  /** In characters. */
  readonly widths: readonly number[]
}

/** A workbook is made as a whole: this many rows take about 200 MB and ten seconds of its thread. */
const MAX_ROWS = 50_000
/** Longest text of a cell in Excel. */
const MAX_CHARS = 32_767

/** For spreadsheets, typed: numbers are numbers, days are days, and no text is a formula. */
export const xlsx: ExportFormat = {
  name: 'xlsx',
  extension: 'xlsx',
  contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  maxRows: MAX_ROWS,
  async *write(filled, language) {
    yield await writeWorkbook(await sheetsOf(filled, language))
  }
}

/** Writes sheets in a thread of its own. @throws Error when the thread fails */
export function writeWorkbook(sheets: readonly Sheet[]): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./xlsx-worker.ts', import.meta.url), { workerData: sheets })
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', code => reject(new Error(`the thread of the workbook ended with ${code}`)))
  })
}

const WORDS = {
  record: { en: 'Record', de: 'Verzeichnis' },
  missing: { en: 'Missing', de: 'Fehlt' },
  origin: { en: 'Sources', de: 'Herkunft' },
  about: { en: 'About', de: 'Angaben' },
  column: { en: 'Column', de: 'Spalte' },
  rows: { en: 'Rows', de: 'Zeilen' },
  why: { en: 'Why it matters, who can fill it', de: 'Warum es zählt, wer es ergänzen kann' },
  source: { en: 'Where it comes from', de: 'Woher es stammt' },
  value: { en: 'Value', de: 'Wert' },
  letters: {
    en: 'provenance: o observed, d declared, a derived, - missing; one letter per column',
    de: 'Herkunft: o beobachtet, d angegeben, a abgeleitet, - fehlt; ein Buchstabe je Spalte'
  }
} as const

async function sheetsOf(filled: Filled, language: Language): Promise<Sheet[]> {
  const { record, from, to } = filled
  const gaps = new GapCount(record.columns)
  const rows: SheetCell[][] = []
  for await (const piece of pieces(filled)) {
    for (const row of piece) {
      gaps.add(row)
      const cells = row.map((cell, at) => sheetCell(cell, record.columns[at], language))
      rows.push([...cells, missingIn(row, record.columns, language) || null, provenanceOf(row)])
    }
  }
  const word = (name: keyof typeof WORDS): string => WORDS[name][language]
  const about = [
    record.title[language],
    lawOf(record, language),
    `${from} – ${to} (UTC)`,
    String(rows.length),
    WORDS.letters[language]
  ]
  return [
    {
      name: word('record'),
      header: [
        ...record.columns.map(({ title }) => title[language]),
        LAST.missing[language],
        LAST.provenance[language]
      ],
      rows,
      widths: [...record.columns.map(({ kind }) => (kind === 'text' ? 24 : 14)), 40, 24]
    },
    {
      name: word('missing'),
      header: [word('column'), word('rows'), word('why')],
      rows: gaps.gaps.map(({ title, rows: count, text }) => [title[language], count, text[language]]),
      widths: [30, 10, 100]
    },
    {
      name: word('origin'),
      header: [word('column'), word('source')],
      rows: record.columns.map(({ title, source }) => [title[language], sourceOf(source, language)]),
      widths: [30, 60]
    },
    { name: word('about'), header: [word('value')], rows: about.map(line => [line]), widths: [80] }
  ]
}

function sheetCell({ value }: Cell, column: ExportColumn | undefined, language: Language): SheetCell {
  if (value === null || value === '') return null
  if (typeof value === 'number') return value
  if (column?.kind === 'date' && /^\d{4}-\d{2}-\d{2}$/.test(value)) return { day: value }
  return plainWords(column?.name ?? '', value, language).slice(0, MAX_CHARS)
}
