import { type Check, complement, divisible } from './check-digits.ts'
import { luhn } from './luhn.ts'
import { digitAt, valueOf, weightedSum } from './weighted.ts'

/** Check digits of register numbers of companies. Sources are named at the recognizers that use them. */

/** Belgium: ten digits, nine before 2005; the last two are 97 less the remainder of those before. */
export const belgian: Check = (codes, length) => {
  const first = length === 10 ? digitAt(codes, 0) : 0
  return (
    first < 2 &&
    97 - (valueOf(codes, 0, length - 2) % 97) === valueOf(codes, length - 2, length) &&
    valueOf(codes, 0, length) > 0
  )
}

/** Estonia: as the personal code, over seven digits. */
export const estonian: Check = codes => {
  const first = weightedSum(codes, [1, 2, 3, 4, 5, 6, 7]) % 11
  const check = first < 10 ? first : (weightedSum(codes, [3, 4, 5, 6, 7, 8, 9]) % 11) % 10
  return check === digitAt(codes, 7)
}

const LA_POSTE = 356_000_000

/** SIRET: Luhn over all fourteen; the post's branches have a digit sum divisible by five. */
export const siret: Check = codes => {
  if (valueOf(codes, 0, 9) === LA_POSTE) {
    let sum = 0
    for (let i = 0; i < 14; i++) sum += digitAt(codes, i)
    return sum % 5 === 0 || luhn(codes, 0, 14)
  }
  return luhn(codes, 0, 14) && luhn(codes, 0, 9)
}

/** Organisationsnummer: the third and fourth digit are no month. */
export const swedish: Check = codes => valueOf(codes, 2, 4) >= 20

/** Kennitala of persons and, with 40 added to the day, of companies; the last digit is the century. */
export const icelandic: Check = codes => {
  const day = valueOf(codes, 0, 2) % 40
  const month = valueOf(codes, 2, 4)
  const century = digitAt(codes, 9)
  return (
    day >= 1 &&
    day <= 31 &&
    month >= 1 &&
    month <= 12 &&
    (century === 0 || century >= 8) &&
    divisible([3, 2, 7, 6, 5, 4, 3, 2, 1], 11)(codes, 10)
  )
}

/** Unternehmens-Identifikationsnummer, Switzerland, without CHE. */
export const swiss: Check = complement([5, 4, 3, 2, 7, 6, 5, 4], 11)

/** First two digits of no employer: the rest were given to campuses and to the internet office. */
const unused = new Set([7, 8, 9, 17, 18, 19, 28, 29, 49, 69, 70, 78, 79, 89, 96, 97])

/** Employer identification number, United States. */
export const employer: Check = codes => !unused.has(valueOf(codes, 0, 2)) && valueOf(codes, 2, 9) > 0

/** IČO, Czechia and Slovakia. */
export const czech: Check = codes => {
  const check = (11 - (weightedSum(codes, [8, 7, 6, 5, 4, 3, 2]) % 11)) % 10
  return check === digitAt(codes, 7) && valueOf(codes, 0, 8) > 0
}

/** CIF, Spain: letter for the legal form, seven digits, check digit or letter; K, L, M are persons without another number. */
export const spanish: Check = codes => {
  const letter = String.fromCharCode(codes[0] ?? 0)
  if ('KLM'.includes(letter)) {
    return 'TRWAGMYFPDXBNJZSQVHLCKE'.charCodeAt(valueOf(codes, 1, 8) % 23) === codes[8] || isSpanish(codes)
  }
  return 'ABCDEFGHJNPQRSUVW'.includes(letter) && isSpanish(codes)
}

function isSpanish(codes: Uint8Array): boolean {
  let sum = 0
  for (let i = 0; i < 7; i++) {
    const value = digitAt(codes, i + 1) * (i % 2 === 0 ? 2 : 1)
    sum += value > 9 ? value - 9 : value
  }
  const check = (10 - (sum % 10)) % 10
  const last = codes[8] ?? 0
  return check === last - 0x30 || 'JABCDEFGHI'.charCodeAt(check) === last
}

/** REGON: nine digits, or fourteen for a branch. */
export const polish: Check = (codes, length) => {
  const nine = (weightedSum(codes, [8, 9, 2, 3, 4, 5, 6, 7]) % 11) % 10 === digitAt(codes, 8)
  if (length === 9) return nine
  return (
    nine && (weightedSum(codes, [2, 4, 8, 5, 0, 9, 7, 3, 6, 1, 2, 4, 8]) % 11) % 10 === digitAt(codes, 13)
  )
}

/** CUI, Romania: two to ten digits. */
export const romanian: Check = (codes, length) => {
  const list = [7, 5, 3, 2, 1, 7, 5, 3, 2].slice(10 - length)
  return ((10 * weightedSum(codes, list)) % 11) % 10 === digitAt(codes, length - 1) && digitAt(codes, 0) > 0
}

/** Adószám, Hungary: the first eight digits. */
export const hungarian: Check = divisible([9, 7, 3, 1, 9, 7, 3, 1], 10)

/** Matična številka, Slovenia: seven digits, a branch's three behind them. */
export const slovenian: Check = codes => {
  const check = 11 - (weightedSum(codes, [7, 6, 5, 4, 3, 2]) % 11)
  return check < 11 && check % 10 === digitAt(codes, 6)
}

/**
 * Registrul comerțului, Romania: letter, county, number, year; or letter, year, number, county, check digit since 2024.
 * Counties are 1 to 40, 51 and 52. The groups are told apart from behind: the last four digits are the year.
 */
export const romanianRegister: Check = (codes, length) => {
  if (!'JFC'.includes(String.fromCharCode(codes[0] ?? 0))) return false
  // Companies entered since 2024 belong to no county: 00.
  if (length === 14)
    return isYear(valueOf(codes, 1, 5)) && (valueOf(codes, 11, 13) === 0 || isCounty(valueOf(codes, 11, 13)))
  return isYear(valueOf(codes, length - 4, length)) && (isCounty(valueOf(codes, 1, 3)) || length < 10)
}

function isCounty(value: number): boolean {
  return (value >= 1 && value <= 40) || value === 51 || value === 52
}

function isYear(value: number): boolean {
  return value >= 1990 && value < 2050
}

/** Código de actividad y establecimiento, Spain: three noughts and the office of its province. */
export const spanishExcise: Check = codes => {
  const office = valueOf(codes, 2, 7)
  return office > 0 && office < 57
}
