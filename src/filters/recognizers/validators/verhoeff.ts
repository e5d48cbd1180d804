import type { Check } from './check-digits.ts'
import { digitAt } from './weighted.ts'

const multiply = [
  '0123456789',
  '1234067895',
  '2340178956',
  '3401289567',
  '4012395678',
  '5987604321',
  '6598710432',
  '7659821043',
  '8765932104',
  '9876543210'
]
const permute = [
  '0123456789',
  '1576283094',
  '5803796142',
  '8916043527',
  '9453126870',
  '4286573901',
  '2793806415',
  '7046913258'
]

/** Verhoeff: dihedral group of order ten. */
export const verhoeff: Check = (codes, length) => {
  let check = 0
  for (let i = 0; i < length; i++) {
    const digit = Number(permute[i % 8]?.charAt(digitAt(codes, length - 1 - i)))
    check = Number(multiply[check]?.charAt(digit))
  }
  return check === 0
}
