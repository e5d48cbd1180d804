import { anywhere, type Recognizer, words } from '../../recognizer.ts'
import { BLANK, hasDigit, is, LETTER, NEWLINE, WORD } from '../../scanner/chars.ts'
import type { Scan } from '../../scanner/scan.ts'
import { phraseList, wordList } from '../word-list.ts'
import { dateBefore, dateEnd } from './date.ts'

const cues = phraseList(`
geb geboren geborene geborener geborenen Geburtsdatum Geburtstag Geburtsdat GebDat Geb_Dat Geb.-Dat Geb.-Datum
Jahrgang Geburtsjahr born DOB D.O.B date_of_birth birth_date birthdate birthday birth_year year_of_birth
né née naissance nato nata nascita nacido nacida nació nacimiento nascido nascida nascimento geboortedatum
geboren_op geb.datum urodzenia urodzony urodzona urodzonym urodzonego urodzonej ur født fødselsdato född
födelsedatum syntynyt syntymäaika
`)

const labels = wordList(`
dob birthdate dateofbirth birthday born geburtsdatum geburtstag gebdat gebdatum geburtsjahr yearofbirth birthyear
datedenaissance datenaissance naissance datadinascita datanascita fechanacimiento fechadenacimiento geboortedatum
dataurodzenia geburt birth patientdob patientbirthdate fodselsdato födelsedatum datanascimento
`)

/** Date of birth: a date next to a word or sign that says so. */
export const birthDate: Recognizer = {
  id: 'birth-date',
  types: ['DATE_OF_BIRTH'],
  anchors: [...words(...cues), ...anywhere('*')],
  recognize,
  labelled,
  examples: {
    match: [
      { text: 'Max Beispiel, geb. am 12.3.1980, wohnhaft', found: '12.3.1980' },
      { text: 'Herrn Ramón Cajal, *23.03.1968, Gartenpfad', found: '23.03.1968' },
      { text: 'Frau Utz, * 3.4.1959, wohnhaft', found: '3.4.1959' },
      { text: 'geboren 12. März 1980', found: '12. März 1980' },
      { text: 'Sie wurde am 1. Februar 1990 in Bad Ischl geboren.', found: '1. Februar 1990' },
      { text: 'er hat am 14.5.79 geburtstag', found: '14.5.79' },
      { text: 'DOB: 1980-03-12', found: '1980-03-12' },
      { text: 'born on March 12, 1980', found: 'March 12, 1980' },
      { text: '1980-03-12T00:00:00Z', label: 'birthDate', found: '1980-03-12' },
      { text: 'Geburtsdatum:\n05/07/54', found: '05/07/54' },
      { text: 'née le 3 mars 1975 à Lyon', found: '3 mars 1975' },
      { text: 'Fecha de nacimiento: 13/09/1951.', found: '13/09/1951' },
      { text: 'Data urodzenia: O8.O3.1979', found: 'O8.O3.1979' },
      { text: 'Date of birth (MM/DD/YYYY): 03/12/1980', found: '03/12/1980' },
      { text: 'née à Lyon, le 3 mars 1975, demeurant', found: '3 mars 1975' },
      { text: 'nato a Napoli il 12/05/1985', found: '12/05/1985' },
      { text: 'geboren op 12 maart 1984', found: '12 maart 1984' },
      { text: 'Jane Roe (05.03.1971, DOB), admitted', found: '05.03.1971' },
      { text: 'on file: 05/03/1971 (date of birth)', found: '05/03/1971' },
      { text: 'person.birthday = date(1958, 4, 30)', found: '1958, 4, 30' },
      { text: 'dob: new Date("1958-04-30")', found: '1958-04-30' },
      { text: 'Date of birth on file: 22nd July 1964', found: '22nd July 1964' },
      { text: 'mein Geburtstag ist der 29.2.1960, PIN', found: '29.2.1960' },
      { text: 'geb.: 07/1968 in Görlitz', found: '07/1968' },
      { text: 'Jahrgang 1962', found: '1962' }
    ],
    noMatch: [
      '* 12.03.2024 Besprechung',
      'geb. Müller, seit 12.03.2024 Kundin',
      'Rechnung vom 12.03.2024',
      '2 * 3.5.2000',
      'The idea was born in a garage, 12/03/2024.',
      '/* 2024-01-01 */',
      'birthday = date(a, 4, 30)',
      '12.03.2024, DOB unknown',
      { text: 'soon', label: 'birthday' }
    ]
  },
  source: 'DIN 5008 and ISO 8601 (ways of writing dates); civil registers'
}

