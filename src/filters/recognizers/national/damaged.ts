import { ALNUM, BLANK, is, NEWLINE } from '../../scanner/chars.ts'
import type { Form } from '../../scanner/forms.ts'
import type { Scan } from '../../scanner/scan.ts'

/** Between a name and its number. */
const MAX_GAP = 12
/** Characters of the number, separators included. */
const MAX_SPAN = 48
const MAX_CODES = 32

const codes = new Uint8Array(MAX_CODES)

/**
 * A number behind its name that was broken by a line's end, or by a scanner that read O for 0 and l or I for 1. Only
 * with check digits: those, and the name, are what makes it certain. Numbers without damage are left to the forms.
 * @param maxLetters letters in the longest of the forms
 */
export function readDamaged(
  scan: Scan,
  wordEnd: number,
  forms: readonly Form[],
  maxLetters: number,
  type: string
): void {
  const { text } = scan
  let start = wordEnd
  while (start - wordEnd < MAX_GAP && !is(text.charCodeAt(start), ALNUM)) start++
  if (is(text.charCodeAt(start - 1), ALNUM)) return
  let length = 0
  let breaks = 0
  let digits = 0
  let gap = 0
  let letters = 0
  let mayBeDigit = false
  for (let at = start; at - start < MAX_SPAN && length < MAX_CODES; at++) {
    const code = text.charCodeAt(at)
    if (is(code, ALNUM)) {
      codes[length++] = code < 0x3a ? code : code & 0xdf
      if (code < 0x3a) digits++
      else if (digitLike(code & 0xdf) > 0) mayBeDigit = true
      else if (++letters > maxLetters) return
      gap = 0
      const isDamaged = breaks > 0 || mayBeDigit
      if (isDamaged && digits > 3 && !is(text.charCodeAt(at + 1), ALNUM) && fits(forms, length, breaks > 0)) {
        scan.report(start, at + 1, type, 0.85)
        return
      }
      continue
    }
    const isBreak = is(code, NEWLINE)
    if (isBreak && ++breaks > 1) return
    if (++gap > 2 || !(isBreak || is(code, BLANK) || code === 0x2d || code === 0x2e || code === 0x2f)) return
  }
}

/** True when a form takes the codes, with letters read as the digits they look like where it asks for digits. */
function fits(forms: readonly Form[], length: number, isBroken: boolean): boolean {
  return forms.some(({ mask, check }) => {
    if (mask.length !== length || check === undefined) return false
    let repaired = 0
    const read = Uint8Array.from(codes.subarray(0, length))
    for (let i = 0; i < length; i++) {
      const wanted = mask.charAt(i)
      const code = read[i] ?? 0
      if (wanted === '9' && code > 0x39) {
        const digit = digitLike(code)
        if (digit === 0) return false
        read[i] = digit
        repaired++
      } else if (
        wanted === 'A' ? code < 0x3a : wanted !== '9' && wanted !== 'X' && wanted.charCodeAt(0) !== code
      )
        return false
    }
    return (repaired > 0 || isBroken) && repaired <= length / 2 && check(read, length)
  })
}

/** The digit that a capital letter may have been; 0 for none. */
export function digitLike(code: number): number {
  if (code === 0x4f) return 0x30
  return code === 0x49 || code === 0x4c ? 0x31 : 0
}
