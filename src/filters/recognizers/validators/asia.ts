import { type Check, dated } from './check-digits.ts'
import { luhn } from './luhn.ts'
import { verhoeff } from './verhoeff.ts'
import { digitAt, isDayMonth, valueOf, weightedSum } from './weighted.ts'

/** Check digits of numbers of Asia and of Australia. Sources are named at the recognizers that use them. */

const charAt = (codes: Uint8Array, at: number): string => String.fromCharCode(codes[at] ?? 0)

/** ABN: one less in the first digit, then by 89. */
export const australianBusiness: Check = codes =>
  (weightedSum(codes, [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]) - 10) % 89 === 0 && digitAt(codes, 0) > 0

/** IRD: a second set of weights where the first leaves ten. */
export const newZealandTax: Check = (codes, length) => {
  const from = 9 - length
  const sumOf = (weights: readonly number[]): number => weightedSum(codes, weights.slice(from)) % 11
  const number = valueOf(codes, 0, length)
  if (number < 10_000_000 || number > 150_000_000) return false
  const last = digitAt(codes, length - 1)
  const first = (11 - sumOf([3, 2, 7, 6, 5, 4, 3, 2])) % 11
  if (first < 10) return first === last
  return (11 - sumOf([7, 4, 3, 2, 5, 2, 7, 6])) % 11 === last
}

/** Resident identity number, China: ISO 7064 MOD 11-2, province and date of birth inside. */
export const chineseResident: Check = codes => {
  let sum = 0
  for (let i = 0; i < 17; i++) sum = (sum + digitAt(codes, i)) * 2
  const check = (12 - (sum % 11)) % 11
  return '0123456789X'.charCodeAt(check) === codes[17] && dated(10, 12)(codes, 18) && isChineseProvince(codes)
}

/** GB/T 2260: the first digit is the part of the country, the second the province in it. */
function isChineseProvince(codes: Uint8Array): boolean {
  const most = [0, 5, 3, 7, 6, 4, 5, 1, 3, 1][digitAt(codes, 0)] ?? 0
  return digitAt(codes, 1) > 0 && digitAt(codes, 1) <= most
}

const creditAlphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'

/** Unified social credit code, China: powers of three by 31. */
export const chineseCompany: Check = codes => {
  let sum = 0
  let weight = 1
  for (let i = 0; i < 17; i++) {
    const value = creditAlphabet.indexOf(charAt(codes, i))
    if (value < 0) return false
    sum += value * weight
    weight = (weight * 3) % 31
  }
  return creditAlphabet.charCodeAt((31 - (sum % 31)) % 31) === codes[17]
}

/** NIK: district, date of birth with 40 added to the day for women. */
export const indonesianPerson: Check = codes => {
  const province = valueOf(codes, 0, 2)
  return (
    province >= 11 &&
    province <= 97 &&
    isDayMonth(valueOf(codes, 6, 8) % 40, valueOf(codes, 8, 10)) &&
    valueOf(codes, 12, 16) > 0
  )
}

/** NPWP: Luhn over the first nine digits; sixteen digits are a nought before them, or a NIK. */
export const indonesianTax: Check = (codes, length) =>
  length === 15
    ? luhn(codes, 0, 9)
    : (digitAt(codes, 0) === 0 && luhn(codes, 1, 10)) || indonesianPerson(codes, length)

export const aadhaar: Check = (codes, length) => verhoeff(codes, length) && digitAt(codes, 0) > 1

/** PAN: the fourth letter is the kind of holder. */
export const indianAccount: Check = codes =>
  'ABCFGHJLPTK'.includes(charAt(codes, 3)) && valueOf(codes, 5, 9) > 0

/** GSTIN: state, PAN, number of the registration, Z. */
export const indianState: Check = codes => {
  const state = valueOf(codes, 0, 2)
  return (
    ((state >= 1 && state <= 38) || state === 97 || state === 99) && codes[13] === 0x5a && codes[12] !== 0x30
  )
}

const indianStates = new Set(
  'AN AP AR AS BR CG CH DD DL DN GA GJ HP HR JH JK KA KL LA LD MH ML MN MP MZ NL OD OR PB PY RJ SK TG TN TR TS UK UA UP WB'.split(
    ' '
  )
)

export const indianVehicle: Check = codes => indianStates.has(charAt(codes, 0) + charAt(codes, 1))

/** Corporate number, Japan: check digit in front. */
export const japaneseCompany: Check = codes => {
  const sum = weightedSum(codes, [2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1], 1)
  return 9 - (sum % 9) === digitAt(codes, 0)
}

