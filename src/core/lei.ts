/**
 * True for a Legal Entity Identifier with right check digits: ISO 17442, ISO 7064 MOD 97-10 (letters count as 10 to 35,
 * the remainder must be 1). Says nothing of whether it was ever given out.
 */
export function isLei(text: string): boolean {
  if (!/^[A-Z0-9]{18}[0-9]{2}$/.test(text)) return false
  let remainder = 0
  for (let at = 0; at < text.length; at++) {
    const value = Number.parseInt(text.charAt(at), 36)
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97
  }
  return remainder === 1
}
