import { BLANK, DIGIT, is, LETTER, NEWLINE, UPPER } from '../../scanner/chars.ts'
import { wordEnd } from '../../scanner/names.ts'
import type { Scan } from '../../scanner/scan.ts'
import { wordList } from '../word-list.ts'
import { ambiguousSurnames, capitalParticles, endsLikeNoun, givenNames, noNames, particles } from './words.ts'

/** Given names, particles and surnames together. */
const MAX_PARTS = 7

/** A name as read by `readName`; one object, filled again at each call. */
export interface NameSpan {
  start: number
  end: number
  /** Capitalised parts, initials not counted. */
  words: number
  initials: number
  /** The first part is a known given name. */
  given: boolean
}

const span: NameSpan = { start: 0, end: 0, words: 0, initials: 0, given: false }

/** `Dr.`, `Prof.`, `med.` …, without their dots: stand before a name, are no part of it. */
const titles = wordList(`
Univ Prof Professor Professorin Dr Doktor PD Priv Doz Dipl Ing Mag MMag DDr Mr Mrs Ms Miss Sir RA RAin StB Rechtsanwalt Rechtsanwältin
Notar Notarin Kollege Kollegen Kollegin Direktor Direktorin Pfarrer Pfarrerin Pastor Pastorin Bürgermeister Bürgermeisterin Minister
Ministerin Präsident Präsidentin Oberarzt Oberärztin Chefarzt Chefärztin OA CA Graf Gräfin Freiherr Freifrau Baron Baronin Schwester
Herr Herrn Frau Hr Fr med dent vet phil rer nat jur iur oec pol habil h hc theol techn mult hum biol soc sc publ agr forest pharm psych
univ MSc BSc MBA LLM PhD DR PROF HERR HERRN FRAU MED dr prof Dott Dottssa Sig Sigra
`)

/** Longest of `titles`. */
const MAX_TITLE = 16

/** Behind titles and blanks from `at`; at most 8 titles. */
export function skipTitles(text: string, at: number): number {
  let next = at
  for (let i = 0; i < 8; i++) {
    let end = next
    while (end - next <= MAX_TITLE && is(text.charCodeAt(end), LETTER)) end++
    if (end === next || end - next > MAX_TITLE || !titles.has(text.slice(next, end))) return next
    const after = text.charCodeAt(end)
    if (after === 0x2e) {
      end++
      if (text.charCodeAt(end) === 0x2d) end++
      // `h. c.`, `h.c.`
      else if ((text.charCodeAt(end) | 0x20) === 0x63 && text.charCodeAt(end + 1) === 0x2e) end += 2
    } else if (!is(after, BLANK) && !Number.isNaN(after)) return next
    next = skipBlanks(text, end)
  }
  return next
}

export function skipBlanks(text: string, at: number): number {
  const stop = at + 8
  while (at < stop && is(text.charCodeAt(at), BLANK)) at++
  return at
}

/** Behind the blanks between two parts of a name; more than two stand between columns. */
function skipGap(text: string, at: number): number {
  const next = skipBlanks(text, at)
  return next - at > 2 ? at : next
}

/** Behind blanks and up to `lines` line ends. */
export function skipLines(text: string, at: number, lines: number): number {
  let seen = 0
  const stop = at + 40
  while (at < stop) {
    const code = text.charCodeAt(at)
    if (code === 0x0a && ++seen > lines) return at
    if (!is(code, BLANK | NEWLINE)) return at
    at++
  }
  return at
}

/**
 * Reads the name that starts at `at`: initials, capitalised words, particles between them. Null when there is none.
 * @param max capitalised words at most
 */
export function readName(text: string, at: number, max: number): NameSpan | null {
  span.start = at
  span.end = at
  span.words = 0
  span.initials = 0
  span.given = false
  let next = at
  for (let part = 0; part < MAX_PARTS && span.words < max; part++) {
    const end = readInitial(text, next)
    if (end > 0) {
      span.initials++
      span.end = end
    } else {
      const afterParticles = skipParticles(text, next)
      const wordStop = readWord(text, afterParticles)
      if (wordStop === 0) break
      if (span.words === 0 && afterParticles === next) span.given = isGiven(text, next, wordStop)
      span.words++
      span.end = wordStop
    }
    next = skipGap(text, span.end)
    if (next === span.end && end === 0) break
  }
  return span.words > 0 ? span : null
}

