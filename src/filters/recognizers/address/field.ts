import { words, type Recognizer } from '../../recognizer.ts'
import { BLANK, DIGIT, hasDigit, is, LETTER, NEWLINE, WORD } from '../../scanner/chars.ts'
import type { Scan } from '../../scanner/scan.ts'
import { wordList } from '../word-list.ts'
import { isGermanPostcode, isUpper, letteredPostcodeEnd, postcodeEnd, skipBlanks } from './reader.ts'

const MAX_LINE = 90
const MAX_LINES = 6

/** Names of fields that hold an address or its street. */
const addressLabels = wordList(`
address addr addressline addressline1 addressline2 address1 address2 streetaddress street streetname strasse straße strase
anschrift adresse wohnadresse wohnanschrift lieferadresse rechnungsadresse postanschrift shippingaddress billingaddress
homeaddress mailingaddress postaladdress direccion dirección domicilio calle indirizzo adres rue via straat line1 line2
strassehausnummer straßehausnummer strassenr hausanschrift privatadresse firmenadresse deliveryaddress formattedaddress
`)
/** Names of fields that hold a postcode. */
const postcodeLabels = wordList(`
plz postleitzahl zip zipcode postcode postalcode codigopostal códigopostal codepostal cap postnummer kodpocztowy cp
plzort postleitzahlort zipplus4 postalzone pstcd
`)
/** Names of fields that hold the number of a house. */
const numberLabels = wordList('hausnummer housenumber hausnr streetnumber housenr huisnummer streetno')

/** An address, street or postcode named by the field it stands in: JSON, tables, forms, prose with a colon. */
export const addressField: Recognizer = {
  id: 'address-field',
  types: ['ADDRESS'],
  anchors: words(
    'address',
    'adresse',
    'anschrift',
    'wohnanschrift',
    'lieferadresse',
    'rechnungsadresse',
    'wohnadresse',
    'domicilio',
    'dirección',
    'indirizzo',
    'adres',
    'domicile',
    'straße',
    'strasse',
    'street',
    'plz',
    'postleitzahl',
    'zip',
    'zip code',
    'zipcode',
    'postcode',
    'postal code',
    'postalcode',
    'postal zone',
    'pstcd',
    'addressline',
    'streetaddress',
    'cp',
    'c.p.',
    'código postal',
    'code postal',
    'kod pocztowy',
    'ship to',
    'deliver to',
    'lives at',
    'live at',
    'living at',
    'residing at',
    'located at',
    'office is at',
    'send to',
    'sent to',
    'new one to',
    'restaurant is at',
    'meet me at',
    'lives on',
    'lives in',
    'live on'
  ),
  recognize,
  labelled,
  examples: {
    match: [
      { text: 'Grabental 83', label: 'street', found: 'Grabental 83' },
      { text: '10115', label: 'plz', found: '10115' },
      { text: 'Domicilio: Río Júcar, 28.\nCP: 28935.', found: '28935' },
      { text: 'Anschrift: Obere Wies 4', found: 'Obere Wies 4' },
      { text: 'Kevin gave his address: 5049 Harjukuja 54, SEINÄJOKI', found: '5049 Harjukuja 54, SEINÄJOKI' },
      { text: 'ZIP: 3520', found: '3520' },
      { text: '{"postalCode":"10115"}', found: '10115' },
      { text: '12a', label: 'houseNumber', found: '12a' }
    ],
    noMatch: [
      'IP address: 10.0.0.1',
      'Adresse: siehe unten',
      'E-Mail-Adresse: x@y',
      'address: 0x7fff5fbff8c0',
      'Please send to the team by 5 pm',
      { text: 'see invoice', label: 'address' },
      'zip: archive-2024.zip',
      'mailing address: unknown',
      'PLZ: 01000',
      'PLZ: 101150'
    ]
  },
  source: 'schema.org/PostalAddress; vCard ADR (RFC 6350 §6.3.1); form fields'
}

function labelled(scan: Scan): void {
  const { text } = scan
  if (text.length > 200) return
  const label = scan.label.toLowerCase().replace(/[^\p{L}\d]/gu, '')
  const start = skipBlanks(text, 0)
  const end = trimmedEnd(text, text.length)
  if (end <= start) return
  if (postcodeLabels.has(label)) {
    if (
      Math.max(postcodeEnd(text, start), letteredPostcodeEnd(text, start)) > start ||
      /^\d{4,6}$/.test(text.slice(start, end))
    )
      scan.report(start, end, 'ADDRESS', 0.9)
  } else if (addressLabels.has(label)) {
    if (isAddressLine(text.slice(start, end), true)) scan.report(start, end, 'ADDRESS', 0.9)
  } else if (
    numberLabels.has(label) &&
    /^\d{1,4} ?[A-Za-z]?(?:[-/]\d{1,4}[a-z]?)?$/.test(text.slice(start, end))
  )
    scan.report(start, end, 'ADDRESS', 0.8)
}

function recognize(scan: Scan, start: number, end: number): void {
  const { text } = scan
  if (!hasDigit(text, end, end + 200)) return
  if (is(text.charCodeAt(end), LETTER) || isOtherAddress(text, start)) return
  const isPhrase = is(text.charCodeAt(start + 4), BLANK) || / (?:at|to)$/i.test(text.slice(start, end))
  const lead =
    /^(?:s|n)?"?(?: (?:is|lautet|ist|of [\p{L} ,]{1,40} is))?(?: ?[:=]|\.?:)? {0,3}["']?\n?[ \t]{0,8}/u.exec(
      text.slice(end, end + 72)
    )
  const at = end + (lead?.[0].length ?? 0)
  if (at === end || (!isPhrase && !/[:=]|is |lautet |ist /.test(lead?.[0] ?? ''))) return
  const word = text.slice(start, end)
  if (isPostcodeWord(word)) postcodeValue(scan, at, /^(?:plz|post.*zahl)$/i.test(word))
  else addressValue(scan, at, isPhrase)
}

