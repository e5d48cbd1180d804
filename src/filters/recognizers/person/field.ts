import { type Recognizer, words } from '../../recognizer.ts'
import { BLANK, is, LETTER, NEWLINE } from '../../scanner/chars.ts'
import type { Scan } from '../../scanner/scan.ts'
import { companyAt } from './company.ts'
import { type NameSpan, readName, reportName, skipBlanks, skipLines, skipTitles } from './name.ts'
import { phraseList } from '../word-list.ts'

/** Fields that hold a name and nothing else. */
const strong = phraseList(`
vorname nachname familienname zuname geburtsname vor-_und_nachname vor-_und_zuname vollständiger_name
ansprechpartner ansprechpartnerin ansprechperson kontaktperson sachbearbeiter sachbearbeiterin bearbeiter
bearbeiterin kontoinhaber kontoinhaberin karteninhaber versicherungsnehmer versicherungsnehmerin
versicherter versicherte antragsteller antragstellerin patient patientin mieter mieterin vermieter
vermieterin unterzeichner geschäftsführer geschäftsführerin teilnehmer teilnehmerin inhaber inhaberin
bewerber bewerberin arbeitnehmer arbeitnehmerin hausarzt hausärztin chefarzt first_name last_name
full_name surname given_name family_name middle_name maiden_name account_holder card_holder cardholder
contact_person patient_name customer_name kundenname employee_name borrower tenant_name firstname lastname
fullname display_name beneficiary prénom nombre apellido apellidos nome cognome voornaam achternaam
recipient_name steuerpflichtiger ehemann ehefrau zeuge zeugin beklagter beklagte kläger klägerin
notfallkontakt emergency_contact unterschrift
`)

/** Fields that may hold something else: two words or a known given name make it a person. */
const doubtful = phraseList(`
name kunde kundin kontakt contact customer client employee mitarbeiter mitarbeiterin von an from to cc bcc
absender empfänger sender recipient author autor autorin verfasser reporter assignee owner user nutzer
person betreff arzt ärztin betr vertreter anwalt trainer lehrer lehrerin kassierer reply-to signed-off-by
co-authored-by reviewed-by witness attorney doctor physician teacher manager betreuer betreuerin
`)

/** Longest row of a table that is looked at. */
const MAX_ROW = 400

const strongFields: ReadonlySet<string> = new Set(strong.map(plain))
const doubtfulFields: ReadonlySet<string> = new Set(doubtful.map(plain))

/** Persons in named fields of letters, forms, mail headers, tables and JSON: `Ansprechpartnerin: Eva Roth`. */
export const personField: Recognizer = {
  id: 'person-field',
  types: ['PERSON'],
  scope: 'prose',
  anchors: words(...strong, ...doubtful),
  recognize,
  labelled,
  examples: {
    match: [
      { text: 'Name: Max Mustermann', found: 'Max Mustermann' },
      { text: 'Nachname: Schulz-Ebersbach\nVorname: Kim', found: 'Schulz-Ebersbach' },
      { text: 'Ansprechpartnerin: Frau Dr. Eva Roth', found: 'Eva Roth' },
      { text: 'From: Juan Pérez <juan@example.org>', found: 'Juan Pérez' },
      { text: 'Patient: Mustermann, Erika, geb. 1.2.1970', found: 'Mustermann, Erika' },
      { text: 'Antragsteller/in: Kowalewski, Brunhilde   Geburtsname', found: 'Kowalewski, Brunhilde' },
      { text: 'Mieter*in: Deniz Arslan', found: 'Deniz Arslan' },
      { text: 'Von: Thole, Gesine [mailto:gesine@ewe.example]', found: 'Thole, Gesine' },
      { text: '| Name | Mehmet Yıldız |', found: 'Mehmet Yıldız' },
      { text: '{"first_name": "Leyla"}', found: 'Leyla' },
      { text: 'Jelena Petrović', label: 'customerName', found: 'Jelena Petrović' },
      { text: 'Kowalski', label: 'nachname', found: 'Kowalski' }
    ],
    noMatch: [
      'Name | Ort | ',
      'Name: Widget',
      'An: alle',
      'Kunde: Muster GmbH',
      'von: Montag',
      'To: Support Team',
      { text: 'Produktname', label: 'name' },
      { text: 'max_mustermann', label: 'user' },
      'Name der Datei: Report',
      '| Tag | Patient | Zimmer |\n|---|---|---|',
      'name: Deploy Staging',
      { text: 'Acme Inc', label: 'customer' }
    ]
  },
  source: 'Own word lists'
}

