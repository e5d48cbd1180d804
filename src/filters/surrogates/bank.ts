import { inLayoutOf, type SurrogateMaker } from './maker.ts'

/**
 * Beginnings of bank codes that no bank has: German ones begin with 1 to 8 (Deutsche Bundesbank, Bankleitzahlen), Austrian
 * ones not with 9 (Oesterreichische Nationalbank, SEPA-Zahlungsverkehrs-Verzeichnis), and clearing numbers of Switzerland
 * and Liechtenstein count from 100 (SIX, Bankenstamm). Other countries have none that is known to stay free.
 */
const FREE = new Map([
  ['DE', '9'],
  ['AT', '99'],
  ['CH', '000'],
  ['LI', '000']
])

/** An IBAN of the same country with valid check digits (ISO 13616) and a bank code that no bank has. */
export const iban: SurrogateMaker = {
  types: ['IBAN'],
  make: (surface, draw) => {
    const compact = surface.replace(/[^A-Za-z0-9]/g, '')
    const country = compact.slice(0, 2).toUpperCase()
    const free = FREE.get(country)
    if (free === undefined || !/^..\d+$/.test(compact)) return null
    const account = free + draw.digits(compact.length - 4 - free.length)
    const check = 98 - mod97(`${account}${country}00`)
    const made = `${compact.slice(0, 2)}${String(check).padStart(2, '0')}${account}`
    return inLayoutOf(surface, made)
  }
}

/** A card number that passes the Luhn check and begins as no payment card does (ISO/IEC 7812-1: 80 is health care). */
export const card: SurrogateMaker = {
  types: ['CARD'],
  make: (surface, draw) => {
    const length = surface.replace(/\D/g, '').length
    if (length < 12 || /[A-Za-z]/.test(surface)) return null
    const body = `80${draw.digits(length - 3)}`
    return inLayoutOf(surface, body + luhnDigit(body))
  }
}

/** Letters count as 10 to 35 (ISO 7064, MOD 97-10). */
function mod97(text: string): number {
  let rest = 0
  for (const char of text) rest = Number(`${rest}${Number.parseInt(char, 36)}`) % 97
  return rest
}

function luhnDigit(body: string): string {
  let sum = 0
  for (let at = body.length - 1, double = true; at >= 0; at--, double = !double) {
    const digit = Number(body.charAt(at)) * (double ? 2 : 1)
    sum += digit > 9 ? digit - 9 : digit
  }
  return String((10 - (sum % 10)) % 10)
}
