/** A cell of a table in plain text: its place, without blanks and quotes around it, and the head of its column. */
export interface TableCell {
  readonly start: number
  readonly end: number
  readonly label: string
}

/** Longest head of a column and longest line that may be a row of heads. */
export const MAX_HEAD = 40
const MAX_HEADS = 2000
export const MAX_COLUMNS = 128
/** Shorter cells hold nothing that a name could tell. */
export const MIN_CELL = 3
export const MAX_CELL = 256

/** Where commas separate arguments and clauses: source code, sentences, numbers. */
const notHeads = /^[^*"'\p{L}]|[(){}[\]=<>@!?]/u
/** So lines of prose end, most often. */
const sentenceEnds = '.,;:'

/** What separates cells, likelier first. */
const separators = ['\t', '|', ';', ',']
/** A comma between two parts is prose. */
const pairSeparators = ['\t', '|', ';']

/**
 * Cells of the tables in a text, one head line and rows with as many cells each: CSV with any of tab, semicolon, comma
 * or bar, quoted or not, and Markdown; and lines of two cells, the first of which names the second. Each line is read once as a head and once as a row at most.
 * @param isNaming whether a column's head is of interest; cells of other columns are left out
 * @param isPlain the text has no tab, bar or semicolon
 */
export function* tableCells(
  text: string,
  isNaming: (head: string) => boolean,
  isPlain = false
): Generator<TableCell> {
  for (let at = 0; at < text.length; ) {
    const lineEnd = endOfLine(text, at)
    const next = lineEnd + 1
    if (isPlain && !mayBeList(text, at, lineEnd)) {
      at = next
      continue
    }
    const table = next < text.length ? readHead(text, at, lineEnd, isNaming) : undefined
    const pair = isPlain ? undefined : readPair(text, at, lineEnd, isNaming)
    if (pair !== undefined) yield pair
    at = table === undefined ? next : yield* readRows(text, next, table, isNaming)
  }
}

/** By code: 1 for what no head line with commas holds; `notHeads` has them. */
const codeSigns = new Uint8Array(0x80)
for (const char of '(){}[]=<>@!?') codeSigns[char.charCodeAt(0)] = 1

/**
 * False when no line of a text without tabs, bars and semicolons can be the head of a table: most lines of prose are told by
 * their last character, the others by a first part that is too long for a head.
 */
export function mayHoldList(text: string): boolean {
  for (let at = 0, end = text.indexOf('\n'); end >= 0; at = end + 1, end = text.indexOf('\n', at))
    if (mayBeList(text, at, end)) return true
  return false
}

function mayBeList(text: string, from: number, to: number): boolean {
  if (to - from > MAX_HEADS || to - from < 3 || sentenceEnds.includes(text.charAt(to - 1))) return false
  let at = from
  while (text.charCodeAt(at) === 0x20) at++
  // With the quotation marks around it, and the space behind it.
  let left = MAX_HEAD + 3
  for (; at < to && left > 0; at++) {
    const code = text.charCodeAt(at)
    if (code === 0x2c) return true
    if (codeSigns[code] === 1) return false
    if (code !== 0x20) left--
  }
  return false
}

interface Table {
  readonly separator: string
  readonly columns: number
  /** By column: its head, where it is of interest. */
  readonly heads: ReadonlyMap<number, string>
}

type Place = readonly [start: number, end: number]

/** Offset of the line end, or of the text's. */
export function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end < 0 ? text.length : end
}

/** A line of two short cells or more, none of them empty, no number and no sentence; and another with as many follows. */
function readHead(
  text: string,
  from: number,
  to: number,
  isNaming: (head: string) => boolean
): Table | undefined {
  if (to - from > MAX_HEADS || to - from < 3) return undefined
  const line = text.slice(from, to)
  const separator = separators.find(candidate => line.includes(candidate))
  if (separator === undefined) return undefined
  if (separator === ',' && (sentenceEnds.includes(text.charAt(to - 1)) || notHeads.test(line)))
    return undefined
  const places = cellsOf(text, from, to, separator)
  if (places.length < 2 || !places.every(([start, end]) => isHead(text, start, end))) return undefined
  const row = cellsOf(text, to + 1, endOfLine(text, to + 1), separator)
  if (row.length !== places.length) return undefined
  const heads = new Map<number, string>()
  const names = places.map(([start, end]) => text.slice(start, end))
  for (const [column, head] of surnamed(names).entries()) if (isNaming(head)) heads.set(column, head)
  return heads.size === 0 ? undefined : { separator, columns: places.length, heads }
}

