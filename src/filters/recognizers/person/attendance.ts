import { type Recognizer, words } from '../../recognizer.ts'
import { BLANK, is } from '../../scanner/chars.ts'
import type { Scan } from '../../scanner/scan.ts'
import { phraseList } from '../word-list.ts'
import { type NameSpan, readName, reportName, skipBlanks, skipTitles } from './name.ts'

/** Entries of one list that are read, and the longest remark behind a name: bound the work at one word. */
const MAX_ENTRIES = 40
const MAX_REMARK = 40

/** Lists of who was there, is invited or excused: `Anwesend: Kowalski (Vors.), M. Weiß, von Treskow`. */
export const personAttendance: Recognizer = {
  id: 'person-attendance',
  types: ['PERSON'],
  scope: 'prose',
  anchors: words(
    ...phraseList(`
anwesend anwesende teilnehmende teilnehmer teilnehmerinnen teilnehmer_und_teilnehmerinnen entschuldigt abwesend verteiler beteiligte
protokollführung protokollant protokollantin vorsitz attendees participants present apologies absent regrets invitees note_taker
présents absents excusés presentes presenti aanwezig afwezig obecni
`)
  ),
  recognize,
  examples: {
    match: [
      { text: 'Anwesend: Kowalski (Vors.), Brandstätter, M. Weiß, von Treskow', found: 'Brandstätter' },
      { text: 'Teilnehmer: Frau Özgür, Dr. Jens Lahm und Nowak', found: 'Nowak' },
      { text: 'Attendees: Priya Raman, O’Hara; J. Okafor', found: 'O’Hara' }
    ],
    noMatch: [
      'Anwesend: Geschäftsführung, Betriebsrat',
      'Teilnehmer: alle Mitarbeiter',
      'Verteiler: Vertrieb, Einkauf, Lager',
      'Participants: Server, Client'
    ]
  },
  source: 'Own rule: minutes of meetings'
}

function recognize(scan: Scan, _start: number, end: number): void {
  const { text } = scan
  const colon = skipBlanks(text, end)
  if (text.charCodeAt(colon) !== 0x3a || scan.isPerson(colon)) return
  const found: { start: number; end: number; sure: boolean }[] = []
  let at = colon + 1
  for (let entry = 0; entry < MAX_ENTRIES; entry++) {
    const start = skipTitles(text, skipBlanks(text, at))
    const name = readName(text, start, 4)
    if (name === null) break
    const sure = start > skipBlanks(text, at) || isPersonal(name)
    found.push({ start: name.start, end: name.end, sure })
    at = nextEntry(text, name.end)
    if (at === 0) break
  }
  // Departments and bodies are invited too: one of the list must be a person for all to be.
  if (!found.some(({ sure }) => sure)) return
  for (const { start, end: stop, sure } of found) reportName(scan, start, stop, sure ? 0.85 : 0.75)
}

/** A given name that is known, an initial, a particle: no department has one. */
function isPersonal({ given, initials }: NameSpan): boolean {
  return given || initials > 0
}

/** Behind the separator to the next entry, and a remark in brackets before it; 0 when the list ends. */
function nextEntry(text: string, from: number): number {
  let at = skipBlanks(text, from)
  if (text.charCodeAt(at) === 0x28) {
    const close = text.indexOf(')', at)
    if (close < 0 || close - at > MAX_REMARK) return 0
    at = skipBlanks(text, close + 1)
  }
  const code = text.charCodeAt(at)
  if (code === 0x2c || code === 0x3b || code === 0x26 || code === 0x2f) return skipBlanks(text, at + 1)
  for (const word of ['und', 'and', 'sowie', 'et', 'e', 'y', 'en', 'i'])
    if (text.startsWith(word, at) && is(text.charCodeAt(at + word.length), BLANK)) return at + word.length
  return 0
}