/** My Number, Japan. */
export const japanesePerson: Check = codes => {
  const rest = weightedSum(codes, [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11
  return (rest < 2 ? 0 : 11 - rest) === digitAt(codes, 11)
}

/** Resident registration number, Korea, also of foreigners: date of birth, sex with century, place up to 96. */
export const korean: Check = codes =>
  isDayMonth(valueOf(codes, 4, 6), valueOf(codes, 2, 4)) &&
  digitAt(codes, 6) > 0 &&
  digitAt(codes, 6) < 9 &&
  valueOf(codes, 7, 9) < 97

/** Business registration number, Korea. */
export const koreanBusiness: Check = codes => {
  const sum = weightedSum(codes, [1, 3, 7, 1, 3, 7, 1, 3, 5]) + Math.floor((digitAt(codes, 8) * 5) / 10)
  return (
    (10 - (sum % 10)) % 10 === digitAt(codes, 9) && valueOf(codes, 0, 3) > 100 && valueOf(codes, 3, 5) > 0
  )
}

const noBirthplace = new Set([0, 17, 18, 19, 20, 69, 70, 73, 80, 81, 94, 95, 96, 97])

/** NRIC, Malaysia: date of birth, place. */
export const malaysian: Check = codes =>
  isDayMonth(valueOf(codes, 4, 6), valueOf(codes, 2, 4)) && !noBirthplace.has(valueOf(codes, 6, 8))

/** NRIC and FIN, Singapore: the letter behind depends on the one before. */
export const singaporean: Check = codes => {
  const first = charAt(codes, 0)
  const sum = weightedSum(codes, [2, 7, 6, 5, 4, 3, 2], 1)
  const lists = new Map([
    ['S', ['JZIHGFEDCBA', 0]],
    ['T', ['JZIHGFEDCBA', 4]],
    ['F', ['XWUTRQPNMLK', 0]],
    ['G', ['XWUTRQPNMLK', 4]],
    ['M', ['XWUTRQPNJLK', 3]]
  ] as const)
  const entry = lists.get(first as 'S')
  if (entry === undefined) return false
  const [letters, offset] = entry
  const at = (sum + offset) % 11
  return letters.charCodeAt(first === 'M' ? 10 - at : at) === codes[8]
}

const singaporeanKinds = new Set(
  'LP LL FC PF RF MQ MM NB CC CS MB FM GS DP CP NR CM CD MD HS VH CH MH CL XL CX HC RP TU TC FB FN PA PB SS MC SM GA GB'.split(
    ' '
  )
)

/** UEN, Singapore: digits with a letter behind them, the year in front where there are nine; or R (18..), S or T (20..), year, kind. */
export const singaporeanCompany: Check = (codes, length) => {
  if ((codes[0] ?? 0) > 0x39)
    return (
      'RST'.includes(charAt(codes, 0)) &&
      (charAt(codes, 0) !== 'T' || valueOf(codes, 1, 3) < 60) &&
      singaporeanKinds.has(charAt(codes, 3) + charAt(codes, 4))
    )
  return length === 9 || (valueOf(codes, 0, 4) > 1799 && valueOf(codes, 0, 4) < 2100)
}

export const thai: Check = codes =>
  (11 - (weightedSum(codes, [13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 10 === digitAt(codes, 12) &&
  digitAt(codes, 0) < 9

/** T.C. kimlik numarası, Turkey: two check digits. */
export const turkishPerson: Check = codes => {
  let odd = 0
  let even = 0
  for (let i = 0; i < 9; i++) {
    if (i % 2 === 0) odd += digitAt(codes, i)
    else even += digitAt(codes, i)
  }
  const tenth = (((odd * 7 - even) % 10) + 10) % 10
  return (
    digitAt(codes, 0) > 0 && tenth === digitAt(codes, 9) && (odd + even + tenth) % 10 === digitAt(codes, 10)
  )
}

/** Vergi kimlik numarası, Turkey. */
export const turkishTax: Check = codes => {
  let sum = 0
  for (let i = 0; i < 9; i++) {
    const value = (digitAt(codes, i) + 9 - i) % 10
    if (value === 0) continue
    sum += (value * 2 ** (9 - i)) % 9 || 9
  }
  return (10 - (sum % 10)) % 10 === digitAt(codes, 9)
}

/** Unified business number, Taiwan: digits of products; a seven in the seventh place may count one less. */
export const taiwanese: Check = codes => {
  let sum = 0
  ;[1, 2, 1, 2, 1, 2, 4, 1].forEach((weight, i) => {
    const product = digitAt(codes, i) * weight
    sum += Math.floor(product / 10) + (product % 10)
  })
  return sum % 5 === 0 || (digitAt(codes, 6) === 7 && (sum - 9) % 5 === 0)
}

export const vietnamese: Check = codes => {
  const sum = weightedSum(codes, [31, 29, 23, 19, 17, 13, 7, 5, 3])
  return 10 - (sum % 11) === digitAt(codes, 9) && valueOf(codes, 2, 9) > 0
}

/** VÖEN, Azerbaijan: the ninth digit checks, the tenth is the kind; a leading nought may be missing. */
export const azerbaijani: Check = (codes, length) => {
  const weights = [4, 1, 8, 6, 2, 7, 5, 3].slice(10 - length)
  return (
    weightedSum(codes, weights) % 11 === digitAt(codes, length - 2) &&
    (digitAt(codes, length - 1) === 1 || digitAt(codes, length - 1) === 2)
  )
}

/** VAT number, Oman, behind OM: powers of two by eleven, X for ten; the digit for the kind does not count. */
export const omani: Check = codes => {
  let sum = 3
  for (let i = 0; i < 9; i++) if (i !== 1) sum += digitAt(codes, i + 2) * 2 ** (9 - i)
  return '0123456789X'.charCodeAt((21 - (sum % 11)) % 11) === codes[11]
}
