import { luhn } from './luhn.ts'
import { digitAt, isDayMonth, valueOf, weightedSum } from './weighted.ts'

/** Check digits and built-in dates, as functions made from what a country's rule names: weights and a modulus. */
export type Check = (codes: Uint8Array, length: number) => boolean

/** The weighted sum, check digit included, leaves no remainder. */
export function divisible(weights: readonly number[], modulus: number, from = 0): Check {
  return codes => weightedSum(codes, weights, from) % modulus === 0
}

/** The digit behind the weighted ones is the remainder of their sum; ten counts as nought. */
export function remainder(weights: readonly number[], modulus: number, from = 0): Check {
  return codes => (weightedSum(codes, weights, from) % modulus) % 10 === digitAt(codes, from + weights.length)
}

/** The digit behind the weighted ones is what their sum lacks to a multiple; ten counts as nought. */
export function complement(weights: readonly number[], modulus: number, from = 0): Check {
  return codes => {
    const lacking = (modulus - (weightedSum(codes, weights, from) % modulus)) % modulus
    return lacking % 10 === digitAt(codes, from + weights.length)
  }
}

/** As `complement`, with a character for each remainder: `byRemainder[sum % modulus]`. */
export function mapped(weights: readonly number[], byRemainder: string, at: number, from = 0): Check {
  return codes => byRemainder.charCodeAt(weightedSum(codes, weights, from) % byRemainder.length) === codes[at]
}

/** Luhn digit last, over all or from a place on. */
export function luhnDigit(from = 0, to?: number): Check {
  return (codes, length) => luhn(codes, from, to ?? length)
}

export function both(...checks: readonly Check[]): Check {
  return (codes, length) => checks.every(check => check(codes, length))
}

export function either(...checks: readonly Check[]): Check {
  return (codes, length) => checks.some(check => check(codes, length))
}

/** Two digits for the month and two for the day at these places. */
export function dated(monthAt: number, dayAt: number): Check {
  return codes => isDayMonth(valueOf(codes, dayAt, dayAt + 2), valueOf(codes, monthAt, monthAt + 2))
}

/** The first `digits` digits lie in one of the ranges. */
export function begins(digits: number, ...ranges: readonly (readonly [number, number])[]): Check {
  return codes => {
    const value = valueOf(codes, 0, digits)
    return ranges.some(([from, to]) => value >= from && value <= to)
  }
}

/** The character at a place is one of these. */
export function oneOf(characters: string, at = 0): Check {
  return codes => characters.includes(String.fromCharCode(codes[at] ?? 0))
}

/** By length: for numbers that have grown. */
export function byLength(checks: ReadonlyMap<number, Check>): Check {
  return (codes, length) => checks.get(length)?.(codes, length) ?? false
}
