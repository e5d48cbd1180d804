import type { Recognizer } from '../../recognizer.ts'
import { isUniform, valueOf, weightedSum } from '../validators/weighted.ts'

/** Lebenslange Arztnummer: six digits, check digit, two digits for the speciality. */
export const deDoctorNumber: Recognizer = {
  id: 'de-doctor-number',
  types: ['DE_DOCTOR_NUMBER'],
  countries: ['DE'],
  context: [
    'LANR',
    'Arztnummer',
    'Arzt-Nr',
    'ArztNr',
    'lebenslange Arztnummer',
    'Arzt-Nummer',
    'physician number'
  ],
  forms: [{ mask: '999999999', separators: ' ', check: isDoctor, score: 0, loneScore: 0.5 }],
  examples: {
    match: [
      { text: 'LANR 123456601', found: '123456601' },
      { text: 'Arztnummer: 987654401', found: '987654401' },
      '555555501'
    ],
    noMatch: ['LANR 123456701', '12345660', '1234566010', 'Telefonnummer 123456701']
  },
  source: 'KBV, Richtlinie nach § 75 Abs. 7 SGB V zur Vergabe der Arztnummern (weights 4 and 9, modulus 10)'
}

function isDoctor(codes: Uint8Array): boolean {
  const check = (10 - (weightedSum(codes, [4, 9, 4, 9, 4, 9]) % 10)) % 10
  return check === valueOf(codes, 6, 7) && valueOf(codes, 7, 9) > 0 && !isUniform(codes, 0, 9)
}
