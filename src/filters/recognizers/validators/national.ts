import { luhn } from './luhn.ts'
import { verhoeff } from './verhoeff.ts'
import { mod11x10 } from './iso7064.ts'
import { digitAt, isDayMonth, isUniform, valueOf, weightedSum } from './weighted.ts'

/**
 * Check digits and built-in dates of personal numbers. Each gets the codes without separators, letters in upper case.
 * Sources are named at the recognizers that use them.
 */
type Check = (codes: Uint8Array, length: number) => boolean

/** Sozialversicherungsnummer, Austria: serial, check digit, date of birth. */
export const austrianInsurance: Check = codes => {
  const sum = weightedSum(codes, [3, 7, 9, 0, 5, 8, 4, 2, 1, 6]) % 11
  const month = valueOf(codes, 6, 8)
  return (
    sum === digitAt(codes, 3) && codes[0] !== 0x30 && valueOf(codes, 4, 6) <= 31 && month >= 1 && month <= 15
  )
}

/** Abgabenkontonummer, Austria: tax office, number, check digit as of VAT numbers. */
export const austrianTax: Check = codes => luhn(codes, 0, 9) && !isUniform(codes, 0, 9)

/** AHV number, Switzerland: EAN-13 with 756 in front. */
export const swissInsurance: Check = codes => valueOf(codes, 0, 3) === 756 && ean13(codes)

function ean13(codes: Uint8Array): boolean {
  return weightedSum(codes, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]) % 10 === 0
}

/** Rijksregisternummer, Belgium, persons born before and after 2000; BIS numbers have 20 or 40 added to the month. */
export const belgian: Check = codes => {
  const number = valueOf(codes, 0, 9)
  const check = valueOf(codes, 9, 11)
  const month = valueOf(codes, 2, 4)
  if (month > 52 || month % 20 > 12 || valueOf(codes, 4, 6) > 31) return false
  return 97 - (number % 97) === check || 97 - ((2_000_000_000 + number) % 97) === check
}

