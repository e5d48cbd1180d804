import type { Recognizer } from '../../recognizer.ts'
import { BLANK, is, LETTER, NEWLINE, UPPER } from '../../scanner/chars.ts'
import { wordEnd } from '../../scanner/names.ts'
import type { Scan } from '../../scanner/scan.ts'
import { reportName } from './name.ts'
import { endsLikeNoun, noNames, particles } from './words.ts'

/** Longest given name. */
const MAX_GIVEN = 24
/** Parts of one mention at most. */
const MAX_PARTS = 6

/** Later mentions of persons found before in the same call: full name, surname, genitive, in capitals. */
export const personMention: Recognizer = {
  id: 'person-mention',
  types: ['PERSON'],
  scope: 'prose',
  mention: followName,
  examples: {
    match: [
      { text: 'Herr Max Mustermann war da. Mustermanns Auto blieb.', found: 'Mustermanns' },
      { text: 'Frau Dr. von der Leyen-Schmidt kam. MUSTER: VON DER LEYEN-SCHMIDT', found: 'LEYEN-SCHMIDT' },
      { text: 'Frau Eva Koch hat gekocht. Der Koch dankt Eva Koch.', found: 'Eva Koch.'.slice(0, -1) },
      { text: 'Herr Özil fragt. Das Özil-Projekt läuft.', found: 'Özil' },
      {
        text: 'Guten Tag Herr Petersen, die Schwester (Inken Petersen-Lührs) war da.',
        found: 'Inken Petersen-Lührs'
      }
    ],
    noMatch: ['Der Mustermann kam.']
  },
  source: 'Own rule'
}

/**
 * Reports the mention of a person found before in the same call that starts at `at`: one part that stands alone, or
 * several side by side. What a hyphen joins to a name (`Müller-Projekt`) is not part of it.
 */
function followName(scan: Scan, at: number): void {
  const { text, names } = scan
  if (scan.isPerson(at)) return
  let end = at
  let strength = 0
  let parts = 0
  let next = at
  while (parts < MAX_PARTS) {
    const stop = knownPart(scan, next)
    if (stop === 0) break
    strength = Math.max(strength, names.look(text, next, stop))
    parts++
    end = stop
    next = nextPart(text, stop)
    if (next === 0) break
  }
  if (parts === 0 || (strength < 2 && parts < 2)) return
  const relative = parts === 1 ? relativeStart(text, at, end) : -1
  if (relative >= 0) reportName(scan, relative, wordEnd(text, at), 0.8)
  else scan.report(withParticles(scan, at), end, 'PERSON', 0.85)
}

/**
 * Somebody else who bears the name, joined to another one: `Inken Petersen-Lührs` beside Herr Petersen. Start of the word
 * before it, when that may be a given name and what is joined a surname; -1 else.
 */
function relativeStart(text: string, at: number, end: number): number {
  if (text.charCodeAt(end) !== 0x2d || text.charCodeAt(at - 1) !== 0x20) return -1
  const joined = text.slice(end + 1, wordEnd(text, at))
  if (joined.length < 3 || !isNameLike(joined)) return -1
  let start = at - 1
  while (at - start <= MAX_GIVEN && is(text.charCodeAt(start - 1), LETTER)) start--
  const given = text.slice(start, at - 1)
  return given.length > 1 && given.length < MAX_GIVEN && isNameLike(given) ? start : -1
}

/** Capitalised, and no word that is known to be none. */
function isNameLike(word: string): boolean {
  return (
    is(word.charCodeAt(0), UPPER) &&
    !is(word.charCodeAt(1), UPPER) &&
    !noNames.has(word) &&
    !endsLikeNoun(word)
  )
}

/** End of the known part that starts at `at`, whole or up to a hyphen; 0 when it is not known. */
function knownPart(scan: Scan, at: number): number {
  const { text, names } = scan
  if (!is(text.charCodeAt(at), UPPER)) return 0
  const whole = wordEnd(text, at)
  if (names.look(text, at, whole) > 0) return whole
  let end = at
  while (end < whole && text.charCodeAt(end) !== 0x2d) end++
  return end < whole && names.look(text, at, end) > 0 ? end : 0
}

/** Start of the next part behind one blank, an initial or particles; 0 when there is none. */
function nextPart(text: string, end: number): number {
  let at = end
  if (!is(text.charCodeAt(at), BLANK) && text.charCodeAt(at) !== 0x0a) return 0
  while (is(text.charCodeAt(at), BLANK | NEWLINE) && at - end < 3) at++
  if (text.charCodeAt(at + 1) === 0x2e) at = text.charCodeAt(at + 2) === 0x20 ? at + 3 : at + 2
  for (let i = 0; i < 3 && !is(text.charCodeAt(at), UPPER); i++) {
    const stop = wordEnd(text, at)
    if (stop === at || !particles.has(text.slice(at, stop)) || text.charCodeAt(stop) !== 0x20) return 0
    at = stop + 1
  }
  return is(text.charCodeAt(at), UPPER) ? at : 0
}

/** Takes in the particles before a surname if the person was first met with them. */
function withParticles(scan: Scan, at: number): number {
  const { text, names } = scan
  let start = at
  for (let i = 0; i < 3; i++) {
    if (text.charCodeAt(start - 1) !== 0x20) break
    let from = start - 1
    while (start - from <= 6 && is(text.charCodeAt(from - 1), LETTER)) from--
    const word = text.slice(from, start - 1)
    if (!particles.has(word) || !names.hasParticle(word)) break
    start = from
  }
  return start
}
