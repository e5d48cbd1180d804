import type { Recognizer } from '../../recognizer.ts'
import { phraseList } from '../word-list.ts'

/** Versicherungsnummer of the German pension insurance: area, date of birth, initial, serial, check digit. */
export const deSocialSecurity: Recognizer = {
  id: 'de-social-security',
  types: ['DE_SOCIAL_SECURITY'],
  countries: ['DE'],
  context: phraseList(`
Rentenversicherungsnummer Sozialversicherungsnummer SV-Nummer RV-Nummer RVNR SVNR VSNR RVNr
Sozialversicherungsausweis Versicherungsnummer Rentenversicherung social_security_number SV-Nr RV-Nr
`),
  forms: [
    {
      mask: '99999999A999',
      groups: [
        [2, 6, 1, 3],
        [8, 1, 3],
        [2, 6, 4]
      ],
      check: isInsuranceNumber,
      score: 0.96,
      contextScore: 0.97
    }
  ],
  examples: {
    match: [
      { text: 'SV-Nummer: 15 070649 C 103', found: '15 070649 C 103' },
      { text: 'RVNR: 15070649C103 laut Sozialversicherungsausweis.', found: '15070649C103' },
      { text: '65070803a019 ist meine Rentenversicherungsnummer', found: '65070803a019' },
      '38551285K051'
    ],
    noMatch: ['15070649C100', '65070803A012', '150706491103', '15070649C1030', '15850649C103']
  },
  source: '§ 147 SGB VI, § 2 VKVV (areas, date with 50 added for supplementary numbers, check digit)'
}

const weights = [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1]

/** Areas (Bereichsnummern) of the insurers of today and before. */
function isArea(area: number): boolean {
  return (area >= 2 && area <= 29) || (area >= 38 && area <= 39) || (area >= 40 && area <= 89)
}

function isInsuranceNumber(codes: Uint8Array): boolean {
  const two = (at: number): number => ((codes[at] ?? 0) - 0x30) * 10 + (codes[at + 1] ?? 0) - 0x30
  const day = two(2)
  const month = two(4)
  if (!isArea(two(0)) || month < 1 || month > 12) return false
  // A second number for the same day of birth and initial is told by 50 or more added to the day.
  if (day < 1 || day > 81 || (day > 31 && day < 51)) return false
  let sum = 0
  let position = 0
  for (let i = 0; i < 11; i++) {
    const code = codes[i] ?? 0
    if (code < 0x3a) sum += digitSum((code - 0x30) * (weights[position++] ?? 0))
    else {
      const letter = code - 0x40
      sum += digitSum(Math.floor(letter / 10) * (weights[position++] ?? 0))
      sum += digitSum((letter % 10) * (weights[position++] ?? 0))
    }
  }
  return sum % 10 === (codes[11] ?? 0) - 0x30
}

function digitSum(value: number): number {
  return Math.floor(value / 10) + (value % 10)
}
