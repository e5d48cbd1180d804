import { anywhere, type Examples, prefixes, type Recognizer } from '../../recognizer.ts'
import { ALNUM, is } from '../../scanner/chars.ts'
import type { Scan } from '../../scanner/scan.ts'
import { isPlaceholder } from '../validators/placeholder.ts'

/**
 * One format of a key, token or secret as its vendor documents it.
 *
 * `pattern` is the source of a regular expression with bounded quantifiers only (`{20}`, `{20,64}`, `?`), tried at one
 * position, at most 512 characters long. Its literal beginning is what the scanner looks for; a pattern without one,
 * or with one shorter than 3 characters, names `keywords` instead and is tried in the 64 characters behind them.
 */
export interface SecretRule {
  /** Vendor first: `github-pat`. */
  readonly id: string
  readonly pattern: string
  readonly keywords?: readonly string[]
  /** Default `API_KEY`. */
  readonly type?: string
  /** Default 0.95, with keywords 0.8. */
  readonly score?: number
  /** Checksum or structure beyond the pattern; gets the matched text. */
  readonly check?: (value: string) => boolean
  /** Text of the pattern that may stand in docs: values holding it are no findings. */
  readonly dummies?: readonly string[]
  readonly examples: Examples
  /** The vendor's page. */
  readonly source: string
}

/** How far behind a keyword the value may start. */
const KEYWORD_REACH = 64

export function secretRecognizer(rule: SecretRule): Recognizer {
  const regex = new RegExp(rule.pattern, 'y')
  const type = rule.type ?? 'API_KEY'
  const isReal = (value: string): boolean =>
    !isPlaceholder(value) &&
    !(rule.dummies?.some(dummy => value.includes(dummy)) ?? false) &&
    (rule.check?.(value) ?? true)
  const tryAt = (scan: Scan, at: number, score: number): boolean => {
    regex.lastIndex = at
    const match = regex.exec(scan.text)
    if (match === null) return false
    const [value] = match
    const end = at + value.length
    if (goesOn(scan.text, end) || !isReal(value)) return false
    scan.report(at, end, type, score)
    return true
  }
  const { keywords } = rule
  const recognize =
    keywords === undefined
      ? (scan: Scan, start: number): void => {
          if (!goesOn(scan.text, start - 1)) tryAt(scan, start, rule.score ?? 0.95)
        }
      : (scan: Scan, _start: number, end: number): void => {
          afterKeyword(scan, end, at => tryAt(scan, at, rule.score ?? 0.8))
        }
  return {
    id: rule.id,
    types: [type],
    anchors: keywords === undefined ? prefixes(...prefixesOf(rule.pattern)) : anywhere(...keywords),
    recognize,
    examples: rule.examples,
    source: rule.source
  }
}

/** Part of the same word: a key does not start or end inside one. */
function goesOn(text: string, at: number): boolean {
  return is(text.charCodeAt(at), ALNUM)
}

/** Tries the starts of words behind a keyword on the same or the next line. */
function afterKeyword(scan: Scan, end: number, tryAt: (at: number) => boolean): void {
  const { text } = scan
  const stop = Math.min(text.length, end + KEYWORD_REACH)
  for (let at = end; at < stop; at++) {
    if (goesOn(text, at) && !goesOn(text, at - 1) && at > end && tryAt(at)) return
  }
}

/** Enough to be rare in ordinary text. */
const LONG_ENOUGH = 10
const MAX_PREFIXES = 32

/**
 * The strings a pattern can begin with: its literal characters, with leading alternatives `(?:a|b)`, `?` and small
 * sets `[ab]` written out. A string that begins with another of them is left out.
 */
export function prefixesOf(pattern: string): string[] {
  let prefixes = ['']
  let at = 0
  while (at < pattern.length && !prefixes.every(prefix => prefix.length >= LONG_ENOUGH)) {
    const part =
      /^(?:\\?([A-Za-z0-9_:/.=-])|\[([A-Za-z0-9_]{1,8})\]|\(\?:([A-Za-z0-9_:/|-]+)\))(\?)?(?!\{)/.exec(
        pattern.slice(at)
      )
    if (part === null || part[0] === '.') break
    const [whole, literal, set, group, optional] = part
    const choices =
      literal !== undefined ? [literal] : set !== undefined ? set.split('') : (group ?? '').split('|')
    if (optional !== undefined) choices.push('')
    if (prefixes.length * choices.length > MAX_PREFIXES) break
    prefixes = prefixes.flatMap(prefix => choices.map(choice => prefix + choice))
    at += whole.length
  }
  return prefixes.filter(one => !prefixes.some(other => other !== one && one.startsWith(other)))
}

/** Examples are written in parts, so that code hosts' secret scanners do not take them for leaked keys. */
export function joined(...parts: readonly string[]): string {
  return parts.join('')
}
