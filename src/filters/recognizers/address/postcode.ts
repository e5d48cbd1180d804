import { words, type Recognizer } from '../../recognizer.ts'
import { BLANK, DIGIT, is, LETTER, NEWLINE, WORD } from '../../scanner/chars.ts'
import type { Cluster } from '../../scanner/cluster.ts'
import { wordEnd } from '../../scanner/names.ts'
import type { Scan } from '../../scanner/scan.ts'
import { reportParts, startsPart, streetAfterEnd, wordStartBefore } from './block.ts'
import { isKnownPlace, looksLikePlace } from './places.ts'
import {
  countryPrefixStart,
  endsPart,
  houseNumberEnd,
  isGermanPostcode,
  isUpper,
  letteredPostcodeEnd,
  placeEnd,
  postcodeEnd,
  skipBlanks
} from './reader.ts'
import { notLed, notPlace, notStreet, particles, usStates } from './words.ts'

const MAX_STREET = 72

/** Postcode and place, with the street before it whatever its name, or behind it. */
export const addressPostcode: Recognizer = {
  id: 'address-postcode',
  types: ['ADDRESS'],
  scope: 'prose',
  anchors: words('wohnhaft', 'wohnt in', 'wohne in', 'ansässig in', 'PLZ', 'Postleitzahl'),
  recognize,
  number,
  examples: {
    match: [
      {
        text: 'Serge Kunzler, Almosen 10, 4843 Innerleiten, Österreich',
        found: 'Almosen 10, 4843 Innerleiten'
      },
      { text: 'Korekamp 15\n47809 Krefeld', found: 'Korekamp 15\n47809 Krefeld' },
      { text: 'Klinikum, D-12299 Berlin', found: 'D-12299 Berlin' },
      { text: 'in 8001 Zürich.', found: '8001 Zürich' },
      {
        text: 'A-9011 Neustadt, Erich-Kästner-Platz 5, Tel.',
        found: 'A-9011 Neustadt, Erich-Kästner-Platz 5'
      },
      { text: 'wohnhaft 73333 Gingen, der', found: '73333 Gingen' },
      { text: 'an. 8, 31-001 Kraków', found: '31-001 Kraków' },
      { text: 'Office: Mountain View, CA 94043', found: 'CA 94043' },
      { text: 'London SW1A 1AA', found: 'SW1A 1AA' },
      { text: 'Am alten Hafen 25, 9375 Waitschach', found: 'Am alten Hafen 25, 9375 Waitschach' },
      { text: 'Eircode D02 X285.', found: 'D02 X285' },
      { text: 'Herr Max Berger\nAm Anger\n99084 Erfurt', found: 'Am Anger\n99084 Erfurt' },

      { text: 'A. Klein, Haus Sonnenhof, 83471 Berchtesgaden', found: 'Haus Sonnenhof, 83471 Berchtesgaden' },
      { text: 'adres: 1012 AB Amsterdam', found: '1012 AB Amsterdam' }
    ],
    noMatch: [
      'Im Jahr 2023 Hamburg',
      '10000 Euro',
      '12345 Zeilen',
      '1000 Besucher, 2000 Tickets',
      '15000 Mitarbeiter in Berlin',
      'Kapitel 5, 2024 Ausblick',
      'Umsatz 2022 Deutschland',
      'Build 10115',
      'ID A1B 2C3D'
    ]
  },
  source:
    'Deutsche Post, PLZ-Systematik; Österreichische Post, PLZ-Verzeichnis; Die Post, PLZ-Verzeichnis; USPS Publication 28; BS 7666'
}

/** `wohnhaft in 34443 Bad Arolsen`: any place in upper case after a postcode will do. */
function recognize(scan: Scan, _start: number, end: number): void {
  const { text } = scan
  const lead = /^(?: in)?(?: der)?:? {0,2}(?:[A-Z]{1,2}-)?(?=\d{4})/.exec(text.slice(end, end + 14))
  if (lead === null) return
  const at = end + lead[0].length
  const code = postcodeEnd(text, at)
  const place = code === at ? code : placeEnd(text, skipBlanks(text, code))
  if (code > at && isGermanPostcode(text.slice(at, code)))
    scan.report(countryPrefixStart(text, at), Math.max(code, place), 'ADDRESS', 0.9)
}

function number(scan: Scan, cluster: Cluster): void {
  const first = cluster.lengths[0] ?? 0
  if (first > 7 || first < 2) return
  const { text } = scan
  const at = cluster.start
  if (cluster.letters !== 0 && isUpper(text.charCodeAt(at))) {
    lettered(scan, at)
    return
  }
  if (
    (first !== 4 && first !== 5 && !(first === 2 && cluster.lengths[1] === 5)) ||
    !is(text.charCodeAt(at), DIGIT)
  )
    return
  if (
    first === 2
      ? !/^\d\d-\d{3} /.test(text.slice(at, at + 7))
      : !is(text.charCodeAt(at + first), BLANK) && first === 4
  )
    return
  const end = postcodeEnd(text, at)
  if (end - at < first) return
  reportPostal(scan, at, end)
}

