import type { Segment } from '../core/leaf.ts'
import { alignedCells } from './aligned-cells.ts'
import { elementCells } from './element-cells.ts'
import { htmlCells } from './html-cells.ts'
import { insertCells } from './insert-cells.ts'
import { type RawFinding, type Scan, spellLabel } from './scanner/scan.ts'
import { CELL, GAP, MARKUP, VALUES } from './scanner/signs.ts'
import type { Steps } from './steps.ts'
import { mayHoldList, type TableCell, tableCells } from './table-cells.ts'

/** Longest value that is read behind its name, in characters: longer ones are texts of their own. */
const MAX_VALUE = 256
/** Cells of a table are written one below the other until so many characters, and scanned together. */
const BATCH = 8192

/**
 * False where no name tells of a value: there is none, and no line could be part of a table.
 * @param signs bits of `scanner/signs.ts`: what the text may hold
 */
export function mayBeNamed({ label, kind, text }: Segment, signs: number): boolean {
  if (label !== '') return true
  return kind === 'text' && ((signs & (CELL | GAP | MARKUP | VALUES)) !== 0 || mayHoldList(text))
}

/**
 * What a name tells of its value: the value of a JSON key is read as `name: value` would be, and each cell of a table
 * as if the head of its column stood before it. Names that say nothing to any recognizer cost one look at the name.
 * @param signs bits of `scanner/signs.ts`: what the text may hold
 * @param known what is found without names; what it holds already is left out
 */
export function* findByName(
  scan: Scan,
  segment: Segment,
  signs: number,
  known: readonly RawFinding[]
): Steps<RawFinding[]> {
  const found = yield* findNamed(scan, segment, signs)
  if (found.length === 0) return found
  yield
  const seen = new Set(known.map(placeOf))
  return found.filter(finding => !seen.has(placeOf(finding)))
}

function placeOf({ start, end, type }: RawFinding): string {
  return `${start} ${end} ${type}`
}

function* findNamed(scan: Scan, segment: Segment, signs: number): Steps<RawFinding[]> {
  const { text, label, kind } = segment
  const quick = scan.quick
  // Names in running text have been looked for; behind a name there is none.
  scan.quick = true
  try {
    const found: RawFinding[] = []
    if (kind !== 'key' && text.length <= MAX_VALUE && scan.isNaming(label))
      findInCells(scan, segment, [{ start: 0, end: text.length, label }], found)
    if (kind !== 'text') return found
    let cells: TableCell[] = []
    let size = 0
    for (const cell of cellsOf(text, signs, head => scan.isNaming(head))) {
      cells.push(cell)
      size += cell.label.length + cell.end - cell.start
      if (size < BATCH) continue
      findInCells(scan, segment, cells, found)
      cells = []
      size = 0
      yield
    }
    findInCells(scan, segment, cells, found)
    return found
  } finally {
    scan.quick = quick
  }
}

/** Ways in which cells stand under or behind what names them. */
function* cellsOf(text: string, signs: number, isNaming: (head: string) => boolean): Generator<TableCell> {
  const isPlain = (signs & CELL) === 0
  if (!isPlain || mayHoldList(text)) yield* tableCells(text, isNaming, isPlain)
  if ((signs & GAP) !== 0) yield* alignedCells(text, isNaming)
  if ((signs & MARKUP) !== 0) {
    yield* htmlCells(text, isNaming)
    yield* elementCells(text, isNaming)
  }
  if ((signs & VALUES) !== 0) yield* insertCells(text, isNaming)
}

/** Scans `name: value` lines; what lies in one value is reported where the value stands. */
function findInCells(scan: Scan, segment: Segment, cells: readonly TableCell[], found: RawFinding[]): void {
  if (cells.length === 0) return
  const starts = new Int32Array(cells.length)
  let lines = ''
  for (const [i, { start, end, label }] of cells.entries()) {
    const lead = `${spellLabel(label)}: `
    starts[i] = lines.length + lead.length
    lines += `${lead}${segment.text.slice(start, end)}\n`
  }
  for (const finding of scan.run({ ...segment, label: '', text: lines })) {
    const i = lastAtMost(starts, finding.start)
    const cell = cells[i]
    if (cell === undefined) continue
    const offset = cell.start - (starts[i] ?? 0)
    if (finding.end + offset <= cell.end)
      found.push({ ...finding, start: finding.start + offset, end: finding.end + offset })
  }
}

/** Index of the last value that is not above `limit` in a sorted list; -1 when there is none. */
function lastAtMost(sorted: Int32Array, limit: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? 0) <= limit) low = middle + 1
    else high = middle
  }
  return low - 1
}