function isPostcodeWord(word: string): boolean {
  return (
    /^(?:plz|postleitzahl|zip|cp|c\.p|post|postal|kod|c[oó]d)/i.test(word) &&
    !/^(?:postanschrift)/i.test(word)
  )
}

/** @param isGerman named in German */
function postcodeValue(scan: Scan, at: number, isGerman: boolean): void {
  const { text } = scan
  const end = Math.max(postcodeEnd(text, at), letteredPostcodeEnd(text, at))
  const code = text.slice(at, end)
  const isNone = /^0{4}/.test(code) || (isGerman && !isGermanPostcode(code))
  if (end > at && !isNone) scan.report(at, end, 'ADDRESS', 0.9)
}

/** `IP address`, `E-Mail-Adresse`, `memory address`. */
function isOtherAddress(text: string, start: number): boolean {
  return /(?:ip|mac|mail|memory|web|internet|netz|netzwerk|url|return|base|contract|wallet|email|bind|listen|remote|server|host|src|dst|source|destination|to|from|start|end|physical|virtual|link|hardware)[-_ ]{0,2}$/i.test(
    text.slice(Math.max(0, start - 12), start)
  )
}

/** Reports the lines from `at` on as long as they read like an address. */
function addressValue(scan: Scan, at: number, isPhrase: boolean): void {
  const { text } = scan
  let end = at
  let from = at
  let digits = false
  for (let line = 0; line < MAX_LINES; line++) {
    const stop = lineEnd(text, from)
    const trimmed = trimmedEnd(text, stop)
    const content = text.slice(from, trimmed)
    if (trimmed === from || !isAddressLine(content, false)) {
      // The name of the recipient may stand above the address.
      if (line > 0 || !/^\p{Lu}[\p{L}.' -]{2,40}$/u.test(content)) break
    } else {
      end = trimmed
      if (/(?:^|[ ,.#/-])\d/.test(content)) digits = true
    }
    const ended = stop === trimmed && is(text.charCodeAt(stop), NEWLINE)
    from = ended || is(text.charCodeAt(stop), NEWLINE) ? nextLine(text, stop) : -1
    if (from < 0) break
  }
  const start = digits && end > at ? firstAddressLine(text, at, end) : end
  if (start < end)
    scan.report(start, end, 'ADDRESS', is(text.charCodeAt(start), DIGIT) ? 0.95 : isPhrase ? 0.7 : 0.8)
}

function firstAddressLine(text: string, at: number, end: number): number {
  const stop = trimmedEnd(text, lineEnd(text, at))
  if (stop >= end || isAddressLine(text.slice(at, stop), true)) return at
  const next = nextLine(text, lineEnd(text, at))
  return next < 0 ? at : next
}

/** End of the line, cell or sentence. */
function lineEnd(text: string, from: number): number {
  let end = from
  while (end - from < MAX_LINE) {
    const code = text.charCodeAt(end)
    if (
      Number.isNaN(code) ||
      is(code, NEWLINE) ||
      code === 0x09 ||
      code === 0x22 ||
      code === 0x3b ||
      code === 0x7c
    )
      break
    if (code === 0x3f || code === 0x21 || code === 0x3c || code === 0x28) break
    if (
      code === 0x2e &&
      is(text.charCodeAt(end + 1), BLANK | NEWLINE) &&
      end - from > 8 &&
      !isAbbreviated(text, end)
    )
      break
    end++
  }
  return end
}

/** A dot after a short word or a single digit does not end the sentence. */
function isAbbreviated(text: string, dot: number): boolean {
  return (
    /(?:^|[^\p{L}])(?:\p{L}{1,3}|str|straße|apt|\d)$/iu.test(text.slice(Math.max(0, dot - 8), dot)) &&
    !/\d\d$/.test(text.slice(dot - 2, dot))
  )
}

function trimmedEnd(text: string, from: number): number {
  let end = from
  while (end > 0 && (is(text.charCodeAt(end - 1), BLANK | NEWLINE) || '.,;'.includes(text.charAt(end - 1))))
    end--
  return end
}

function nextLine(text: string, at: number): number {
  let next = at
  let newlines = 0
  while (next - at < 16 && is(text.charCodeAt(next), BLANK | NEWLINE)) {
    if (text.charCodeAt(next) === 0x0a && ++newlines > 1) return -1
    next++
  }
  return next
}

/** A word in upper case and a number, or upper case alone for further lines; no sentence, no address of a machine. */
function isAddressLine(line: string, needsDigit: boolean): boolean {
  if (line.length < 3 || /[@{}=<>\\]|:\/\/|0x|\d\.\d{1,3}\.|::|[a-z_]\(|_/i.test(line)) return false
  const hasNumber = /(?:^|[ ,.#/-])\d{1,6}(?: ?[a-zA-Z])?(?:$|[ ,./-])/.test(line)
  if (
    needsDigit &&
    !hasNumber &&
    !/(?:str(?:aße|asse|\.)?|weg|platz|gasse|allee|street|road|s\/n)\.?$/i.test(line)
  )
    return false
  const words = line.split(/[ ,]+/)
  if (words.length > 14) return false
  const lower = words.filter(word => /^\p{Ll}{3,}/u.test(word)).length
  const upper = words.filter(
    word => isUpper(word.charCodeAt(0)) || is(word.charCodeAt(0), DIGIT) || !is(word.charCodeAt(0), WORD)
  ).length
  return upper > 0 && lower <= (hasNumber ? Math.min(upper, 2) : 0) && /\p{L}{2}|\d{4}/u.test(line)
}
