import type { Recognizer } from '../../recognizer.ts'
import { mod11x10 } from '../validators/iso7064.ts'
import { phraseList } from '../word-list.ts'

/** Steuerliche Identifikationsnummer: eleven digits, check digit ISO 7064 MOD 11,10, one digit repeated. */
export const deTaxId: Recognizer = {
  id: 'de-tax-id',
  types: ['DE_TAX_ID'],
  countries: ['DE'],
  context: phraseList(`
Steuer-ID Steueridentifikationsnummer Steuer-Identifikationsnummer Steuerliche_Identifikationsnummer
Identifikationsnummer IdNr Steuer-IdNr TIN Steuer-Ident-Nr tax_id tax_identification_number tax_number
steuerid Finanzamt Kindergeld Freistellungsauftrag Lohnsteuer idnr Steuernummer
`),
  forms: [
    {
      mask: '99999999999',
      separators: ' -./',
      groups: [[2, 3, 3, 3]],
      check: isTaxId,
      score: 0.85,
      contextScore: 0.97
    },
    {
      mask: '99999999999',
      separators: '',
      check: isTestTaxId,
      score: 0.6,
      contextScore: 0.95
    }
  ],
  examples: {
    match: [
      { text: 'Meine Steuer-ID lautet 36 574 261 809.', found: '36 574 261 809' },
      { text: 'IdNr. 86095742719', found: '86095742719' },
      { text: 'steuer_id=26954371827', found: '26954371827' },
      { text: '26954371827', label: 'taxId', found: '26954371827' },
      '98765432106'
    ],
    noMatch: [
      '36574261890',
      '36554266806',
      '116574261809',
      '01234567896',
      'Bestellnummer 11223456785',
      'A6574261809',
      '+36574261809'
    ]
  },
  source: '§ 139b AO; BZSt, Informationen zur steuerlichen Identifikationsnummer (check digit and digit rule)'
}

/**
 * Among the first ten digits exactly one occurs twice or three times, no other repeats. That the three do not follow
 * each other is not checked: other validators accept it, and it would tell hardly any numbers apart.
 */
function isTaxId(codes: Uint8Array, length: number): boolean {
  if (codes[0] === 0x30 || !mod11x10(codes, length)) return false
  const repeats = countRepeats(codes)
  return repeats === 1
}

/** Ten different digits: numbers of this kind are published as examples and never issued; far rarer by chance. */
function isTestTaxId(codes: Uint8Array, length: number): boolean {
  return codes[0] !== 0x30 && mod11x10(codes, length) && countRepeats(codes) === 0
}

/** How many digits occur more than once in the first ten; 9 when one occurs more often than the rule allows. */
function countRepeats(codes: Uint8Array): number {
  let repeated = 0
  for (let digit = 0x30; digit < 0x3a; digit++) {
    let count = 0
    for (let i = 0; i < 10; i++) if (codes[i] === digit) count++
    if (count > 3) return 9
    if (count > 1) repeated++
  }
  return repeated
}
