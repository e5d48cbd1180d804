import { type Recognizer, words } from '../../recognizer.ts'
import { hasDigit, is, LETTER } from '../../scanner/chars.ts'
import type { Scan } from '../../scanner/scan.ts'
import { phraseList } from '../word-list.ts'
import { reportStreet } from './block.ts'

/** Longest street that is looked at. */
const MAX_STREET = 64

const name =
  "(?:\\p{Lu}[\\p{L}'’.-]{0,24}|de|del|della|dei|di|da|do|du|la|le|les|van|von|der|den|het|am|an|na|ul\\.)"
/** Words in upper case and a house number, which is no year, hour or quantity. */
const street = new RegExp(
  `^ (?:the )?((?:\\d{1,5} )?(?:${name} ){1,5}(?!(?:19|20)\\d\\d(?!\\d))\\d{1,4}[a-z]?)(?![\\d\\p{L}:%°€$]|[.,:/-]\\d| ?(?:%|€|km|m|kg|am|pm|Uhr|o'clock|o’clock|hours?|days?|years?|million)(?!\\p{L}))`,
  'u'
)
const crossing = new RegExp(
  `^ ((?:\\d{1,5} )?(?:${name} ){1,5}(?:\\d{1,5} )?(?:and|und|&) (?:\\p{Lu}[\\p{L}'’.-]{1,24}|\\d{1,3}(?:st|nd|rd|th))(?: \\p{Lu}[\\p{L}.]{1,16}){0,2})(?!\\p{L})`,
  'u'
)

/** Where one may be without living there. */
const noStreets =
  /^(?:the )?(?:Terminal|Gate|Level|Floor|Room|Platform|Table|Booth|Hall|Exit|Page|Section|Line|Port|Position|Index|Version|Step|Building|Route|Highway|Stage|Slot|Bus|Tisch|Halle|Gleis|Raum|Zimmer|Ebene|Terminal)\b/

/** Addresses told by the words before them, in whatever language the street is: `lives at Hoge Wei 32`, `the corner of …`. */
export const addressStated: Recognizer = {
  id: 'address-stated',
  types: ['ADDRESS'],
  scope: 'prose',
  anchors: words(
    ...phraseList(`
lives_on lives_at lived_on lived_at live_at living_at resides_at residing_at staying_at located_at located_on situated_at address_is
wohnt_am wohnhaft_am adresse_ist adresse_lautet corner_of ecke_von
`)
  ),
  recognize,
  examples: {
    match: [
      { text: 'Trivo lives on Grössgstötten 50 with his dog', found: 'Grössgstötten 50' },
      { text: 'She lives at Hoge Wei 32, third floor', found: 'Hoge Wei 32, third floor' },
      { text: 'our address is Via dei Fiorentini 17.', found: 'Via dei Fiorentini 17' },
      { text: 'meet at the corner of Kuusiku 7 and Alexander Flat?', found: 'Kuusiku 7 and Alexander Flat' },
      { text: 'on the corner of Main St. and 5th', found: 'Main St. and 5th' }
    ],
    noMatch: [
      'The lounge is located at Gate 12 today',
      'He lived at Windsor 1990 to 1995',
      'She lives at home 24 hours',
      'the corner of the table and a chair',
      'located at Position 3',
      'the corner of AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'
    ]
  },
  source: 'Own rule: what people write before an address'
}

function recognize(scan: Scan, start: number, end: number): void {
  const { text } = scan
  if (is(text.charCodeAt(end), LETTER)) return
  const behind = text.slice(end, end + MAX_STREET)
  const isCrossing = /^(?:corner|ecke)/i.test(text.slice(start, end))
  if (!isCrossing && !hasDigit(text, end, end + MAX_STREET)) return
  const found = (isCrossing ? crossing : street).exec(behind)
  const value = found?.[1]
  if (found === null || value === undefined || noStreets.test(value)) return
  const at = end + found[0].length - value.length
  // Two streets are all there is; behind one, a postcode and its place may follow.
  if (isCrossing) scan.report(at, at + value.length, 'ADDRESS', 0.85)
  else reportStreet(scan, at, at + value.length, 0.7)
}
