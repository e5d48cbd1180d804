import type { Recognizer } from '../../recognizer.ts'
import { isUniform } from '../validators/weighted.ts'

/** Betriebsstättennummer of a medical practice: nine digits, no check digit, so only behind its name. */
export const dePracticeNumber: Recognizer = {
  id: 'de-practice-number',
  types: ['DE_PRACTICE_NUMBER'],
  countries: ['DE'],
  context: ['BSNR', 'Betriebsstättennummer', 'Betriebsstätten-Nr', 'Betriebsstätte', 'NBSNR', 'Praxisnummer'],
  forms: [{ mask: '999999999', separators: ' ', check: isPractice, score: 0, contextScore: 0.85 }],
  examples: {
    match: [
      { text: 'Betriebsstättennummer: 021234568', found: '021234568' },
      { text: 'BSNR 711234567 der Praxis.', found: '711234567' }
    ],
    noMatch: ['BSNR 000000000', 'BSNR 02123456', 'Aktennotiz 021234568']
  },
  source: 'KBV, Richtlinie nach § 75 Abs. 7 SGB V zur Vergabe der Betriebsstättennummern'
}

function isPractice(codes: Uint8Array): boolean {
  return !isUniform(codes, 0, 9)
}
