import type { Recognizer } from '../recognizer.ts'
import { BLANK, DIGIT, is, isDash, LETTER } from '../scanner/chars.ts'
import type { Cluster } from '../scanner/cluster.ts'
import { endsHere } from '../scanner/forms.ts'
import { ADJACENT, BLOCKED, FAR } from '../scanner/context-words.ts'
import type { Scan } from '../scanner/scan.ts'
import { isInternational, isNational, isNationalAnywhere } from './validators/phone-numbers.ts'
import { phraseList } from './word-list.ts'

const MAX_DIGITS = 17
const MAX_GROUPS = 10

/** Countries whose national way of writing is taken without context words. */
const homeCountries = ['DE', 'AT', 'CH']

/** Telephone and fax numbers: international anywhere, national in the ways of writing of their country. */
export const phone: Recognizer = {
  id: 'phone',
  types: ['PHONE'],
  context: phraseList(`
Telefon Tel Telefonnummer Telefonnr Tel-Nr Fon Telefax Fax Faxnummer Mobil Mobilnummer Mobiltelefon Handy
Handynummer Rufnummer Durchwahl Festnetz Rückruf Hotline WhatsApp anrufen angerufen telefonisch
erreichen erreichbar ruf_mich rufen_Sie phone phone_number telephone mobile cell cellphone call calling
dial ring_me reach_me text_me sms contact_number landline tél téléphone portable teléfono móvil telefono
cellulare telefoon gsm puhelin mobilnummer telefone kontakt phoneno msisdn numer_telefonu komórka
telefonszám notruf gespräch
`),
  numberStart: 'digit',
  number,
  validates: 'numbering plan of the country',
  examples: {
    match: [
      { text: 'Tel.: 030/1234567, Fax -99', found: '030/1234567' },
      { text: 'mobil 0171 1234567', found: '0171 1234567' },
      { text: 'Rückruf unter +49 (0)89 123 456-78 erbeten', found: '+49 (0)89 123 456-78' },
      { text: '(0461) 708 - 223', found: '(0461) 708 - 223' },
      '+43 664 1234567',
      { text: 'ruf 0041 44 668 18 00 an', found: '0041 44 668 18 00' },
      { text: 'Call (415) 555-0132 today', found: '(415) 555-0132' },
      { text: 'call me at 033316005', found: '033316005' },
      { text: '491711234567', label: 'phone', found: '491711234567' }
    ],
    noMatch: [
      '01.02.2024',
      '03/10/2011',
      '2012-01-02 08:00',
      '3/10/1984',
      '0,50 EUR',
      '1.234.567,89',
      'Bestellnummer 0815471100',
      '12345',
      '17:30 - 18:00',
      '0.123456789',
      'ISBN 978-3-16-148410-0',
      'PLZ 01067 Dresden',
      '000-000-0000'
    ]
  },
  source: 'ITU-T E.164; numbering plans from libphonenumber metadata; DIN 5008'
}

const ends = new Int32Array(MAX_GROUPS)
const sizes = new Uint8Array(MAX_GROUPS)
const joined = Buffer.alloc(MAX_DIGITS)

function number(scan: Scan, cluster: Cluster): void {
  const { text } = scan
  const start = leadStart(text, cluster.start)
  const international = text.charCodeAt(start) === 0x2b || text.charCodeAt(start + 1) === 0x2b
  const first = text.charCodeAt(cluster.start)
  const near = first === 0x30 || international ? FAR : scan.contextBefore(start)
  // Behind digits and blanks it is the rest of a row of numbers, unless a word right before says otherwise.
  if (!international && followsDigits(text, start) && scan.contextBefore(start) !== ADJACENT) return
  const before = text.charCodeAt(start - 1)
  // Part of a host name, a file name, a path.
  if (isJoint(before) && is(text.charCodeAt(start - 2), LETTER) && scan.contextBefore(start) !== ADJACENT)
    return
  // What starts with neither + nor 0 is a number only in the American way of writing or after a word that says so.
  if (first !== 0x30 && !international && near === FAR && !looksAmerican(text, cluster.start)) return
  const groups = readGroups(text, cluster.start)
  if (groups === 0 || isDate(text, cluster.start, groups)) return
  const digits = joinGroups(text, groups)
  let size = digits.length
  for (let group = groups - 1; group >= 0; group--) {
    const end = ends[group] ?? 0
    if (size < 5) return
    if (size <= MAX_DIGITS && endsHere(text, end)) {
      const score = rate(scan, digits.slice(0, size), start, end, group + 1, international)
      if (score > 0) {
        scan.report(start, closeParenthesis(text, start, end), 'PHONE', score)
        return
      }
    }
    size -= sizes[group] ?? 0
  }
}

