import { BLANK, is, NEWLINE } from './scanner/chars.ts'
import { surnamed, type TableCell } from './table-cells.ts'

/** Longest list of columns, longest value, most rows of one statement that are read. */
const MAX_COLUMNS = 2048
const MAX_VALUE = 512
const MAX_ROWS = 10_000
/** Between two tokens. */
const MAX_BLANKS = 64

const keyword = /values\s{0,16}\(/gi

/**
 * The values of `INSERT INTO … (columns) VALUES (…), (…)` (ISO/IEC 9075-2 §14.11), each with the name of its column. Reads
 * each character of the text at most twice.
 * @param text attacker-controlled
 * @param isNaming whether a column's name is of interest; values of other columns are left out
 */
export function* insertCells(text: string, isNaming: (column: string) => boolean): Generator<TableCell> {
  if (!text.includes('VALUES') && !text.includes('values') && !text.includes('Values')) return
  keyword.lastIndex = 0
  for (let found = keyword.exec(text); found !== null; found = keyword.exec(text)) {
    const columns = columnsBefore(text, found.index, isNaming)
    const from = keyword.lastIndex
    if (columns.size > 0) keyword.lastIndex = Math.max(from, yield* readRows(text, from - 1, columns))
  }
}

/** By place: the names of interest in the list that ends before `at`. */
function columnsBefore(
  text: string,
  at: number,
  isNaming: (column: string) => boolean
): ReadonlyMap<number, string> {
  const columns = new Map<number, string>()
  let close = at - 1
  while (at - close < MAX_BLANKS && is(text.charCodeAt(close), BLANK | NEWLINE)) close--
  if (text.charCodeAt(close) !== 0x29) return columns
  const before = text.slice(Math.max(0, close - MAX_COLUMNS), close)
  const open = before.lastIndexOf('(')
  if (open < 0) return columns
  const names = before
    .slice(open + 1)
    .split(',')
    .map(column => column.trim().replace(/^[`"[]|[`"\]]$/g, ''))
  for (const [place, name] of surnamed(names).entries())
    if (name !== '' && isNaming(name)) columns.set(place, name)
  return columns
}

/** Yields the values of these columns, row by row; returns where the rows end. */
function* readRows(
  text: string,
  from: number,
  columns: ReadonlyMap<number, string>
): Generator<TableCell, number> {
  let at = from
  for (let row = 0; row < MAX_ROWS && text.charCodeAt(at) === 0x28; row++) {
    at++
    for (let column = 0; ; column++) {
      const start = skipBlanks(text, at)
      const quote = quoteAt(text, start)
      const end = quote === 0 ? bareEnd(text, start) : quotedEnd(text, start + 1, quote)
      if (end < 0) return start
      const label = columns.get(column)
      const inner = quote === 0 ? start : start + 1
      if (label !== undefined && end > inner) yield { start: inner, end, label }
      at = skipBlanks(text, quote === 0 ? end : end + 1)
      if (text.charCodeAt(at) === 0x29) break
      if (text.charCodeAt(at) !== 0x2c) return at
      at++
    }
    const next = skipBlanks(text, at + 1)
    if (text.charCodeAt(next) !== 0x2c) return next
    at = skipBlanks(text, next + 1)
  }
  return at
}

/** The quotation mark, 0 when there is none. */
function quoteAt(text: string, at: number): number {
  const code = text.charCodeAt(at)
  return code === 0x27 || code === 0x22 ? code : 0
}

function skipBlanks(text: string, from: number): number {
  let at = from
  while (at - from < MAX_BLANKS && is(text.charCodeAt(at), BLANK | NEWLINE)) at++
  return at
}

/** The closing quote; two of them stand for one. -1 when the value is too long. */
function quotedEnd(text: string, from: number, quote: number): number {
  for (let at = from; at - from <= MAX_VALUE && at < text.length; at++) {
    if (text.charCodeAt(at) === 0x5c) at++
    else if (text.charCodeAt(at) === quote) {
      if (text.charCodeAt(at + 1) !== quote) return at
      at++
    }
  }
  return -1
}

function bareEnd(text: string, from: number): number {
  let at = from
  while (at - from < MAX_VALUE && at < text.length && !',()'.includes(text.charAt(at))) at++
  return at === from ? -1 : at
}
