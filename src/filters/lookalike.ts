import { APP_ID_LENGTH, base32Value, ID_LENGTH, LITERAL } from './code.ts'
import { CodeTable } from './code-table.ts'
import { HEAD_LENGTH, isWordCode, SpellingMatcher } from './spelling.ts'

/**
 * Text that already looks like a code before anything was issued. It may be a pseudonym someone saw elsewhere and types
 * to read another's value, or an honest accident; both leave the house as a code of their own and come back as typed.
 */
export interface Lookalike {
  /** UTF-16, half-open. */
  readonly start: number
  readonly end: number
  /** The code it would be read as. */
  readonly code: string
  /**
   * Written with an underscore (or an encoding of one). Others, as `Phone 12345678`, are mostly honest text: they stay,
   * and it is enough that their code is not issued.
   */
  readonly strict: boolean
}

/** Longest entity type (core/finding.ts). */
const MAX_TYPE = 24

interface Kind {
  /**
   * Finds what may begin a type, at the start of a word or after an underscore. V8 needs under 2 ns per character for
   * it (Node 24.21, one shared core), a loop over characters three times that.
   */
  readonly heads: RegExp
  readonly matcher: SpellingMatcher
  /** Longest first, so that the longest type before an underscore is found. */
  readonly types: readonly string[]
}

/** Type lists are built once per process, so a list is its own key. */
const kinds = new WeakMap<readonly string[], Kind>()

function kindOf(knownTypes: readonly string[]): Kind {
  let kind = kinds.get(knownTypes)
  if (kind === undefined) {
    const types = [...new Set([...knownTypes, LITERAL])].sort((a, b) => b.length - a.length)
    kind = {
      heads: new RegExp(`(?:\\b|_)(?:${[...new Set(types.map(headOf))].join('|')})`, 'gi'),
      matcher: new SpellingMatcher(CodeTable.ofTypes(types), null),
      types
    }
    kinds.set(knownTypes, kind)
  }
  return kind
}

/** The first characters of a type; a part shorter than that is followed by no letter. */
function headOf(type: string): string {
  const [part = ''] = type.split('_', 1)
  return part.length < HEAD_LENGTH ? `${part}(?![A-Z])` : part.slice(0, HEAD_LENGTH)
}

const NONE: readonly Lookalike[] = []

/**
 * Finds everything in a text that the restorer could take for a code of these types or of LITERAL.
 * Linear, and next to nothing for text without candidates: one pass of a regular expression without repetition.
 * @param text attacker-controlled.
 */
export function scanLookalikes(text: string, knownTypes: readonly string[]): readonly Lookalike[] {
  const kind = kindOf(knownTypes)
  const found = scanWords(text, kind)
  return text.includes('_') ? addGlued(text, kind, found) : found
}

/** Longest spelling of a code; its id has a digit, written as one or within an escape. */
const MAX_SPELLING = 64

function scanWords(text: string, { heads, matcher }: Kind): readonly Lookalike[] {
  let found: Lookalike[] | null = null
  let digit = nextDigit(text, 0)
  // Most text is far from any digit: nothing there needs a look.
  heads.lastIndex = Math.max(0, digit - MAX_SPELLING)
  while (digit >= 0 && heads.test(text)) {
    let start = heads.lastIndex
    while (start > 0 && isWordCode(text.charCodeAt(start - 1))) start--
    if (digit < start) digit = nextDigit(text, start)
    if (digit - start > MAX_SPELLING) {
      heads.lastIndex = digit - MAX_SPELLING
      continue
    }
    const end = digit < 0 ? -1 : matcher.match(text, start, 0, true)
    if (end < 0) continue
    found ??= []
    found.push({ start, end, code: matcher.code, strict: matcher.strict })
    heads.lastIndex = end
  }
  return found ?? NONE
}

/** Characters after or before which nothing of an id goes on: all others may be fillers, escapes or line wraps. */
const PLAIN = new Uint8Array(128)
for (const char of ' .,;:!?()[]{}"\'/%+=<@#|~^$') PLAIN[char.charCodeAt(0)] = 1

/**
 * Offset of the first digit from `from` on that may belong to an id, or -1: it stands in a word of at least eight letters and
 * digits, or beside something an id may go on over. Years, prices and house numbers do not.
 */
function nextDigit(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code > 0x39 || code < 0x30) continue
    let start = at
    while (start > 0 && isWordCode(text.charCodeAt(start - 1))) start--
    let end = at + 1
    while (isWordCode(text.charCodeAt(end))) end++
    if (end - start >= ID_LENGTH || goesOn(text, start, end)) return at
    at = end
  }
  return -1
}

/** Whether an id that reaches into this word may begin before it or go on after it. */
function goesOn(text: string, start: number, end: number): boolean {
  if (end < text.length && !isPlain(text.charCodeAt(end))) return true
  let after = end
  while (text.charCodeAt(after) === 0x20) after++
  if (after < text.length && isUnprintable(text.charCodeAt(after))) return true
  let before = start - 1
  while (text.charCodeAt(before) === 0x20) before--
  const code = text.charCodeAt(before)
  return before >= 0 && !isPlain(code) && !isWordCode(code)
}

/** Line ends, zero-width characters and what else is not ASCII text. */
function isUnprintable(code: number): boolean {
  return code < 0x20 || code > 0x7e
}

function isPlain(code: number): boolean {
  return code < 128 && PLAIN[code] === 1
}

/** Adds codes in their exact form inside longer words: a code may have left glued to a letter, and comes back so. */
function addGlued(text: string, { types }: Kind, found: readonly Lookalike[]): readonly Lookalike[] {
  const glued: Lookalike[] = []
  let next = 0
  for (let at = text.indexOf('_'); at >= 0; at = text.indexOf('_', at + 1)) {
    const isLong =
      isExactId(text, at + 1, APP_ID_LENGTH) && !isWordCode(text.charCodeAt(at + 1 + APP_ID_LENGTH))
    const length = isLong ? APP_ID_LENGTH : ID_LENGTH
    if (length === ID_LENGTH && !isExactId(text, at + 1, ID_LENGTH)) continue
    const before = text.slice(Math.max(0, at - MAX_TYPE), at)
    const type = types.find(name => before.endsWith(name))
    if (type === undefined) continue
    const start = at - type.length
    const end = at + 1 + length
    while ((found[next]?.end ?? Infinity) <= start) next++
    if ((found[next]?.start ?? Infinity) < end || (glued.at(-1)?.end ?? 0) > start) continue
    glued.push({ start, end, code: text.slice(start, end), strict: true })
  }
  if (glued.length === 0) return found
  return [...found, ...glued].sort((a, b) => a.start - b.start)
}

function isExactId(text: string, at: number, length: number): boolean {
  let hasDigit = false
  for (let index = 0; index < length; index++) {
    const code = text.charCodeAt(at + index)
    const value = base32Value(code)
    if (value < 0 || code >= 0x61) return false
    if (value < 10 && index < length - 1) hasDigit = true
  }
  return hasDigit
}
