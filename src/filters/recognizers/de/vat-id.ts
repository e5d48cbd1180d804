import type { Recognizer } from '../../recognizer.ts'
import { digitAt } from '../validators/weighted.ts'
import { mod11x10 } from '../validators/iso7064.ts'

/** Umsatzsteuer-Identifikationsnummer: DE and nine digits, check digit ISO 7064 MOD 11,10. */
export const deVatId: Recognizer = {
  id: 'de-vat-id',
  types: ['DE_VAT_ID'],
  countries: ['DE'],
  context: [
    'USt-IdNr',
    'USt-ID',
    'UStID',
    'Umsatzsteuer-Identifikationsnummer',
    'Umsatzsteuer-ID',
    'VAT',
    'VAT ID',
    'VAT number',
    'UID'
  ],
  forms: [
    {
      mask: 'DE999999999',
      groups: [
        [2, 9],
        [2, 3, 3, 3],
        [5, 3, 3]
      ],
      check: isVatId,
      score: 0.95
    },
    // Behind its name a mistyped or made-up number is one too.
    { mask: 'DE999999999', groups: 'any', score: 0, contextScore: 0.7 }
  ],
  examples: {
    match: [
      'DE136695976',
      'DE 136 695 976',
      { text: 'USt-IdNr.: DE129273398, Sitz Bonn', found: 'DE129273398' },
      'DE.136.695.976',
      'de 136 695 976'
    ],
    noMatch: ['DE136695978', 'DE12345678', 'AT123456789', 'DEabcdefghi', 'CODE136695976']
  },
  source: '§ 27a UStG; BZSt (check digit ISO 7064 MOD 11,10)'
}

function isVatId(codes: Uint8Array): boolean {
  return digitAt(codes, 2) !== 0 && mod11x10(codes.subarray(2), 9)
}
