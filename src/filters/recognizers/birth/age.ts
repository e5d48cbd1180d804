import { anywhere, type Recognizer, words } from '../../recognizer.ts'
import { BLANK, DIGIT, hasDigit, is, LETTER, NEWLINE, WORD } from '../../scanner/chars.ts'
import type { Scan } from '../../scanner/scan.ts'
import { phraseList, wordList } from '../word-list.ts'

/** Words behind the number. */
const units = phraseList(`
jährig jaehrig jahrig jähirg jähr. -j. J._alt jarige letni letnia årig åring årige vuotias
`)
const unitWords = phraseList(`
Jahre_alt Jahren J Monate_alt years_old year_old years_of_age yrs_old months_old y/o y.o yo yr_old yearold
ans anni años anos año meses jaar_oud lat år_gammel år_gammal
`)
/** Units right behind the last digit: `43yo`. */
const glued = Array.from('0123456789').flatMap(digit => [
  `${digit}yo`,
  `${digit}y/o`,
  `${digit}yr old`,
  `${digit}yrs old`
])
/** Words before it. */
const cues = phraseList(`
Alter aged age ages Edad âge âgé âgée età leeftijd wiek turned turn turning idade Lebensalter
Patientenalter alder ålder
`)

const labels = wordList(
  'age alter edad leeftijd âge eta età wiek patientage lebensalter alterjahre ageyears idade'
)

/** What is so many years long or old and no person: `10-jährige Garantie`. */
const things =
  /^(?:\p{L}*(?:ung|schaft|heit|keit|zeit|frist|ion|tät|dauer|pause|phase|haft|strafe|vertrag|verträge|garantie|jubiläum|bestehen|tradition|geschichte|studium|ehe|krieg|plan|lehre|turnus|abstand|rhythmus|verlauf|anleihe|kredit|darlehen|erfahrung|anamnese|überleben|therapie|zyklus|projekt|abo|lizenz|miete|haus|auto|baum|wein|whisky|pflanze))/iu

const people =
  /^(?:\p{L}*(?:kind|junge|mädchen|mann|frau|sohn|tochter|mutter|vater|bruder|schwester|schüler|patient|enkel|kläger|mandant|säugling|bub|bube|knabe|neffe|nichte|herr|dame|pat|baby)\p{L}{0,4})$/iu

const numberWords =
  'eins?|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|(?:drei|vier|fünf|sech|sieb|acht|neun)zehn|(?:(?:ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun)und)?(?:zwan|drei|vier|fünf|sech|sieb|acht|neun)(?:zig|ßig)'
const beforeUnit = new RegExp(`(?<![\\p{L}\\d.,])(1[01]\\d|\\d{1,2}|${numberWords})[ -]{0,2}$`, 'iu')
const spanish =
  'un|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince|diecis[eé]is|diecisiete|dieciocho|diecinueve|veint\\p{L}{1,8}|(?:treinta|cuarenta|cincuenta|sesenta|setenta|ochenta|noventa)(?: y \\p{L}{2,6})?'
const beforeYears = new RegExp(`(?<![\\p{L}\\d.,])(1[01]\\d|\\d{1,2}|${spanish}) {0,2}$`, 'iu')

/** Age of a person by context. */
export const age: Recognizer = {
  id: 'age',
  types: ['AGE'],
  anchors: [...anywhere(...units, ...glued), ...words(...unitWords, ...cues)],
  recognize,
  labelled,
  examples: {
    match: [
      { text: 'Der 67-jährige Patient klagt', found: '67' },
      { text: '55-j. Patientin in gutem AZ', found: '55' },
      { text: '49jähr. Pat., RR', found: '49' },
      { text: 'ein fünfjähriger Sohn', found: 'fünf' },
      { text: 'Die 28-Jährige wohnt hier', found: '28' },
      { text: 'Er ist 45 Jahre alt.', found: '45' },
      { text: 'im Alter von 81 Jahren', found: '81' },
      { text: 'Alter: 33', found: '33' },
      { text: 'a 38-year-old male', found: '38' },
      { text: "I'm 31 y/o.", found: '31' },
      { text: 'aged 45', found: '45' },
      { text: 'a 43yo woman', found: '43' },
      { text: 'pt is 43yoF with cough', found: '43' },
      { text: '(29y/o, female)', found: '29' },
      { text: 'My brother just turned 60', found: '60' },
      { text: 'Varón de 65 años que', found: '65 años' },
      { text: 'Edad: 29 Sexo: M', found: '29' },
      { text: 'une femme âgée de 52 ans', found: '52' },
      { text: '34', label: 'age' }
    ],
    noMatch: [
      'eine 10-jährige Garantie',
      '5-jährige Berufserfahrung',
      'vor 12 Jahren',
      'hace 5 años',
      'in 3 Jahren',
      'max-age: 3600',
      'page 12',
      'an agent 45',
      'the file is 3 days old',
      'peine de 5 ans',
      'cache age 86400',
      'rev 3youth',
      'turn 90 degrees'
    ]
  },
  source: 'GDPR recital 26 and HIPAA 45 CFR 164.514(b)(2)(i)(C): ages as indirect identifiers'
}

