import { prefixes, type Recognizer, words } from '../recognizer.ts'
import { ALNUM, BLANK, flagsOf, is, LETTER, NEWLINE } from '../scanner/chars.ts'
import { separatorBit } from '../scanner/cluster.ts'
import type { Scan } from '../scanner/scan.ts'
import { digitLike } from './national/damaged.ts'
import { mod97 } from './validators/iso7064.ts'
import { phraseList } from './word-list.ts'

/** Length by country: IBAN registry of SWIFT, and countries that use the format without being in it. */
const lengths =
  'AD24 AE23 AL28 AO25 AT20 AZ28 BA20 BE16 BF28 BG22 BH22 BI27 BJ28 BR29 BY28 CF27 CG27 CH21 CI28 CM27 CR22 CV25 CY28 ' +
  'CZ24 DE22 DJ27 DK18 DO28 DZ26 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GA27 GB22 GE22 GI23 GL18 GN28 GQ27 GR27 GT28 GW25 ' +
  'HN28 HR21 HU28 IE22 IL23 IQ23 IR26 IS26 IT27 JO30 KM27 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MA28 MC27 MD24 ' +
  'ME22 MG27 MK19 ML28 MN20 MR27 MT31 MU30 MZ25 NE28 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 ' +
  'SC31 SD18 SE24 SI19 SK24 SM27 SN28 SO23 ST25 SV28 TD27 TG28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30'

/** Index (first letter × 26 + second letter) → length of the whole number, 0 where no country uses it. */
const lengthOf: Uint8Array = new Uint8Array(26 * 26)
for (const entry of lengths.split(' ')) {
  lengthOf[(entry.charCodeAt(0) - 0x41) * 26 + entry.charCodeAt(1) - 0x41] = Number(entry.slice(2))
}

/** Longest span in the text: 34 characters, each with a separator, one of them a line break. */
const MAX_SPAN = 80

const codes = new Uint8Array(34)

/** IBAN, ISO 13616: length by country, mod 97-10. Spaced in any way, also lower case. */
export const iban: Recognizer = {
  id: 'iban',
  types: ['IBAN'],
  context: phraseList(`
IBAN Kontonummer Konto Bankverbindung Kontoverbindung account SEPA compte conto cuenta rekening
`),
  number: (scan, cluster) => {
    readAt(scan, (cluster.letters & 1) === 0 ? countryBefore(scan.text, cluster.start) : cluster.start)
  },
  anchors: [
    ...prefixes('iban'),
    ...words('iban', 'konto', 'konta', 'rachunku', 'account', 'compte', 'cuenta', 'bankverbindung')
  ],
  recognize: afterWord,
  validates: 'ISO 13616-1 check digits',
  examples: {
    match: [
      { text: 'IBAN: DE89 3704 0044 0532 0130 00, BIC COBADEFFXXX', found: 'DE89 3704 0044 0532 0130 00' },
      'DE89370400440532013000',
      { text: 'überweise auf de89 3704 0044 0532 0130 00 bitte', found: 'de89 3704 0044 0532 0130 00' },
      { text: 'AT611904300234573201 und CH9300762011623852957', found: 'AT611904300234573201' },
      'GB29-NWBK-6016-1331-9268-19',
      { text: 'IBAN: DE02 3705 0198 0001 2345 67', found: 'DE02 3705 0198 0001 2345 67' },
      'MT84 MALT 0110 0001 2345 MTLC AST0 01S',
      { text: 'IBANDE89370400440532013000', found: 'DE89370400440532013000' },
      'NL 91 ABNA 0417 1643 00',
      'NO. 93 8601 11 17947',
      { text: 'Konto: DE8\n9370400440532013000', found: 'DE8\n9370400440532013000' },
      { text: 'IBAN DE8937O4OO44O532O13OOO', found: 'DE8937O4OO44O532O13OOO' }
    ],
    noMatch: [
      'DE89 3704 0044 0532 0130 01',
      'XX89 3704 0044 0532 0130 00',
      'DE89 3704 0044 0532 0130',
      'A1B2C3D4E5F6'
    ]
  },
  source: 'ISO 13616-1; SWIFT IBAN Registry'
}

/** Where the country's code starts in `NO. 93 8601 …`, whose digits are a token of their own; the digits' place if not so. */
function countryBefore(text: string, start: number): number {
  let at = start - 1
  if (is(text.charCodeAt(at), BLANK)) at--
  return text.charCodeAt(at) === 0x2e ? at - 2 : start
}

/** An IBAN glued to the word, as in tables copied from PDF, or right behind it and broken by a line's end. */
function afterWord(scan: Scan, start: number, end: number): void {
  let at = end
  while (at - end < 6 && !is(scan.text.charCodeAt(at), ALNUM)) at++
  if (!is(scan.text.charCodeAt(at), LETTER) || scan.isCovered(at)) return
  readAt(scan, at, /^iban$/i.test(scan.text.slice(start, end)))
}

/** Reports the IBAN that starts at `start`, if one does; right behind its name a mistyped one too: it still leads to someone. */
function readAt(scan: Scan, start: number, isNamed = false): void {
  const { text } = scan
  const first = (text.charCodeAt(start) & 0xdf) - 0x41
  const second = (text.charCodeAt(start + 1) & 0xdf) - 0x41
  if (first < 0 || first > 25 || second < 0 || second > 25) return
  const length = lengthOf[first * 26 + second] ?? 0
  if (length === 0 || !is(text.charCodeAt(start + 1), LETTER)) return
  const end = readCodes(text, start, length)
  if (end === 0) return
  if (mod97(codes, 4, length) || isMisread(length)) scan.report(start, end, 'IBAN', 0.99)
  else if (isNamed && isPlain(length)) scan.report(start, end, 'IBAN', 0.7)
}

/** Of digits alone, as most countries have it. */
function isPlain(length: number): boolean {
  for (let i = 2; i < length; i++) if ((codes[i] ?? 0) > 0x39) return false
  return true
}

/** A scanner read O for 0, l or I for 1: with digits in their place the check digits are right. */
function isMisread(length: number): boolean {
  let repaired = 0
  for (let i = 2; i < length; i++) {
    const digit = digitLike(codes[i] ?? 0)
    if (digit === 0) continue
    codes[i] = digit
    repaired++
  }
  return repaired > 0 && mod97(codes, 4, length)
}

/** Fills `codes` with `length` letters and digits from `start`; returns where they end, 0 if they don't. */
function readCodes(text: string, start: number, length: number): number {
  let count = 0
  let gap = 0
  let lineBreaks = 0
  const stop = Math.min(text.length, start + MAX_SPAN)
  for (let at = start; at < stop; at++) {
    const code = text.charCodeAt(at)
    const flags = flagsOf[code | 0] ?? 0
    if ((flags & ALNUM) !== 0) {
      const isLetter = code > 0x39
      if ((count === 2 || count === 3) && isLetter && digitLike(code & 0xdf) === 0) return 0
      codes[count++] = isLetter ? code & 0xdf : code
      gap = 0
      if (count === length) return is(text.charCodeAt(at + 1), ALNUM) ? 0 : at + 1
    } else {
      if ((flags & NEWLINE) !== 0) lineBreaks++
      if (gap++ >= 2 || lineBreaks > 1 || ((flags & (BLANK | NEWLINE)) === 0 && separatorBit(code) === 0))
        return 0
    }
  }
  return 0
}
