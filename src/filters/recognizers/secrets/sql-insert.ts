import { type Recognizer, words } from '../../recognizer.ts'
import { BLANK, is, NEWLINE } from '../../scanner/chars.ts'
import type { Scan } from '../../scanner/scan.ts'
import { isPlaceholder } from '../validators/placeholder.ts'

/** Longest list of columns, longest value, most rows of one statement that are read. */
const MAX_COLUMNS = 1024
const MAX_VALUE = 512
const MAX_ROWS = 1000

/** Passwords and tokens in `INSERT INTO … (columns) VALUES (…), (…)`: the column's name says which value is one. */
export const sqlInsert: Recognizer = {
  id: 'sql-insert',
  types: ['PASSWORD'],
  anchors: words('values'),
  recognize,
  examples: {
    match: [
      { text: "INSERT INTO users (name, password) VALUES ('max', 'kd83-Haus!')", found: 'kd83-Haus!' },
      {
        text: "INSERT INTO u (`id`, `api_token`, `n`) VALUES (1, 'kq7Zp0Tt41xW', 2),\n(2, 'mm2Qx81kkL', 3);",
        found: 'mm2Qx81kkL'
      }
    ],
    noMatch: [
      "INSERT INTO users (name, city) VALUES ('max', 'kd83-Haus!')",
      "INSERT INTO users (name, password) VALUES ('max', ?)",
      "INSERT INTO users (name, password) VALUES ('max', 'password')",
      "INSERT INTO t (password_expires) VALUES ('2024-01-01x')"
    ]
  },
  source: 'ISO/IEC 9075-2 §14.11'
}

const secretColumn =
  /(?:pass(?:wor[dt]|wd)?|passwort|kennwort|pwd|secret|token|api_?key|password_?hash|pass_?hash)[`"\]\s]*$/i

function recognize(scan: Scan, start: number, end: number): void {
  const { text } = scan
  if (start < scan.readUntil) return
  let close = start - 1
  while (start - close < 8 && is(text.charCodeAt(close), BLANK | NEWLINE)) close--
  if (text.charCodeAt(close) !== 0x29) return
  const before = text.slice(Math.max(0, close - MAX_COLUMNS), close)
  const list = before.slice(before.lastIndexOf('(') + 1)
  const columns = list.split(',').flatMap((column, i) => (secretColumn.test(column) ? [i] : []))
  if (columns.length > 0) scan.readUntil = readRows(scan, end, columns)
}

/** Reports the values of these columns, row by row; returns where it stopped. */
function readRows(scan: Scan, from: number, columns: readonly number[]): number {
  const { text } = scan
  let at = from
  for (let row = 0; row < MAX_ROWS; row++) {
    at = skip(text, at)
    if (text.charCodeAt(at) !== 0x28) return at
    at++
    for (let column = 0; ; column++) {
      at = skip(text, at)
      const quote = text.charCodeAt(at)
      const end = quote === 0x27 || quote === 0x22 ? quotedEnd(text, at + 1, quote) : bareEnd(text, at)
      if (end < 0) return at
      if (quote === 0x27 && columns.includes(column)) report(scan, at + 1, end)
      at = skip(text, quote === 0x27 || quote === 0x22 ? end + 1 : end)
      if (text.charCodeAt(at) === 0x29) break
      if (text.charCodeAt(at) !== 0x2c) return at
      at++
    }
    at = skip(text, at + 1)
    if (text.charCodeAt(at) !== 0x2c) return at
    at++
  }
  return at
}

function report(scan: Scan, start: number, end: number): void {
  const value = scan.text.slice(start, end)
  if (value.length >= 4 && !isPlaceholder(value)) scan.report(start, end, 'PASSWORD', 0.85)
}

function skip(text: string, from: number): number {
  let at = from
  while (at - from < 64 && is(text.charCodeAt(at), BLANK | NEWLINE)) at++
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
