import { anywhere, prefixes, type Recognizer } from '../recognizer.ts'
import { BLANK, DIGIT, is, LETTER } from '../scanner/chars.ts'
import type { Cluster } from '../scanner/cluster.ts'
import { endsHere } from '../scanner/forms.ts'
import { ADJACENT, BLOCKED, FAR } from '../scanner/context-words.ts'
import type { Scan } from '../scanner/scan.ts'
import {
  closeParenthesis,
  extensionEnd,
  isDate,
  isGlued,
  leadStart,
  looksAmerican,
  MAX_DIGITS,
  PhoneGroups
} from './phone-groups.ts'
import { isInternational, isNational, isNationalAnywhere } from './validators/phone-numbers.ts'
import { phraseList } from './word-list.ts'

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
telefonszám notruf gespräch telef telf tlf tfno tfo toll-free contact callback main_line
appelle appelez appeler llámame llámeme llamar chiamami mi_chiami chiamare bel bellen zadzwoń zadzwonić dzwonić
meine_nummer deine_nummer my_number mijn_nummer mon_numéro mi_número il_mio_numero mój_numer
`),
  numberStart: 'digit',
  number,
  anchors: [...prefixes('telefon', 'tel', 'fon', 'phone', 'call'), ...anywhere('fax', 'mobil', 'handy')],
  recognize: afterWord,
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
      { text: '491711234567', label: 'phone', found: '491711234567' },
      { text: 'Tel. 0049 (0)30 123456-78', found: '0049 (0)30 123456-78' },
      { text: 'Tel: 089-1234567, ext. 45', found: '089-1234567, ext. 45' },
      { text: '+43 1 58858 DW 12', found: '+43 1 58858 DW 12' },
      { text: 'Wien, 01 / 588 58 - 0', found: '01 / 588 58 - 0' },
      { text: 'Tél : 01.23.45.67.89', found: '01.23.45.67.89' },
      { text: 'appelez le 06 12 34 56 78 demain', found: '06 12 34 56 78' },
      { text: 'llámame al 612 345 678', found: '612 345 678' },
      { text: 'bel 06 12345678', found: '06 12345678' },
      { text: 'Tel: 22123', found: '22123' },
      { text: 'Tel.030/1234567Fax 030/1234568', found: '030/1234567' },
      { text: 'Tel 030/1234567Fax030/1234568', found: '030/1234568' }
    ],
    noMatch: [
      '"PHONE.f1": 0.940677966101695',
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
      '000-000-0000',
      'Telefon 80331 München',
      '01/02/2024',
      '0x030123456abc',
      '046 454 286',
      '0101477000',
      '01.451.869.7-054.000',
      'NL91 ABNA 0417 1643 01',
      '10.20.30.40'
    ]
  },
  source: 'ITU-T E.164; numbering plans from libphonenumber metadata; DIN 5008'
}

const groups = new PhoneGroups()

function number(scan: Scan, cluster: Cluster): void {
  readAt(scan, cluster.start)
}

/** A number glued to the word itself: `Fax030/1234567`. */
function afterWord(scan: Scan, _start: number, end: number): void {
  if (is(scan.text.charCodeAt(end), DIGIT)) readAt(scan, end)
}

/** @param at the first digit */
function readAt(scan: Scan, at: number): void {
  const { text } = scan
  const start = leadStart(text, at)
  const international = text.charCodeAt(start) === 0x2b || text.charCodeAt(start + 1) === 0x2b
  const from = is(text.charCodeAt(start), DIGIT) ? start : at
  const first = text.charCodeAt(from)
  const near = first === 0x30 || international ? FAR : scan.contextBefore(start)
  // Behind digits and blanks it is the rest of a row of numbers, unless a word right before says otherwise.
  if (!international && followsDigits(text, start) && scan.contextBefore(start) !== ADJACENT) return
  const before = text.charCodeAt(start - 1)
  // Part of a host name, a file name, a path.
  if (isJoint(before) && is(text.charCodeAt(start - 2), LETTER) && scan.contextBefore(start) !== ADJACENT)
    return
  // What starts with neither + nor 0 is a number only in the American way of writing or after a word that says so.
  if (first !== 0x30 && !international && near === FAR && !looksAmerican(text, from)) return
  groups.read(text, from)
  if (groups.count === 0 || isDate(text, from, groups) || isFraction(text, from)) return
  reportLongest(scan, start, international)
}

/** `0.940677966101695` behind the name of a figure. */
function isFraction(text: string, from: number): boolean {
  return (
    groups.count === 2 && groups.size(0) === 1 && groups.size(1) > 5 && text.charCodeAt(from + 1) === 0x2e
  )
}

/** Reports as many groups from `start` on as are a number together. */
function reportLongest(scan: Scan, start: number, international: boolean): void {
  const { text } = scan
  const digits = groups.digits(text)
  let size = digits.length
  for (let group = groups.count - 1; group >= 0; group--) {
    if (size < 5) return
    const end = groups.end(group)
    const further = extensionEnd(text, end)
    if (size <= MAX_DIGITS && (further > end || mayEnd(scan, start, end, international))) {
      const score = rate(scan, digits.slice(0, size), start, end, group + 1, international)
      if (score > 0) {
        scan.report(start, further > end ? further : closeParenthesis(text, start, end), 'PHONE', score)
        return
      }
    }
    size -= groups.size(group)
  }
}

/** A number ends at a blank or sign; with its name before it, also where the next word was glued to it. */
function mayEnd(scan: Scan, start: number, end: number, international: boolean): boolean {
  if (endsHere(scan.text, end)) return true
  return isGlued(scan.text, end) && (international || scan.contextBefore(start) === ADJACENT)
}

function isJoint(code: number): boolean {
  return code === 0x2d || code === 0x5f || code === 0x2f || code === 0x3d
}

function followsDigits(text: string, start: number): boolean {
  let at = start - 1
  while (start - at < 4 && is(text.charCodeAt(at), BLANK)) at--
  return at < start - 1 && is(text.charCodeAt(at), DIGIT)
}

/** Score of a candidate, 0 when it is none. */
function rate(
  scan: Scan,
  digits: string,
  start: number,
  end: number,
  count: number,
  international: boolean
): number {
  const { text } = scan
  if (international) return rateInternational(scan, digits, start, end, count)
  if (digits.startsWith('00')) return isInternational(digits.slice(2)) ? 0.9 : 0
  const near = scan.contextAround(start, end)
  if (near === BLOCKED) return 0
  if (digits.startsWith('0')) {
    if (near !== FAR) {
      // The prefix of calls abroad from America.
      const isKnown =
        isNationalAnywhere(digits) || (digits.startsWith('011') && isInternational(digits.slice(3)))
      return isKnown ? 0.9 : near === ADJACENT && digits.length > 5 ? 0.6 : 0
    }
    if (count === 5 && isFrench(text, digits)) return 0.75
    const isUsual = isUsualNational(text, start, count, digits)
    const mayStandAlone =
      count === 1 && digits.length > 8 && digits[1] !== '1' && scan.isWholeText(start, end)
    if (!isUsual && !mayStandAlone) return 0
    if (!homeCountries.some(country => isNational(country, digits))) return 0
    return isUsual ? 0.75 : 0.5
  }
  if (isAmerican(count, digits)) return near === FAR ? 0.75 : 0.9
  if (near === ADJACENT && hasAmericanGroups(count)) return 0.6
  if (near !== ADJACENT) return 0
  if (digits.length >= 7 && (isNationalAnywhere(digits) || isInternational(digits))) return 0.8
  if (digits.length === 5) return count === 1 && isNamed(text, start) && isNationalAnywhere(digits) ? 0.6 : 0
  return digits.length > 5 && digits.length < 13 ? 0.6 : 0
}

/** `+00` is seen too; what no plan has is still meant as a number where a word says so. */
function rateInternational(scan: Scan, digits: string, start: number, end: number, count: number): number {
  if (isInternational(digits.startsWith('00') ? digits.slice(2) : digits)) return 0.95
  if (count < 2 || digits.length < 9 || digits.length > 14) return 0
  return scan.contextAround(start, end) > FAR ? 0.7 : 0
}

/** A colon or full stop right before: `Tel: 22123`, unlike `Telefon 80331 München`. */
function isNamed(text: string, start: number): boolean {
  const before = text.charCodeAt(is(text.charCodeAt(start - 1), BLANK) ? start - 2 : start - 1)
  return before === 0x3a || before === 0x2e
}

/** Five pairs, joined in one way, the first with a zero. */
function isFrench(text: string, digits: string): boolean {
  const separator = text.charCodeAt(groups.end(0))
  for (let group = 0; group < 5; group++) {
    if (groups.size(group) !== 2) return false
    if (group < 4 && text.charCodeAt(groups.end(group)) !== separator) return false
  }
  return isNational('FR', digits)
}

/** Area code, a separator, the rest; or a mobile number in one piece. */
function isUsualNational(text: string, start: number, count: number, digits: string): boolean {
  const first = groups.size(0)
  if (count === 1)
    return /^(?:01[567]\d{8,9}|06(?:50|60|64|67|7[06]|8[018]|99)\d{6,8}|07[5-9]\d{7})$/.test(digits)
  if (digits.length < 7 || digits.length > 13) return false
  const afterFirst = text.charCodeAt(groups.end(0))
  if (first === 3 && !hasShortAreaCode(digits)) return false
  if (isInsideAccount(text, start)) return false
  // Area codes have up to four digits behind the zero, in eastern Germany five.
  const longest = digits.startsWith('03') ? 6 : 5
  if (text.charCodeAt(start) === 0x28) return first >= 3 && first <= longest
  if (afterFirst === 0x2e && count < 3) return false
  if (first === 2) return isViennese(text, digits)
  return first >= 3 && first <= longest && groups.size(1) >= 2
}

/** Area codes of two digits behind the zero: four German cities, all of Switzerland, Austrian services for companies. */
function hasShortAreaCode(digits: string): boolean {
  if (/^0(?:30|40|69|89|50|57|59)/.test(digits)) return true
  return digits.length === 10 && /^0(?:2[124678]|3[1-4]|4[134]|5[12568]|6[12]|7[1-9]|81|91)/.test(digits)
}

/** Groups of an IBAN stand before it: its digits are no number even where its check digits are wrong. */
function isInsideAccount(text: string, start: number): boolean {
  return /[A-Z]{2}\d{2} [A-Z\d]{4} $/.test(text.slice(Math.max(0, start - 10), start))
}

function hasAmericanGroups(count: number): boolean {
  const from = count - 3
  if (from !== 0 && !(from === 1 && groups.size(0) === 1)) return false
  return groups.size(from) === 3 && groups.size(from + 1) === 3 && groups.size(from + 2) === 4
}

/** Vienna has one digit behind the zero; its slash tells it from a date or a share. */
function isViennese(text: string, digits: string): boolean {
  const end = groups.end(0)
  const hasSlash = text.charCodeAt(end) === 0x2f || text.startsWith(' / ', end)
  return hasSlash && digits.startsWith('01') && groups.size(1) >= 3 && isNational('AT', digits)
}

function isAmerican(count: number, digits: string): boolean {
  if (count === 4 && !digits.startsWith('1')) return false
  return hasAmericanGroups(count) && isNational('US', digits.slice(-10))
}
