import { type Check, complement } from './check-digits.ts'
import { mod11x10 } from './iso7064.ts'
import { digitAt, valueOf, weightedSum } from './weighted.ts'

/** Check digits of numbers of states between the Union and Asia. Sources are named at the recognizers that use them. */

/** Without the letters of the country's code before it. */
function stripped(codes: Uint8Array, length: number, digits: number): Uint8Array {
  return length > digits ? codes.subarray(length - digits) : codes
}

/** NRT, Andorra: residents have F and numbers below 700,000, companies A or L and those from there to 800,000. */
export const andorran: Check = codes => {
  const letter = String.fromCharCode(codes[0] ?? 0)
  const number = valueOf(codes, 1, 7)
  if (letter === 'F') return number < 700_000
  if (letter === 'A' || letter === 'L') return number >= 700_000 && number < 800_000
  return 'CDEGOPU'.includes(letter)
}

/** УНП, Belarus: companies by eleven; persons' begin with letters, which are not worked out. */
export const belarusian: Check = codes => {
  if ((codes[0] ?? 0) > 0x39) return true
  const first = digitAt(codes, 0)
  return (
    weightedSum(codes, [29, 23, 19, 17, 13, 7, 5, 3]) % 11 === digitAt(codes, 8) && first >= 1 && first <= 7
  )
}

const macedonianDigit = complement([7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2], 11)

export const macedonian: Check = (codes, length) => macedonianDigit(stripped(codes, length, 13), 13)

/** Monaco: a French number with three noughts, key by 97. */
export const monegasque: Check = codes =>
  (12 + 3 * (valueOf(codes, 4, 13) % 97)) % 97 === valueOf(codes, 2, 4)

export const serbian: Check = (codes, length) => mod11x10(stripped(codes, length, 9), 9)

const inn10 = [2, 4, 10, 3, 5, 9, 4, 6, 8]

/** ИНН, Russia: ten digits of companies, twelve of persons with two check digits. */
export const russianTax: Check = (codes, length) => {
  if (length < 12 || (codes[0] ?? 0) > 0x39) {
    const digits = stripped(codes, length, 10)
    return (weightedSum(digits, inn10) % 11) % 10 === digitAt(digits, 9) && valueOf(digits, 0, 9) > 0
  }
  return (
    (weightedSum(codes, [7, ...inn10]) % 11) % 10 === digitAt(codes, 10) &&
    (weightedSum(codes, [3, 7, ...inn10]) % 11) % 10 === digitAt(codes, 11)
  )
}

/** ОГРН, Russia: remainder by eleven, of sole traders by thirteen. */
export const russianRegister: Check = (codes, length) =>
  (valueOf(codes, 0, length - 1) % (length - 2)) % 10 === digitAt(codes, length - 1) && digitAt(codes, 0) > 0

/** СНИЛС, Russia: two check digits by 101. */
export const russianInsurance: Check = codes => {
  const rest = weightedSum(codes, [9, 8, 7, 6, 5, 4, 3, 2, 1]) % 101
  return rest % 100 === valueOf(codes, 9, 11)
}

/** ЄДРПОУ, Ukraine: other weights between thirty and sixty million, two added where ten is left. */
export const ukrainianCompany: Check = codes => {
  const isMiddle = codes[0] === 0x33 || codes[0] === 0x34 || codes[0] === 0x35
  const weights = isMiddle ? [7, 1, 2, 3, 4, 5, 6] : [1, 2, 3, 4, 5, 6, 7]
  const first = weightedSum(codes, weights) % 11
  const check =
    first < 10
      ? first
      : weightedSum(
          codes,
          weights.map(weight => weight + 2)
        ) % 11
  return check % 10 === digitAt(codes, 7)
}

/** РНОКПП, Ukraine: days since 1899 in front. */
export const ukrainianPerson: Check = codes =>
  (weightedSum(codes, [10, 5, 7, 9, 4, 6, 10, 5, 7]) % 11) % 10 === digitAt(codes, 9)
