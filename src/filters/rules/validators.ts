import { ALNUM, DIGIT, is } from '../scanner/chars.ts'
import { alnumValue, mod11x10, mod97 } from '../recognizers/validators/iso7064.ts'
import { luhn } from '../recognizers/validators/luhn.ts'

/** A check on letters and digits, in capitals, without what stands between them. */
type Check = (codes: Uint8Array, length: number) => boolean

/** Longest value that a check looks at, in letters and digits. */
const MAX_CODES = 64

/** Checks that rules of a policy may name; each with where it is laid down. */
const checks: ReadonlyMap<string, { readonly check: Check; readonly source: string }> = new Map([
  ['luhn', { check: onDigits((codes, length) => luhn(codes, 0, length)), source: 'ISO/IEC 7812-1 annex B' }],
  ['mod11-10', { check: onDigits(mod11x10), source: 'ISO/IEC 7064 MOD 11,10' }],
  [
    'mod97-10',
    { check: (codes, length) => remainder97(codes, length) === 1, source: 'ISO/IEC 7064 MOD 97-10' }
  ],
  ['iban', { check: (codes, length) => length > 4 && mod97(codes, 4, length), source: 'ISO 13616-1' }]
])

export const validatorNames: readonly string[] = [...checks.keys()]

/** @returns a check of the text [start, end), or undefined for a name that no validator has */
export function validatorNamed(
  name: string
): ((text: string, start: number, end: number) => boolean) | undefined {
  const check = checks.get(name)?.check
  if (check === undefined) return undefined
  const codes = new Uint8Array(MAX_CODES)
  return (text, start, end) => {
    let length = 0
    for (let at = start; at < end; at++) {
      const code = text.charCodeAt(at)
      if (!is(code, ALNUM)) continue
      if (length === MAX_CODES) return false
      codes[length++] = code < 0x3a ? code : code & 0xdf
    }
    return length > 0 && check(codes, length)
  }
}

/** Where the validator is laid down. */
export function validatorSource(name: string): string {
  return checks.get(name)?.source ?? ''
}

function onDigits(check: Check): Check {
  return (codes, length) => {
    for (let i = 0; i < length; i++) if (!is(codes[i] ?? 0, DIGIT)) return false
    return length > 1 && check(codes, length)
  }
}

function remainder97(codes: Uint8Array, length: number): number {
  let remainder = 0
  for (let i = 0; i < length; i++) {
    const value = alnumValue(codes[i] ?? 0)
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97
  }
  return remainder
}