const full =
  /^(?:[.:)]|datum|day|s?jahr){0,2}(?: ?\([\p{L}/ .-]{1,14}\))?(?:(?: \p{Ll}{2,10}){1,2}(?=:))?["']?[ \t:=|,*>"'\u2013-]{0,8}\n?[ \t|"'>-]{0,8}(?:(?:am|den|on|the|le|il|el|em|op|dnia|den|d\.|dem|o dia|day|(?:ist|war|is|was|est|es|è)(?: (?:der|am|on|the|le|el|il))?|(?:in|zu|a|à|en|em|te|w|we) \p{Lu}[\p{L}.'’-]{1,24}(?: \p{Lu}[\p{L}.'’-]{1,20})?,?(?: (?:am|on|il|le|el|op|em|den|dnia))?)[ :.]{1,3}){0,2}["']?/iu
const yearOnly =
  /^(?:[.:]?["']?[ :=]{1,4}(?:(?:in|im Jahr|im Jahre|en|nel|anno|am|w)[ :]{1,2})?["']?)((?:(?:0?[1-9]|1[0-2])[./])?(?:19|20)\d\d)(?![\d.,/-]\d|[\d\p{L}])/u

function recognize(scan: Scan, start: number, end: number): void {
  const { text } = scan
  if (text.charCodeAt(start) === 0x2a) {
    if (isBirthSign(text, start)) reportDate(scan, end + (is(text.charCodeAt(end), BLANK) ? 1 : 0), 0.85)
    return
  }
  if (!hasDigit(text, start - 60, start) && !hasDigit(text, end, end + 76)) return
  if (is(text.charCodeAt(end), LETTER) && !/^(?:datum|day|sjahr|tag)/i.test(text.slice(end, end + 5))) return
  const cue = text.slice(start, end).toLowerCase()
  // Anchors are compared without accents: `NE` is no `né`.
  if (cue === 'ne' || cue === 'nee') return
  const lead = full.exec(text.slice(end, end + 72))
  if (lead !== null && reportDate(scan, end + lead[0].length, 0.95)) return
  if (reportCall(scan, end)) return
  // `hat am 14.5.79 Geburtstag`
  if (/^(?:geboren|geburtstag|né|née|born|nato|nata|nacid)/.test(cue) || closes(text, end)) {
    const date = dateBefore(text, text.charCodeAt(start - 1) === 0x28 ? start - 1 : start)
    if (date !== undefined) scan.report(date.start, date.end, 'DATE_OF_BIRTH', 0.9)
  }
  const only = cue === 'ur' ? null : yearOnly.exec(text.slice(end, end + 24))
  const digits = only?.[1]
  if (only === null || digits === undefined || Number(digits.slice(-4)) > 2035) return
  const at = end + only[0].length - digits.length
  scan.report(at, at + digits.length, 'DATE_OF_BIRTH', /^(?:born|nat)/.test(cue) ? 0.6 : 0.75)
}

const call =
  /["']?\]?[ \t:=|,>]{1,5}(?:new[ ])?(?:[A-Za-z]{1,12}\.){0,2}(?:Date|ISODate|LocalDate|DateTime|DateOnly|date|datetime|of|make_date|MakeDate|parse|strptime)\((["']?)([^()"'\n]{6,24})\1[,)]/y

/** A date made by a call of a program: `birthday = date(1958, 4, 30)`, `dob: new Date("1958-04-30")`. */
function reportCall(scan: Scan, end: number): boolean {
  call.lastIndex = end
  const date = call.exec(scan.text)?.[2]
  if (date === undefined) return false
  const isDate = /^(?:1[89]|20)\d\d, ?\d{1,2}, ?\d{1,2}$/.test(date) || dateEnd(date, 0) >= 8
  const start = scan.text.indexOf(date, end)
  if (isDate) scan.report(start, start + date.length, 'DATE_OF_BIRTH', 0.9)
  return isDate
}

/** The word stands behind its date, and nothing more: `(5.3.1971, DOB)`, `05/03/1971 (date of birth)`. */
function closes(text: string, end: number): boolean {
  return /^[ ]?[),;.\n]/.test(text.slice(end, end + 2))
}

function reportDate(scan: Scan, at: number, score: number): boolean {
  const end = dateEnd(scan.text, at)
  if (end > at) scan.report(at, end, 'DATE_OF_BIRTH', score)
  return end > at
}

/** The asterisk behind a name; not a bullet of a list, a product or a comment. */
function isBirthSign(text: string, at: number): boolean {
  const attached = !is(text.charCodeAt(at + 1), BLANK)
  let before = at - 1
  while (at - before < 8 && is(text.charCodeAt(before), BLANK)) before--
  const code = text.charCodeAt(before)
  if (before < 0 || is(code, NEWLINE)) return attached
  return (
    (is(code, LETTER) || code === 0x2c || code === 0x28 || code === 0x3b || code === 0x2e) && at - before < 6
  )
}

function labelled(scan: Scan): void {
  const { text } = scan
  if (text.length > 48 || !labels.has(scan.label.toLowerCase().replace(/[^\p{L}]/gu, ''))) return
  let at = 0
  while (at < 8 && is(text.charCodeAt(at), BLANK | NEWLINE)) at++
  const iso = /^\d{4}-\d\d-\d\d(?=T)/.exec(text.slice(at, at + 11))
  const end = iso === null ? dateEnd(text, at) : at + iso[0].length
  const year = /^(?:18|19|20)\d\d$/.test(text.slice(at, at + 5)) ? at + 4 : at
  const stop = Math.max(end, year)
  if (stop > at && !is(text.charCodeAt(stop), WORD & ~LETTER)) scan.report(at, stop, 'DATE_OF_BIRTH', 0.95)
}
