import type { Recognizer } from '../../recognizer.ts'
import { isUniform } from '../validators/weighted.ts'

/** Betriebsnummer of an employer: eight digits. Behind its name only. */
export const deCompanyNumber: Recognizer = {
  id: 'de-company-number',
  types: ['DE_COMPANY_NUMBER'],
  countries: ['DE'],
  context: ['Betriebsnummer', 'BBNR', 'BBNR-VU', 'Betriebs-Nr', 'Betriebsnr', 'Arbeitgebernummer'],
  forms: [{ mask: '99999999', separators: ' ', check: isCompany, score: 0, contextScore: 0.9 }],
  examples: {
    match: [
      { text: 'Betriebsnummer 15000004', found: '15000004' },
      { text: 'BBNR: 66667777', found: '66667777' }
    ],
    noMatch: ['15000004 Euro', 'Betriebsnummer 00000000', 'Betriebsnummer 1500000']
  },
  source: '§ 18i, § 18m SGB IV; Bundesagentur für Arbeit, Betriebsnummern-Service'
}

/** The check digit is not asked for: numbers given out before the rule differ, and the name stands right before it. */
function isCompany(codes: Uint8Array): boolean {
  return codes[0] !== 0x30 && !isUniform(codes, 0, 8)
}