function plain(word: string): string {
  return word.toLowerCase().replace(/[^\p{L}]/gu, '')
}

function recognize(scan: Scan, start: number, end: number): void {
  const { text } = scan
  if (is(text.charCodeAt(end), LETTER) || scan.isPerson(start)) return
  const at = separatorEnd(text, end)
  if (at === 0) return
  const field = plain(text.slice(start, end))
  reportField(scan, skipTitles(text, at), strongFields.has(field))
}

/** `Antragsteller(in)`, `Mieter/-in`, `Patient*in`, `Teilnehmer:innen` */
const bothGenders = /\(in\)|[/*:_]-?in(?:nen)?(?!\p{L})/uy

/** Behind `:`, `=`, `|` or a tab, with quotes and a line end tolerated; 0 when there is none. */
function separatorEnd(text: string, end: number): number {
  let at = end
  if (text.charCodeAt(at) === 0x22 || text.charCodeAt(at) === 0x27) at++
  bothGenders.lastIndex = at
  if (bothGenders.test(text)) at = bothGenders.lastIndex
  at = skipBlanks(text, at)
  const code = text.charCodeAt(at)
  if (code === 0x3a || code === 0x3d || code === 0x7c) at++
  else if (text.charCodeAt(at - 1) !== 0x09 || at === end) return 0
  at = skipLines(text, at, 1)
  if (text.charCodeAt(at) === 0x22 || text.charCodeAt(at) === 0x27) at++
  return at
}

function reportField(scan: Scan, at: number, isStrong: boolean): boolean {
  const { text } = scan
  const name = readName(text, at, 4)
  if (name === null) return false
  const { given, words } = name
  let { end } = name
  const mailboxOwner = invertedEnd(text, at, name)
  if (!isStrong && mailboxOwner === 0 && !isDoubtfulName(text, name)) return false
  if (companyAt(text, end) || isHeadRow(text, at, end)) return false
  // `Mustermann, Erika` in forms.
  if (words === 1 && text.charCodeAt(end) === 0x2c && text.charCodeAt(end + 1) === 0x20) {
    const further = readName(text, end + 2, 2)
    if (further !== null && (further.given || isStrong)) end = further.end
  }
  if (mailboxOwner > 0) end = mailboxOwner
  reportName(scan, at, end, isStrong ? (given ? 0.92 : 0.8) : given ? 0.85 : 0.6)
  return true
}

/** `Thole, Gesine [mailto:…]`, `Thole, Gesine <…>`: the end of the given name before a mailbox; 0 when it is none. */
function invertedEnd(text: string, at: number, { end, words }: NameSpan): number {
  if (words !== 1) return 0
  const owner =
    /^, \p{Lu}[\p{L}'’.-]{1,24}(?: \p{Lu}[\p{L}'’.-]{0,24})?(?= ?(?:<|\[mailto:)[\w.+-]{1,64}@)/u.exec(
      text.slice(end, end + 120)
    )
  return owner === null || at === end ? 0 : end + owner[0].length
}

/** The next column of a table's head, no value: a line of dashes follows. */
function isHeadRow(text: string, at: number, end: number): boolean {
  if (text.charCodeAt(skipBlanks(text, end)) !== 0x7c) return false
  const length = text.slice(at, at + MAX_ROW).indexOf('\n')
  const line = at + length
  return length >= 0 && /^\n\|? ?:?-{2,}/.test(text.slice(line, line + 8))
}

/** A known given name, or two words in front of an e-mail address. */
function isDoubtfulName(text: string, name: NameSpan): boolean {
  if (name.given) return true
  if (name.words + name.initials < 2) return false
  const at = skipBlanks(text, name.end)
  return text.charCodeAt(at) === 0x3c
}

function labelled(scan: Scan): void {
  const { text } = scan
  if (text.length > 80) return
  const label = plain(scan.label)
  const isStrong =
    strongFields.has(label) ||
    /(?:first|last|full|sur|given|family|customer|patient|vor|nach|kunden|familien)name$/.test(label)
  if (!isStrong && !doubtfulFields.has(label)) return
  const start = skipTitles(text, skipBlanks(text, 0))
  const name = readName(text, start, 5)
  if (name === null) return
  const after = text.charCodeAt(skipBlanks(text, name.end))
  if (
    !Number.isNaN(after) &&
    !is(after, BLANK | NEWLINE) &&
    after !== 0x2c &&
    after !== 0x3c &&
    after !== 0x28
  )
    return
  reportField(scan, start, isStrong)
}
