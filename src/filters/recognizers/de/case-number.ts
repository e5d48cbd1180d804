import { type Recognizer, words } from '../../recognizer.ts'
import { BLANK, DIGIT, is } from '../../scanner/chars.ts'
import type { Scan } from '../../scanner/scan.ts'

/** `12 O 345/21`, `VI ZR 123/20`, `3 StR 45/19`, `S 12 KR 345/20 ER`: chamber, register, number, year. */
const court =
  /(?:[IVX]{1,5}|\d{1,3}|[A-Z]{1,2})[a-z]?(?:[ -]\d{1,4})?[ -][A-Z][A-Za-zÖ]{0,5}(?:\([A-Za-z]{1,5}\))?[ -]\d{1,5}[/.-]\d{2,4}(?: (?:ER|PKH|RG|KO|EK|AR|B|R|E|G|K|U|L|D|PVL|NZB)(?![A-Za-z]))?(?!\d)/y
/** What offices write: letters, digits, dots, dashes and slashes with at least three digits among them. */
const office = /[A-Z0-9][A-Za-z0-9]{0,11}(?:[ ./-]{1,2}[A-Za-z0-9]{1,12}){0,5}/y

/** Aktenzeichen of courts and offices, behind their name. */
export const deCaseNumber: Recognizer = {
  id: 'de-case-number',
  types: ['CASE_NUMBER'],
  anchors: words(
    'aktenzeichen',
    'az',
    'geschäftszeichen',
    'gz',
    'gesch.-z',
    'geschäfts-nr',
    'geschäftsnummer',
    'kassenzeichen',
    'unser zeichen',
    'ihr zeichen',
    'case no',
    'case number',
    'docket no'
  ),
  recognize,
  examples: {
    match: [
      { text: 'Az.: 12 O 345/21', found: '12 O 345/21' },
      { text: 'Az. des Landgerichts: 12 O 345/21', found: '12 O 345/21' },
      { text: 'Aktenzeichen VI ZR 123/20 des BGH', found: 'VI ZR 123/20' },
      { text: 'Geschäftszeichen: 4711-08/15-A', found: '4711-08/15-A' },
      { text: 'Unser Zeichen: 2026/0417-HI. Az. beim ArbG', found: '2026/0417-HI' },
      { text: 'Kassenzeichen 9000.1234.5678', found: '9000.1234.5678' }
    ],
    noMatch: [
      'AZ21NABZ000000001370100019',
      'Aktenzeichen folgt',
      'Az. unbekannt',
      'AZ 12',
      'Unser Zeichen: ohne'
    ]
  },
  source: 'AktO (Aktenordnungen der Länder); own rule for offices'
}

/** `des Landgerichts Köln` between the word and a colon. */
const filler = /\.?[ \t](?:des|der|beim|vom|am|im|dem)(?:[ \t][\p{L}.-]{2,24}){1,3}(?=:)/uy

function recognize(scan: Scan, _start: number, end: number): void {
  const { text } = scan
  let at = end
  // `AZ21…` is one word.
  if (is(text.charCodeAt(at), DIGIT)) return
  filler.lastIndex = at
  if (filler.test(text)) at = filler.lastIndex
  const from = at
  while (at - from < 8 && (is(text.charCodeAt(at), BLANK) || '.:#='.includes(text.charAt(at)))) at++
  if (text.startsWith('Nr. ', at)) at += 4
  court.lastIndex = at
  if (court.test(text)) {
    scan.report(at, court.lastIndex, 'CASE_NUMBER', 0.9)
    return
  }
  office.lastIndex = at
  const match = office.exec(text)
  if (match === null) return
  const value = lastWithDigit(match[0])
  if (digits(value) >= 3) scan.report(at, at + value.length, 'CASE_NUMBER', 0.8)
}

/** Up to the last part that holds a digit or a single letter: words of the sentence are cut off. */
function lastWithDigit(value: string): string {
  const trimmed = value.replace(/(?:\.?[ ]+(?!\d)[A-Za-z]{2,12})+$/, '')
  return trimmed.replace(/[ ./-]+$/, '')
}

function digits(value: string): number {
  return value.replace(/\D/g, '').length
}
