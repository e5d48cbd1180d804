import { type Recognizer, words } from '../recognizer.ts'
import { phraseList } from './word-list.ts'

const digits =
  /[ \t]{0,3}(?:(?:ist|lautet|is|-?nr\.?|-?nummer)[ \t]{1,2})?[.:]?[ \t]{0,3}(-?\d{2,5}(?:-\d{1,3}| \d\d(?! ?Uhr))?)(?![\p{L}\d/%€-]|[.,]\d)/iuy
const dashed = /[ \t]{0,2}[.:]?[ \t]{0,3}(-[ ]?\d{1,4})(?![\p{L}\d/%€-]|[.,]\d)/uy

/** What is dialled behind a company's own number: `Durchwahl -123`, `Nebenstelle 4711`, `Fax -99`. */
export const phoneExtension: Recognizer = {
  id: 'phone-extension',
  types: ['PHONE'],
  anchors: words(
    ...phraseList(
      'durchwahl durchwahlnummer durchw dw nebenstelle hausapparat klappe extension ext direct_dial fax telefax fon tel telefon'
    )
  ),
  recognize: (scan, start, end) => {
    const { text } = scan
    // A line to the outside has more digits: only what is left out before a dash counts there.
    // `ext` names files and fields too: only four digits or so behind a blank are dialled.
    if (
      /^ext$/i.test(text.slice(start, end)) &&
      !/^\.? \d{3,5}(?![\p{L}\d_])/u.test(text.slice(end, end + 8))
    )
      return
    const pattern = /^(?:fax|telefax|fon|tel|telefon)$/i.test(text.slice(start, end)) ? dashed : digits
    pattern.lastIndex = end
    const match = pattern.exec(text)
    if (match?.[1] === undefined) return
    const last = pattern.lastIndex
    scan.report(last - match[1].length, last, 'PHONE', 0.7)
  },
  examples: {
    match: [
      { text: 'Sekretariat, Durchwahl -123', found: '-123' },
      { text: 'Nebenstelle 4711', found: '4711' },
      { text: 'Fax -99', found: '-99' },
      { text: 'Ihre Durchwahl: 45', found: '45' },
      { text: 'desk ext 5512).', found: '5512' },
      { text: 'Timo (IT), Durchw. 217', found: '217' },
      { text: 'Bitte Nebenstelle 4711.', found: '4711' },
      { text: 'Durchwahl: 45 12', found: '45 12' }
    ],
    noMatch: ['Durchwahl folgt', 'Fax 2024', 'extension .ts', 'ext=1234', 'Nebenstelle 3.5']
  },
  source: 'DIN 5008, telephone numbers with extensions'
}
