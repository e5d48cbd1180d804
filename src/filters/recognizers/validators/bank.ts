import type { Check } from './check-digits.ts'
import { digitAt, valueOf, weightedSum } from './weighted.ts'

/** Check digits of accounts, references and supply points. Sources are named at the recognizers that use them. */

/** Gestructureerde mededeling: ten digits and their remainder by 97, or 97. */
export const belgianReference: Check = codes =>
  (valueOf(codes, 0, 10) % 97 || 97) === valueOf(codes, 10, 12) && valueOf(codes, 0, 10) > 0

const carries = [0, 9, 4, 6, 8, 2, 7, 1, 3, 5]

/** Modulo 10, recursive, Switzerland. */
export const swissReference: Check = (codes, length) => {
  let carry = 0
  for (let i = 0; i < length - 1; i++) carry = carries[(carry + digitAt(codes, i)) % 10] ?? 0
  return (
    (10 - carry) % 10 === digitAt(codes, length - 1) && valueOf(codes, Math.max(0, length - 12), length) > 0
  )
}

/** Czech account: prefix and number each divisible by eleven, bank code behind them. */
export const czechAccount: Check = (codes, length) => {
  const numberTo = length - 4
  if (valueOf(codes, numberTo, length) === 0) return false
  const from = Math.max(0, numberTo - 10)
  const weights = [6, 3, 7, 9, 10, 5, 8, 4, 2, 1]
  for (let split = from; split <= Math.min(6, numberTo - 2); split++) {
    const number = weightedSum(codes, weights.slice(10 - (numberTo - split)), split)
    const prefix = weightedSum(codes, [10, 5, 8, 4, 2, 1].slice(6 - split))
    if (number % 11 === 0 && prefix % 11 === 0) return true
  }
  return false
}

/** Código Cuenta Cliente: one digit over bank and branch, one over the account. */
export const spanishAccount: Check = codes => {
  const digit = (sum: number): number => {
    const check = 11 - (sum % 11)
    return check === 11 ? 0 : check === 10 ? 1 : check
  }
  return (
    digit(weightedSum(codes, [4, 8, 5, 10, 9, 7, 3, 6])) === digitAt(codes, 8) &&
    digit(weightedSum(codes, [1, 2, 4, 8, 5, 10, 9, 7, 3, 6], 10)) === digitAt(codes, 9)
  )
}

/** Numer rachunku bankowego: the IBAN without `PL`; MOD 97-10 with the country's code (2521) behind the account. */
export const polishAccount: Check = (codes, length) => {
  let rest = 0
  for (let i = 2; i < length; i++) rest = (rest * 10 + digitAt(codes, i)) % 97
  return (rest * 1_000_000 + 252_100 + valueOf(codes, 0, 2)) % 97 === 1
}

const spanish = 'TRWAGMYFPDXBNJZSQVHLCKE'

/** CUPS: sixteen digits by 529, two letters; border point behind them. */
export const spanishSupply: Check = codes => {
  let rest = 0
  for (let i = 2; i < 18; i++) rest = (rest * 10 + digitAt(codes, i)) % 529
  return (
    spanish.charCodeAt(Math.floor(rest / 23)) === codes[18] && spanish.charCodeAt(rest % 23) === codes[19]
  )
}

const parcelWeights = [13, 15, 12, 5, 4, 17, 9, 21, 3, 7, 1]

/** Referencia catastral: a letter each for parcel and map sheet, both over the unit behind them. */
export const spanishParcel: Check = codes => {
  const letter = (from: number): number => {
    let sum = 0
    for (let i = 0; i < 11; i++) {
      const code = codes[i < 7 ? from + i : 7 + i] ?? 0x30
      const value = code < 0x3a ? code - 0x30 : code - 0x40 + (code > 0x4e ? 1 : 0)
      sum += value * (parcelWeights[i] ?? 0)
    }
    return 'MQWERTYUIOPASDFGHJKLBZX'.charCodeAt(sum % 23)
  }
  return letter(0) === codes[18] && letter(7) === codes[19]
}
