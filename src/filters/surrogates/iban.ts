import type { Draw } from './draw.ts'
import { inLayoutOf, type SurrogateMaker } from './maker.ts'

/** Makes what stands behind the check digits of an IBAN: so many digits, of an account that nobody can have. */
type Maker = (length: number, draw: Draw) => string

/**
 * Beginnings of bank codes that no bank has: German ones begin with 1 to 8 (Deutsche Bundesbank, Bankleitzahlen), Austrian
 * ones not with 9 (Oesterreichische Nationalbank, SEPA-Zahlungsverkehrs-Verzeichnis), and clearing numbers of Switzerland
 * and Liechtenstein count from 100 (SIX, Bankenstamm).
 */
const begins =
  (free: string): Maker =>
  (length, draw) =>
    free + draw.digits(length - free.length)

/** National check digits of two places that are never 99: they are 97 or 98 less a rest, or a rest (SWIFT, IBAN registry). */
const ends99: Maker = (length, draw) => `${draw.digits(length - 2)}99`

/** A national check digit at `at` that is one too high. */
const wrongAt =
  (at: number, digitOf: (bban: string) => number): Maker =>
  (length, draw) => {
    const bban = draw.digits(length)
    return `${bban.slice(0, at)}${(digitOf(bban) + 1) % 10}${bban.slice(at + 1)}`
  }

/** Sum of the digits from `from` on, each times its weight. */
function weighted(digits: string, from: number, weights: readonly number[]): number {
  return weights.reduce((sum, weight, at) => sum + weight * Number(digits.charAt(from + at)), 0)
}

/** Spain: the first of the two check digits is about bank and branch. 10 is written 1, 11 is 0. */
export function spanishDigit(bban: string): number {
  const digit = 11 - (weighted(bban, 0, [4, 8, 5, 10, 9, 7, 3, 6]) % 11)
  return digit === 11 ? 0 : digit === 10 ? 1 : digit
}

/** Poland: the eighth digit of the number of bank and branch. */
export function polishDigit(bban: string): number {
  return (10 - (weighted(bban, 0, [3, 9, 7, 1, 3, 9, 7]) % 10)) % 10
}

/** Norway: the last digit. Accounts that would get 10 are not given out. */
export function norwegianDigit(bban: string): number {
  return (11 - (weighted(bban, 0, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 11
}

/** Finland: the last digit, by the rule of Luhn. */
export function finnishDigit(bban: string): number {
  return luhnDigit(bban.slice(0, 13))
}

const MAKERS = new Map<string, Maker>([
  ['DE', begins('9')],
  ['AT', begins('99')],
  ['CH', begins('000')],
  ['LI', begins('000')],
  ...['BE', 'FR', 'MC', 'PT', 'SI', 'RS', 'ME', 'BA', 'MK'].map((country): [string, Maker] => [
    country,
    ends99
  ]),
  ['ES', wrongAt(8, spanishDigit)],
  ['PL', wrongAt(7, polishDigit)],
  ['NO', wrongAt(10, norwegianDigit)],
  ['FI', wrongAt(13, finnishDigit)]
])

/**
 * An IBAN of the same country with valid check digits (ISO 13616), of a bank that does not exist or with a national check digit that is
 * wrong. Other countries, and accounts with letters, have no rule by which one could be nobody's.
 */
export const iban: SurrogateMaker = {
  types: ['IBAN'],
  make: (surface, draw) => {
    const compact = surface.replace(/[^A-Za-z0-9]/g, '')
    const country = compact.slice(0, 2).toUpperCase()
    const maker = MAKERS.get(country)
    if (maker === undefined || !/^..\d{13,32}$/.test(compact)) return null
    const account = maker(compact.length - 4, draw)
    const check = 98 - mod97(`${account}${country}00`)
    return inLayoutOf(surface, `${compact.slice(0, 2)}${String(check).padStart(2, '0')}${account}`)
  }
}

/** Letters count as 10 to 35 (ISO 7064, MOD 97-10). */
function mod97(text: string): number {
  let rest = 0
  for (const char of text) rest = Number(`${rest}${Number.parseInt(char, 36)}`) % 97
  return rest
}

/** ISO/IEC 7812-1, annex B. */
export function luhnDigit(body: string): number {
  let sum = 0
  for (let at = body.length - 1, double = true; at >= 0; at--, double = !double) {
    const digit = Number(body.charAt(at)) * (double ? 2 : 1)
    sum += digit > 9 ? digit - 9 : digit
  }
  return (10 - (sum % 10)) % 10
}