function isJoint(code: number): boolean {
  return code === 0x2d || code === 0x5f || code === 0x2f || code === 0x3d
}

function followsDigits(text: string, start: number): boolean {
  let at = start - 1
  while (start - at < 4 && is(text.charCodeAt(at), BLANK)) at--
  return at < start - 1 && is(text.charCodeAt(at), DIGIT)
}

/** Takes in `+`, `(` and `(+` before the first digit. */
function leadStart(text: string, at: number): number {
  let start = at
  if (text.charCodeAt(start - 1) === 0x2b) start--
  if (text.charCodeAt(start - 1) === 0x28 && hasClosing(text, at)) start--
  if (start < at && text.charCodeAt(start) === 0x28 && text.charCodeAt(start - 1) === 0x2b) start--
  return start
}

function hasClosing(text: string, at: number): boolean {
  for (let i = at; i < at + 7; i++) if (text.charCodeAt(i) === 0x29) return true
  return false
}

/** Takes in the parenthesis that closes right behind the number, if one was opened inside it. */
function closeParenthesis(text: string, start: number, end: number): number {
  if (text.charCodeAt(end) !== 0x29) return end
  let open = 0
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at)
    if (code === 0x28) open++
    else if (code === 0x29) open--
  }
  return open > 0 ? end + 1 : end
}

/** Fills `ends` and `sizes` with the groups of digits from `start`; returns how many. */
function readGroups(text: string, start: number): number {
  let groups = 0
  let total = 0
  let at = start
  while (groups < MAX_GROUPS) {
    const from = at
    while (is(text.charCodeAt(at), DIGIT)) {
      if (at - from > MAX_DIGITS) return 0
      at++
    }
    if (at === from || is(text.charCodeAt(at), LETTER)) return groups
    total += at - from
    if (total > MAX_DIGITS) return groups
    sizes[groups] = at - from
    ends[groups] = at
    groups++
    const gap = at
    while (at - gap < 4 && isPhoneSeparator(text.charCodeAt(at))) at++
    if (at === gap) return groups
  }
  return groups
}

/** The digits of the first groups without separators. */
function joinGroups(text: string, groups: number): string {
  let count = 0
  for (let group = 0; group < groups; group++) {
    const end = ends[group] ?? 0
    for (let at = end - (sizes[group] ?? 0); at < end; at++) joined[count++] = text.charCodeAt(at)
  }
  return joined.toString('latin1', 0, count)
}

function isPhoneSeparator(code: number): boolean {
  return is(code, BLANK) || isDash(code) || code === 0x2e || code === 0x2f || code === 0x28 || code === 0x29
}

/** Three digits, three, four, with dashes, dots or parentheses; a leading 1 is tolerated. */
function looksAmerican(text: string, start: number): boolean {
  let at = start
  if (text.charCodeAt(at) === 0x31 && isPhoneSeparator(text.charCodeAt(at + 1))) at += 2
  if (text.charCodeAt(at) === 0x28) at++
  return (
    digitsAt(text, at) === 3 &&
    isPhoneSeparator(text.charCodeAt(at + 3)) &&
    (digitsAt(text, at + 4) === 3 || digitsAt(text, at + 5) === 3)
  )
}

