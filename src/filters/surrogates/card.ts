import { luhnDigit } from './iban.ts'
import { inLayoutOf, type SurrogateMaker } from './maker.ts'

/** A card number that passes the Luhn check and begins as no payment card does (ISO/IEC 7812-1: 80 is health care). */
export const card: SurrogateMaker = {
  types: ['CARD'],
  make: (surface, draw) => {
    const length = surface.replace(/\D/g, '').length
    if (length < 12 || /[A-Za-z]/.test(surface)) return null
    const body = `80${draw.digits(length - 3)}`
    return inLayoutOf(surface, `${body}${luhnDigit(body)}`)
  }
}
