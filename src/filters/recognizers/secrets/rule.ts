import type { Anchor, Examples, Recognizer } from '../../recognizer.ts'
import { ALNUM, is } from '../../scanner/chars.ts'
import { isDummyKey } from '../validators/placeholder.ts'
import { compileFormat, type Format } from './format.ts'

/** One format of a key, token or secret as its vendor documents it. */
export interface SecretRule extends RuleOptions {
  /** Vendor first: `github-token`. */
  readonly id: string
  /** See `Format`. */
  readonly format: string
  /** The vendor's page. */
  readonly source: string
}

export interface RuleOptions {
  /** Default `API_KEY`. */
  readonly type?: string
  /** Default 0.95. */
  readonly score?: number
  /** Characters at the start that are no secret and stay: `hooks.slack.com/`. */
  readonly keep?: number
  /** What must hold beyond the format, for formats that other text could have. */
  readonly require?: (value: string) => boolean
  /** A checksum: what fails it counts less (0.8), since vendors change checksums without a word. */
  readonly check?: (value: string) => boolean
}

/** One line of a rule file. */
export type RuleLine = readonly [id: string, format: string, options?: RuleOptions]

/** The rules of one vendor page. */
export function rules(source: string, ...lines: readonly RuleLine[]): SecretRule[] {
  return lines.map(([id, format, options]) => ({ id, format, source, ...options }))
}

const CHECKSUM_FAILS = 0.8
const CHECKSUM_HOLDS = 0.99
/** Anchors up to this length count at the start of a word only: anywhere they are too frequent. */
const SHORT = 3

export function secretRecognizer(rule: SecretRule): Recognizer {
  const format = compileFormat(rule.format)
  const isLong = format.longest > LONG
  const { type = 'API_KEY', keep = 0, require, check, score = 0.95 } = rule
  return {
    id: rule.id,
    types: [type],
    anchors: format.anchors.map(text => anchorOf(text, format.isPrefix)),
    recognize: (scan, at, anchorEnd) => {
      const { text } = scan
      if (isRepeated(text, at, anchorEnd)) return
      const start = format.start(text, at)
      if (start < 0 || start < scan.readUntil || !startsHere(text, start)) return
      const end = format.end(text, start)
      if (isLong) scan.readUntil = Math.max(end, format.reach(text, anchorEnd))
      if (end < 0 || goesOn(text, end)) return
      const value = text.slice(start, end)
      if (isDummyKey(value) || require?.(value) === false) return
      const certainty = check === undefined ? score : check(value) ? CHECKSUM_HOLDS : CHECKSUM_FAILS
      scan.report(start + keep, end, type, certainty)
    },
    examples: examplesOf(rule, format),
    source: rule.source
  }
}

/** Behind a key no letter, digit or underscore stands, nor what masks its rest: `xoxp-2983-####`. */
function goesOn(text: string, end: number): boolean {
  const code = text.charCodeAt(end)
  return is(code, ALNUM) || code === 0x5f || text.startsWith('###', end)
}

/** True where the anchor stands twice in a row: no key, and in a text of nothing else one look is enough. */
function isRepeated(text: string, at: number, end: number): boolean {
  const size = end - at
  for (let i = 0; i < size; i++) if (text.charCodeAt(at - size + i) !== text.charCodeAt(at + i)) return false
  return true
}

/** Runs longer than this are read once, not again from each prefix inside them: a text of nothing but prefixes. */
const LONG = 100

function anchorOf(text: string, isPrefix: boolean): Anchor {
  const wordStart = isPrefix && text.length <= SHORT && is(text.charCodeAt(0), ALNUM)
  return { text, wordStart, wordEnd: false }
}

/** A key does not start inside a word; an escape (`\n`, `%20`, `\u003d`) before it is none. */
export function startsHere(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1)
  if (!is(before, ALNUM)) return true
  // Behind the colour codes of a terminal.
  if (before === 0x6d && text.slice(Math.max(0, at - 8), at).includes('\u001b[')) return true
  if (text.charCodeAt(at - 2) === 0x5c) return before === 0x6e || before === 0x72 || before === 0x74
  return (
    text.charCodeAt(at - 3) === 0x25 || (text.charCodeAt(at - 6) === 0x5c && text.charCodeAt(at - 5) === 0x75)
  )
}

/**
 * Examples are made from the format when the program starts, so that no scanner of a code host takes this file for a
 * leak: a key of the right shape is found, one cut short and one of x's are not.
 */
function examplesOf(rule: SecretRule, format: Format): Examples {
  let seed = rule.id.length
  const random = (): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 0x7fffffff
    return seed / 0x7fffffff
  }
  let sample = format.sample(random)
  for (let i = 0; i < 100 && rule.require?.(sample) === false; i++) sample = format.sample(random)
  const match = { text: `key: "${sample}"`, found: sample.slice(rule.keep ?? 0) }
  return { match: [match], noMatch: [`key: "${sample}"`.slice(0, 12), format.placeholder] }
}

/** Digits and both cases, as random keys have; words have not. */
export function isMixed(value: string): boolean {
  return /\d/.test(value) && /[a-z]/.test(value) && /[A-Z]/.test(value)
}

/** A digit at least. */
export function hasDigit(value: string): boolean {
  return /\d/.test(value)
}

/** Digits and letters, as random keys in one case have. */
export function hasDigitsAndLetters(value: string): boolean {
  return /\d[^\d]*\d/.test(value) && /[A-Za-z]/.test(value)
}

/** Examples are written in parts, so that code hosts' secret scanners do not take them for leaked keys. */
export function joined(...parts: readonly string[]): string {
  return parts.join('')
}