function digitsAt(text: string, at: number): number {
  let count = 0
  while (count < 5 && is(text.charCodeAt(at + count), DIGIT)) count++
  return count
}

/** Score of a candidate, 0 when it is none. */
function rate(
  scan: Scan,
  digits: string,
  start: number,
  end: number,
  groups: number,
  international: boolean
): number {
  const { text } = scan
  if (international) return isInternational(digits) ? 0.95 : 0
  if (digits.startsWith('00')) return isInternational(digits.slice(2)) ? 0.9 : 0
  const near = scan.contextAround(start, end)
  if (near === BLOCKED) return 0
  if (digits.startsWith('0')) {
    if (near !== FAR)
      return isNationalAnywhere(digits) ? 0.9 : near === ADJACENT && digits.length > 5 ? 0.6 : 0
    if (!homeCountries.some(country => isNational(country, digits))) return 0
    if (isUsualNational(text, start, groups, digits)) return 0.75
    const isDecimal = groups === 2 && text.charCodeAt(ends[0] ?? 0) === 0x2e
    return digits.length > 8 && !isDecimal && scan.isWholeText(start, end) ? 0.5 : 0
  }
  if (isAmerican(groups, digits)) return near === FAR ? 0.75 : 0.9
  if (near !== ADJACENT) return 0
  if (digits.length >= 7 && (isNationalAnywhere(digits) || isInternational(digits))) return 0.8
  return digits.length > 5 && digits.length < 13 ? 0.6 : 0
}

/** Area code, a separator, the rest; or a mobile number in one piece. */
function isUsualNational(text: string, start: number, groups: number, digits: string): boolean {
  const first = sizes[0] ?? 0
  if (groups === 1)
    return /^(?:01[567]\d{8,9}|06(?:50|60|64|67|7[06]|8[018]|99)\d{6,8}|07[5-9]\d{7})$/.test(digits)
  if (digits.length < 7 || digits.length > 13) return false
  const afterFirst = text.charCodeAt(ends[0] ?? 0)
  // Area codes have up to four digits behind the zero, in eastern Germany five.
  const longest = digits.startsWith('03') ? 6 : 5
  if (text.charCodeAt(start) === 0x28) return first >= 3 && first <= longest
  if (afterFirst === 0x2e && groups < 3) return false
  return first >= 3 && first <= longest && (sizes[1] ?? 0) >= 2
}

function isAmerican(groups: number, digits: string): boolean {
  const from = groups - 3
  if (from !== 0 && !(from === 1 && sizes[0] === 1 && digits.startsWith('1'))) return false
  if (sizes[from] !== 3 || sizes[from + 1] !== 3 || sizes[from + 2] !== 4) return false
  return isNational('US', digits.slice(-10))
}

/** Dates in all common orders, with or without a time behind them. */
function isDate(text: string, start: number, groups: number): boolean {
  if (groups < 3 || start + 11 < (ends[2] ?? 0)) return false
  const separator = text.charCodeAt(ends[0] ?? 0)
  if (separator !== text.charCodeAt(ends[1] ?? 0) || is(separator, BLANK)) return false
  const first = valueOf(text, 0)
  const second = valueOf(text, 1)
  const third = valueOf(text, 2)
  if (sizes[0] === 4)
    return isYear(first) && second < 13 && third < 32 && (sizes[1] ?? 0) < 3 && (sizes[2] ?? 0) < 3
  if ((sizes[0] ?? 0) > 2 || (sizes[1] ?? 0) > 2 || first > 31 || second > 31 || (first > 12 && second > 12))
    return false
  return sizes[2] === 2 || (sizes[2] === 4 && isYear(third))
}

function isYear(value: number): boolean {
  return value >= 1900 && value < 2100
}

/** Value of a group of digits. */
function valueOf(text: string, group: number): number {
  const end = ends[group] ?? 0
  let value = 0
  for (let at = end - (sizes[group] ?? 0); at < end; at++) value = value * 10 + text.charCodeAt(at) - 0x30
  return value
}
