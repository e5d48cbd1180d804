import { type Recognizer, words } from '../recognizer.ts'
import type { Scan } from '../scanner/scan.ts'
import { phraseList } from './word-list.ts'

interface Kind {
  readonly type: string
  readonly words: readonly string[]
  /** Letters and digits without what separates them. */
  readonly shape: RegExp
}

/**
 * English names, which texts in other languages use too: the numbers of countries that are switched on have recognizers
 * of their own, with the names of the country's language.
 */
const kinds: readonly Kind[] = [
  {
    type: 'PASSPORT_NUMBER',
    words: phraseList('passport'),
    shape: /^(?=.{8,9}$)[A-Z]{0,2}\d{6,9}$/i
  },
  {
    type: 'DRIVING_LICENCE',
    words: phraseList(
      "driver's_license driver’s_license drivers_license driver_license driving_license driver's_licence driver’s_licence drivers_licence driver_licence driving_licence"
    ),
    shape: /^(?:[A-Z]{0,2}\d{6,15}|[A-Z]{1,5}9{0,4}\d{6}[A-Z][A-Z\d][A-Z\d][A-Z]{2})$/i
  },
  {
    type: 'ID_NUMBER',
    words: phraseList(
      'national_id national_identity id_card identity_card national_id_card voter_id state_id citizen_id green_card resident_permit residence_permit'
    ),
    shape: /^[A-Z]{0,3}\d{6,18}[A-Z]?$/i
  },
  {
    type: 'US_SSN',
    words: phraseList('ssn social_security social_security_number'),
    shape: /^(?!000|666)\d{9}$/
  },
  { type: 'US_SSN', words: phraseList('social social_number socialnum'), shape: /^(?!000|666)\d{9}$/ },
  {
    type: 'GB_NINO',
    words: phraseList('nino national_insurance ni_number'),
    shape: /^(?!BG|GB|KN|NK|NT|TN|ZZ|.[DFIOQUV])[A-CEGHJ-PR-TW-Z][A-Z]\d{6}[A-D]$/i
  }
]

const kindByWord = new Map(kinds.flatMap(kind => kind.words.map(word => [word, kind])))

/** What joins the name and the number; the group is there where it says that a number follows. */
const bridge =
  /[ \t]{0,2}(?:\([\p{L}., /-]{2,24}\)[ \t]{0,2})?(?:card[ \t])?(\(?(?:numbers?|nummer|num|no|nr|n[°º]|№|id|#)?\.?[ \t]{0,2}(?:\([\p{L}., /-]{2,24}\)[ \t]{0,2})?(?:on[ ](?:file|record)[ ])?(?:(?:is|was|ist|lautet|war|:|=|-|–)[ \t]{0,3}){0,2}["'#]?)/iuy

/** Letters, then digits and letters in groups; a blank stands before digits, or before the last letter. */
const value =
  /(?:[A-Z]{1,3}[ -]?|[A-Z]{4,5})?\d[A-Z\d]{0,17}(?:[ .-](?=[A-Z]{0,3}\d)[A-Z\d]{1,8}){0,4}(?:[ -][A-Z])?(?![\p{L}\d]|[.,/-]\d)/uy

const date = /^(?:\d{1,2}[.-]\d{1,2}[.-]\d{2,4}|(?:19|20)\d\d[.-]\d\d[.-]\d\d)$/

/**
 * Numbers of identity papers and of social insurance right behind their name, whatever country gave them out: a visitor's
 * passport is no less personal than a citizen's. No check: the name alone tells.
 */
export const documentNumber: Recognizer = {
  id: 'document-number',
  types: [...new Set(kinds.map(({ type }) => type))],
  anchors: words(...kindByWord.keys()),
  recognize,
  examples: {
    match: [
      { text: 'Indian passport no. J8369854', found: 'J8369854' },
      { text: 'Turkish passport U12345678', found: 'U12345678' },
      { text: 'my social is 685-54-6137', found: '685-54-6137', type: 'US_SSN' },
      { text: 'passport number (US): 533380006', found: '533380006' },
      {
        text: "my driver's license number is 2270-66-1551",
        found: '2270-66-1551',
        type: 'DRIVING_LICENCE'
      },
      { text: 'Driving licence: MORGA657054SM9IJ', found: 'MORGA657054SM9IJ', type: 'DRIVING_LICENCE' },
      { text: 'His social security number is 853-37-1694', found: '853-37-1694', type: 'US_SSN' },
      { text: 'National Insurance number: AB 12 34 56 C', found: 'AB 12 34 56 C', type: 'GB_NINO' },
      { text: 'National ID No: 784-1990-1234567-1', found: '784-1990-1234567-1', type: 'ID_NUMBER' }
    ],
    noMatch: [
      'passport 2024 was renewed',
      'passport control',
      'the passport number is missing',
      'passport.js version 0.7.0',
      'passport: 12.03.2031',
      'passport: M123A45678',
      'social media 2024-10-1234',
      'social: 685546137',
      'passport: 200 000 applications',
      'ID card 12',
      "driver's license suspended"
    ]
  },
  source: 'ICAO Doc 9303-3; AAMVA DL/ID card design standard; SSA RM 10201; HMRC NIM39110'
}

const dashed = /^\d{3}[- ]\d\d[- ]\d{4}$/

function recognize(scan: Scan, start: number, end: number): void {
  const { text } = scan
  const word = text.slice(start, end).toLowerCase()
  const kind = kindByWord.get(word)
  if (kind === undefined) return
  bridge.lastIndex = end
  const says = bridge.exec(text)?.[1]?.trim()
  if (says === undefined) return
  const from = bridge.lastIndex
  value.lastIndex = from
  const number = value.exec(text)?.[0]
  if (number === undefined || date.test(number) || /^\d{1,3}(?: \d{3})+$/.test(number)) return
  const plain = number.replace(/[ .-]/g, '')
  // Without a sign that a number follows it must look like none of an amount.
  if (!kind.shape.test(plain) || (says === '' && plain === number && /^\d+$/.test(number))) return
  if (word.startsWith('social') && !word.includes('security') && !dashed.test(number)) return
  scan.report(from, from + number.length, kind.type, 0.75)
}
