import { words, type Recognizer } from '../../recognizer.ts'
import { BLANK, DIGIT, is, LETTER, NEWLINE, WORD } from '../../scanner/chars.ts'
import { wordEnd } from '../../scanner/names.ts'
import type { Scan } from '../../scanner/scan.ts'
import { reportStreet, startsPart, wordStartBefore } from './block.ts'
import { isUpper, letteredPostcodeEnd } from './reader.ts'
import { leadWords, notStreet, particles } from './words.ts'

const MAX_WORDS = 8

/** A flat or suite, with whatever street stands before it, and military post: the street needs no known kind here. */
export const addressUnit: Recognizer = {
  id: 'address-unit',
  types: ['ADDRESS'],
  scope: 'prose',
  anchors: words('Apt', 'Apartment', 'Flat', 'Suite', 'Ste', 'APO', 'FPO', 'DPO'),
  recognize,
  examples: {
    match: [
      {
        text: 'sent to 28245 Puruntie 82 Apt. 595\n   Lappeenranta\n   53650?',
        found: '28245 Puruntie 82 Apt. 595\n   Lappeenranta\n   53650'
      },
      {
        text: '> 20789 Allika 46\n> Suite 501\n> Riisa\n> Estonia 62488',
        found: '20789 Allika 46'
      },
      {
        text: 'Address: Flat 12, Pinnacle House, Leeds LS2 8QT. DOB',
        found: 'Flat 12, Pinnacle House, Leeds LS2 8QT'
      },
      { text: 'at PSC 0413, Box 8144\nAPO AA 42323', found: 'PSC 0413, Box 8144\nAPO AA 42323' }
    ],
    noMatch: [
      'the suite 5 tests',
      'Test Suite 12 failed',
      'run apt install 5',
      'Office Suite 2019',
      'apt 2.4.11 is ready'
    ]
  },
  source: 'USPS Publication 28, appendix C2 and section 238 (military addresses)'
}

function recognize(scan: Scan, start: number, end: number): void {
  const { text } = scan
  if (is(text.charCodeAt(end), LETTER)) return
  if (/^[AFD]PO$/i.test(text.slice(start, end))) {
    recognizeMilitary(scan, start, end)
    return
  }
  const unit = /^\.? {0,2}(?:No\.? ?|#)?\d{1,5}[A-Z]?(?![\p{L}\d.])/u.exec(text.slice(end, end + 14))
  if (unit === null) return
  const namedEnd = namedHouseEnd(text, end + unit[0].length)
  if (namedEnd > 0) {
    scan.report(start, namedEnd, 'ADDRESS', 0.95)
    return
  }
  const from = lineBefore(text, start)
  if (from < 0) {
    const street = streetAfter.exec(text.slice(end + unit[0].length, end + unit[0].length + 80))
    if (street !== null) reportStreet(scan, start, end + unit[0].length + street[0].length, 0.95)
    return
  }
  reportStreet(scan, from, end + unit[0].length, 0.8)
}

const namedHouse =
  /^(?:, {0,2}\p{Lu}[\p{L}.'’-]{1,24}(?: (?:\p{Lu}[\p{L}.'’-]{1,24}|of|the|upon|on)){0,3}){1,4},? {1,2}/u

/** End of the postcode behind a house with a name and its town, as in the United Kingdom; 0 when there is none. */
function namedHouseEnd(text: string, at: number): number {
  const names = namedHouse.exec(text.slice(at, at + 120))
  if (names === null) return 0
  const end = letteredPostcodeEnd(text, at + names[0].length)
  return end > at + names[0].length ? end : 0
}

/** A unit may stand first: `Suite 541 6343 Skogstien 106`. */
const streetAfter = /^,? (?:\d{1,5} )?(?:\p{Lu}[\p{L}.'-]{1,24} ){1,4}\d{1,4}[a-zA-Z]?(?![\p{L}\d])/u

function recognizeMilitary(scan: Scan, start: number, end: number): void {
  const { text } = scan
  const code = /^,? A[AEP],? \d{5}(?:-\d{4})?(?!\d)/i.exec(text.slice(end, end + 18))
  if (code === null) return
  const from = Math.max(0, start - 48)
  const line = /(?:PSC|CMR|Unit|OPC|USNS|USS|USCGC|USNV)\b[^\n]{1,30}[\n,][ \t>]{0,6}$/i.exec(
    text.slice(from, start)
  )
  scan.report(line === null ? start : from + line.index, end + code[0].length, 'ADDRESS', 0.95)
}

/** Start of a street with a number in it, on the same line or the one before; -1 when there is none. */
function lineBefore(text: string, at: number): number {
  let start = beforeSeparator(text, at)
  if (start < 0) return -1
  let number = false
  for (let word = 0; word < MAX_WORDS; word++) {
    const first = tokenStart(text, start)
    if (first === start) break
    const name = text.slice(first, start)
    if (is(text.charCodeAt(first), DIGIT)) number = true
    else if (notStreet.has(name) || leadWords.has(name)) break
    else if (!isUpper(text.charCodeAt(first)) && !particles.has(name)) break
    start = first
    if (startsPart(text, start) || !is(text.charCodeAt(start - 1), BLANK)) break
    start = text.charCodeAt(start - 2) === 0x2e && !isSentence(text, start) ? start - 2 : start - 1
  }
  while (start < at && !is(text.charCodeAt(start), WORD)) start++
  while (start < at && !isUpper(text.charCodeAt(start)) && !is(text.charCodeAt(start), DIGIT))
    start = Math.max(start + 1, wordEnd(text, start) + 1)
  return number && start < at ? start : -1
}

function isSentence(text: string, at: number): boolean {
  return (
    is(text.charCodeAt(at - 4), LETTER) &&
    is(text.charCodeAt(at - 5), LETTER) &&
    is(text.charCodeAt(at - 6), LETTER)
  )
}

/** End of what stands before blanks, a comma, a line end with quote marks; -1 at the start of the text. */
function beforeSeparator(text: string, at: number): number {
  let end = at
  let newlines = 0
  while (end > 0 && at - end < 16) {
    const code = text.charCodeAt(end - 1)
    if (code === 0x0a) newlines++
    else if (!is(code, BLANK | NEWLINE) && code !== 0x2c && code !== 0x3e && code !== 0x2e) break
    end--
  }
  return newlines > 1 || end === at ? -1 : end
}

/** Start of the word or number that ends at `end`. */
function tokenStart(text: string, end: number): number {
  let start = end
  while (end - start < 8 && is(text.charCodeAt(start - 1), DIGIT)) start--
  if (start < end) return is(text.charCodeAt(start - 1), WORD) ? end : start
  if (is(text.charCodeAt(end - 2), DIGIT)) {
    const letter = end - 1
    return is(text.charCodeAt(letter), LETTER) ? tokenStart(text, letter) : end
  }
  return wordStartBefore(text, end)
}
