import { endOfLine, isHead, MAX_CELL, MAX_COLUMNS, MIN_CELL, type TableCell } from './table-cells.ts'

/** What separates columns that are aligned by blanks. */
const GAP = '  '
/** Longest line of heads and of cells. */
const MAX_LINE = 400
/** Lines of code, sentences, and lines of no more than one cell. */
const notHeads = /^[ \t]*[^\p{L}\s]|[(){}[\]=<>@!?;,]|[.:]\s*$/u

interface Cell {
  readonly start: number
  readonly end: number
}

interface Column extends Cell {
  readonly label: string
  readonly isNaming: boolean
}

/**
 * Cells of tables whose columns are aligned by blanks, two at least, as terminals and typewriters write them: a line of
 * heads, perhaps a line that is drawn, and rows until one has a cell under no head. A cell stands under the head that it
 * begins, ends or lies under. Each line is read once as a head and once as a row at most.
 * @param isNaming whether a column's head is of interest; cells of other columns are left out
 */
export function* alignedCells(text: string, isNaming: (head: string) => boolean): Generator<TableCell> {
  for (let gap = text.indexOf(GAP); gap >= 0; ) {
    const inner = afterIndent(text, gap)
    if (inner > gap) {
      gap = text.indexOf(GAP, inner)
      continue
    }
    const from = text.lastIndexOf('\n', gap) + 1
    const to = endOfLine(text, gap)
    const columns = readHeads(text, from, to, isNaming)
    const next = columns.length === 0 ? to + 1 : yield* readRows(text, to + 1, columns)
    gap = text.indexOf(GAP, next)
  }
}

/** Behind the blanks that begin a line: most lines of code have no others; `gap` itself when it stands inside one. */
function afterIndent(text: string, gap: number): number {
  if (gap > 0 && text.charCodeAt(gap - 1) !== 0x0a) return gap
  let at = gap
  while (text.charCodeAt(at) === 0x20) at++
  return at
}

/** Two heads at least, one of them of interest; else none. Places count from the beginning of the line. */
function readHeads(text: string, from: number, to: number, isNaming: (head: string) => boolean): Column[] {
  if (to - from > MAX_LINE || to === text.length || notHeads.test(text.slice(from, to))) return []
  const cells = cellsOf(text, from, to)
  if (cells.length < 2 || cells.length > MAX_COLUMNS) return []
  if (!cells.every(({ start, end }) => isHead(text, from + start, from + end))) return []
  const columns = cells.map(({ start, end }) => {
    const label = text.slice(from + start, from + end)
    return { start, end, label, isNaming: isNaming(label) }
  })
  return columns.some(column => column.isNaming) ? columns : []
}

/** What stands between gaps, from the beginning of the line on. */
function cellsOf(text: string, from: number, to: number): Cell[] {
  if (to - from > MAX_LINE) return []
  return [...text.slice(from, to).matchAll(/[^\s]+(?: [^\s]+)*/g)].map(({ index, 0: cell }) => ({
    start: index,
    end: index + cell.length
  }))
}

/** Yields the rows' cells; returns where the table has ended. */
function* readRows(text: string, from: number, columns: readonly Column[]): Generator<TableCell, number> {
  let at = from
  while (at < text.length) {
    const to = endOfLine(text, at)
    if (!/^[-=+|_ \t]+\r?$/.test(text.slice(at, Math.min(to, at + MAX_LINE)))) {
      const cells = cellsOf(text, at, to)
      if (cells.length < 2 || cells.length > columns.length) return at
      const under = cells.map((cell, i) => columnOf(cell, columns, cells.length === columns.length ? i : -1))
      if (under.includes(undefined)) return at
      for (const [i, { start, end }] of cells.entries()) {
        const column = under[i]
        if (column?.isNaming === true && end - start >= MIN_CELL && end - start <= MAX_CELL)
          yield { start: at + start, end: at + end, label: column.label }
      }
    }
    at = to + 1
  }
  return at
}

/** The head above the cell; of a full row the one with the same number. */
function columnOf(cell: Cell, columns: readonly Column[], index: number): Column | undefined {
  return columns[index] ?? columns.find(({ start, end }) => cell.start < end && start < cell.end)
}
