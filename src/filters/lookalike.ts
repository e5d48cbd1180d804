import type { Finding } from '../core/finding.ts'
import { base32Value, ID_LENGTH, LITERAL } from './code.ts'
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

/** The strict ones of {@link scanLookalikes}, as findings of the type LITERAL. */
export function findLookalikes(text: string, knownTypes: readonly string[]): Finding[] {
  return scanLookalikes(text, knownTypes)
    .filter(lookalike => lookalike.strict)
    .map(({ start, end }) => ({ start, end, type: LITERAL, score: 1, recognizer: 'lookalike' }))
}

function scanWords(text: string, { heads, matcher }: Kind): readonly Lookalike[] {
  let found: Lookalike[] | null = null
  heads.lastIndex = 0
  while (heads.test(text)) {
    let start = heads.lastIndex
    while (start > 0 && isWordCode(text.charCodeAt(start - 1))) start--
    const end = matcher.match(text, start, 0, true)
    if (end < 0) continue
    found ??= []
    found.push({ start, end, code: matcher.code, strict: matcher.strict })
    heads.lastIndex = end
  }
  return found ?? NONE
}

/** Adds codes in their exact form inside longer words: a code may have left glued to a letter, and comes back so. */
function addGlued(text: string, { types }: Kind, found: readonly Lookalike[]): readonly Lookalike[] {
  const glued: Lookalike[] = []
  let next = 0
  for (let at = text.indexOf('_'); at >= 0; at = text.indexOf('_', at + 1)) {
    if (!isExactId(text, at + 1)) continue
    const before = text.slice(Math.max(0, at - MAX_TYPE), at)
    const type = types.find(name => before.endsWith(name))
    if (type === undefined) continue
    const start = at - type.length
    const end = at + 1 + ID_LENGTH
    while ((found[next]?.end ?? Infinity) <= start) next++
    if ((found[next]?.start ?? Infinity) < end || (glued.at(-1)?.end ?? 0) > start) continue
    glued.push({ start, end, code: text.slice(start, end), strict: true })
  }
  if (glued.length === 0) return found
  return [...found, ...glued].sort((a, b) => a.start - b.start)
}

function isExactId(text: string, at: number): boolean {
  let hasDigit = false
  for (let index = 0; index < ID_LENGTH; index++) {
    const code = text.charCodeAt(at + index)
    const value = base32Value(code)
    if (value < 0 || code >= 0x61) return false
    if (value < 10 && index < ID_LENGTH - 1) hasDigit = true
  }
  return hasDigit
}
