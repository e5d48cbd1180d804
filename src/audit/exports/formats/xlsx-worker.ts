import { parentPort, workerData } from 'node:worker_threads'
import writeExcelFile, { type SheetData } from 'write-excel-file/node'
import type { Sheet, SheetCell } from './xlsx.ts'

/** Writes a workbook in a thread of its own: some seconds of arithmetic that must not hold up requests. */

const HEADER = { fontWeight: 'bold', backgroundColor: '#f0f0f0', wrap: true } as const

/** Typed, so that a text that begins with `=` is a text. */
function cellOf(cell: SheetCell) {
  if (cell === null) return null
  if (typeof cell === 'number') return { value: cell, type: Number }
  if (typeof cell === 'string') return { value: cell, type: String }
  return { value: new Date(cell.day), type: Date, format: 'yyyy-mm-dd' }
}

const book = (workerData as readonly Sheet[]).map(({ name, header, rows, widths }) => ({
  sheet: name,
  data: [
    header.map(value => ({ value, type: String, ...HEADER })),
    ...rows.map(row => row.map(cellOf))
  ] as SheetData,
  columns: widths.map(width => ({ width })),
  stickyRowsCount: 1
}))
const bytes = new Uint8Array(await writeExcelFile(book).toBuffer())
parentPort?.postMessage(bytes, [bytes.buffer])
