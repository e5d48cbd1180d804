import type { Recognizer } from '../recognizer.ts'
import { phraseList } from './word-list.ts'

/** Fahrzeug-Identifizierungsnummer (VIN), behind its name: its check digit is used in North America only. */
export const vehicleId: Recognizer = {
  id: 'vehicle-id',
  types: ['VEHICLE_ID'],
  context: phraseList(`
FIN Fahrgestellnummer Fahrgestell-Nr Fahrzeug-Identifizierungsnummer Fahrzeugidentifikationsnummer Fahrzeug-Ident-Nr Fzg.-Ident.-Nr Fzg-Ident-Nr Fahrzeug-Ident.-Nr VIN chassis_number
vehicle_identification_number numéro_de_châssis numero_di_telaio número_de_bastidor numer_VIN chassisnummer
`),
  forms: [
    {
      mask: 'XXXXXXXXXXXXX9999',
      separators: ' -',
      groups: 'any',
      check: isVehicle,
      score: 0,
      contextScore: 0.9
    }
  ],
  shapeOnly: true,
  examples: {
    match: [
      { text: 'Fahrgestellnummer WVWZZZ1JZXW000001', found: 'WVWZZZ1JZXW000001' },
      { text: 'FIN: WDB 2110061A 123456', found: 'WDB 2110061A 123456' },
      { text: '1HGCM82633A004352', label: 'vin', found: '1HGCM82633A004352' }
    ],
    noMatch: ['WVWZZZ1JZXW000001', 'FIN: WVWZZZ1JZXW00000', 'VIN: WVWZZZ1JZXWO00001', 'FIN 00000000000000001']
  },
  source: 'ISO 3779; § 59 StVZO'
}

/** None of I, O and Q; letters and digits both. */
function isVehicle(codes: Uint8Array, length: number): boolean {
  let letters = 0
  for (let i = 0; i < length; i++) {
    const code = codes[i] ?? 0
    if (code === 0x49 || code === 0x4f || code === 0x51) return false
    if (code > 0x39) letters++
  }
  return letters > 1
}
