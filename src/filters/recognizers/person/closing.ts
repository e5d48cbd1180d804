import { type Recognizer, words } from '../../recognizer.ts'
import { BLANK, is, NEWLINE, UPPER } from '../../scanner/chars.ts'
import type { Scan } from '../../scanner/scan.ts'
import { readName, reportName, skipBlanks, skipLines, skipTitles } from './name.ts'
import { phraseList } from '../word-list.ts'

/** Persons who sign: the name behind `Mit freundlichen Grüßen`, `LG`, `Best regards` and their kind. */
export const personClosing: Recognizer = {
  id: 'person-closing',
  types: ['PERSON'],
  scope: 'prose',
  anchors: words(
    ...phraseList(`
grüße grüßen grüsse grüssen gruß gruss gruesse gruessen gruss mfg lg vg bg hochachtungsvoll hochachtung
regards sincerely faithfully truly wishes 
cordialement saludos saluti groet groeten 
`)
  ),
  recognize,
  examples: {
    match: [
      { text: 'Mit freundlichen Grüßen\n\nMax Mustermann\nVertrieb', found: 'Max Mustermann' },
      { text: 'Viele Grüße, Anna', found: 'Anna' },
      { text: 'Grüße aus dem Lohnbüro, Trudi', found: 'Trudi' },
      { text: 'LG Tobi\n', found: 'Tobi' },
      { text: 'Best regards,\n\nJohn F. Smith', found: 'John F. Smith' },
      {
        text: 'Freundliche Grüsse\ni. A. Dr. Ursula Bärtschi-Meier, Sekretariat',
        found: 'Ursula Bärtschi-Meier'
      },
      { text: 'Herzliche Grüße aus Köln\nIhre Petra Vogt', found: 'Petra Vogt' },
      { text: 'Sincerely yours,\nWilliam B. Gates III', found: 'William B. Gates III' },
      { text: 'Mit freundlichen Grüßen Silke Mauritz', found: 'Silke Mauritz' }
    ],
    noMatch: [
      'LG aus dem Haus\n',
      'Viele Grüße\nIhr Kundenservice',
      'Mit freundlichen Grüßen\nMuster GmbH',
      'Liebe Grüße an alle',
      'Best regards\nThe Support Team',
      'Grüße vom Meer',
      'vor Gericht (LG Bochum, 3 O 244/26)'
    ]
  },
  source: 'DIN 5008 (complimentary close); own word lists'
}

/** Words that also stand elsewhere: they close a letter on a line of their own, and the name must stand on the next. */
export const personFarewell: Recognizer = {
  id: 'person-farewell',
  types: ['PERSON'],
  scope: 'prose',
  anchors: words(
    ...phraseList(
      'best thanks thank_you danke vielen_dank love bis_bald bis_dann cheers dein deine ihr ihre euer eure'
    )
  ),
  recognize: (scan, start, end) => {
    if (startsLine(scan.text, start) && endsLine(scan.text, end))
      trySignature(scan, afterPunctuation(scan.text, end), true)
    else if (inline.has(scan.text.slice(start, end).toLowerCase())) tryInline(scan, end)
  },
  examples: {
    match: [
      { text: 'Anbei das Protokoll.\nDanke!\nSönke', found: 'Sönke' },
      { text: 'Thanks,\nPriya\n', found: 'Priya' },
      { text: 'will send it. Cheers, Dom"', found: 'Dom' },
      { text: 'Bis bald,\nDeine\nMarie-Luise', found: 'Marie-Luise' }
    ],
    noMatch: [
      'Best Practices',
      'Thanks for the help',
      'Vielen Dank im Voraus',
      'Ihr Vertrag läuft aus',
      'Danke Anwender',
      'Thanks, Google',
      'Best, Worst and Average',
      'Cheers, Team!'
    ]
  },
  source: 'Own word lists'
}

/** These also close a message without a line end. */
const inline: ReadonlySet<string> = new Set([
  'cheers',
  'thanks',
  'thank you',
  'best',
  'danke',
  'vielen dank',
  'love'
])

