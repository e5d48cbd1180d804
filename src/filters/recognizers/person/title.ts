import { type Recognizer, words } from '../../recognizer.ts'
import { ALNUM, is, LETTER, UPPER } from '../../scanner/chars.ts'
import type { Scan } from '../../scanner/scan.ts'
import { readName, reportName, skipLines, skipTitles } from './name.ts'
import { phraseList } from '../word-list.ts'

/** Blanks between a title and its name. */
const MAX_GAP = 3

/** Persons behind a form of address or a title: `Herr Mustermann`, `Frau Dr. von der Leyen-Schmidt`, `Mrs Smith`. */
export const personTitle: Recognizer = {
  id: 'person-title',
  types: ['PERSON'],
  scope: 'prose',
  anchors: words(
    ...phraseList(`
herr herrn hr frau fr fräulein familie eheleute ehepaar dr prof professor doktor doctor mr mrs ms miss mx sir lord
lady rechtsanwalt rechtsanwältin kollege kollegin kollegen pfarrer pfarrerin bürgermeister bürgermeisterin
c/o z._hd z.hd zu_händen attn zeuge zeugin angeklagte angeklagter beschuldigte beschuldigter
madame mme monsieur mlle señor señora signor signora mevrouw meneer dipl.-ing mag judge justice sergeant
sgt rev detective senator pok phk phm pom kok khk khm oberkommissar oberkommissarin hauptkommissar hauptkommissarin
`)
  ),
  recognize,
  examples: {
    match: [
      { text: 'Sehr geehrte Frau Dr. von der Leyen-Schmidt,', found: 'von der Leyen-Schmidt' },
      { text: 'Herr Max Mustermann hat angerufen.', found: 'Max Mustermann' },
      { text: 'Herrn\nProf. Dr. med. H. C. Blasenstein\nUrologe', found: 'H. C. Blasenstein' },
      { text: 'Gespräch mit Hr. Özdemir geführt', found: 'Özdemir' },
      { text: 'Dear Mrs. O’Neil-Smith', found: 'O’Neil-Smith' },
      { text: 'Dr. Anna Schmidt-Weber', found: 'Anna Schmidt-Weber' },
      { text: 'Familie Nguyen', found: 'Nguyen' },
      { text: '(Mieter: Ehepaar Sánchez-Ruiz)', found: 'Sánchez-Ruiz' },
      { text: 'Anschrift: c/o Behnke, Hauptstr. 5', found: 'Behnke' },
      { text: 'z. Hd. Korte, Lager', found: 'Korte' },
      { text: 'Der Zeuge Wiesmann (Filialleiter) kann', found: 'Wiesmann' },
      { text: 'POK Lechner nahm auf', found: 'Lechner' },
      { text: 'FRAU ERIKA MUSTERMANN', found: 'ERIKA MUSTERMANN' }
    ],
    noMatch: [
      'Sehr geehrte Damen und Herren,',
      'Herrn                Steuerklasse III',
      'Meine Frau ist krank.',
      'Frau Kollegin, bitte',
      'der Herr im Haus',
      'Dr. med. dent.',
      'Fr. 12. Mai',
      'Liebe Familie,',
      'Herr Januar',
      'Mr. President',
      'Professor für Informatik',
      'Zeugen Jehovas',
      'Der Angeklagte schwieg'
    ]
  },
  source: 'DIN 5008 (forms of address); own word lists'
}

function recognize(scan: Scan, start: number, end: number): void {
  const { text } = scan
  const next = text.charCodeAt(end)
  if (is(next, LETTER | ALNUM) || next === 0x5f || scan.isPerson(start)) return
  if (!is(text.charCodeAt(start), UPPER) && !isLowerTitle(text, start, end)) return
  const from = skipTitles(text, start)
  const at = skipColumns(text, Math.max(from, text.charCodeAt(end) === 0x2e ? end + 1 : end))
  const name = readName(text, skipTitles(text, at), 4)
  if (name === null) return
  reportName(scan, name.start, name.end, 0.9)
  // `Familie Bałuk/Reinders`
  const other = text.charCodeAt(name.end) === 0x2f ? readName(text, name.end + 1, 2) : null
  if (other !== null && isHousehold(text.slice(start, end))) reportName(scan, other.start, other.end, 0.9)
}

function isHousehold(word: string): boolean {
  return /^(?:Familie|Eheleute|Ehepaar|Fam)$/i.test(word)
}

/** To the name, on the next line perhaps; far behind on the same line stands another column. */
function skipColumns(text: string, from: number): number {
  const at = skipLines(text, from, 1)
  return at - from > MAX_GAP && !text.slice(from, at).includes('\n') ? from : at
}

/** `dr.` and `prof.` are also written small; `c/o` always is. */
const lowerTitles: ReadonlySet<string> = new Set([
  'dr',
  'prof',
  'herr',
  'frau',
  'c/o',
  'z. Hd',
  'z.Hd',
  'zu Händen',
  'attn'
])

function isLowerTitle(text: string, start: number, end: number): boolean {
  return lowerTitles.has(text.slice(start, end))
}
