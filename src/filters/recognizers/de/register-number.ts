import { type Recognizer, words } from '../../recognizer.ts'
import { BLANK, DIGIT, is, LETTER, UPPER } from '../../scanner/chars.ts'
import type { Scan } from '../../scanner/scan.ts'

/** Handelsregister, also of cooperatives, partnerships and associations: `HRB 12345 B`, with the court before it. */
export const deRegisterNumber: Recognizer = {
  id: 'de-register-number',
  types: ['DE_REGISTER_NUMBER'],
  countries: ['DE'],
  anchors: words('hra', 'hrb', 'gnr', 'hr a', 'hr b'),
  recognize,
  examples: {
    match: [
      { text: 'Amtsgericht München HRB 12345.', found: 'Amtsgericht München HRB 12345' },
      'HRB123456',
      'HRA 12345',
      { text: 'eingetragen unter HRB 49263', found: 'HRB 49263' },
      'Berlin (Charlottenburg) HRA 11223 B',
      'Oldenburg (Oldenburg)   HRB   111147'
    ],
    noMatch: ['Aachen HRC 44123', 'HRB siehe unten', 'hrb 12']
  },
  source: 'HRV § 13; Justizportal, Registerarten'
}

function recognize(scan: Scan, start: number, end: number): void {
  const { text } = scan
  if (!is(text.charCodeAt(start), UPPER)) return
  let at = end
  while (at - end < 6 && (is(text.charCodeAt(at), BLANK) || ':.-'.includes(text.charAt(at)))) at++
  if (text.startsWith('Nr', at)) at += 2
  while (at - end < 9 && (is(text.charCodeAt(at), BLANK) || text.charCodeAt(at) === 0x2e)) at++
  const from = at
  while (at - from < 7 && is(text.charCodeAt(at), DIGIT)) at++
  if (at === from || at - from > 6 || is(text.charCodeAt(at), DIGIT)) return
  scan.report(courtStart(text, start), suffixEnd(text, at), 'DE_REGISTER_NUMBER', 0.9)
}

/** Up to two letters that tell apart registers joined into one: `HRB 4057 FL`. */
function suffixEnd(text: string, end: number): number {
  let at = end
  while (at - end < 3 && is(text.charCodeAt(at), BLANK)) at++
  let stop = at
  while (stop - at < 3 && is(text.charCodeAt(stop), UPPER)) stop++
  return stop > at && stop - at < 3 && !is(text.charCodeAt(stop), LETTER | DIGIT) ? stop : end
}

const court =
  /(?:Amtsgericht[s]? |AG |Registergericht[:]? )?(?:Bad )?[A-ZÄÖÜ][a-zäöüß]{2,24}(?:-[A-ZÄÖÜ][a-zäöüß]{2,24})?(?: \([A-ZÄÖÜ][a-zäöüß]{2,24}\)| (?:am|an der) [A-Z][a-z]{2,12})?,?[ \t]{1,4}$/

/** The court belongs to the number: each has its own count. */
function courtStart(text: string, start: number): number {
  const before = text.slice(Math.max(0, start - 72), start)
  const match = court.exec(before)
  return match === null ? start : start - match[0].length
}
