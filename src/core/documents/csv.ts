import type { DocumentFormat, DocumentTexts } from './document.ts'

/** A cell, as it is written; quotes around it are not part of it. */
interface Cell {
  readonly text: string
  readonly at: number
}

/** Tables (RFC 4180), also with semicolons or tabs. Titles of columns are known to the detectors, as keys of JSON are. */
export const csv: DocumentFormat = {
  extensions: ['csv', 'tsv'],
  types: ['text/csv', 'text/tab-separated-values'],
  read: (text, into) => {
    const rows = rowsOf(text, separatorOf(text), into.room)
    // Too many cells, or quotes that do not end: all of it is one text, which is scanned too.
    if (rows === null) into.text(text, 0)
    else report(rows, into)
    return text
  }
}

function report(rows: readonly (readonly Cell[])[], into: DocumentTexts): void {
  const [first = []] = rows
  const titles = isHead(first) ? first.map(({ text }) => text) : []
  for (const row of rows)
    for (const [column, { text, at }] of row.entries())
      into.text(text, at, row === first ? '' : (titles[column] ?? ''))
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

/** Null when a quote does not end or there are more cells than `max`. */
function rowsOf(text: string, separator: string, max: number): Cell[][] | null {
  const rows: Cell[][] = []
  let row: Cell[] = []
  let cells = 0
  for (let at = 0; at <= text.length; ) {
    if (++cells > max) return null
    const isQuoted = text.charAt(at) === '"'
    const end = isQuoted ? quoteEnd(text, at + 1) : cellEnd(text, at, separator)
    if (end < 0) return null
    row.push(isQuoted ? { text: text.slice(at + 1, end), at: at + 1 } : { text: text.slice(at, end), at })
    at = isQuoted ? end + 1 : end
    if (text.charAt(at) === '\r' && text.charAt(at + 1) === '\n') at++
    if (at >= text.length || text.charAt(at) === '\n') {
      rows.push(row)
      row = []
    } else if (text.charAt(at) !== separator) return null
    at++
  }
  return rows
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
