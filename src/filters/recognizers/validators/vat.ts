import { luhn } from './luhn.ts'
import { mod11x10, mod97 } from './iso7064.ts'
import { digitAt, valueOf, weightedSum } from './weighted.ts'

/**
 * Check digits of value-added tax numbers, on the codes behind the country code (from position 2).
 * Source for all: European Commission, VIES, algorithms by country; checked against the rules of python-stdnum.
 */
type Check = (codes: Uint8Array, length: number) => boolean

/** The check for a number written without its country's code. */
export function withoutCode(code: string, check: Check): Check {
  const full = new Uint8Array(32)
  for (let i = 0; i < code.length; i++) full[i] = code.charCodeAt(i)
  return (codes, length) => {
    full.set(codes.subarray(0, length), code.length)
    return check(full, length + code.length)
  }
}

function weights(list: readonly number[], modulus: number): Check {
  return codes => weightedSum(codes, list, 2) % modulus === 0
}

/** Austria, behind ATU. */
export const at: Check = codes => {
  let sum = 0
  for (let i = 0; i < 7; i++) {
    const digit = digitAt(codes, i + 3)
    const value = i % 2 === 1 ? digit * 2 : digit
    sum += value > 9 ? value - 9 : value
  }
  return (16 - (sum % 10)) % 10 === digitAt(codes, 10)
}

/** Belgium: ten digits, nine before 2005; the first is a nought or a one, the second is none. */
export const be: Check = (codes, length) =>
  97 - (valueOf(codes, 2, length - 2) % 97) === valueOf(codes, length - 2, length) &&
  (length === 11 || digitAt(codes, 2) < 2) &&
  valueOf(codes, 2, length - 7) % 10 > 0

const bg9: Check = codes => {
  const first = weightedSum(codes, [1, 2, 3, 4, 5, 6, 7, 8], 2) % 11
  const sum = first < 10 ? first : (weightedSum(codes, [3, 4, 5, 6, 7, 8, 9, 10], 2) % 11) % 10
  return sum === digitAt(codes, 10)
}

/** Ten digits: person, foreigner or other. */
const bg10: Check = codes => {
  const last = digitAt(codes, 11)
  const person = (weightedSum(codes, [2, 4, 8, 5, 10, 9, 7, 3, 6], 2) % 11) % 10
  const foreigner = weightedSum(codes, [21, 19, 17, 13, 11, 9, 7, 3, 1], 2) % 10
  const other = 11 - (weightedSum(codes, [4, 3, 2, 7, 6, 5, 4, 3, 2], 2) % 11)
  return last === person || last === foreigner || last === other % 11
}

export const bg: Check = (codes, length) => (length === 11 ? bg9 : bg10)(codes, length)

const cyprus = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21]

export const cy: Check = codes => {
  let sum = 0
  for (let i = 0; i < 8; i++)
    sum += i % 2 === 0 ? (cyprus[digitAt(codes, i + 2)] ?? 0) : digitAt(codes, i + 2)
  return (sum % 26) + 0x41 === codes[10] && !(codes[2] === 0x31 && codes[3] === 0x32)
}

const cz8: Check = codes => {
  const check = (11 - (weightedSum(codes, [8, 7, 6, 5, 4, 3, 2], 2) % 11)) % 11
  return (check === 0 ? 1 : check) % 10 === digitAt(codes, 9)
}

/** Birth numbers: ten digits divisible by 11, nine before 1954. */
const cz10: Check = codes => (valueOf(codes, 2, 11) % 11) % 10 === digitAt(codes, 11) && monthOf(codes, 4)
const cz9: Check = codes => monthOf(codes, 4) || codes[2] === 0x36

export const cz: Check = (codes, length) => (length === 10 ? cz8 : length === 11 ? cz9 : cz10)(codes, length)

function monthOf(codes: Uint8Array, at: number): boolean {
  const month = valueOf(codes, at, at + 2) % 50
  return (month >= 1 && month <= 12) || (month >= 21 && month <= 32)
}

export const dk: Check = weights([2, 7, 6, 5, 4, 3, 2, 1], 11)
export const ee: Check = weights([3, 7, 1, 3, 7, 1, 3, 7, 1], 10)
export const fi: Check = weights([7, 9, 10, 5, 8, 4, 2, 1], 11)
export const hu: Check = weights([9, 7, 3, 1, 9, 7, 3, 1], 10)
export const mt: Check = weights([3, 4, 6, 7, 8, 9, 10, 1], 37)
export const no: Check = weights([3, 2, 7, 6, 5, 4, 3, 2, 1], 11)
export const pl: Check = codes =>
  weightedSum(codes, [6, 5, 7, 2, 3, 4, 5, 6, 7], 2) % 11 === digitAt(codes, 11)
export const hr: Check = codes => mod11x10(codes.subarray(2), 11)
export const de: Check = codes => mod11x10(codes.subarray(2), 9)
export const it: Check = codes => luhn(codes, 2, 13) && valueOf(codes, 2, 9) > 0
export const se: Check = codes => luhn(codes, 2, 12) && valueOf(codes, 12, 14) > 0
export const lu: Check = codes => valueOf(codes, 2, 8) % 89 === valueOf(codes, 8, 10)
export const sk: Check = codes => valueOf(codes, 2, 12) % 11 === 0 && digitAt(codes, 2) !== 0

export const gr: Check = codes => {
  let sum = 0
  for (let i = 2; i < 10; i++) sum = sum * 2 + digitAt(codes, i)
  return ((sum * 2) % 11) % 10 === digitAt(codes, 10)
}

