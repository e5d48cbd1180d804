/** Luhn check (ISO/IEC 7812-1 annex B) over codes[from, to), all ASCII digits, check digit last. */
export function luhn(codes: Uint8Array, from: number, to: number): boolean {
  let sum = 0
  let double = false
  for (let i = to - 1; i >= from; i--) {
    let digit = (codes[i] ?? 0) - 0x30
    if (double) {
      digit *= 2
      if (digit > 9) digit -= 9
    }
    sum += digit
    double = !double
  }
  return sum % 10 === 0
}
