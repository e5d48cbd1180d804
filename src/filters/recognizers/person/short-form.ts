import type { Recognizer } from '../../recognizer.ts'
import { ALNUM, BLANK, is, LETTER, NEWLINE, UPPER } from '../../scanner/chars.ts'
import type { Scan } from '../../scanner/scan.ts'
import { wordList } from '../word-list.ts'
import { isOrdinaryWord } from './tagged.ts'
import { givenNames } from './words.ts'

const dot = 0x2e
const underscore = 0x5f
const at = 0x40
/** Parts of an account's name are no longer. */
const MAX_PART = 40

/** Shorter surnames stand in too many words. */
const SHORTEST_SURNAME = 4
const SHORTEST_GIVEN = 3
/** Longest of `greetings`. */
const MAX_GREETING = 8
/** Two words that brackets abbreviate are no longer. */
const MAX_EXPLAINED = 48

/** Two capitals with dots that abbreviate something else in every second text. */
const abbreviations = new Set(
  'US UK UN EU PS NB NN SA AG AD BC BV NV DC LA NY OK IQ TV CV HR IT KG EV PC ID QR AM PM IP KI AI VW BW UI UX QA PR SE'.split(
    ' '
  )
)

/** Later mentions in short of persons found before: initials with dots or as a sign, and both names joined as accounts have them. */
export const personShortForm: Recognizer = {
  id: 'person-short-form',
  types: ['PERSON'],
  scope: 'prose',
  costly: true,
  text: scan => {
    if (scan.names.size < 2) return
    eachChar(scan.text, '.', place => lookAround(scan, place))
    eachChar(scan.text, '_', place => followAccount(scan, place))
    followSigns(scan)
    followBareAccounts(scan)
  },
  examples: {
    match: [
      { text: 'Gestern rief Anna Weber an. Notiz: A. W. möchte einen Rückruf.', found: 'A. W.' },
      { text: 'We met Kwame Mensah, see the notes by K.M. of Monday', found: 'K.M.' },
      { text: 'Anna Weber hat das Konto anna.weber bekommen', found: 'anna.weber' },
      { text: 'Gestern rief Anna Weber an, siehe /home/a.weber/notes', found: 'a.weber' },
      { text: 'Gestern rief Anna Weber an. Ihr Konto: weber_anna', found: 'weber_anna' },
      { text: 'Gestern rief Anna Weber an. Zugang für aweber sperren', found: 'aweber' },
      { text: 'Gestern rief Anna Weber an. Zugang für annaweber sperren', found: 'annaweber' },
      { text: 'Gestern rief Anna Weber an. Rückruf erledigt (AW)', found: 'AW' },
      { text: 'Gestern rief Anna Weber an.\n\nGruß\nAW', found: 'AW' }
    ],
    noMatch: [
      'Anna Weber wohnt in den U. S. und mag z. B. Tee.',
      'Anna Weber: www.weber.anna.example',
      'Anna Weber, siehe X. Y. und C. D.',
      'config.weber',
      'Anna Weber schrieb:\nAW: Termin',
      'Anna Weber fährt VW und sieht AW im TV (TV).',
      'Rosa Meier bekam eine resonancia magnética (RM).',
      'Lotte Fink hat eine flotte Idee.',
      'Georg Ross war groß, gross und grossartig.',
      'Webers Anna ist eine weberin.'
    ]
  },
  source: 'Own rule'
}

function eachChar(text: string, char: string, use: (place: number) => void): void {
  for (let place = text.indexOf(char); place >= 0; place = text.indexOf(char, place + 1)) use(place)
}

function lookAround(scan: Scan, place: number): void {
  const { text } = scan
  if (is(text.charCodeAt(place - 1), UPPER) && !is(text.charCodeAt(place - 2), ALNUM))
    followInitials(scan, place)
  else followAccount(scan, place)
}

/** `A. W.`, `A.W.`, where parts of names found before begin so. @param place of the first dot */
function followInitials(scan: Scan, place: number): void {
  const { text, names } = scan
  const second = text.charCodeAt(place + 1) === 0x20 ? place + 2 : place + 1
  if (!is(text.charCodeAt(second), UPPER) || text.charCodeAt(second + 1) !== dot) return
  // Three and more in a row, or a word right behind them, are something else.
  if (text.charCodeAt(place - 2) === dot || text.charCodeAt(place - 3) === dot) return
  if (is(text.charCodeAt(second + 2), ALNUM)) return
  const first = text.charAt(place - 1)
  const last = text.charAt(second)
  if (abbreviations.has(first + last) || !names.haveInitials(first, last)) return
  // `A. W. Weber` is a name of its own, which the words behind tell.
  const next = text.charCodeAt(second + 2) === 0x20 ? second + 3 : second + 2
  if (is(text.charCodeAt(next), UPPER) && is(text.charCodeAt(next + 1), LETTER) && names.mayStart(text, next))
    return
  scan.report(place - 1, second + 2, 'PERSON', 0.75)
}

/** Words that a sign stands behind at the end of a line. */
const greetings = wordList(
  `Gruß Grüße Gruss Grüsse LG VG MfG mfg BG Regards Best Thanks Danke gez sgd Kürzel Zeichen`
)

/**
 * `AW` as one signs with it: in brackets, alone on a line or behind a greeting that ends one. Elsewhere two capitals are an
 * abbreviation, and `AW:` is an answer.
 */
