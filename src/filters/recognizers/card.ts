import type { Recognizer } from '../recognizer.ts'
import { luhn } from './validators/luhn.ts'
import { phraseList } from './word-list.ts'

/** Payment card number: brand by its first digits, length by brand, Luhn check digit. */
export const card: Recognizer = {
  id: 'card',
  types: ['CARD'],
  context: phraseList(`
Kreditkarte Kreditkartennummer Kartennummer Karte credit_card card_number card debit_card Visa Mastercard
Maestro Amex American_Express Diners cc pan carte tarjeta carta
`),
  forms: [
    ...[13, 14, 15, 16, 17, 18, 19].map(length => ({
      mask: '9'.repeat(length),
      separators: ' -.',
      groups: groupings(length),
      check: isCard,
      score: length === 13 || length > 16 ? 0 : 0.95,
      contextScore: 0.97,
      loneScore: 0.6
    })),
    // Behind a word for cards those of smaller and older brands too.
    ...[12, 13, 14, 15, 16, 17, 18, 19].map(length => ({
      mask: '9'.repeat(length),
      separators: ' -.',
      check: (codes: Uint8Array) => luhn(codes, 0, length) && !isUniform(codes, length),
      score: 0,
      contextScore: 0.9
    }))
  ],
  examples: {
    match: [
      '4111 1111 1111 1111',
      '4012-8888-8888-1881',
      { text: 'Karte 371449635398431 gültig bis 12/27', found: '371449635398431' },
      { text: 'MasterCard: 5555555555554444.', found: '5555555555554444' },
      '6011000400000000',
      { text: 'card 5019717010103742', found: '5019717010103742' },
      { text: 'my card 180000826105910 is lost', found: '180000826105910' },
      { text: 'Kreditkarte 3056 930902 5904', found: '3056 930902 5904' }
    ],
    noMatch: [
      '4111 1111 1111 1112',
      '1234567890123456',
      'Bestellung 9111111111111111',
      '0.4111111111111111',
      '4111111111111111234567'
    ]
  },
  source: 'ISO/IEC 7812-1; number ranges as published by the card schemes'
}

/** Groups of four, and the layouts of American Express and Diners Club. */
function groupings(length: number): number[][] {
  const fours = Array.from({ length: Math.ceil(length / 4) }, (_, i) => Math.min(4, length - 4 * i))
  if (length === 15) return [[4, 6, 5], fours]
  if (length === 14) return [[4, 6, 4], fours]
  return [fours]
}

function isCard(codes: Uint8Array, length: number): boolean {
  return (
    lengthFitsBrand(number(codes, 4), number(codes, 6), length) &&
    luhn(codes, 0, length) &&
    !isUniform(codes, length)
  )
}

function number(codes: Uint8Array, digits: number): number {
  let value = 0
  for (let i = 0; i < digits; i++) value = value * 10 + (codes[i] ?? 0) - 0x30
  return value
}

/** @param p4 first four digits @param p6 first six digits */
function lengthFitsBrand(p4: number, p6: number, length: number): boolean {
  const p2 = Math.floor(p4 / 100)
  if (p4 >= 4000 && p4 < 5000) return length === 16 || length === 13 || length === 19
  if ((p2 >= 51 && p2 <= 55) || (p4 >= 2221 && p4 <= 2720)) return length === 16
  if (p2 === 34 || p2 === 37) return length === 15
  if ((p4 >= 3000 && p4 < 3060) || p4 === 3095 || p2 === 36 || p2 === 38 || p2 === 39) return length >= 14
  if (p4 === 6011 || p2 === 65 || (p4 >= 6440 && p4 < 6500) || (p6 >= 622126 && p6 <= 622925))
    return length >= 16
  if (p4 >= 3528 && p4 <= 3589) return length >= 16
  if (p2 === 62 || p2 === 81) return length >= 16
  if (p4 >= 2200 && p4 <= 2204) return length >= 16
  if (p2 === 50 || (p2 >= 56 && p2 <= 69)) return length >= 13
  return p4 === 1220 && length === 15
}

/** Nothing but one digit: a placeholder. */
function isUniform(codes: Uint8Array, length: number): boolean {
  for (let i = 1; i < length; i++) if (codes[i] !== codes[0]) return false
  return true
}
