import { type Recognizer, words } from '../../recognizer.ts'
import { is, LETTER } from '../../scanner/chars.ts'
import type { Scan } from '../../scanner/scan.ts'
import { type NameSpan, readName, reportName, skipBlanks, skipTitles } from './name.ts'
import { ambiguousSurnames, givenNames } from './words.ts'
import { phraseList } from '../word-list.ts'

/** Persons who say who they are: `ich heiße …`, `mein Name ist …`, `my name is …`, `hier spricht …`. */
export const personIntroduction: Recognizer = {
  id: 'person-introduction',
  types: ['PERSON'],
  scope: 'prose',
  anchors: words(
    ...phraseList(`
ich_heiße ich_heisse heiße_ich mein_name_ist mein_name_lautet name_ist namens ich_bin bin_ich hier_ist
hier_spricht my_name_is name_is i_am i'm this_is named call_me je_m’appelle je_m’appelle mi_chiamo
je_m'appelle je_soussigné je_soussignée io_sottoscritto la_sottoscritta il_sottoscritto nazywam_się ik_ben mijn_naam_is mi_nombre_es soy me_llamo ik_heet unterzeichnet_von signed_by gez written_by verfasst_von geboren_als geborene geb née z_domu
verheiratet_mit married_to heißt heisst
`)
  ),
  recognize,
  examples: {
    match: [
      { text: 'Hallo, ich heiße Kübra Yılmaz und', found: 'Kübra Yılmaz' },
      { text: 'Mein Name ist Bond, James Bond.', found: 'Bond' },
      { text: 'my name is Rubija', found: 'Rubija' },
      { text: 'Ich bin Sabine Krause aus Jena', found: 'Sabine Krause' },
      { text: "Hi, I'm Laura", found: 'Laura' },
      { text: 'hier spricht Torben Harms', found: 'Torben Harms' },
      { text: 'Hola, soy Carmen Ortega, con DNI', found: 'Carmen Ortega' },
      { text: 'gez. K. Öztürk', found: 'K. Öztürk' },
      { text: 'Walburga, geb. Lütke-Wenning * 30.6.1931', found: 'Lütke-Wenning' },
      { text: 'seine frau heißt mandy, bitte', found: 'mandy' },
      { text: 'Der neue Kollege heißt Torben Harms.', found: 'Torben Harms' }
    ],
    noMatch: [
      'Ich bin Arzt',
      'geb. am 3. Mai',
      'geb. August 1970',
      'geb. Januar',
      'geb. Hannover 1970',
      'Soy Médico de guardia',
      'Ich bin Ihr Berater',
      'This is Important',
      'My name is not',
      'I am Groot-like',
      'Hier ist Vorsicht geboten',
      'the function named Foo',
      'Die Funktion heißt Parse',
      'das heißt immer'
    ]
  },
  source: 'Own word lists'
}

/** Longest given name in lower case. */
const MAX_TYPED = 16
/** Behind these anything may stand: only known given names count. */
const weak = /^(?:ich bin|bin ich|hier ist|i am|i'm|this is|named|call me|soy|ik ben|hei(?:ß|ss)t)$/i

function recognize(scan: Scan, start: number, end: number): void {
  const { text } = scan
  if (is(text.charCodeAt(end), LETTER)) return
  let at = end
  if (text.charCodeAt(at) === 0x2e || text.charCodeAt(at) === 0x3a) at++
  at = skipTitles(text, skipArticle(text, skipBlanks(text, at)))
  // `geb. august 1970` is no person.
  const isBirth = /^(?:geb|née|z domu)$/i.test(text.slice(start, end))
  const name = readName(text, at, isBirth ? 2 : 3) ?? (isBirth ? null : readTyped(text, at))
  // A place, when the year stands behind it.
  if (isBirth && name !== null && /^,? \d/.test(text.slice(name.end, name.end + 3))) return
  // `geb: ISODate(…)`
  if (name !== null && text.charCodeAt(name.end) === 0x28) return
  if (name === null || (weak.test(text.slice(start, end)) && !name.given)) return
  reportName(scan, name.start, name.end, name.given ? 0.9 : 0.8)
}

/** A given name in lower case, as chats have it: `meine frau heißt mandy`. */
function readTyped(text: string, at: number): NameSpan | null {
  let end = at
  while (end - at <= MAX_TYPED && is(text.charCodeAt(end), LETTER)) end++
  if (end - at < 4 || end - at > MAX_TYPED) return null
  const word = text.slice(at, end)
  const capitalised = word.charAt(0).toUpperCase() + word.slice(1)
  if (word === capitalised || !givenNames.has(capitalised) || ambiguousSurnames.has(capitalised)) return null
  return { start: at, end, words: 1, initials: 0, given: true }
}

/** `ich bin der Tom`, `hier ist die Anna`. */
function skipArticle(text: string, at: number): number {
  return text.startsWith('der ', at) || text.startsWith('die ', at) ? at + 4 : at
}
