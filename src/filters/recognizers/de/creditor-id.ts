import type { Recognizer } from '../../recognizer.ts'
import { mod97 } from '../validators/iso7064.ts'

const national = new Uint8Array(32)

/** SEPA-Gläubiger-Identifikationsnummer: check digits MOD 97-10 over all but the business code. */
export const creditorId: Recognizer = {
  id: 'creditor-id',
  types: ['CREDITOR_ID'],
  context: [
    'Gläubiger-ID',
    'Gläubiger-Identifikationsnummer',
    'Gläubiger-IdNr',
    'creditor identifier',
    'creditor id',
    'SEPA-Mandat'
  ],
  forms: [
    {
      mask: 'DE99XXX99999999999',
      groups: [
        [4, 3, 11],
        [4, 4, 4, 4, 2]
      ],
      check: isCreditor,
      score: 0.95
    },
    {
      mask: 'AT99XXX99999999999',
      groups: [
        [4, 3, 11],
        [4, 4, 4, 4, 2]
      ],
      check: isCreditor,
      score: 0.95
    },
    {
      mask: 'ES99XXX99999999A',
      groups: [
        [2, 2, 3, 9],
        [4, 4, 4, 4]
      ],
      check: isCreditor,
      score: 0.95
    },
    {
      mask: 'ES99XXXA9999999X',
      groups: [
        [2, 2, 3, 9],
        [4, 4, 4, 4]
      ],
      check: isCreditor,
      score: 0.95
    },
    { mask: 'FR99XXX999999', groups: [[4, 3, 6]], check: isCreditor, score: 0.95 },
    { mask: 'NL99XXX999999999999', groups: [[4, 3, 12]], check: isCreditor, score: 0.95 },
    { mask: 'BE99XXX9999999999', groups: [[4, 3, 10]], check: isCreditor, score: 0.95 }
  ],
  examples: {
    match: [
      'DE98ZZZ09999999999',
      { text: 'Gläubiger-ID: DE98ZZZ09999999999', found: 'DE98ZZZ09999999999' },
      'ES 23 ZZZ 47690558N'
    ],
    noMatch: ['DE97ZZZ09999999999', 'DE98ZZZ0999999999', 'DEZZZ980999999999']
  },
  source: 'European Payments Council, EPC262-08; Deutsche Bundesbank'
}

/** Country and check digits, then the national part: positions 5 to 7 are the creditor's own. */
function isCreditor(codes: Uint8Array, length: number): boolean {
  for (let i = 0; i < 4; i++) national[i] = codes[i] ?? 0
  for (let i = 7; i < length; i++) national[i - 3] = codes[i] ?? 0
  return mod97(national, 4, length - 3)
}
