import { ALNUM, DIGIT, is, WORD } from '../scanner/chars.ts'
import { isGap, MIN_SINGLES, type Traits } from '../scanner/traits.ts'
import { type View, ViewBuilder } from './text-map.ts'

/** More single characters than this are a table. */
const MAX_SINGLES = 42

/** `D E 8 9 3 7 …`, `4-1-1-1 …`: the text with such runs closed up; undefined where there are none. */
export function closeUp(text: string, { turns }: Traits): View | undefined {
  let builder: ViewBuilder | undefined
  let done = 0
  for (const at of turns) {
    if (at < done) continue
    const start = runStart(text, at, done)
    const end = runEnd(text, start)
    done = Math.max(done, end)
    if (!isValue(text, start, end)) continue
    builder ??= new ViewBuilder(text)
    for (let i = start; i < end; i++) if (!is(text.charCodeAt(i), ALNUM)) builder.replace(i, i + 1, '')
  }
  return builder?.build()
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
