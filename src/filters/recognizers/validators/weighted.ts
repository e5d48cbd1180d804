/** Sum of digits times weights, from position `from` on; the codes are ASCII digits. */
export function weightedSum(codes: Uint8Array, weights: readonly number[], from = 0): number {
  let sum = 0
  for (let i = 0; i < weights.length; i++) sum += digitAt(codes, from + i) * (weights[i] ?? 0)
  return sum
}

export function digitAt(codes: Uint8Array, at: number): number {
  return (codes[at] ?? 0x30) - 0x30
}

/** Value of the decimal number codes[from, to). */
export function valueOf(codes: Uint8Array, from: number, to: number): number {
  let value = 0
  for (let i = from; i < to; i++) value = value * 10 + digitAt(codes, i)
  return value
}

/** Sum of the digits of a number below 100. */
export function digitSum(value: number): number {
  return Math.floor(value / 10) + (value % 10)
}

/** True when [from, to) holds one digit only, as placeholders do. */
export function isUniform(codes: Uint8Array, from: number, to: number): boolean {
  for (let i = from + 1; i < to; i++) if (codes[i] !== codes[from]) return false
  return true
}

/** A day and month of the calendar; leap days are let through in every year. */
export function isDayMonth(day: number, month: number): boolean {
  return (
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= (month === 2 ? 29 : [4, 6, 9, 11].includes(month) ? 30 : 31)
  )
}
