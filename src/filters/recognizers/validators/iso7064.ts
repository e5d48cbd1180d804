/** Check systems of ISO/IEC 7064 on ASCII codes. */

/** Value of a digit or letter: 0–9, then A = 10 … Z = 35. */
export function alnumValue(code: number): number {
  return code < 0x3a ? code - 0x30 : code - 0x37
}

/** Hybrid system MOD 11,10 over codes[0, length), all digits, check digit last. */
export function mod11x10(codes: Uint8Array, length: number): boolean {
  let product = 10
  for (let i = 0; i < length - 1; i++) {
    const sum = ((codes[i] ?? 0) - 0x30 + product) % 10
    product = ((sum === 0 ? 10 : sum) * 2) % 11
  }
  const check = 11 - product
  return (check === 10 ? 0 : check) === (codes[length - 1] ?? 0) - 0x30
}

/** MOD 97-10 over codes[from, to) followed by codes[0, from): the remainder must be 1. Letters count as 10 to 35. */
export function mod97(codes: Uint8Array, from: number, to: number): boolean {
  let remainder = 0
  const length = to
  for (let k = 0; k < length; k++) {
    const value = alnumValue(codes[(from + k) % length] ?? 0)
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97
  }
  return remainder === 1
}