/** France: key, then the SIREN with its Luhn digit. Keys with letters follow no published rule. */
export const fr: Check = codes => {
  const isMonaco = valueOf(codes, 4, 7) === 0
  if (!isMonaco && !luhn(codes, 4, 13)) return false
  if ((codes[2] ?? 0) > 0x39 || (codes[3] ?? 0) > 0x39) return true
  return (12 + 3 * (valueOf(codes, 4, 13) % 97)) % 97 === valueOf(codes, 2, 4)
}

const irish = 'WABCDEFGHIJKLMNOPQRSTUV'

export const ie: Check = (codes, length) => {
  // Old form: digit, letter, five digits; read as zero, the five digits, the first digit.
  const isOld = (codes[3] ?? 0) > 0x39
  const sum = isOld
    ? weightedSum(codes, [7, 6, 5, 4, 3], 4) + digitAt(codes, 2) * 2
    : weightedSum(codes, [8, 7, 6, 5, 4, 3, 2], 2)
  const second = length > 10 ? irish.indexOf(String.fromCharCode(codes[10] ?? 0)) * 9 : 0
  return irish.charCodeAt((sum + Math.max(0, second)) % 23) === codes[9]
}

export const lt: Check = (codes, length) => {
  const count = length - 3
  const sumFrom = (offset: number): number => {
    let sum = 0
    for (let i = 0; i < count; i++) sum += digitAt(codes, i + 2) * (1 + ((i + offset) % 9))
    return sum % 11
  }
  const first = sumFrom(0)
  return (first < 10 ? first : sumFrom(2) % 10) === digitAt(codes, length - 1)
}

export const lv: Check = codes => {
  if (digitAt(codes, 2) > 3) return weightedSum(codes, [9, 1, 4, 8, 3, 10, 2, 5, 7, 6, 1], 2) % 11 === 3
  return (
    ((1 + weightedSum(codes, [10, 5, 8, 4, 2, 1, 6, 3, 7, 9], 2)) % 11) % 10 === digitAt(codes, 12) ||
    digitAt(codes, 2) === 3
  )
}

/** Netherlands: the first nine digits of older numbers check by eleven, newer ones as a whole by 97. */
export const nl: Check = (codes, length) =>
  (weightedSum(codes, [9, 8, 7, 6, 5, 4, 3, 2], 2) - digitAt(codes, 10)) % 11 === 0 || mod97(codes, 0, length)

export const pt: Check = codes => {
  const check = (11 - (weightedSum(codes, [9, 8, 7, 6, 5, 4, 3, 2], 2) % 11)) % 11
  return check % 10 === digitAt(codes, 10) && digitAt(codes, 2) !== 0
}

export const ro: Check = (codes, length) => {
  const list = [7, 5, 3, 2, 1, 7, 5, 3, 2].slice(9 - (length - 3))
  return (
    ((10 * weightedSum(codes, list, 2)) % 11) % 10 === digitAt(codes, length - 1) && digitAt(codes, 2) !== 0
  )
}

export const si: Check = codes => {
  const check = 11 - (weightedSum(codes, [8, 7, 6, 5, 4, 3, 2], 2) % 11)
  return check % 10 === digitAt(codes, 9) && check !== 11 && digitAt(codes, 2) !== 0
}

/** United Kingdom: two ranges of numbers with the remainder by 97, or that and 55; departments and health authorities. */
export const gb: Check = (codes, length) => {
  if (length === 7) return valueOf(codes, 4, 7) < 500 === (codes[2] === 0x47)
  const sum = (weightedSum(codes, [8, 7, 6, 5, 4, 3, 2], 2) + valueOf(codes, 9, 11)) % 97
  const number = valueOf(codes, 2, 9)
  if (sum === 42) return number > 1_000_000
  const isOld = (number < 100_000 || number > 999_999) && (number < 9_490_001 || number > 9_700_000)
  return sum === 0 && number > 0 && number < 9_990_001 && isOld
}

/** Switzerland and Liechtenstein, behind CHE. */
export const ch: Check = codes => {
  const check = (11 - (weightedSum(codes, [5, 4, 3, 2, 7, 6, 5, 4], 3) % 11)) % 11
  return check === digitAt(codes, 11)
}

const spanish = 'TRWAGMYFPDXBNJZSQVHLCKE'
const spanishCompany = 'JABCDEFGHI'

/** Spain: persons by letter, companies by digit or letter. */
export const es: Check = codes => {
  const first = codes[2] ?? 0
  const last = codes[10] ?? 0
  if (first < 0x3a) return spanish.charCodeAt(valueOf(codes, 2, 10) % 23) === last
  const letter = String.fromCharCode(first)
  if ('XYZKLM'.includes(letter)) {
    const lead = 'XYZ'.indexOf(letter)
    return spanish.charCodeAt((Math.max(0, lead) * 10_000_000 + valueOf(codes, 3, 10)) % 23) === last
  }
  if (!'ABCDEFGHJNPQRSUVW'.includes(letter)) return false
  let sum = 0
  for (let i = 0; i < 7; i++) {
    const value = digitAt(codes, i + 3) * (i % 2 === 0 ? 2 : 1)
    sum += value > 9 ? value - 9 : value
  }
  const check = (10 - (sum % 10)) % 10
  return check === last - 0x30 || spanishCompany.charCodeAt(check) === last
}

const memberStates = new Set([
  40, 56, 100, 191, 196, 203, 208, 233, 246, 250, 276, 300, 348, 372, 380, 428, 440, 442, 470, 528, 616, 620,
  642, 703, 705, 724, 752
])

/** One-stop shop: behind EU the number of a member state in ISO 3166-1. */
export function oneStopShop(codes: Uint8Array): boolean {
  return memberStates.has(valueOf(codes, 2, 5))
}
