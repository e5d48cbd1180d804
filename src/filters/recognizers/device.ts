import type { Recognizer } from '../recognizer.ts'
import { alnumValue } from './validators/iso7064.ts'
import { luhn } from './validators/luhn.ts'

/** IMEI: fifteen digits with a Luhn digit, behind its name or in its layout. */
export const imei: Recognizer = {
  id: 'imei',
  types: ['IMEI'],
  context: ['IMEI', 'Gerätenummer', 'Geräte-ID', 'device id', 'IMEISV'],
  forms: [
    {
      mask: '999999999999999',
      groups: [
        [2, 6, 6, 1],
        [6, 2, 6, 1]
      ],
      check: (codes, length) => luhn(codes, 0, length),
      score: 0.8,
      pieceScore: 0
    }
  ],
  examples: {
    match: ['35-209900-176148-1', { text: 'IMEI: 490154203237518', found: '490154203237518' }],
    noMatch: ['35-209900-176148-2', '490154203237518']
  },
  source: '3GPP TS 23.003 §6'
}

/** IMSI: country, network and subscriber, fifteen digits at most; behind its name only. */
export const imsi: Recognizer = {
  id: 'imsi',
  types: ['IMSI'],
  context: ['IMSI', 'subscriber identity', 'Teilnehmerkennung'],
  forms: [
    { mask: '999999999999999', groups: 'any', check: isSubscriber, score: 0, contextScore: 0.9 },
    { mask: '99999999999999', groups: 'any', check: isSubscriber, score: 0, contextScore: 0.85 }
  ],
  examples: {
    match: [{ text: 'IMSI: 262011234567890', found: '262011234567890' }],
    noMatch: ['262011234567890', 'IMSI: 862011234567890']
  },
  source: '3GPP TS 23.003 §2; ITU-T E.212'
}

/** Mobile country codes begin with 2 to 7, or with 9 for networks of no country. */
function isSubscriber(codes: Uint8Array): boolean {
  const first = codes[0] ?? 0
  return (first >= 0x32 && first <= 0x37) || first === 0x39
}

/** ICCID of a SIM card: 89, country, issuer, Luhn digit. */
export const iccid: Recognizer = {
  id: 'iccid',
  types: ['ICCID'],
  context: ['ICCID', 'SIM', 'SIM-Karte', 'SIM-Kartennummer', 'SIM card', 'Kartennummer'],
  forms: ['8999999999999999999', '89999999999999999999'].map(mask => ({
    mask,
    groups: 'any',
    check: (codes, length) => luhn(codes, 0, length),
    score: 0,
    contextScore: 0.93
  })),
  examples: {
    match: [{ text: 'ICCID 8949022123456789019', found: '8949022123456789019' }],
    noMatch: ['8949022123456789019', 'ICCID 8949022123456789010']
  },
  source: 'ITU-T E.118'
}

/** MEID: fourteen hexadecimal digits that begin with A to F or 99, behind its name only. */
export const meid: Recognizer = {
  id: 'meid',
  types: ['IMEI'],
  context: ['MEID', 'mobile equipment identifier'],
  forms: [
    { mask: 'XXXXXXXXXXXXXX', groups: 'any', check: isMobileEquipment, score: 0, contextScore: 0.85 },
    { mask: 'XXXXXXXXXXXXXXX', groups: 'any', check: isMobileEquipment, score: 0, contextScore: 0.85 }
  ],
  examples: {
    match: [{ text: 'MEID AF 01 23 45 0A BC DE', found: 'AF 01 23 45 0A BC DE' }],
    noMatch: ['AF0123450ABCDE', 'MEID ZF0123450ABCDE', 'MEID 35-209900-176148-1']
  },
  source: '3GPP2 S.R0048'
}

/** The fifteenth digit, where it is written, is the Luhn digit to the base of sixteen, or of ten behind decimals alone. */
function isMobileEquipment(codes: Uint8Array, length: number): boolean {
  const values = Array.from(codes.subarray(0, length), alnumValue)
  const [first = 0, second = 0] = values
  if (values.some(value => value > 15) || (first < 10 && !(first === 9 && second === 9))) return false
  const base = values.slice(0, 14).some(value => value > 9) ? 16 : 10
  let sum = values[14] ?? 0
  for (let i = 0; i < 14; i++) {
    const value = (values[i] ?? 0) * (i % 2 === 1 ? 2 : 1)
    sum += Math.floor(value / base) + (value % base)
  }
  return length === 14 || sum % base === 0
}
