import type { DocumentFormat, DocumentReader, DocumentTexts, Taken } from './document.ts'

/** A cell, as it is written; quotes around it are not part of it. */
interface Cell {
  readonly text: string
  readonly at: number
}

/** Tables (RFC 4180), also with semicolons or tabs. Titles of columns are known to the detectors, as keys of JSON are. */
export const csv: DocumentFormat = {
  extensions: ['csv', 'tsv'],
  types: ['text/csv', 'text/tab-separated-values'],
  open: () => new CsvReader()
}

/** A longer record is a quote that does not end: the rest is one text, which is scanned too. UTF-16 code units. */
const MAX_RECORD = 1_048_576

class CsvReader implements DocumentReader {
  #separator: string | null = null
  #titles: readonly string[] | null = null

  take(text: string, last: boolean, into: DocumentTexts): Taken {
    this.#separator ??= separatorOf(text)
    const { rows, end } = rowsOf(text, this.#separator, last, into.room)
    if (end === null || (rows.length === 0 && text.length >= MAX_RECORD)) return 'text'
    if (rows.length === 0) return last ? 'text' : 'more'
    for (const row of rows) this.#report(row, into)
    return { end }
  }

  #report(row: readonly Cell[], into: DocumentTexts): void {
    const isFirst = this.#titles === null
    this.#titles ??= isHead(row) ? row.map(({ text }) => text) : []
    for (const [column, { text, at }] of row.entries())
      into.text(text, at, isFirst ? '' : (this.#titles[column] ?? ''))
  }
}

/** Titles are words, one per column. */
function isHead(row: readonly Cell[]): boolean {
  return row.length > 1 && row.every(({ text }) => /^[^\d@"]{1,60}$/.test(text))
}

function separatorOf(text: string): string {
  const line = /^[^\r\n]*/.exec(text.slice(0, 10_000))?.[0] ?? ''
  const counts = [',', ';', '\t'].map(char => ({ char, count: line.split(char).length }))
  return counts.reduce((best, one) => (one.count > best.count ? one : best)).char
}

interface Rows {
  readonly rows: readonly (readonly Cell[])[]
  /** Behind the last whole row; null when what stands there is no table. */
  readonly end: number | null
}

/** Whole rows of at most `room` cells. */
function rowsOf(text: string, separator: string, last: boolean, room: number): Rows {
  const rows: Cell[][] = []
  let row: Cell[] = []
  let cells = 0
  let whole = 0
  const goesOn = (at: number) => at < text.length || (last && row.length > 0)
  for (let at = 0; goesOn(at); ) {
    const cell = readCell(text, at, separator, last)
    if (cell === 'more') return { rows, end: last ? endOf(whole) : whole }
    // room for a row more is needed, or what is left is read with the next piece
    if (cell === 'broken' || ++cells > room) return { rows, end: endOf(whole) }
    row.push(cell)
    at = cell.next
    if (cell.endsRow) {
      rows.push(row)
      row = []
      whole = at
    }
  }
  return { rows, end: whole }
}

/** What was read before something broken is taken; then comes what is broken. */
function endOf(whole: number): number | null {
  return whole === 0 ? null : whole
}

interface ReadCell extends Cell {
  /** Where the next one begins. */
  readonly next: number
  readonly endsRow: boolean
}

/** `more`: it may go on behind the text. */
function readCell(text: string, at: number, separator: string, last: boolean): ReadCell | 'more' | 'broken' {
  const isQuoted = text.charAt(at) === '"'
  const end = isQuoted ? quoteEnd(text, at + 1) : cellEnd(text, at, separator)
  if (end < 0) return 'more'
  const cell = isQuoted ? { text: text.slice(at + 1, end), at: at + 1 } : { text: text.slice(at, end), at }
  let next = isQuoted ? end + 1 : end
  if (text.charAt(next) === '\r' && text.charAt(next + 1) === '\n') next++
  if (next >= text.length || (text.charAt(next) === '\r' && next + 1 >= text.length && !last))
    return last ? { ...cell, next, endsRow: true } : 'more'
  const sign = text.charAt(next)
  if (sign !== '\n' && sign !== separator) return 'broken'
  return { ...cell, next: next + 1, endsRow: sign === '\n' }
}

function quoteEnd(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 2))
    if (text.charAt(at + 1) !== '"') return at
  return -1
}

function cellEnd(text: string, from: number, separator: string): number {
  let at = from
  while (
    at < text.length &&
    text.charAt(at) !== separator &&
    text.charAt(at) !== '\n' &&
    text.charAt(at) !== '\r'
  )
    at++
  return at
}
