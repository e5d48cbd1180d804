import { alnumValue } from './iso7064.ts'

const weights = [7, 3, 1]

/** Check digit of ICAO Doc 9303-3 over codes[from, to): weights 7, 3, 1; letters count as 10 to 35. */
export function mrzCheck(codes: Uint8Array, from: number, to: number): number {
  let sum = 0
  for (let i = from; i < to; i++) sum += alnumValue(codes[i] ?? 0x30) * (weights[(i - from) % 3] ?? 0)
  return sum % 10
}