/** `M.`, `J.-P.`, `Ch.`; 0 when there is none. A single letter without a dot counts before a capitalised word. */
function readInitial(text: string, at: number): number {
  if (!is(text.charCodeAt(at), UPPER)) return 0
  let end = at + 1
  if (is(text.charCodeAt(end), LETTER) && text.charCodeAt(end + 1) === 0x2e) end++
  if (text.charCodeAt(end) === 0x2e) {
    if (is(text.charCodeAt(end + 1), LETTER) && text.charCodeAt(end + 2) !== 0x2e) return end + 1
    if (text.charCodeAt(end + 1) === 0x2d) return readInitial(text, end + 2) || end + 1
    return end + 1
  }
  return end === at + 1 && text.charCodeAt(end) === 0x20 && is(text.charCodeAt(end + 1), UPPER) ? end : 0
}

/** Behind up to three particles; `at` when none stands there or no capitalised word follows. */
function skipParticles(text: string, at: number): number {
  let next = at
  for (let i = 0; i < 3; i++) {
    let end = next
    while (end - next <= 5 && is(text.charCodeAt(end), LETTER)) end++
    if (end === next || end - next > 5 || !is(text.charCodeAt(end), BLANK)) break
    const word = text.slice(next, end)
    const isParticle = particles.has(word) || capitalParticles.has(word) || (i > 0 && word === 'und')
    if (!isParticle) break
    next = skipBlanks(text, end)
  }
  return next > at && is(text.charCodeAt(next), UPPER) ? next : at
}

/** End of a capitalised word that can be part of a name; 0 when there is none. */
function readWord(text: string, at: number): number {
  if (!is(text.charCodeAt(at), UPPER)) return 0
  const end = wordEnd(text, at)
  if (end - at < 2) return 0
  const after = text.charCodeAt(end)
  // Part of an address, a file name, an identifier.
  if (after === 0x40 || after === 0x5f || is(after, DIGIT)) return 0
  const word = text.slice(at, end)
  return noNames.has(word) || endsLikeNoun(word) ? 0 : end
}

function isGiven(text: string, start: number, end: number): boolean {
  const word = text.slice(start, end)
  if (givenNames.has(word)) return true
  const hyphen = word.indexOf('-')
  return hyphen > 0 && givenNames.has(word.slice(0, hyphen))
}

/** Reports the name and follows its parts through the rest of the call. */
export function reportName(scan: Scan, start: number, end: number, score: number): void {
  scan.report(start, end, 'PERSON', score)
  rememberName(scan, start, end)
}

/** Follows the parts of the name [start, end) through the rest of the call. */
export function rememberName(scan: Scan, start: number, end: number): void {
  const { text, names } = scan
  if (!names.isNew(text.slice(start, end))) return
  let last = -1
  let at = start
  while (at < end) {
    if (!is(text.charCodeAt(at), LETTER)) {
      at++
      continue
    }
    const stop = Math.min(wordEnd(text, at), end)
    if (!is(text.charCodeAt(at), UPPER)) names.addParticle(text.slice(at, stop))
    else if (stop - at > 1) {
      if (last >= 0) rememberPart(scan, last, at, last === start)
      last = at
    }
    at = stop
  }
  if (last >= 0) rememberPart(scan, last, end, true)
}

/**
 * The part of a name that starts at `start`, somewhere before `limit`.
 * @param isOuter the first or the last one: people are called by both
 */
function rememberPart(scan: Scan, start: number, limit: number, isOuter: boolean): void {
  const part = scan.text.slice(start, Math.min(wordEnd(scan.text, start), limit))
  const isOrdinary = ambiguousSurnames.has(part) || noNames.has(part)
  scan.names.add(part, !isOrdinary && part.length > 2 && (isOuter || givenNames.has(part)))
}
