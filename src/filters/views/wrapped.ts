import { ALNUM, is } from '../scanner/chars.ts'
import { type View, ViewBuilder } from './text-map.ts'

/** How far around a line end a value may reach. */
const WINDOW = 64

/** Shortest token that is looked at, as `before` has it. */
const LONG = 20

/** A value cut in two by a line end, seen in one piece, and where it was cut. */
export interface Joined {
  /** Where the view's text begins in the original. */
  readonly offset: number
  readonly view: View
  /** Offset of the cut in the view. */
  readonly cut: number
}

/** Types that are certain enough to be put together from two lines. */
export const joinable = /^(?:IBAN|EMAIL|CARD|[A-Z_]*(?:KEY|TOKEN)[A-Z_]*)$/

const before =
  /(?:\b[A-Z]{2} ?\d\d(?: ?[\dA-Z]){1,28}|\d{4}[ -]\d{4}(?:[ -]\d{1,4})?|[\w.+-]@(?:[\w.-]{0,60}[.-])?|(?=\w{0,40}\d)\w{20}) ?-?$/
const after = /^[ \t>|#*]{0,8}(?:[\dA-Z]{1,4}(?:[ -][\dA-Z]{1,4}|[ ,.;)\r\n]|$)|@?[\w-]{1,60}|[\w]{4})/

/** A line that begins with a name and its value goes on with nothing. */
const named = /^[ \t>|#*]{0,40}["']?[\w-]{1,40}["']?[ \t]{0,2}(?::[ \t\r\n]|=[ \t"'\w])/

/** Line ends in the middle of what looks like an IBAN, a card, an e-mail address or a key. */
export function joinLines(text: string): Joined[] {
  const joined: Joined[] = []
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
    const end = text.charCodeAt(at - 1) === 0x0d ? at - 1 : at
    const last = text.charCodeAt(end - 1)
    if (!mayGoOn(text, end, last)) continue
    const offset = Math.max(0, end - WINDOW)
    const head = text.slice(Math.max(offset, text.lastIndexOf('\n', end - 1) + 1), end)
    if (!before.test(head)) continue
    const next = text.slice(at + 1, at + 1 + WINDOW)
    if (!after.test(next) || named.test(next)) continue
    const one = join(text, end - head.length, end, at + 1)
    if (one !== undefined) joined.push(one)
  }
  return joined
}

/** Part of an address, groups of digits or capitals, or a token too long for a word ends the line. */
function mayGoOn(text: string, end: number, last: number): boolean {
  if (last === 0x40) return true
  if (last === 0x2e || last === 0x2d) return text.slice(Math.max(0, end - 32), end).includes('@')
  if (endsLong(text, end)) return true
  if (last >= 0x61) return false
  for (let at = end - 1; at > end - 10; at--) if (!isGroup(text.charCodeAt(at))) return false
  return true
}

/** A token of `LONG` characters ends here; most words are told by a look at three of them. */
function endsLong(text: string, end: number): boolean {
  if (!isToken(text, end - 1) || !isToken(text, end - 14) || !isToken(text, end - LONG)) return false
  for (let at = end - LONG; at < end; at++) if (!isToken(text, at)) return false
  return true
}

function isToken(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return code === 0x5f || (code < 0x80 && is(code, ALNUM))
}

/** Digit, capital, blank or hyphen. */
function isGroup(code: number): boolean {
  return code === 0x20 || code === 0x2d || (is(code, ALNUM) && code < 0x61)
}

function join(text: string, offset: number, end: number, next: number): Joined | undefined {
  let from = next
  while (from - next < 8 && !is(text.charCodeAt(from), ALNUM) && text.charCodeAt(from) !== 0x40) from++
  const stop = text.indexOf('\n', from)
  const original = text.slice(offset, Math.min(stop < 0 ? text.length : stop, from + WINDOW))
  const builder = new ViewBuilder(original)
  builder.replace(end - offset, from - offset, '')
  const view = builder.build()
  return view === undefined ? undefined : { offset, view, cut: end - offset }
}
