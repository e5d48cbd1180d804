import { alnumValue } from './iso7064.ts'
import type { Check } from './check-digits.ts'
import { digitAt, valueOf, weightedSum } from './weighted.ts'

/** Check digits of African numbers. Sources are named at the recognizers that use them. */

const charAt = (codes: Uint8Array, at: number): string => String.fromCharCode(codes[at] ?? 0)

/** TIN, Ghana: letter for the kind, digits weighted 1 to 9, X for ten. */
export const ghanaian: Check = codes => {
  if (!'PCGQV'.includes(charAt(codes, 0))) return false
  let sum = 0
  for (let i = 1; i < 10; i++) sum += digitAt(codes, i) * i
  return '0123456789X'.charCodeAt(sum % 11) === codes[10]
}

/** ICE, Morocco: the whole number by 97. */
export const moroccan: Check = codes => valueOf(codes, 0, 15) % 97 === 0 && valueOf(codes, 0, 9) > 0

/** National identity number, Mauritius: initial, date of birth, serial; by seventeen. */
export const mauritian: Check = codes => {
  let sum = 0
  for (let i = 0; i < 13; i++) sum += alnumValue(codes[i] ?? 0x30) * (14 - i)
  const check = (17 - (sum % 17)) % 17
  return check === alnumValue(codes[13] ?? 0x30) && valueOf(codes, 1, 3) <= 31 && valueOf(codes, 3, 5) <= 12
}

/** NINEA, Senegal: seven digits or nine, a tax code behind them. */
export const senegalese: Check = (codes, length) => {
  let digits = 0
  while (digits < length && (codes[digits] ?? 0) < 0x3a) digits++
  const number = digits === length ? length : digits - 1
  const weights = number === 7 ? [1, 2, 1, 2, 1, 2, 1] : [1, 2, 1, 2, 1, 2, 1, 2, 1]
  return (number === 7 || number === 9) && weightedSum(codes, weights) % 10 === 0
}

/**
 * Matricule fiscal, Tunisia: up to seven digits, control letter, tax letter A, B, D, N or P, category C, E, M, N or P,
 * and the branch, which only category E has.
 */
export const tunisian: Check = (codes, length) => {
  let digits = 0
  while (digits < length && (codes[digits] ?? 0) < 0x3a) digits++
  if ('IOU'.includes(charAt(codes, digits))) return false
  if (length === digits + 1) return true
  const category = charAt(codes, digits + 2)
  if (!'ABDNP'.includes(charAt(codes, digits + 1)) || !'CEMNP'.includes(category)) return false
  return length === digits + 3 || category === 'E' || valueOf(codes, digits + 3, digits + 6) === 0
}
