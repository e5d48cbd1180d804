import { type Check, dated } from './check-digits.ts'
import { luhn } from './luhn.ts'
import { digitAt, isUniform, valueOf, weightedSum } from './weighted.ts'

/** Check digits of Latin American and Canadian numbers. Sources are named at the recognizers that use them. */

const charAt = (codes: Uint8Array, at: number): string => String.fromCharCode(codes[at] ?? 0)
const argentineTypes = new Set([20, 23, 24, 25, 26, 27, 30, 33, 34, 50, 51, 55])

/** CUIT: eleven lacks count as nought, ten as nine. */
export const argentineTax: Check = codes => {
  const lacking = 11 - (weightedSum(codes, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11)
  const check = lacking === 11 ? 0 : lacking === 10 ? 9 : lacking
  return check === digitAt(codes, 10) && argentineTypes.has(valueOf(codes, 0, 2))
}

function modulo11(sum: number): number {
  const rest = sum % 11
  return rest < 2 ? 0 : 11 - rest
}

export const brazilianPerson: Check = codes =>
  modulo11(weightedSum(codes, [10, 9, 8, 7, 6, 5, 4, 3, 2])) === digitAt(codes, 9) &&
  modulo11(weightedSum(codes, [11, 10, 9, 8, 7, 6, 5, 4, 3, 2])) === digitAt(codes, 10) &&
  !isUniform(codes, 0, 11)

/** CNPJ: since 2026 also with letters, which count by their place in ASCII. */
export const brazilianCompany: Check = codes =>
  modulo11(weightedSum(codes, [5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2])) === digitAt(codes, 12) &&
  modulo11(weightedSum(codes, [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2])) === digitAt(codes, 13) &&
  (codes[0] ?? 0) > 0 &&
  !isUniform(codes, 0, 8)

/** The account behind a Canadian business number is one of a tax programme: RC, RM, RP, RR, RT, RZ. */
export const canadianAccount: Check = (codes, length) =>
  length === 9 || (charAt(codes, 9) === 'R' && 'CMPRTZ'.includes(charAt(codes, 10)))

/** Personal health number, British Columbia: each product modulo eleven. */
export const columbianHealth: Check = codes => {
  let sum = 0
  ;[2, 4, 8, 5, 10, 9, 7, 3].forEach((weight, i) => {
    sum += (weight * digitAt(codes, i + 1)) % 11
  })
  return (11 - (sum % 11)) % 11 === digitAt(codes, 9)
}

/** RUT, Chile: weights 2 to 7 from behind, K for ten. */
export const chilean: Check = (codes, length) => {
  let sum = 0
  for (let i = length - 2; i >= 0; i--) sum += digitAt(codes, i) * (2 + ((length - 2 - i) % 6))
  return '0K987654321'.charCodeAt(sum % 11) === codes[length - 1] && areDigits(codes, length - 1)
}

const primes = [3, 7, 13, 17, 19, 23, 29, 37, 41, 43, 47, 53, 59, 67, 71]

/** NIT, Colombia: weights are primes from behind. */
export const colombian: Check = (codes, length) => {
  let sum = 0
  for (let i = length - 2; i >= 0; i--) sum += digitAt(codes, i) * (primes[length - 2 - i] ?? 0)
  const rest = sum % 11
  return (rest < 2 ? rest : 11 - rest) === digitAt(codes, length - 1)
}

/** RNC, Dominican Republic. */
export const dominican: Check = codes => {
  const rest = weightedSum(codes, [7, 9, 8, 6, 5, 4, 3, 2]) % 11
  return (rest === 0 ? 2 : rest === 1 ? 1 : 11 - rest) === digitAt(codes, 8)
}

function isProvince(codes: Uint8Array): boolean {
  const province = valueOf(codes, 0, 2)
  return (province >= 1 && province <= 24) || province === 30 || province === 50
}

export const ecuadorian: Check = codes => luhn(codes, 0, 10) && isProvince(codes)

/** RUC, Ecuador: of persons, of public offices, of companies, by the third digit. */
export const ecuadorianTax: Check = codes => {
  if (!isProvince(codes) || valueOf(codes, 10, 13) === 0) return false
  const kind = digitAt(codes, 2)
  if (kind === 9) return weightedSum(codes, [4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0
  if (kind === 6 && weightedSum(codes, [3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0) return true
  return luhn(codes, 0, 10)
}

function areDigits(codes: Uint8Array, length: number): boolean {
  for (let i = 0; i < length; i++) if ((codes[i] ?? 0) > 0x39) return false
  return true
}

/** NIT, Guatemala: weights from behind, K for ten. */
export const guatemalan: Check = (codes, length) => {
  let sum = 0
  for (let i = length - 2; i >= 0; i--) sum += digitAt(codes, i) * (length - i)
  return '0K987654321'.charCodeAt(sum % 11) === codes[length - 1] && areDigits(codes, length - 1)
}

const mexicanStates = new Set(
  'AS BC BS CC CH CL CM CS DF DG GR GT HG JC MC MN MS NE NL NT OC PL QR QT SL SP SR TC TL TS VZ YN ZS'.split(
    ' '
  )
)
const curpAlphabet = '0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ'

/** CURP, Mexico: initials, date, sex, state, consonants, check digit. */
export const mexicanPerson: Check = codes => {
  let sum = 0
  for (let i = 0; i < 17; i++) sum += curpAlphabet.indexOf(charAt(codes, i)) * (18 - i)
  return (
    (10 - (sum % 10)) % 10 === digitAt(codes, 17) &&
    dated(6, 8)(codes, 18) &&
    'HMX'.includes(charAt(codes, 10)) &&
    mexicanStates.has(charAt(codes, 11) + charAt(codes, 12))
  )
}

/** RFC, Mexico: initials and date; the last three characters are not checked, since many were given out wrongly. */
export const mexicanTax: Check = (codes, length) => {
  const letters = (codes[3] ?? 0) > 0x39 ? 4 : 3
  return length - letters >= 6 && dated(letters + 2, letters + 4)(codes, length)
}

/** DNI, Peru, with the character behind it that checks it. */
export const peruvian: Check = (codes, length) => {
  if (length === 8) return true
  const rest = weightedSum(codes, [3, 2, 7, 6, 5, 4, 3, 2]) % 11
  return '65432110987'.charCodeAt(rest) === codes[8] || 'KJIHGFEDCBA'.charCodeAt(rest) === codes[8]
}

/** RUC, Paraguay: weights from behind. */
export const paraguayan: Check = (codes, length) => {
  let sum = 0
  for (let i = length - 2; i >= 0; i--) sum += digitAt(codes, i) * (length - i)
  const rest = sum % 11
  return (rest < 2 ? 0 : 11 - rest) === digitAt(codes, length - 1)
}

/** NIT, El Salvador: old numbers, whose serial is below 100, go by another rule. */
export const salvadoran: Check = codes => {
  const last = digitAt(codes, 13)
  if (valueOf(codes, 10, 13) <= 100)
    return (weightedSum(codes, [14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11) % 10 === last
  const sum = weightedSum(codes, [2, 7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2])
  return ((11 - (sum % 11)) % 11) % 10 === last
}

/** RIF, Venezuela: the letter counts too. */
export const venezuelan: Check = codes => {
  const letter = new Map([
    ['V', 4],
    ['E', 8],
    ['J', 12],
    ['P', 16],
    ['G', 20]
  ]).get(charAt(codes, 0))
  if (letter === undefined) return false
  const sum = letter + weightedSum(codes, [3, 2, 7, 6, 5, 4, 3, 2], 1)
  return '00987654321'.charCodeAt(sum % 11) === codes[9]
}

/** Número de comprobante fiscal, Dominican Republic: series and kind, or, until 2018, nine digits of the branch between. */
export const dominicanReceipt: Check = (codes, length) => {
  const kind = length === 19 ? valueOf(codes, 9, 11) : valueOf(codes, 1, 3)
  const series = String.fromCharCode(codes[0] ?? 0)
  return series === 'E' ? kind > 30 && kind < 48 : 'ABP'.includes(series) && kind > 0 && kind < 18
}
