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
teilnehmerliste anwesenheitsliste attendance_list anwesend anwesende teilnehmende teilnehmer teilnehmerinnen teilnehmer_und_teilnehmerinnen entschuldigt abwesend verteiler beteiligte
protokollführung protokollant protokollantin vorsitz attendees participants present apologies absent regrets invitees note_taker
présents absents excusés presentes presenti aanwezig afwezig obecni
`)
  ),
  recognize,
  examples: {
    match: [
      { text: 'Anwesend: Kowalski (Vors.), Brandstätter, M. Weiß, von Treskow', found: 'Brandstätter' },
      { text: 'Teilnehmer: Frau Özgür, Dr. Jens Lahm und Nowak', found: 'Nowak' },
      {
        text: 'Teilnehmerliste Brandschutz\n1. Baghdasaryan, Anahit – Abt. 2\n2. Achterberg, Jörn',
        found: 'Baghdasaryan, Anahit'
      },
      { text: 'Anwesend: Dr. Kowalski (', found: 'Kowalski' },
      { text: 'Attendees: Priya Raman, O’Hara; J. Okafor', found: 'O’Hara' }
    ],
    noMatch: [
      'Anwesend: Geschäftsführung, Betriebsrat',
      'Teilnehmer: alle Mitarbeiter',
      'Verteiler: Vertrieb, Einkauf, Lager',
      'Participants: Server, Client',
      'Teilnehmer\n- Vertrieb, Einkauf\n- Lager'
    ]
  },
  source: 'Own rule: minutes of meetings'
}

function recognize(scan: Scan, _start: number, end: number): void {
  const { text } = scan
  const colon = skipBlanks(text, end)
  if (end >= scan.readUntil && reportLines(scan, end)) return
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

const MAX_LINE = 160
/** `3. von der Heydt, Konstanze – Abt. 4`: number or bullet, surname, given name, perhaps a remark. */
const line =
  /^[ \t]*(?:\d{1,3}[.)]|[-–*•])[ \t]{1,3}((?:(?:von|van|de|der|den|zu|vom|zur|al|el)[ ]){0,2}\p{Lu}[\p{L}'’-]{1,30}(?:[ ]\p{Lu}[\p{L}'’-]{1,30})?,[ ]\p{Lu}[\p{L}'’.-]{1,24}(?:[ ]\p{Lu}[\p{L}'’.-]{1,24})?)(?=[ \t]*(?:$|[–—(|;,:\t-]))/u

/** The end of the line, -1 where it is too far for a line of a list. */
function lineEnd(text: string, from: number): number {
  const end = text.slice(from, from + MAX_LINE).indexOf('\n')
  return end < 0 ? -1 : from + end
}

/** The lines below a head, one person each, surname first; two at least, and one given name that is known. */
function reportLines(scan: Scan, end: number): boolean {
  const { text } = scan
  let at = lineEnd(text, end)
  if (at < 0) return false
  const names: NameSpan[] = []
  let isSure = false
  for (let entry = 0; entry < MAX_ENTRIES; entry++) {
    const from = at + 1
    const found = line.exec(text.slice(from, from + MAX_LINE).split('\n', 1)[0] ?? '')
    const name = found?.[1]
    if (name === undefined) break
    const start = from + (found?.[0].length ?? 0) - name.length
    const given = readName(text, start + name.indexOf(',') + 2, 2)
    isSure ||= given?.given === true
    names.push({ start, end: start + name.length, words: 2, initials: 0, given: true })
    scan.readUntil = start + name.length
    at = lineEnd(text, start)
    if (at < 0) break
  }
  if (names.length < 2 || !isSure) return false
  for (const { start, end: stop } of names) scan.report(start, stop, 'PERSON', 0.8)
  return true
}

/** A given name that is known, an initial, a particle: no department has one. */
function isPersonal({ given, initials }: NameSpan): boolean {
  return given || initials > 0
}

/** Behind the separator to the next entry, and a remark in brackets before it; 0 when the list ends. */
function nextEntry(text: string, from: number): number {
  let at = skipBlanks(text, from)
  if (text.charCodeAt(at) === 0x28) {
    const close = text.slice(at, at + MAX_REMARK).indexOf(')')
    if (close < 0) return 0
    at = skipBlanks(text, at + close + 1)
  }
  const code = text.charCodeAt(at)
  if (code === 0x2c || code === 0x3b || code === 0x26 || code === 0x2f) return skipBlanks(text, at + 1)
  for (const word of ['und', 'and', 'sowie', 'et', 'e', 'y', 'en', 'i'])
    if (text.startsWith(word, at) && is(text.charCodeAt(at + word.length), BLANK)) return at + word.length
  return 0
}
