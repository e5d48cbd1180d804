import type { Check } from './check-digits.ts'
import { alnumValue } from './iso7064.ts'
import { digitAt, valueOf, weightedSum } from './weighted.ts'

/** Check digits of passports, cards and licences. Sources are named at the recognizers that use them. */

/** Three digits at least: masks that a word could fill are held to it. */
export const hasDigits: Check = (codes, length) => {
  let digits = 0
  for (let i = 0; i < length; i++) if ((codes[i] ?? 0) < 0x3a) digits++
  return digits >= 3
}

/** One digit at least. */
export const hasDigit: Check = (codes, length) => {
  for (let i = 0; i < length; i++) if ((codes[i] ?? 0) < 0x3a) return true
  return false
}

const startsWith = (codes: Uint8Array, letters: string): boolean =>
  letters.includes(String.fromCharCode(codes[0] ?? 0))

/** Series of Austrian passports; German ones begin with other letters. */
export const austrianPassport: Check = (codes, length) => length === 9 || startsWith(codes, 'ABPSUVW')

/** Series of Swiss passports and identity cards. */
export const swissDocument: Check = codes => startsWith(codes, 'EFSX') && hasDigits(codes, 8)

/** French cards: twelve digits until 2021, then nine characters without vowels. */
export const frenchCard: Check = (codes, length) => {
  if (length === 12) return true
  let letters = 0
  for (let i = 0; i < length; i++) {
    const code = codes[i] ?? 0
    if (code < 0x3a) continue
    if ('AEIOUY'.includes(String.fromCharCode(code))) return false
    letters++
  }
  return letters > 1 && letters < 8
}

/** The character at a place is none of these. */
export function noneOf(characters: string, at: number): Check {
  return codes => !characters.includes(String.fromCharCode(codes[at] ?? 0))
}

export function endsWithOneOf(characters: string): Check {
  return (codes, length) => characters.includes(String.fromCharCode(codes[length - 1] ?? 0))
}

/** Number of the Belgian identity card: the last two digits are the remainder by 97, or 97. */
export const belgianCard: Check = codes =>
  (valueOf(codes, 0, 10) % 97 || 97) === valueOf(codes, 10, 12) && valueOf(codes, 0, 10) > 0

/** Número de afiliación, Spain: province and eight digits by 97; numbers below ten million are written without a nought. */
export const spanishInsurance: Check = codes => {
  const number = valueOf(codes, 2, 10)
  const province = valueOf(codes, 0, 2)
  const whole = number < 10_000_000 ? province * 10_000_000 + number : province * 100_000_000 + number
  return whole % 97 === valueOf(codes, 10, 12) && province > 0
}

/** Onderwijsnummer, Netherlands: begins with ten; the remainder by eleven is five, not nought as for the BSN. */
export const dutchPupil: Check = codes =>
  valueOf(codes, 0, 2) === 10 &&
  (((weightedSum(codes, [9, 8, 7, 6, 5, 4, 3, 2]) - digitAt(codes, 8)) % 11) + 11) % 11 === 5

/** Dowód osobisty, Poland: three letters, check digit, five digits. */
export const polishCard: Check = codes => {
  let sum = 0
  const weights = [7, 3, 1, 9, 7, 3, 1, 7, 3]
  for (let i = 0; i < 9; i++) sum += alnumValue(codes[i] ?? 0x30) * (weights[i] ?? 0)
  return sum % 10 === 0
}

/** Cartão de cidadão, Portugal: eight digits, check digit, two characters, check digit over all (Luhn with letters). */
export const portugueseCard: Check = codes => {
  let sum = 0
  for (let i = 0; i < 12; i++) {
    const value = alnumValue(codes[i] ?? 0x30)
    const double = value * 2
    sum += i % 2 === 1 ? value : double > 9 ? double - 9 : double
  }
  return sum % 10 === 0
}

