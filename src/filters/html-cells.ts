import { MAX_CELL, MAX_COLUMNS, MAX_HEAD, MIN_CELL, type TableCell } from './table-cells.ts'

/** Tags that make a table or a list of terms; what else stands in a cell is skipped with them. */
const tag = /<(\/?)(table|tr|th|td|dt|dd|dl)(?:\s[^<>]{0,200})?>/gi
/** Tags and blanks around the text of a cell. */
const lead = /^(?:\s|&nbsp;|<[^<>]{1,120}>){1,40}/
const trail = /(?:\s|&nbsp;|<[^<>]{1,120}>){1,40}$/
/** Longest inside of a cell, tags included. */
const MAX_INSIDE = 1024

interface Cell {
  readonly start: number
  readonly end: number
  readonly isHead: boolean
}

/**
 * Cells of tables in HTML under the heads of the first row, and of lists of terms: `<th>` and `<dt>` name what follows in
 * their row, so does the first of two cells.
 * @param isNaming whether a head is of interest; cells of others are left out
 */
export function* htmlCells(text: string, isNaming: (head: string) => boolean): Generator<TableCell> {
  if (!/<(?:td|dd)[\s>]/i.test(text)) return
  let heads: readonly string[] = []
  let row: Cell[] = []
  let open: { readonly from: number; readonly isHead: boolean } | undefined
  tag.lastIndex = 0
  for (let found = tag.exec(text); found !== null; found = tag.exec(text)) {
    const name = (found[2] ?? '').toLowerCase()
    const after = tag.lastIndex
    if (open !== undefined && row.length < MAX_COLUMNS)
      row.push({ ...inside(text, open.from, found.index), isHead: open.isHead })
    open = undefined
    const isHead = name === 'th' || name === 'dt'
    const isRowEnd = name === 'tr' || name === 'table' || name === 'dl' || (name === 'dt' && found[1] === '')
    if (isRowEnd && row.length > 0) {
      const titles = heads.length === 0 ? titlesOf(text, row) : []
      yield* readRow(text, row, heads, isNaming)
      if (titles.length > 0) heads = titles
      row = []
    }
    if (name === 'table' || name === 'dl') heads = []
    if (found[1] === '' && (isHead || name === 'td' || name === 'dd')) open = { from: after, isHead }
    // The walk is stopped and taken up again by whoever asks for the cells.
    tag.lastIndex = after
  }
}

/** The text of a cell without the tags and blanks around it. */
function inside(text: string, from: number, to: number): Pick<Cell, 'start' | 'end'> {
  if (to - from > MAX_INSIDE) return { start: from, end: from }
  const whole = text.slice(from, to)
  const start = lead.exec(whole)?.[0].length ?? 0
  const end = whole.length - (trail.exec(whole.slice(start))?.[0].length ?? 0)
  return { start: from + start, end: from + Math.max(start, end) }
}

/** Heads of columns: a row of three cells or more, or of `<th>` alone. */
function titlesOf(text: string, row: readonly Cell[]): string[] {
  const isHeads = row.length > 2 || row.every(({ isHead }) => isHead)
  const titles = row.map(({ start, end }) => (end - start > MAX_HEAD ? '' : text.slice(start, end)))
  return isHeads && row.length > 1 && titles.every(title => !/\d{3}|@/.test(title)) ? titles : []
}

function* readRow(
  text: string,
  row: readonly Cell[],
  heads: readonly string[],
  isNaming: (head: string) => boolean
): Generator<TableCell> {
  for (const [i, { start, end, isHead }] of row.entries()) {
    if (isHead || end - start < MIN_CELL || end - start > MAX_CELL) continue
    const label = heads[i] ?? nameOf(text, row, i)
    if (label !== '' && isNaming(label)) yield { start, end, label }
  }
}

/** The head in the same row, or the first of two cells. */
function nameOf(text: string, row: readonly Cell[], at: number): string {
  const name =
    row.slice(0, at).findLast(({ isHead }) => isHead) ?? (row.length === 2 ? row[at - 1] : undefined)
  if (name === undefined || name.end - name.start > MAX_HEAD) return ''
  return text.slice(name.start, name.end).replace(/:$/, '')
}