function followSigns(scan: Scan): void {
  const { text } = scan
  eachChar(text, ')', end => {
    if (text.charAt(end - 3) === '(' && !isExplained(text, end - 3)) followSign(scan, end - 2)
  })
  for (let end = lineEnd(text, 0); ; end = lineEnd(text, end + 1)) {
    let stop = end
    while (stop > 0 && is(text.charCodeAt(stop - 1), BLANK)) stop--
    const before = text.charCodeAt(stop - 3)
    if (stop === 2 || is(before, NEWLINE) || (before === 0x20 && isBehindGreeting(text, stop - 3)))
      followSign(scan, stop - 2)
    if (end >= text.length) return
  }
}

/** Whether the two words before the bracket at `at` begin as what stands in it: `resonancia magnética (RM)`. */
function isExplained(text: string, at: number): boolean {
  const [, first = '', second = ''] =
    /([\p{L}\d]+)[ -]([\p{L}\d]+) $/u.exec(text.slice(Math.max(0, at - MAX_EXPLAINED), at)) ?? []
  return (first.charAt(0) + second.charAt(0)).toUpperCase() === text.slice(at + 1, at + 3)
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  if (end < 0) return text.length
  return text.charCodeAt(end - 1) === 0x0d && end - 1 > from ? end - 1 : end
}

function isBehindGreeting(text: string, end: number): boolean {
  let start = end
  while (end - start < MAX_GREETING && is(text.charCodeAt(start - 1), LETTER)) start--
  return greetings.has(text.slice(start, end))
}

/** The two capitals at `start`, where parts of names found before begin so. */
function followSign(scan: Scan, start: number): void {
  const { text, names } = scan
  const sign = text.slice(start, start + 2)
  if (!is(text.charCodeAt(start), UPPER) || !is(text.charCodeAt(start + 1), UPPER)) return
  if (abbreviations.has(sign) || !names.haveInitials(sign.charAt(0), sign.charAt(1))) return
  scan.report(start, start + 2, 'PERSON', 0.7)
}

/** `aweber`, `annaweber`: a surname in lower case behind an initial or a name, all known, and together no word. */
function followBareAccounts(scan: Scan): void {
  const { text } = scan
  for (let start = 0; start < text.length; ) {
    if (!is(text.charCodeAt(start), LETTER)) {
      start++
      continue
    }
    let end = start + 1
    let isLower = !is(text.charCodeAt(start), UPPER)
    for (; is(text.charCodeAt(end), LETTER); end++) isLower &&= !is(text.charCodeAt(end), UPPER)
    if (isLower && end - start > SHORTEST_SURNAME && end - start <= 2 * MAX_PART)
      followBareAccount(scan, start, end)
    start = end
  }
}

function followBareAccount(scan: Scan, start: number, end: number): void {
  const { text, names } = scan
  const first = text.charAt(start).toUpperCase()
  const second = text.charAt(start + 1).toUpperCase()
  const isInitial = names.haveInitials(first, second) && isSurname(scan, start + 1, end)
  if (!isInitial && !(names.mayStart(text, start) && hasTwoNames(scan, start, end))) return
  if (isPartOfMore(text, start, end) || isOrdinaryWord(text, start, end)) return
  scan.report(start, end, 'PERSON', 0.75)
}

function hasTwoNames(scan: Scan, start: number, end: number): boolean {
  const { text, names } = scan
  for (let joint = start + SHORTEST_GIVEN; joint <= end - SHORTEST_SURNAME; joint++)
    if (isSurname(scan, joint, end) && names.look(text, start, joint) > 0) return true
  return false
}

/** A known part that may stand alone, or a longer one that is no given name: `flotte` is not F. Lotte. */
function isSurname({ text, names }: Scan, start: number, end: number): boolean {
  if (!names.mayStart(text, start)) return false
  const known = names.look(text, start, end)
  if (known !== 1 || end - start <= SHORTEST_SURNAME) return known > 1
  return !givenNames.has(text.charAt(start).toUpperCase() + text.slice(start + 1, end))
}

/** `anna.weber`, `a.weber`, `weber_anna`: both are known, or one by its first letter. @param place of what joins them */
function followAccount(scan: Scan, place: number): void {
  const { text, names } = scan
  let start = place
  while (place - start < MAX_PART && is(text.charCodeAt(start - 1), LETTER)) start--
  let end = place + 1
  while (end - place <= MAX_PART && is(text.charCodeAt(end), LETTER)) end++
  if (start === place || end === place + 1 || isPartOfMore(text, start, end)) return
  const left = place - start === 1 ? initial(scan, start) : names.look(text, start, place)
  const right = names.look(text, place + 1, end)
  if (left > 0 && right > 0) scan.report(start, end, 'PERSON', 0.85)
}

function initial({ text, names }: Scan, place: number): number {
  return names.haveInitial(text.charAt(place).toUpperCase()) ? 1 : 0
}

/** Of a host name, an identifier or an e-mail address, which is found as such. */
function isPartOfMore(text: string, start: number, end: number): boolean {
  const before = text.charCodeAt(start - 1)
  const behind = text.charCodeAt(end)
  if (before === dot || before === underscore || is(before, ALNUM)) return true
  if (behind === at || behind === underscore || is(behind, ALNUM)) return true
  return (behind === dot || behind === 0x28) && (behind !== dot || is(text.charCodeAt(end + 1), ALNUM))
}
