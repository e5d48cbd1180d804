import type { Recognizer } from '../../recognizer.ts'
import { mrzCheck } from '../validators/mrz.ts'
import { digitAt } from '../validators/weighted.ts'

/** Serial numbers hold digits and consonants that can't be mistaken for digits or make words. */
const serialLetters = new Set(Array.from('CFGHJKLMNPRTVWXYZ', char => char.charCodeAt(0)))

function isSerial(codes: Uint8Array, length: number): boolean {
  let digits = 0
  for (let i = 0; i < Math.min(length, 9); i++) {
    const code = codes[i] ?? 0
    if (code < 0x3a) digits++
    else if (!serialLetters.has(code)) return false
  }
  return digits > 1
}

/** Ten characters: the tenth is the check digit of the machine readable zone. */
function isChecked(codes: Uint8Array): boolean {
  return isSerial(codes, 9) && mrzCheck(codes, 0, 9) === digitAt(codes, 9)
}

/** Personalausweis: nine characters, in print often with the check digit behind them. */
export const deIdCard: Recognizer = {
  id: 'de-id-card',
  types: ['DE_ID_CARD'],
  countries: ['DE'],
  context: [
    'Personalausweis',
    'Personalausweisnummer',
    'Personalausweis-Nr',
    'Personalausweis-Nummer',
    'Personalausweisnr',
    'Ausweis-Nummer',
    'Perso-Nr',
    'Ausweisdokument',
    'Ausweisnummer',
    'Ausweis',
    'Ausweis-Nr',
    'Perso',
    'ID card',
    'identity card',
    'Seriennummer des Ausweises',
    'nPA'
  ],
  forms: [
    {
      mask: 'AXXXXXXX99',
      separators: ' ',
      check: isChecked,
      score: 0.8,
      contextScore: 0.97,
      upperCase: true
    },
    { mask: 'AXXXXXXXX', separators: ' ', check: isSerial, score: 0, contextScore: 0.9 },
    {
      mask: '9999999999',
      separators: ' ',
      check: codes => mrzCheck(codes, 0, 9) === digitAt(codes, 9),
      score: 0,
      contextScore: 0.8
    }
  ],
  examples: {
    match: [
      { text: 'Personalausweis: L01X00T44.', found: 'L01X00T44' },
      { text: 'Ausweisnummer T220001293', found: 'T220001293' },
      'T220001293'
    ],
    noMatch: ['T2200012', 'T220001290', 'Ausweis 123456789', 'Ausweis ABENDROT1']
  },
  source: '§ 5 PAuswG; ICAO Doc 9303-3, -5 (check digit)'
}

/** Reisepass: as the identity card, first letter C, F, G, H, J or K. */
export const dePassport: Recognizer = {
  id: 'de-passport',
  types: ['DE_PASSPORT'],
  countries: ['DE'],
  context: [
    'Reisepass',
    'Reisepassnummer',
    'Reisepass-Nr',
    'Reisepass-Nummer',
    'Pass-Nummer',
    'Passport-Nr',
    'Passnummer',
    'Pass-Nr',
    'Pass',
    'passport',
    'passport number',
    'Reisepaß',
    'passport no'
  ],
  forms: [
    {
      mask: 'AXXXXXXX99',
      separators: ' ',
      check: isChecked,
      score: 0.78,
      contextScore: 0.97,
      upperCase: true
    },
    { mask: 'AXXXXXXXX', separators: ' ', check: isSerial, score: 0, contextScore: 0.9 }
  ],
  examples: {
    match: [
      { text: 'Reisepass C01X00T47', found: 'C01X00T47' },
      { text: 'passport no. C01X00T478', found: 'C01X00T478' }
    ],
    noMatch: ['Pass C0123456', 'Pass 901234567', 'Reisepass ABGELAUFEN']
  },
  source: '§ 4 PassG; ICAO Doc 9303-3, -4 (check digit)'
}

/** Elektronischer Aufenthaltstitel: serial number as on the identity card. */
export const deResidencePermit: Recognizer = {
  id: 'de-residence-permit',
  types: ['DE_RESIDENCE_PERMIT'],
  countries: ['DE'],
  context: [
    'Aufenthaltstitel',
    'Aufenthaltserlaubnis',
    'Niederlassungserlaubnis',
    'eAT',
    'Aufenthaltskarte',
    'residence permit',
    'Duldung',
    'Zusatzblatt'
  ],
  forms: [
    { mask: 'AXXXXXXXX', separators: ' ', check: isSerial, score: 0, contextScore: 0.9 },
    { mask: 'AXXXXXXX99', separators: ' ', check: isChecked, score: 0, contextScore: 0.95 }
  ],
  examples: {
    match: [{ text: 'Aufenthaltstitel Nr. Y00T40X21', found: 'Y00T40X21' }],
    noMatch: ['Y00T40X21', 'Aufenthaltstitel 2024']
  },
  source: '§ 78 AufenthG; ICAO Doc 9303-5'
}
