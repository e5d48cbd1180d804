import type { Operator } from './operator.ts'

/** Values with fewer letters and digits than this are masked whole. */
const LONG = 10
const KEPT = 4
const MASKABLE = /[\p{L}\p{N}]/u

/**
 * Stars for letters and digits, everything else and the length in UTF-16 units stay: `DE89 3704 0044 0532 0130 00`
 * becomes `**** **** **** **** **30 00`. Identifiers must not hold stars and get the letter X.
 */
export const mask: Operator = {
  name: 'mask',
  reversible: false,
  refuses: false,
  apply: ({ surface, kind }) => maskText(surface, kind === 'identifier' ? 'X' : '*')
}

/** @param sign one UTF-16 unit. */
export function maskText(surface: string, sign: string): string {
  const points = Array.from(surface)
  const total = points.filter(point => MASKABLE.test(point)).length
  const masked = total >= LONG ? total - KEPT : total
  let seen = 0
  return points
    .map(point => (MASKABLE.test(point) && ++seen <= masked ? sign.repeat(point.length) : point))
    .join('')
}
