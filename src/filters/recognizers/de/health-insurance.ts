import type { Recognizer } from '../../recognizer.ts'
import { digitAt, digitSum, isUniform } from '../validators/weighted.ts'

/** Krankenversichertennummer, the part that stays for life: letter, eight digits, check digit. */
export const deHealthInsurance: Recognizer = {
  id: 'de-health-insurance',
  types: ['DE_HEALTH_INSURANCE'],
  countries: ['DE'],
  context: [
    'KVNR',
    'Krankenversichertennummer',
    'Versichertennummer',
    'Versicherten-Nr',
    'Krankenversicherungsnummer',
    'eGK',
    'Gesundheitskarte',
    'Krankenkasse',
    'Versichertenkarte',
    'Krankenversicherung',
    'health insurance number',
    'KV-Nummer',
    'Versicherungsnummer',
    'VersNr'
  ],
  forms: [
    {
      mask: 'A999999999',
      separators: ' ',
      groups: [
        [1, 3, 3, 3],
        [4, 3, 3],
        [1, 9]
      ],
      check: isInsured,
      score: 0.85,
      contextScore: 0.97
    }
  ],
  examples: {
    match: [
      'A123456780',
      'C000500021',
      { text: 'eGK-Nummer M123456785 bitte angeben.', found: 'M123456785' },
      'a123456780'
    ],
    noMatch: ['M123456789', '1123456780', 'A12345678', 'A1234567890', 'A000500010']
  },
  source: '§ 290 SGB V; GKV-Spitzenverband, Anlage 1 (check digit: modified Luhn)'
}

function isInsured(codes: Uint8Array): boolean {
  const letter = (codes[0] ?? 0) - 0x40
  let sum = digitSum(Math.floor(letter / 10)) + digitSum((letter % 10) * 2)
  for (let i = 1; i < 9; i++) sum += digitSum(digitAt(codes, i) * (i % 2 === 1 ? 1 : 2))
  return sum % 10 === digitAt(codes, 9) && !isUniform(codes, 1, 10)
}
