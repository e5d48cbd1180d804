import type { Recognizer } from '../../recognizer.ts'
import { words } from '../../recognizer.ts'
import { BLANK, DIGIT, hasDigit, is, LETTER, WORD } from '../../scanner/chars.ts'
import type { Scan } from '../../scanner/scan.ts'
import { phraseList, wordList } from '../word-list.ts'
import { reportStreet, startsPart, wordStartBefore } from './block.ts'
import { endsPart, houseNumberEnd, isUpper, skipBlanks } from './reader.ts'

const kinds = phraseList(`
street st road rd avenue ave av lane ln drive dr boulevard blvd way court ct square sq terrace ter close
crescent cres place pl parkway pkwy highway hwy circle cir trail trl mews grove gardens hill row walk quay
wharf parade esplanade plaza alley broadway turnpike pike loop green rise vale route freeway expressway
heights view park bridge yard gate end
`)
/** Kinds that say street by themselves; the others are ordinary words or abbreviations too. */
const plain: ReadonlySet<string> = wordList(
  'street road avenue ave lane boulevard blvd parkway pkwy terrace crescent mews drive rd highway hwy'
)

const tail =
  /^\.?(?: (?:N|S|E|W|NE|NW|SE|SW|North|South|East|West|Northeast|Northwest|Southeast|Southwest)(?![\p{L}\d])\.?)?/u

/** Streets of the United States, the United Kingdom and others: number, name, kind. */
export const addressStreetEnglish: Recognizer = {
  id: 'address-street-english',
  types: ['ADDRESS'],
  scope: 'prose',
  anchors: words(...kinds),
  recognize,
  examples: {
    match: [
      {
        text: 'I live at 123 Main Street, Springfield, IL 62704.',
        found: '123 Main Street, Springfield, IL 62704'
      },
      { text: 'Send it to 742 Evergreen Terrace', found: '742 Evergreen Terrace' },
      { text: '82 Clerkenwell Road\nLondon\nEC1M 5RF\nUK', found: '82 Clerkenwell Road\nLondon\nEC1M 5RF' },
      {
        text: '30 West 26th Street, Apt. 4B, New York, NY 10010',
        found: '30 West 26th Street, Apt. 4B, New York, NY 10010'
      },
      { text: 'Flat 2, 100-106 Leonard St, Shoreditch', found: '100-106 Leonard St' },
      { text: '4411 Stone Way North', found: '4411 Stone Way North' },
      { text: '350 Fifth Avenue, Suite 3300', found: '350 Fifth Avenue, Suite 3300' }
    ],
    noMatch: [
      'There are 5 ways to do it.',
      'In 2023 the Supreme Court ruled.',
      'We saw 3 Park rangers on the way.',
      '10 Downloads on the road',
      'the 2 Dr Smiths',
      'Main Street was busy.'
    ]
  },
  source:
    'USPS Publication 28, appendix C1; Royal Mail PAF, addressing; UPU, Postal addressing systems (US, GB, IE, CA, AU)'
}

function recognize(scan: Scan, kindStart: number, kindEnd: number): void {
  const { text } = scan
  if (is(text.charCodeAt(kindEnd), WORD) || text.charCodeAt(kindEnd) === 0x27 || scan.isCovered(kindStart))
    return
  if (!is(text.charCodeAt(kindStart - 1), BLANK)) return
  const isCapital = isUpper(text.charCodeAt(kindStart))
  if (!isCapital && !plain.has(text.slice(kindStart, kindEnd))) return
  if (!hasDigit(text, kindStart - 60, kindStart) && !hasDigit(text, kindEnd, kindEnd + 100)) return
  const name = nameBefore(text, kindStart)
  if (name < 0) return
  const end = kindEnd + (tail.exec(text.slice(kindEnd, kindEnd + 16))?.[0].length ?? 0)
  const streetEnd = text.charCodeAt(end - 1) === 0x2e && endsSentence(text, end) ? end - 1 : end
  // `33, Praxis Dr. Lemke`: a comma behind the number, and a person.
  if (doctor.test(text.slice(kindStart, kindEnd + 3)) && /^\d{1,6},/.test(text.slice(name, name + 7))) return
  const after = is(text.charCodeAt(name), DIGIT) ? streetEnd : numberAfter(text, streetEnd)
  const hasNumber = is(text.charCodeAt(name), DIGIT) || after > streetEnd
  const kind = text.slice(kindStart, kindEnd).toLowerCase()
  const score = rate(text, name, after, kind, hasNumber)
  // Without a number only a kind that can be nothing else, before a postcode.
  if (hasNumber || plain.has(kind)) reportStreet(scan, name, after, score)
}