/** Beside a column of given names the one called `Name` holds surnames. */
export function surnamed(heads: readonly string[]): readonly string[] {
  if (!heads.some(head => /^(?:vorname|first[ _-]?name|given[ _-]?name|prénom|nombre)n?$/i.test(head)))
    return heads
  return heads.map(head => (/^name$/i.test(head) ? 'Nachname' : head))
}

/** A line of a table with two columns, the names in the first: `Aktenzeichen | 12 O 345/21`. */
function readPair(
  text: string,
  from: number,
  to: number,
  isNaming: (head: string) => boolean
): TableCell | undefined {
  if (to - from > MAX_HEAD + MAX_CELL) return undefined
  const line = text.slice(from, to)
  const separator = pairSeparators.find(candidate => line.includes(candidate))
  if (separator === undefined) return undefined
  const [name, value, further] = cellsOf(text, from, to, separator)
  if (name === undefined || value === undefined || further !== undefined) return undefined
  const [start, end] = value
  if (end - start < MIN_CELL || !isHead(text, ...name)) return undefined
  const label = text.slice(...name).replace(/:$/, '')
  return isNaming(label) ? { start, end, label } : undefined
}

/** A short name that begins with a letter. */
export function isHead(text: string, start: number, end: number): boolean {
  if (start === end || end - start > MAX_HEAD) return false
  return /^[*\p{L}](?:[^.!?@]|\.(?=[-\p{L}\d]))*\.?[\p{L}\d)*]*$/u.test(text.slice(start, end))
}

/** Yields the rows' cells; returns where the table has ended. Of two columns the first may hold names instead. */
function* readRows(
  text: string,
  from: number,
  table: Table,
  isNaming: (head: string) => boolean
): Generator<TableCell, number> {
  let at = from
  while (at < text.length) {
    const lineEnd = endOfLine(text, at)
    const places = cellsOf(text, at, lineEnd, table.separator)
    if (places.length !== table.columns) return at
    const pair = table.columns === 2 ? readPair(text, at, lineEnd, isNaming) : undefined
    if (pair !== undefined) yield pair
    for (const [column, label] of table.heads) {
      const [start, end] = places[column] ?? [0, 0]
      if (end - start >= MIN_CELL && end - start <= MAX_CELL) yield { start, end, label }
    }
    at = lineEnd + 1
  }
  return at
}

/** Places of the cells of a line; none when it has more than there may be. Bars at its ends are no cells. */
function cellsOf(text: string, from: number, to: number, separator: string): Place[] {
  let start = from
  let end = text.charCodeAt(to - 1) === 0x0d ? to - 1 : to
  if (separator === '|') {
    ;[start, end] = trimmed(text, start, end)
    if (text.charAt(start) === '|') start++
    if (end > start && text.charAt(end - 1) === '|') end--
  }
  const cells: Place[] = []
  while (start <= end && cells.length < MAX_COLUMNS) {
    const stop = cellEnd(text, start, end, separator)
    cells.push(unquoted(text, ...trimmed(text, start, stop)))
    start = stop + 1
  }
  return start <= end ? [] : cells
}

/** A cell in quotes may hold the separator; a quote inside it is written twice. */
function cellEnd(text: string, start: number, end: number, separator: string): number {
  let at = start
  if (text.charAt(start) === '"') {
    at++
    while (at < end && (text.charAt(at) !== '"' || text.charAt(at + 1) === '"'))
      at += text.charAt(at) === '"' ? 2 : 1
  }
  while (at < end && text.charAt(at) !== separator) at++
  return Math.min(at, end)
}

function trimmed(text: string, from: number, to: number): [number, number] {
  let start = from
  let end = to
  while (start < end && text.charCodeAt(start) === 0x20) start++
  while (end > start && text.charCodeAt(end - 1) === 0x20) end--
  return [start, end]
}

function unquoted(text: string, start: number, end: number): Place {
  const isQuoted = end - start > 1 && text.charAt(start) === '"' && text.charAt(end - 1) === '"'
  return isQuoted ? [start + 1, end - 1] : [start, end]
}