/** `Eircode D02 X285`, `Postal code: K1A 0B1` */
function isNamed(text: string, at: number): boolean {
  return /(?:eircode|post(?:al ?)?code):? {0,2}$/i.test(text.slice(Math.max(0, at - 16), at))
}

const stateAndZip = new RegExp(`^(?:${usStates}) \\d{5}(?:-\\d{4})?(?![\\p{L}\\d_-])`, 'u')

/** Postcodes with letters stand for themselves: `SW1A 1AA`, `K1A 0B1`; before them a number of a state, `CA 94105`. */
function lettered(scan: Scan, at: number): void {
  const { text } = scan
  const end = letteredPostcodeEnd(text, at)
  if (end > at) {
    const split = text.slice(at, end).includes(' ')
    if (split && !is(text.charCodeAt(at - 1), WORD))
      scan.report(at, end, 'ADDRESS', isBritishArea(text, at) || isNamed(text, at) ? 0.8 : 0.4)
    return
  }
  const zip = stateAndZip.exec(text.slice(at, at + 14))
  if (zip !== null && text.charCodeAt(at - 2) === 0x2c) scan.report(at, at + zip[0].length, 'ADDRESS', 0.8)
}

/** Two letters or one of those that the Royal Mail gave out. */
function isBritishArea(text: string, at: number): boolean {
  return /^(?:A[BL]|B[ABDHLNRST]|C[ABFHMORTVW]|D[ADEGHLNTY]|E[CHNX]|F[KY]|G[LUY]|H[ADGPRSUX]|I[GMPV]|JE|K[ATWY]|L[ADELNSU]|M[EKL]|N[EGNPRW]|O[LX]|P[AEHLOR]|R[GHM]|S[AEGKLMNOPRSTWY]|T[ADFNQRSW]|UB|W[ACDFNRSV]|YO|ZE|[BEGLMNSW])\d/.test(
    text.slice(at, at + 3)
  )
}

function reportPostal(scan: Scan, at: number, end: number): void {
  const { text } = scan
  const from = skipBlanks(text, end)
  const place = placeEnd(text, from)
  const start = countryPrefixStart(text, at)
  const before = text.charCodeAt(start - 1)
  if (is(before, WORD) || before === 0x2e || before === 0x24 || before === 0x23) return
  const street = streetBefore(text, start)
  if (place === from || from === end) {
    if (street < start && end - at === 5 && endsPart(text, end)) reportParts(scan, street, end, 0.8)
    return
  }
  const score = street < start ? 0.95 : ratePlace(text, start, at, end, from, place)
  if (score === 0) return
  const after = street < start ? place : streetAfterEnd(text, place)
  reportParts(scan, street, after, after > place ? 0.9 : score)
}

/** How sure a postcode and a place are without a street. */
function ratePlace(
  text: string,
  start: number,
  at: number,
  end: number,
  from: number,
  place: number
): number {
  const digits = end - at
  const code = Number(text.slice(at, Math.min(end, at + 5)))
  const hasPrefix = start < at
  const name = text.slice(from, wordEnd(text, from))
  const known = isKnownPlace(text.slice(from, place)) || isKnownPlace(name)
  const likely = known || looksLikePlace(text.slice(from, place), name)
  if (hasPrefix) return 0.9
  // The Netherlands; a year and a Roman number look alike.
  if (digits >= 6 && is(text.charCodeAt(end - 1), LETTER)) {
    if (!/^\p{Lu}(?:\p{Ll}|\p{Lu}{3})/u.test(name)) return 0
    return known || digits === 7 ? 0.75 : 0.6
  }
  if (digits === 6 && text.charCodeAt(at + 2) !== 0x2d) return 0
  if (digits >= 6) return 0.85
  const delimited = startsPart(text, start) && endsPart(text, place)
  if (digits === 5) return rateFive(code, known, likely, delimited)
  if (digits !== 4 || (code >= 1900 && code < 2100)) return 0
  if (known) return 0.75
  return likely && delimited && code % 100 !== 0 ? 0.55 : 0
}

function rateFive(code: number, known: boolean, likely: boolean, delimited: boolean): number {
  if (code < 1001 || code > 99998) return 0
  if (known) return 0.85
  if (code % 1000 === 0) return 0
  return likely ? (delimited ? 0.8 : 0.65) : 0
}

/** Start of a street with number right before a postcode: any words in upper case, a house number, a separator. */
function streetBefore(text: string, postcode: number): number {
  const end = separatorStart(text, postcode)
  if (end === postcode) return postcode
  const number = numberStart(text, end)
  if (number < 0) {
    const bare = bareStreetStart(text, end)
    if (bare >= 0) return bare
  }
  if (
    number < 0 ||
    (houseNumberEnd(text, number) < end && !isUnnumbered(text, end)) ||
    /^(?:19|20)\d\d$/.test(text.slice(number, end))
  )
    return postcode
  let start = number
  for (let word = 0; word < 6; word++) {
    const before = start - 1 - (word === 0 && text.charCodeAt(start - 2) === 0x2c ? 1 : 0)
    if ((!is(text.charCodeAt(before), BLANK) && word > 0) || number - start > MAX_STREET) break
    const stop =
      text.charCodeAt(before - 1) === 0x2e && !isSentenceEnd(text, before - 1) ? before - 1 : before
    const first = wordStartBefore(text, stop)
    if (first === stop) break
    const name = text.slice(first, stop)
    if (notPlace.has(name)) return postcode
    if (notStreet.has(name) || isField.test(name) || !belongsToStreet(text, first, name)) break
    start = first
    if (startsPart(text, start)) break
  }
  // At least one character on: behind `an.` no word ends and no blank stands.
  while (start < number && !isUpper(text.charCodeAt(start)))
    start = Math.max(start + 1, skipBlanks(text, wordEnd(text, start)))
  const name = text.slice(start, wordEnd(text, start))
  return start === number || notLed.has(name) ? postcode : start
}

