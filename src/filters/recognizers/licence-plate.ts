import { type Recognizer, words } from '../recognizer.ts'
import { ALNUM, BLANK, DIGIT, is, LETTER } from '../scanner/chars.ts'
import type { Scan } from '../scanner/scan.ts'
import { phraseList } from './word-list.ts'

/** Two to four groups of letters and digits, as on the plates of Europe: `W-12345X`, `ZH 123456`, `AA-123-BB`, `12-ABC-3`. */
const plate = /[A-ZÄÖÜ0-9]{1,7}(?:[ -][A-ZÄÖÜ0-9]{1,6}){0,3}(?![\p{L}\d])/uy
const filler =
  /[ \t]{0,2}(?:(?:des|vom|der|mit|dem|Pkw|PKW|Kfz|KFZ|Nr\.?|lautet|ist|is|est|es|è|é|no\.?|number|eines|amtl\.)[ \t]{1,2}){0,3}[:#]?[ \t\n]{0,3}["'„“]?/y

/** Registration plates behind the words for them; Germany's, known by their districts, have their own recognizer. */
export const licencePlate: Recognizer = {
  id: 'licence-plate',
  types: ['LICENCE_PLATE'],
  anchors: words(
    ...phraseList(`
kennzeichen kennz. kfz-kennz. kfz-kennzeichen nummernschild autokennzeichen kontrollschild autonummer plaque plaque_d'immatriculation immatriculation
targa numero_di_targa matrícula kenteken nummerplaat registreringsnummer rejestracyjny nr_rej numer_rejestracyjny spz evč
license_plate licence_plate number_plate plate_number
`)
  ),
  recognize,
  examples: {
    match: [
      { text: 'Kontrollschild ZH 123456', found: 'ZH 123456' },
      { text: 'Kennzeichen: W-12345X, Wien', found: 'W-12345X' },
      { text: "plaque d'immatriculation AA-123-BB", found: 'AA-123-BB' },
      { text: 'kenteken 12-ABC-3', found: '12-ABC-3' },
      { text: 'nr rej. WA 12345', found: 'WA 12345' }
    ],
    noMatch: ['Kennzeichen folgt', 'Kennzeichen 2024', 'W-12345X', 'Kennzeichen ABC', 'Kennzeichen D']
  },
  source: 'Council Regulation (EC) 2411/98; layouts as national registration offices publish them'
}

function recognize(scan: Scan, _start: number, end: number): void {
  const { text } = scan
  filler.lastIndex = text.charCodeAt(end) === 0x2e ? end + 1 : end
  filler.test(text)
  const from = filler.lastIndex
  plate.lastIndex = from
  const match = plate.exec(text)
  if (match === null || is(text.charCodeAt(from - 1), ALNUM)) return
  const length = plateLength(match[0])
  if (length > 0) scan.report(from, from + length, 'LICENCE_PLATE', 0.8)
}

/** Up to the last group with which it has two to six digits, letters too, and eight of both at most; 0 when none has. */
function plateLength(value: string): number {
  let digits = 0
  let letters = 0
  let best = 0
  for (let at = 0; at <= value.length; at++) {
    const code = value.charCodeAt(at)
    if (is(code, DIGIT)) digits++
    else if (is(code, LETTER)) letters++
    else if (at === value.length || is(code, BLANK) || code === 0x2d) {
      if (digits >= 2 && digits < 7 && letters > 0 && digits + letters < 10) best = at
    }
  }
  return best
}