function recognize(scan: Scan, start: number, end: number): void {
  const { text } = scan
  const word = text.slice(start, end).toLowerCase()
  if (
    /^(?:alter|ages?|aged|edad|âge|âgée?|eta|età|leeftijd|wiek|turn|turned|turning|idade|lebensalter|patientenalter|alder|ålder)$/.test(
      word
    )
  ) {
    if (!is(text.charCodeAt(end), LETTER)) recognizeAfter(scan, start, end, word)
  } else if (is(text.charCodeAt(start), DIGIT)) recognizeBefore(scan, start + 1, end, word.slice(1))
  else recognizeBefore(scan, start, end, word)
}

const afterCue =
  /^(?:["']?(?: \([\p{L} ]{1,10}\))?["']?[:=| \t]{1,4}(?:(?:of|von|is|ist|de|di|van|=|at|about|ca\.?|approx\.?) ){0,2}|: ?\n? ?)["']?(1[01]\d|[1-9]\d?|0)(?![\d\p{L}%]|[.,:/]\d|["']?[ -](?:%|deg|percent|Grad|Prozent|times|Tag|day|hour|Stunde|min|sec|Sek|Woch|week|left|right|to|of|into|pages?)|°)/u

function recognizeAfter(scan: Scan, start: number, end: number, cue: string): void {
  const { text } = scan
  const before = text.charCodeAt(start - 1)
  if (is(before, WORD) || before === 0x2d || before === 0x5f || before === 0x2e) return
  if (!hasDigit(text, end, end + 28)) return
  const value = afterCue.exec(text.slice(end, end + 40))
  const digits = value?.[1]
  if (value === null || digits === undefined) return
  if (cue.startsWith('turn') && Number(digits) < 10) return
  if (
    cue === 'age' &&
    /(?:cache|max|the|stone|bronze|iron|ice)\s$/i.test(text.slice(Math.max(0, start - 7), start)) &&
    !value[0].startsWith(' of')
  )
    return
  const at = end + value[0].length - digits.length
  const years = /^ {1,2}(?:años?|meses|anni|ans)(?!\p{L})/u.exec(
    text.slice(at + digits.length, at + digits.length + 8)
  )
  scan.report(
    at,
    at + digits.length + (cue === 'edad' ? (years?.[0].length ?? 0) : 0),
    'AGE',
    cue.startsWith('turn') ? 0.6 : 0.85
  )
}

function recognizeBefore(scan: Scan, start: number, end: number, unit: string): void {
  const { text } = scan
  const from = Math.max(0, start - 28)
  const romance = /^(?:a[ñn]os?|meses)$/.test(unit)
  const found = (romance ? beforeYears : beforeUnit).exec(text.slice(from, start))
  const value = found?.[1]
  if (found === null || value === undefined) return
  const at = from + found.index
  const score = rate(text, at, start, end, unit)
  if (score > 0) scan.report(at, romance ? end : at + value.length, 'AGE', score)
}

/** How sure it is that a person is so old. */
function rate(text: string, at: number, start: number, end: number, unit: string): number {
  const lead = text.slice(Math.max(0, at - 24), at)
  if (/^(?:a[ñn]os?|meses)$/.test(unit)) return rateSpanish(unit, lead, text.slice(end, end + 24))
  if (is(text.charCodeAt(end), LETTER) && !/j[aä]h|jaehr|letni|arige|årig|åring/.test(unit)) {
    if (!/^y\/?o$/.test(unit) || !/^[MF](?!\p{L})/iu.test(text.slice(end, end + 2))) return 0
  }
  if (unit === 'ans')
    return /(?:âgée?s? de|[âa]ge de|homme de|femme de|patiente? de|garçon de|fille de|enfant de|fils de|a) $/i.test(
      lead
    )
      ? 0.8
      : 0
  if (unit === 'anni')
    return /(?:(?:uomo|donna|paziente|ragazz[oa]|bambin[oa]|età|figli[oa]) di|ha|di) $/i.test(lead) ? 0.75 : 0
  if (unit === 'lat') return /(?:ma|wieku|wiek|miał|miała|lat) $/i.test(lead) ? 0.8 : 0
  if (unit === 'jahren') return /Alter von(?: etwa| ca\.)? $/.test(lead) ? 0.9 : 0
  if (unit === 'j') return ratedShort(text, end)
  if (/^(?:jähr\.|-j\.)$/.test(unit) || /old|age|alt|y|oud|gamm|vuotias/.test(unit))
    return isObject(lead) ? 0 : 0.85
  return rateAdjective(text, at, start, end)
}

/** `the car is 12 years old`. */
function isObject(lead: string): boolean {
  return /(?:car|house|building|code|server|system|file|account|company|software|wine|whisky|tree|Auto|Haus|Gebäude|Firma|Wagen|Gerät|Datei|Rechner|Vertrag)(?: is| ist| was| war)(?: now| jetzt| etwa| about)? $/i.test(
    lead
  )
}

/** `(67 J.)`, `67 J., m`. */
function ratedShort(text: string, end: number): number {
  return /^\.?(?:\)|, ?[mwd](?![\p{L}]))/u.test(text.slice(end, end + 5)) ? 0.75 : 0
}

function rateSpanish(unit: string, lead: string, after: string): number {
  if (
    /^ de (?:evolución|duración|experiencia|prisión|seguimiento|antigüedad|historia|tratamiento)/i.test(after)
  )
    return 0
  if (!isYearOfAge(unit, lead, after)) return 0
  if (
    /^ (?:de (?:la|las|los|haber|su|forma)|del|después|antes|transcurridos|más tarde|posterior)(?!\p{L})/iu.test(
      after
    )
  )
    return 0
  if (/(?:pena|prisión|cárcel|entre|condena) (?:de )?(?:\p{L}{2,6} y )?$/iu.test(lead)) return 0
  if (/^ de edad/i.test(after)) return 0.9
  if (
    /(?:hace|durante|desde|cada|tras|unos|últimos|próximos|en|más de|menos de|por|los últimos) $/i.test(lead)
  )
    return 0
  return /(?:(?:\p{L}{4,} de|con|tiene|edad:?|los|y|o|paciente)) $/iu.test(lead) ? 0.75 : 0
}

/** Months are spans of time unless of an infant. */
function isYearOfAge(unit: string, lead: string, after: string): boolean {
  return (
    unit !== 'meses' ||
    /(?:niñ[oa]|lactante|bebé|edad:?|varón|mujer) (?:de )?$/i.test(lead) ||
    after.startsWith(' de edad')
  )
}

/** `67-jährige Patientin`, `der 67-Jährige`; no guarantee, no contract. */
function rateAdjective(text: string, number: number, start: number, end: number): number {
  let at = end
  while (at - end < 8 && is(text.charCodeAt(at), LETTER)) at++
  const capital = text.charCodeAt(start) === 0x4a
  // Numbers in letters are mostly spans of time.
  const spelled = is(text.charCodeAt(number), LETTER)
  let next = at
  for (let word = 0; word < 3; word++) {
    if (!is(text.charCodeAt(next), BLANK | NEWLINE)) break
    const from = next + 1
    next = from
    while (next - from < 32 && is(text.charCodeAt(next), LETTER)) next++
    const name = text.slice(from, next)
    if (name === '' || !/^\p{Lu}/u.test(name)) continue
    if (things.test(name) || (spelled && !people.test(name))) return 0
    return 0.8
  }
  return capital ? 0.8 : spelled ? 0 : 0.6
}

function labelled(scan: Scan): void {
  if (!labels.has(scan.label.toLowerCase().replace(/[^\p{L}]/gu, ''))) return
  const value = /^\s{0,4}(1[01]\d|\d{1,2})(?:\s{0,2}(?:Jahre|years|años|ans|anni|jaar|y))?\s{0,4}$/.exec(
    scan.text.slice(0, 24)
  )
  const digits = value?.[1]
  if (digits === undefined || scan.text.length > 24) return
  const at = scan.text.indexOf(digits)
  scan.report(at, at + digits.length, 'AGE', 0.9)
}