/** A line of its own that names a street or house without a number: `Am Anger`, `Haus Sonnenhof`. */
const bareStreet =
  /^(?:(?:Am|An der|An den|An dem|Auf dem|Auf der|Auf den|Im|In der|In den|In dem|Zum|Zur|Beim|Hinterm?|Unterm?|Vorm?|Bei der|Haus|Schloss|Schloß|Gut|Hof|Gutshof|Burg|Kloster|Mühle|Forsthaus|Rue|Avenue|Place|Chemin|Via|Piazza|Corso|Calle|Plaza)(?: (?:\p{Lu}[\p{L}.'’-]{1,24}|de|la|du|des|di|del|della|von|zu[rm]?)){1,4}|(?:\p{Lu}[\p{L}.-]{1,24}[ -]){0,2}\p{L}{3,24}(?:straße|strasse|str\.|gasse|weg|platz|allee|ring|ufer|damm|hof|markt|mühle|siedlung|anger))$/u

/** Houses with names, which stand in a line of text too: `Anna Klein, Haus Sonnenhof, 83471 …`. */
const namedHouse = /^(?:Haus|Schloss|Schloß|Gut|Hof|Gutshof|Kloster|Forsthaus) \p{Lu}/u

/** Start of the line or clause that ends at `end` when it is a street or house without a number; -1 otherwise. */
function bareStreetStart(text: string, end: number): number {
  const isLine = is(text.charCodeAt(end), NEWLINE)
  let start = end
  while (end - start < MAX_STREET && start > 0 && text.charCodeAt(start - 1) !== 0x2c) {
    if (is(text.charCodeAt(start - 1), NEWLINE)) break
    start--
  }
  // The line of a name stands before it.
  if (start === 0 || end - start < 5) return -1
  const first = skipBlanks(text, start)
  const name = text.slice(first, end)
  const isHouse = namedHouse.test(name)
  if (!isHouse && (!isLine || text.charCodeAt(start - 1) === 0x2c)) return -1
  return bareStreet.test(name) ? first : -1
}

/** What names a number, not a street. */
const isField = /(?:nummer|[- ]nr\.?|number|betrag|datum|konto)$/i

/** A dot behind a word of more than four letters ends a sentence. */
function isSentenceEnd(text: string, dot: number): boolean {
  for (let i = dot - 5; i < dot; i++) if (!is(text.charCodeAt(i), LETTER)) return false
  return true
}

/** In upper case, a particle, or an adjective as in `Am alten Hafen`. */
function belongsToStreet(text: string, first: number, name: string): boolean {
  if (isUpper(text.charCodeAt(first)) || particles.has(name)) return true
  return /(?:Am|Im|Zum|Zur|Beim|An de[rnm]|Auf de[rmn]|In de[rmn]) $/.test(
    text.slice(Math.max(0, first - 8), first)
  )
}

/** Start of comma, line end or both before `at`; `at` when a blank at most stands there. */
function separatorStart(text: string, at: number): number {
  let start = at
  let real = false
  while (at - start < 16) {
    const code = text.charCodeAt(start - 1)
    if (code === 0x2c || code === 0x3b || code === 0x7c || is(code, NEWLINE)) real = true
    else if ((code === 0x2e || code === 0x2d) && is(text.charCodeAt(start), BLANK)) real = true
    else if (!is(code, BLANK)) break
    start--
  }
  return real || isUnnumbered(text, start) ? start : at
}

/** Spain: `Altos de Nava, s/n 24071 León`; or a number set off by a comma, `Salamanca, 5 36211 Vigo`. */
function isUnnumbered(text: string, at: number): boolean {
  return /(?:, ?s\/n|\p{L}, \d{1,3})$/iu.test(text.slice(Math.max(0, at - 7), at))
}

/** Start of the house number that ends at `end`; -1 when none does. */
function numberStart(text: string, end: number): number {
  const from = Math.max(0, end - 16)
  const unnumbered = /,? ?s\/n$/i.exec(text.slice(from, end))
  if (unnumbered !== null) return from + unnumbered.index
  const found = /(?<![\p{L}\d.,/-])\d{1,4}(?: ?[A-Za-z])?(?: ?[-/\u2013+] ?\d{1,4}[A-Za-z]?){0,3}$/u.exec(
    text.slice(from, end)
  )
  return found === null ? -1 : from + found.index
}