export const bulgarian: Check = codes => {
  const month = valueOf(codes, 2, 4) % 20
  const sum = weightedSum(codes, [2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11
  return sum % 10 === digitAt(codes, 9) && isDayMonth(valueOf(codes, 4, 6), month)
}

/** Rodné číslo, Czechia and Slovakia: date of birth, 50 added to the month for women; ten digits check by eleven. */
export const birthNumber: Check = (codes, length) => {
  const month = valueOf(codes, 2, 4) % 50
  if (!isDayMonth(valueOf(codes, 4, 6), month > 20 ? month - 20 : month)) return false
  // Nine digits until 1953, without a check digit.
  if (length === 9) return valueOf(codes, 0, 2) < 54
  return (valueOf(codes, 0, 9) % 11) % 10 === digitAt(codes, 9)
}

/** CPR, Denmark: date of birth; since 2007 the check digit no longer holds for all. */
export const danish: Check = codes =>
  isDayMonth(valueOf(codes, 0, 2), valueOf(codes, 2, 4)) && valueOf(codes, 6, 10) > 0

/** Isikukood and asmens kodas, Estonia and Lithuania. */
export const baltic: Check = codes => {
  const first = weightedSum(codes, [1, 2, 3, 4, 5, 6, 7, 8, 9, 1]) % 11
  const check = first < 10 ? first : (weightedSum(codes, [3, 4, 5, 6, 7, 8, 9, 1, 2, 3]) % 11) % 10
  return (
    check === digitAt(codes, 10) &&
    // Nine stands for people without a full date of birth.
    (digitAt(codes, 0) === 9 || isDayMonth(valueOf(codes, 5, 7), valueOf(codes, 3, 5))) &&
    digitAt(codes, 0) > 0
  )
}

/** Personas kods, Latvia: date of birth and check digit, or the new form that begins with 32. */
export const latvian: Check = codes => {
  if (valueOf(codes, 0, 2) >= 32) return valueOf(codes, 0, 2) <= 39
  const check = ((1 + weightedSum(codes, [10, 5, 8, 4, 2, 1, 6, 3, 7, 9])) % 11) % 10
  return check === digitAt(codes, 10) && isDayMonth(valueOf(codes, 0, 2), valueOf(codes, 2, 4))
}

const spanish = 'TRWAGMYFPDXBNJZSQVHLCKE'

/** DNI and NIE, Spain: letter by remainder of 23. */
export const spanishPerson: Check = (codes, length) => {
  const lead = Math.max(0, 'XYZ'.indexOf(String.fromCharCode(codes[0] ?? 0)))
  const from = (codes[0] ?? 0) < 0x3a ? 0 : 1
  if (from === 1 && !'XYZKLM'.includes(String.fromCharCode(codes[0] ?? 0))) return false
  const number = (from === 1 ? lead * 10_000_000 : 0) + valueOf(codes, from, length - 1)
  return number > 0 && spanish.charCodeAt(number % 23) === codes[length - 1]
}

/** As `spanishPerson`, without leading noughts or without the X, Y or Z before it. */
export const spanishShort: Check = (codes, length) => {
  const number = valueOf(codes, 0, length - 1)
  const last = codes[length - 1]
  return number > 0 && [0, 1, 2].some(lead => spanish.charCodeAt((lead * 10_000_000 + number) % 23) === last)
}

const finnish = '0123456789ABCDEFHJKLMNPRSTUVWXY'

/** Henkilötunnus, Finland, without its century sign; 000 and 001 are never given to a person. */
export const finnishPerson: Check = (codes, length) => {
  const from = length - 4
  const number = valueOf(codes, 0, 6) * 1000 + valueOf(codes, from, from + 3)
  return (
    isDayMonth(valueOf(codes, 0, 2), valueOf(codes, 2, 4)) &&
    number % 1000 > 1 &&
    finnish.charCodeAt(number % 31) === codes[length - 1]
  )
}

/** Numéro de sécurité sociale, France: key of 97; Corsica's 2A and 2B count as 19 and 18. */
export const french: Check = codes => {
  const corsica = codes[6] === 0x41 ? 1_000_000 : codes[6] === 0x42 ? 2_000_000 : 0
  let number = 0
  for (let i = 0; i < 13; i++) number = number * 10 + ((codes[i] ?? 0) < 0x3a ? digitAt(codes, i) : 0)
  const month = valueOf(codes, 3, 5)
  if (month < 1 || (month > 12 && month < 20) || !isFrenchSex(digitAt(codes, 0))) return false
  return 97 - ((number - corsica) % 97) === valueOf(codes, 13, 15)
}

/** 7 and 8 are given for the time until the number is known for sure. */
function isFrenchSex(digit: number): boolean {
  return digit === 1 || digit === 2 || digit === 7 || digit === 8
}

/** Numéro fiscal, France: thirteen digits, the last three the first ten modulo 511. */
export const frenchTax: Check = codes =>
  valueOf(codes, 0, 10) % 511 === valueOf(codes, 10, 13) && digitAt(codes, 0) < 4

export const greekInsurance: Check = codes =>
  luhn(codes, 0, 11) && isDayMonth(valueOf(codes, 0, 2), valueOf(codes, 2, 4))

export const greekTax: Check = codes => {
  let sum = 0
  for (let i = 0; i < 8; i++) sum = sum * 2 + digitAt(codes, i)
  return ((sum * 2) % 11) % 10 === digitAt(codes, 8) && !isUniform(codes, 0, 9)
}

export const croatian: Check = codes => mod11x10(codes, 11)

export const hungarianTax: Check = codes =>
  codes[0] === 0x38 && weightedSum(codes, [1, 2, 3, 4, 5, 6, 7, 8, 9]) % 11 === digitAt(codes, 9)

const irish = 'WABCDEFGHIJKLMNOPQRSTUV'

export const irishPerson: Check = (codes, length) => {
  // A second letter A or H counts since 2013; T, W and X of older numbers do not.
  const second = length > 8 && (codes[8] ?? 0) < 0x4a ? irish.indexOf(String.fromCharCode(codes[8] ?? 0)) : 0
  return irish.charCodeAt((weightedSum(codes, [8, 7, 6, 5, 4, 3, 2]) + second * 9) % 23) === codes[7]
}

/** Value of a character in an odd place of a codice fiscale; digits and letters alike. */
const italianOdd = [
  1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23
]

export const italian: Check = codes => {
  let sum = 0
  for (let i = 0; i < 15; i++) {
    const code = codes[i] ?? 0
    const value = code < 0x3a ? code - 0x30 : code - 0x41
    sum += i % 2 === 0 ? (italianOdd[value] ?? 0) : value
  }
  return (sum % 26) + 0x41 === codes[15] && 'ABCDEHLMPRST'.includes(String.fromCharCode(codes[8] ?? 0))
}

/** Matricule, Luxembourg: date of birth and serial, each with the Luhn and the Verhoeff digit behind them. */
export const luxembourgish: Check = codes => {
  if (!isDayMonth(valueOf(codes, 6, 8), valueOf(codes, 4, 6)) || valueOf(codes, 0, 2) < 18) return false
  const withVerhoeff = Uint8Array.from([...codes.subarray(0, 11), codes[12] ?? 0])
  return luhn(codes, 0, 12) && verhoeff(withVerhoeff, 12)
}

export const dutch: Check = codes =>
  (weightedSum(codes, [9, 8, 7, 6, 5, 4, 3, 2]) - digitAt(codes, 8)) % 11 === 0 && !isUniform(codes, 0, 9)

export const polishPerson: Check = codes => {
  const month = valueOf(codes, 2, 4) % 20
  return (
    weightedSum(codes, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 === 0 &&
    isDayMonth(valueOf(codes, 4, 6), month)
  )
}

export const polishTax: Check = codes =>
  weightedSum(codes, [6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 === digitAt(codes, 9) && valueOf(codes, 0, 9) > 0

export const portuguese: Check = codes => {
  const check = (11 - (weightedSum(codes, [9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 11
  return check % 10 === digitAt(codes, 8) && digitAt(codes, 0) > 0
}

export const romanian: Check = codes =>
  '01234567891'.charCodeAt(weightedSum(codes, [2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11) === codes[12] &&
  isDayMonth(valueOf(codes, 5, 7), valueOf(codes, 3, 5)) &&
  digitAt(codes, 0) > 0

/** Personnummer, Sweden, ten digits or twelve; the day has 60 added for coordination numbers. */
export const swedish: Check = (codes, length) => {
  const from = length - 10
  return (
    luhn(codes, from, length) &&
    isDayMonth(valueOf(codes, from + 4, from + 6) % 60, valueOf(codes, from + 2, from + 4))
  )
}

/** EMŠO, Slovenia, and the numbers of other successor states of Yugoslavia. */
export const slovenian: Check = codes => {
  const check = (11 - (weightedSum(codes, [7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 11
  return check % 10 === digitAt(codes, 12) && isDayMonth(valueOf(codes, 0, 2), valueOf(codes, 2, 4))
}

export const slovenianTax: Check = codes => {
  const check = 11 - (weightedSum(codes, [8, 7, 6, 5, 4, 3, 2]) % 11)
  return check % 10 === digitAt(codes, 7) && check !== 11 && digitAt(codes, 0) > 0
}

export const norwegian: Check = codes => {
  const first = (11 - (weightedSum(codes, [3, 7, 6, 1, 8, 9, 4, 5, 2]) % 11)) % 11
  const second = (11 - (weightedSum(codes, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 11
  return first === digitAt(codes, 9) && second === digitAt(codes, 10) && valueOf(codes, 0, 2) % 40 <= 31
}

export const britishHealth: Check = codes => {
  const check = (11 - (weightedSum(codes, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 11
  return check === digitAt(codes, 9) && !isUniform(codes, 0, 10)
}

/** National insurance number: some prefixes are never given. */
export const britishInsurance: Check = codes => {
  const prefix = String.fromCharCode(codes[0] ?? 0, codes[1] ?? 0)
  return /^[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]$/.test(prefix) && !/^(?:BG|GB|KN|NK|NT|TN|ZZ)$/.test(prefix)
}

/** Unique taxpayer reference: check digit in front. */
export const britishTax: Check = codes => {
  const sum = weightedSum(codes, [6, 7, 8, 9, 10, 5, 4, 3, 2], 1) % 11
  return '21987654321'.charCodeAt(sum) === codes[0]
}

/** Printed on specimens and in advertisements; no one has them. */
const publishedInsurance = new Set([78_051_120, 123_456_789, 219_099_999])

/** Social security number, United States: areas 000, 666 and 900 on are never given. */
export const americanInsurance: Check = codes => {
  const area = valueOf(codes, 0, 3)
  if (area === 0 || area === 666 || area >= 900) return false
  return (
    valueOf(codes, 3, 5) > 0 &&
    valueOf(codes, 5, 9) > 0 &&
    !publishedInsurance.has(valueOf(codes, 0, 9)) &&
    !isUniform(codes, 0, 9)
  )
}

/** Individual taxpayer identification number, United States. */
export const americanTaxpayer: Check = codes => {
  const group = valueOf(codes, 3, 5)
  return (
    codes[0] === 0x39 &&
    ((group >= 50 && group <= 65) || (group >= 70 && group <= 88) || (group >= 90 && group !== 93))
  )
}

/** Routing transit number, United States. */
export const americanRouting: Check = codes =>
  weightedSum(codes, [3, 7, 1, 3, 7, 1, 3, 7, 1]) % 10 === 0 &&
  valueOf(codes, 0, 2) <= 80 &&
  valueOf(codes, 0, 9) > 0
