/** Check digits for planted values. Written apart from src/filters/validators, so that neither can hide the other's mistake. */

/** Luhn check digit (ISO/IEC 7812-1 annex B) for a payload of digits. */
export function luhnDigit(payload: string): number {
  let sum = 0
  for (let i = 0; i < payload.length; i++) {
    const digit = Number(payload[payload.length - 1 - i])
    const doubled = i % 2 === 0 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return (10 - (sum % 10)) % 10
}

/** An IBAN with valid check digits (ISO 13616, mod 97). */
export function iban(country: string, bban: string): string {
  const numeric = (bban + country).replace(/[A-Z]/g, letter => String(letter.charCodeAt(0) - 55))
  const check = 98n - (BigInt(`${numeric}00`) % 97n)
  return `${country}${String(check).padStart(2, '0')}${bban}`
}

/** Last digit of a German tax id (§ 139b AO) after ten digits, ISO 7064 mod 11,10. */
export function taxIdDigit(ten: string): number {
  let product = 10
  for (const char of ten) {
    const sum = (Number(char) + product) % 10 || 10
    product = (sum * 2) % 11
  }
  return (11 - product) % 10
}

/** Last digit of a German social-security number (§ 147 SGB VI) after its first eleven characters, e.g. `15070649C10`. */
export function socialSecurityDigit(eleven: string): number {
  const weights = [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1]
  const digits = eleven.replace(/[A-Z]/, letter => String(letter.charCodeAt(0) - 64).padStart(2, '0'))
  let sum = 0
  for (let i = 0; i < 12; i++) {
    const product = Number(digits[i]) * (weights[i] ?? 0)
    sum += Math.floor(product / 10) + (product % 10)
  }
  return sum % 10
}
