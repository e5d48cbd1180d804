import type { Recognizer } from '../../recognizer.ts'
import { ALNUM, is, LETTER, UPPER } from '../../scanner/chars.ts'
import type { Scan } from '../../scanner/scan.ts'

const dot = 0x2e
const underscore = 0x5f
const at = 0x40
/** Parts of an account's name are no longer. */
const MAX_PART = 40

/** Two capitals with dots that abbreviate something else in every second text. */
const abbreviations = new Set(
  'US UK UN EU PS NB NN SA AG AD BC BV NV DC LA NY OK IQ TV CV HR IT KG EV'.split(' ')
)

/** Later mentions in short of persons found before: initials with dots, and both names joined as accounts have them. */
export const personShortForm: Recognizer = {
  id: 'person-short-form',
  types: ['PERSON'],
  scope: 'prose',
  costly: true,
  text: scan => {
    if (scan.names.size < 2) return
    eachChar(scan.text, '.', place => lookAround(scan, place))
    eachChar(scan.text, '_', place => followAccount(scan, place))
  },
  examples: {
    match: [
      { text: 'Gestern rief Anna Weber an. Notiz: A. W. möchte einen Rückruf.', found: 'A. W.' },
      { text: 'We met Kwame Mensah, see the notes by K.M. of Monday', found: 'K.M.' },
      { text: 'Anna Weber hat das Konto anna.weber bekommen', found: 'anna.weber' },
      { text: 'Gestern rief Anna Weber an, siehe /home/a.weber/notes', found: 'a.weber' },
      { text: 'Gestern rief Anna Weber an. Ihr Konto: weber_anna', found: 'weber_anna' }
    ],
    noMatch: [
      'Anna Weber wohnt in den U. S. und mag z. B. Tee.',
      'Anna Weber: www.weber.anna.example',
      'Anna Weber, siehe X. Y. und C. D.',
      'config.weber'
    ]
  },
  source: 'Own rule'
}

function eachChar(text: string, char: string, use: (place: number) => void): void {
  for (let place = text.indexOf(char); place >= 0; place = text.indexOf(char, place + 1)) use(place)
}

function lookAround(scan: Scan, place: number): void {
  const { text } = scan
  if (is(text.charCodeAt(place - 1), UPPER) && !is(text.charCodeAt(place - 2), ALNUM))
    followInitials(scan, place)
  else followAccount(scan, place)
}

/** `A. W.`, `A.W.`, where parts of names found before begin so. @param place of the first dot */
function followInitials(scan: Scan, place: number): void {
  const { text, names } = scan
  const second = text.charCodeAt(place + 1) === 0x20 ? place + 2 : place + 1
  if (!is(text.charCodeAt(second), UPPER) || text.charCodeAt(second + 1) !== dot) return
  // Three and more in a row, or a word right behind them, are something else.
  if (text.charCodeAt(place - 2) === dot || text.charCodeAt(place - 3) === dot) return
  if (is(text.charCodeAt(second + 2), ALNUM)) return
  const first = text.charAt(place - 1)
  const last = text.charAt(second)
  if (abbreviations.has(first + last) || !names.haveInitials(first, last)) return
  // `A. W. Weber` is a name of its own, which the words behind tell.
  const next = text.charCodeAt(second + 2) === 0x20 ? second + 3 : second + 2
  if (is(text.charCodeAt(next), UPPER) && is(text.charCodeAt(next + 1), LETTER) && names.mayStart(text, next))
    return
  scan.report(place - 1, second + 2, 'PERSON', 0.75)
}

/** `anna.weber`, `a.weber`, `weber_anna`: both are known, or one by its first letter. @param place of what joins them */
function followAccount(scan: Scan, place: number): void {
  const { text, names } = scan
  let start = place
  while (place - start < MAX_PART && is(text.charCodeAt(start - 1), LETTER)) start--
  let end = place + 1
  while (end - place <= MAX_PART && is(text.charCodeAt(end), LETTER)) end++
  if (start === place || end === place + 1 || isPartOfMore(text, start, end)) return
  const left = place - start === 1 ? initial(scan, start) : names.look(text, start, place)
  const right = names.look(text, place + 1, end)
  if (left > 0 && right > 0) scan.report(start, end, 'PERSON', 0.85)
}

function initial({ text, names }: Scan, place: number): number {
  return names.haveInitial(text.charAt(place).toUpperCase()) ? 1 : 0
}

/** Of a host name, an identifier or an e-mail address, which is found as such. */
function isPartOfMore(text: string, start: number, end: number): boolean {
  const before = text.charCodeAt(start - 1)
  const behind = text.charCodeAt(end)
  if (before === dot || before === underscore || is(before, ALNUM)) return true
  if (behind === at || behind === underscore || is(behind, ALNUM)) return true
  return (behind === dot || behind === 0x28) && (behind !== dot || is(text.charCodeAt(end + 1), ALNUM))
}