const doctor = /^Dr\. \p{Lu}/u

/** `Nizami Street 12`, `Yar Street, 2b`: the number behind, as abroad. */
function numberAfter(text: string, end: number): number {
  const at = skipBlanks(text, text.charCodeAt(end) === 0x2c ? end + 1 : end)
  const number = houseNumberEnd(text, at)
  return number > at && at > end ? number : end
}

function endsSentence(text: string, end: number): boolean {
  const code = text.charCodeAt(end)
  return Number.isNaN(code) || code === 0x0a || code === 0x0d
}

function rate(text: string, start: number, end: number, kind: string, hasNumber: boolean): number {
  if (!hasNumber) return 0
  if (!is(text.charCodeAt(start), DIGIT)) return plain.has(kind) && endsPart(text, end) ? 0.7 : 0
  if (plain.has(kind)) return 0.85
  if (/^(?:19|20)\d\d /.test(text.slice(start, start + 5))) return 0
  return startsPart(text, start) && endsPart(text, end) && text.slice(start, end).length > 9 ? 0.7 : 0.5
}

/** Start of the number before the name before `kindStart`, or of the name at the start of a part; -1 when neither. */
function nameBefore(text: string, kindStart: number): number {
  let at = kindStart
  for (let word = 0; word < 6; word++) {
    const number = numberBefore(text, at)
    if (number >= 0) return word > 0 || isOrdinal(text, number) ? number : -1
    if (!is(text.charCodeAt(at - 1), BLANK)) break
    const end = text.charCodeAt(at - 2) === 0x2e ? at - 2 : at - 1
    const start = ordinalStart(text, end)
    if (start === end || !(isUpper(text.charCodeAt(start)) || is(text.charCodeAt(start), DIGIT))) break
    at = start
  }
  return at < kindStart && startsPart(text, at) ? at : -1
}

function isOrdinal(text: string, at: number): boolean {
  return /^\d{1,3}(?:st|nd|rd|th)/.test(text.slice(at, at + 6))
}

/** Start of a word, `26th` included. */
function ordinalStart(text: string, end: number): number {
  const start = wordStartBefore(text, end)
  if (start === end || !is(text.charCodeAt(start - 1), DIGIT)) return start
  let at = start
  while (start - at < 4 && is(text.charCodeAt(at - 1), DIGIT)) at--
  return /^\d{1,3}(?:st|nd|rd|th)$/.test(text.slice(at, end)) ? at : end
}

/** Start of the house number right before `at`: `12`, `100-106`, `4B`; -1 when none. */
function numberBefore(text: string, at: number): number {
  const from = Math.max(0, at - 14)
  const number = /(?:\d{1,6}[A-Za-z]?(?:[-/\u2013]\d{1,5}[A-Za-z]?)?|[A-Z]\d{1,4}),? {1,3}$/.exec(
    text.slice(from, at)
  )
  if (number === null) return -1
  const start = from + number.index
  const before = text.charCodeAt(start - 1)
  if (is(before, WORD)) return -1
  const joined = '.,:/-$\u20ac\u00a3#'.includes(text.charAt(start - 1)) && start > 0
  return joined &&
    (is(text.charCodeAt(start - 2), WORD) || !is(before, LETTER)) &&
    before !== 0x2c &&
    before !== 0x3a
    ? -1
    : skipBlanks(text, start)
}