/** NISS, Portugal: weights are the primes. */
export const portugueseInsurance: Check = codes =>
  9 - (weightedSum(codes, [29, 23, 19, 17, 13, 11, 7, 5, 3, 2]) % 10) === digitAt(codes, 10) &&
  (codes[0] === 0x31 || codes[0] === 0x32)

/** Medicare beneficiary identifier, United States: letters and digits in fixed places, no S, L, O, I, B, Z. */
export const medicare: Check = codes => {
  const forbidden = new Set(Array.from('SLOIBZ', char => char.charCodeAt(0)))
  for (let i = 0; i < 11; i++) {
    const code = codes[i] ?? 0
    if (forbidden.has(code)) return false
    const isDigit = code < 0x3a
    if ([0, 3, 6, 9, 10].includes(i) ? !isDigit : [1, 4, 7, 8].includes(i) && isDigit) return false
  }
  return codes[0] !== 0x30
}

/** National provider identifier, United States: Luhn over the issuer's prefix 80840, worth 24, and the number. */
export const provider: Check = codes => {
  let sum = 24
  for (let i = 0; i < 10; i++) {
    const value = digitAt(codes, i) * (i % 2 === 0 ? 2 : 1)
    sum += value > 9 ? value - 9 : value
  }
  return sum % 10 === 0 && (codes[0] === 0x31 || codes[0] === 0x32)
}

/** Unique pupil number, England: check letter in front, then the authority. */
export const britishPupil: Check = codes =>
  valueOf(codes, 1, 4) > 200 &&
  'ABCDEFGHJKLMNPQRTUVWXYZ'.charCodeAt(
    weightedSum(codes, [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13], 1) % 23
  ) === codes[0]

/** Number of a prescriber at the DEA, United States: two letters or letter and 9, six digits, check digit. */
export const prescriber: Check = codes => {
  const sum =
    digitAt(codes, 2) +
    digitAt(codes, 4) +
    digitAt(codes, 6) +
    2 * (digitAt(codes, 3) + digitAt(codes, 5) + digitAt(codes, 7))
  return sum % 10 === digitAt(codes, 8) && 'ABCDEFGHJKLMPRSTUX'.includes(String.fromCharCode(codes[0] ?? 0))
}

/** Driver number, Great Britain: five of the surname, decade, month (50 more for women), day, year, initials, three more. */
export const britishDriver: Check = codes => {
  const month = valueOf(codes, 6, 8) % 50
  const day = valueOf(codes, 8, 10)
  for (let i = 1; i < 5; i++) {
    // Short surnames are filled up with nines.
    if (codes[i - 1] === 0x39 && codes[i] !== 0x39) return false
    if ((codes[i] ?? 0) < 0x39) return false
  }
  return month >= 1 && month <= 12 && day >= 1 && day <= 31
}

/** Registration mark before 2001, Great Britain: the letter for the year is none of I, O, Q, U and Z. */
export const oldPlate: Check = (codes, length) => {
  const isSuffix = (codes[length - 2] ?? 0) < 0x3a
  return !'IOQUZ'.includes(String.fromCharCode(codes[isSuffix ? length - 1 : 0] ?? 0))
}

/** Registration mark since 2001, Great Britain: area letters, age identifier, three letters; I, Q and Z are kept out. */
export const britishPlate: Check = codes => {
  const allowed = (at: number, letters: string): boolean =>
    letters.includes(String.fromCharCode(codes[at] ?? 0))
  const age = valueOf(codes, 2, 4)
  return (
    allowed(0, 'ABCDEFGHKLMNOPRSVWXY') &&
    allowed(1, 'ABCDEFGHJKLMNOPRSTUVWXY') &&
    ((age >= 2 && age <= 29) || (age >= 51 && age <= 79)) &&
    [4, 5, 6].every(at => allowed(at, 'ABCDEFGHJKLMNOPRSTUVWXYZ'))
  )
}

/** Kindergeldnummer: the office that pays is never 000. */
export const childBenefit: Check = codes => codes[0] !== 0x30 || codes[1] !== 0x30 || codes[2] !== 0x30
