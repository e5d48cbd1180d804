import type { Recognizer } from '../../recognizer.ts'

/** Führerschein: eleven characters, authority, serial, check character, number of the copy. Behind its name only. */
export const deDrivingLicence: Recognizer = {
  id: 'de-driving-licence',
  types: ['DE_DRIVING_LICENCE'],
  countries: ['DE'],
  context: [
    'Führerschein',
    'Führerscheinnummer',
    'Führerschein-Nr',
    'Fahrerlaubnis',
    'Fahrerlaubnisnummer',
    'driving licence',
    "driver's license",
    'driver license',
    'FS-Nr',
    'Kartenführerschein'
  ],
  forms: [
    { mask: 'AA99999999X', separators: ' ', check: isLicence, score: 0, contextScore: 0.92 },
    { mask: 'AXXXXXXXXXX', separators: ' ', check: isLicence, score: 0, contextScore: 0.9 }
  ],
  examples: {
    match: [
      { text: 'Führerscheinnummer B072RRE2I55', found: 'B072RRE2I55' },
      { text: 'Fahrerlaubnis MU123456785', found: 'MU123456785' }
    ],
    noMatch: [
      'Führerschein BO12345678',
      'Führerschein BO12345678AB',
      'Führerschein 12345678901',
      'Führerschein KLASSEBXYZ1'
    ]
  },
  source: '§ 25 FeV, Anlage 8 (field 5)'
}

/** At least three digits: a word does not pass. */
function isLicence(codes: Uint8Array, length: number): boolean {
  let digits = 0
  for (let i = 0; i < length; i++) if ((codes[i] ?? 0) < 0x3a) digits++
  return digits >= 3
}
