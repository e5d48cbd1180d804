import { ALNUM, BLANK, DIGIT, is, WORD } from '../scanner/chars.ts'
import { type View, ViewBuilder } from './text-map.ts'

/** Fewer single characters than this are taken as they stand; more than that are a table. */
const MIN_SINGLES = 8
const MAX_SINGLES = 42

/** Every run of `MIN_SINGLES` holds one of the offsets looked at, with three more of its characters behind. */
const STRIDE = 2 * MIN_SINGLES - 4

const GAP = 1
const SINGLE = 2
const kinds = new Uint8Array(0x10000)
for (let code = 0; code < 0x10000; code++) kinds[code] = is(code, ALNUM) ? SINGLE : is(code, BLANK) ? GAP : 0
for (const char of '-._*·') kinds[char.charCodeAt(0)] = GAP

/** `D E 8 9 3 7 …`, `4-1-1-1 …`: the text with such runs closed up; undefined where there are none. */
export function closeUp(text: string): View | undefined {
  let builder: ViewBuilder | undefined
  let done = 0
  const { length } = text
  for (let at = STRIDE - 1; at < length; at += STRIDE) {
    if (at < done || !isInRun(text, at)) continue
    const start = runStart(text, at, done)
    const end = runEnd(text, start)
    done = Math.max(done, end)
    if (!isValue(text, start, end)) continue
    builder ??= new ViewBuilder(text)
    for (let i = start; i < end; i++) if (!is(text.charCodeAt(i), ALNUM)) builder.replace(i, i + 1, '')
  }
  return builder?.build()
}

function isGap(code: number): boolean {
  return kinds[code] === GAP
}

/** Single characters and gaps in turns for three characters from here. */
function isInRun(text: string, at: number): boolean {
  const kind = kinds[text.charCodeAt(at)] ?? 0
  if (kind === 0 || kinds[text.charCodeAt(at + 2)] !== kind) return false
  return (kinds[text.charCodeAt(at + 1)] ?? 0) + kind === GAP + SINGLE
}

/** Start of the single characters around `at`, no further back than `stop`. */
function runStart(text: string, at: number, stop: number): number {
  let start = is(text.charCodeAt(at), ALNUM) ? at : at + 1
  while (start - stop >= 2 && isSingle(text, start - 2) && isGap(text.charCodeAt(start - 1))) start -= 2
  return start
}

function isSingle(text: string, at: number): boolean {
  return (
    is(text.charCodeAt(at), ALNUM) && !is(text.charCodeAt(at - 1), WORD) && !is(text.charCodeAt(at + 1), WORD)
  )
}

/** End of the run from `start`, however long: it is looked at once. */
function runEnd(text: string, start: number): number {
  let end = start
  for (let at = start; isSingle(text, at); ) {
    end = at + 1
    at = end
    // Between groups there may be two.
    while (at - end < 2 && isGap(text.charCodeAt(at))) at++
    if (at === end) break
  }
  return end
}

/** Neither too short nor a table, and half digits at least. */
function isValue(text: string, start: number, end: number): boolean {
  if (end - start < 2 * MIN_SINGLES - 1 || end - start > 3 * MAX_SINGLES) return false
  let singles = 0
  let digits = 0
  for (let at = start; at < end; at++) {
    if (is(text.charCodeAt(at), ALNUM)) singles++
    if (is(text.charCodeAt(at), DIGIT)) digits++
  }
  return singles >= MIN_SINGLES && singles <= MAX_SINGLES && digits * 2 >= singles
}