/** One or two words behind a comma, and nothing behind them but a quote: `Cheers, Dom"`. */
function tryInline(scan: Scan, end: number): void {
  const { text } = scan
  if (text.charCodeAt(end) !== 0x2c) return
  const name = readName(text, skipBlanks(text, end + 1), 2)
  if (name === null) return
  const next = text.charCodeAt(name.end)
  if (Number.isNaN(next) || is(next, NEWLINE) || next === 0x22 || next === 0x201d || next === 0x201c)
    reportName(scan, name.start, name.end, name.given ? 0.85 : 0.7)
}

const mandate =
  /(?:i\. ?[AV]\.|ppa\.|gez\.|im Auftrag|Ihre?|Euer|Eure|Deine?|yours|Yours|sincerely|truly|faithfully|von|and|from|Ihr)[ \t,:]{1,3}/y

/** In the middle of a line these are courts: `(LG Bochum, 3 O 244/26)`, `am VG Köln`. */
const court = /^[LV]G$/

function recognize(scan: Scan, start: number, end: number): void {
  const { text } = scan
  if (court.test(text.slice(start, end)) && !endsLine(text, end) && !endsSentence(text, start)) return
  if (trySignature(scan, afterPunctuation(text, end), false)) return
  const lineStop = lineEnd(text, end)
  if (lineStop === 0) return
  // `Grüße aus dem Lohnbüro, Trudi`
  const comma = end + text.slice(end, lineStop).indexOf(',')
  const name = comma > end + 1 ? readName(text, skipBlanks(text, comma + 1), 2) : null
  if (name !== null && name.end === lineStop) reportName(scan, name.start, name.end, name.given ? 0.88 : 0.7)
  else trySignature(scan, lineStop, true)
}

/** True where a line begins or a sentence ends right before `start`. */
function endsSentence(text: string, start: number): boolean {
  let at = start
  while (start - at < 4 && is(text.charCodeAt(at - 1), BLANK)) at--
  return at === 0 || is(text.charCodeAt(at - 1), NEWLINE) || '.!?:)'.includes(text.charAt(at - 1))
}

function startsLine(text: string, start: number): boolean {
  const at = start - 1
  return at < 0 || is(text.charCodeAt(at), NEWLINE)
}

function endsLine(text: string, end: number): boolean {
  const at = afterPunctuation(text, end)
  return is(text.charCodeAt(at), NEWLINE)
}

function afterPunctuation(text: string, at: number): number {
  let next = skipBlanks(text, at)
  const code = text.charCodeAt(next)
  if (code === 0x2c || code === 0x21 || code === 0x2e || code === 0x3a || code === 0x2d)
    next = skipBlanks(text, next + 1)
  return next
}

/** The end of this line, if it is not far: `Grüße aus dem sonnigen Süden`. 0 when it is. */
function lineEnd(text: string, from: number): number {
  for (let at = from; at < from + 48; at++) {
    const code = text.charCodeAt(at)
    if (is(code, NEWLINE) || Number.isNaN(code)) return at
    if (code === 0x2e || code === 0x3b) return 0
  }
  return 0
}

/** Reports the name that makes up the (next) line from `at`; true when there is one. */
function trySignature(scan: Scan, at: number, mustBreak: boolean): boolean {
  const { text } = scan
  let from = skipLines(text, at, 3)
  if (mustBreak && from === at) return false
  for (let i = 0; i < 2; i++) {
    mandate.lastIndex = from
    if (mandate.test(text)) from = skipLines(text, mandate.lastIndex, 1)
  }
  const name = readName(text, skipTitles(text, from), 4)
  if (name === null || !endsSignature(text, name.end)) return false
  // `Grüße vom Meer`: on the line of the closing itself a particle begins no name.
  if (!mustBreak && !is(text.charCodeAt(name.start), UPPER)) return false
  if (name.words > 3 && !name.given) return false
  reportName(scan, name.start, name.end, name.given ? 0.88 : 0.75)
  return true
}

/** The line ends, or a comma, bar, bracket or dash leads on to the function of who signs. */
function endsSignature(text: string, end: number): boolean {
  const at = skipBlanks(text, end)
  const code = text.charCodeAt(at)
  if (Number.isNaN(code) || is(code, NEWLINE)) return true
  if (
    code === 0x2c ||
    code === 0x7c ||
    code === 0x28 ||
    code === 0x2f ||
    code === 0x3c ||
    code === 0x2e ||
    code === 0x21
  )
    return true
  return (code === 0x2d || code === 0x2013) && is(text.charCodeAt(at - 1), BLANK)
}
