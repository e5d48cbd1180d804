import { type Recognizer, words } from '../../recognizer.ts'
import { BLANK, is, NEWLINE, UPPER } from '../../scanner/chars.ts'
import type { Scan } from '../../scanner/scan.ts'
import { type NameSpan, readName, reportName, skipBlanks, skipTitles } from './name.ts'
import { phraseList } from '../word-list.ts'

/** Persons named in a greeting: `Hallo Max,`, `Liebe Anna und lieber Tom!`, `Dear John`. */
export const personGreeting: Recognizer = {
  id: 'person-greeting',
  types: ['PERSON'],
  scope: 'prose',
  anchors: words(
    ...phraseList(`
hallo hi hey hello liebe lieber liebes liebste liebster dear dearest moin servus grüezi grüß_gott
guten_tag guten_morgen guten_abend good_morning good_afternoon good_evening
werte werter geehrter geehrte bonjour cher chère estimado estimada hola ciao caro cara gentile beste
geachte na
`)
  ),
  recognize,
  examples: {
    match: [
      { text: 'Hallo Max, danke für', found: 'Max' },
      { text: 'Liebe Flora!\nIch weiß', found: 'Flora' },
      { text: 'Lieber Thomas und liebe Petra,', found: 'Petra' },
      { text: 'Hi Anna und Tom,', found: 'Tom' },
      { text: 'Dear John Smith,\n', found: 'John Smith' },
      { text: 'Guten Tag Wojciech Kowalczyk,', found: 'Wojciech Kowalczyk' },
      { text: 'Sehr geehrter Hans-Peter Klein,', found: 'Hans-Peter Klein' }
    ],
    noMatch: [
      'Hallo zusammen,',
      'Hallo Team,',
      'Dear HR,',
      'Sehr geehrte Familienkasse, ich',
      'Sehr geehrte Prüfungskommission, meine',
      'Liebe Kolleginnen und Kollegen,',
      'Hallo Welt!',
      'Dear Sir or Madam,',
      'Sehr geehrte Damen und Herren,',
      'Die Liebe Gottes ist',
      'Dear Customer,',
      'Hi there,',
      'Hello World',
      'Liebe auf den ersten Blick',
      'Guten Morgen Deutschland!'
    ]
  },
  source: 'DIN 5008 (salutation); own word lists'
}

function recognize(scan: Scan, start: number, end: number): void {
  const { text } = scan
  if (!is(text.charCodeAt(end), BLANK) || scan.isPerson(start)) return
  const first = text.startsWith('ehr ', start - 4) ? start - 5 : start
  const lower = !is(text.charCodeAt(first), UPPER)
  if (lower && !startsClause(text, start)) return
  let at = skipTitles(text, skipBlanks(text, end))
  for (let persons = 0; persons < 4; persons++) {
    const name = readName(text, at, 3)
    if (name === null) return
    const stop = name.end
    const next = conjunction(text, stop)
    if (!isGreeted(text, name, stop, next > 0, lower)) return
    reportName(scan, name.start, stop, 0.85)
    if (next === 0) return
    at = skipTitles(text, next)
  }
}

/** A name is what is known as one, or what the greeting ends with. */
function isGreeted(text: string, name: NameSpan, end: number, goesOn: boolean, lower: boolean): boolean {
  if (name.given && name.words < 4) return true
  return !lower && !office.test(text.slice(name.start, end)) && (goesOn || endsGreeting(text, end))
}

/** Departments and offices are greeted too: `Dear HR,`, `Sehr geehrte Familienkasse,`. */
const office =
  /^\p{Lu}{2,4}$|(?:kasse|amt|abteilung|verwaltung|kommission|ausschuss|vorstand|praxis|schule|redaktion|stelle|team|leitung|dienst|service|büro|support|kanzlei|behörde|gericht|versicherung|bank|zentrale|finance|payroll|admissions)$/iu

function endsGreeting(text: string, end: number): boolean {
  const code = text.charCodeAt(end)
  return code === 0x2c || code === 0x21 || Number.isNaN(code) || is(code, NEWLINE)
}

/** At the start of the text, of a line or behind a comma, `und`, `and`. */
function startsClause(text: string, start: number): boolean {
  let at = start - 1
  while (start - at < 4 && is(text.charCodeAt(at), BLANK)) at--
  const code = text.charCodeAt(at)
  if (Number.isNaN(code) || is(code, NEWLINE) || code === 0x2c || code === 0x21) return true
  return text.slice(Math.max(0, at - 2), at + 1) === 'und'
}

const joint = /(?:und|and|&|\+|y|et|e)[ \t]{1,3}/y

/** Start of the next name behind `und`, `and`, `&` or a comma and a word; 0 when there is none. */
function conjunction(text: string, end: number): number {
  const at = skipBlanks(text, end)
  joint.lastIndex = at
  if (at === end || !joint.test(text)) return 0
  return is(text.charCodeAt(joint.lastIndex), UPPER) ? joint.lastIndex : 0
}
