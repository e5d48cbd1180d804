import { NO_COUNTRY, NOT_APPLICABLE, OPEN_DATE } from '../dora/lists.ts'
import type { Register, Row } from '../dora/package.ts'
import { BANK, INSURER, LEASING } from './company.ts'

/** The register that the sample group kept already: what people wrote before the gateway's evidence was added. */

const EUR = 'eba_CU:EUR'
const DE = 'eba_GA:DE'

function row(cells: Readonly<Record<string, string>>): Row {
  return new Map(Object.entries(cells).map(([code, value]) => [`c${code}`, value]))
}

function entity(lei: string, name: string, type: string, hierarchy: string): Row {
  return row({
    '0010': lei,
    '0020': name,
    '0030': DE,
    '0040': type,
    '0050': hierarchy,
    '0060': BANK,
    '0070': '2026-03-01',
    '0080': '2025-01-17',
    '0090': OPEN_DATE,
    '0100': EUR,
    '0110': '1200000000'
  })
}

function served(id: string, name: string, lei: string, critical: boolean): Row {
  return row({
    '0010': id,
    '0020': 'eba_TA:x276',
    '0030': name,
    '0040': lei,
    '0050': critical ? 'eba_BT:x28' : 'eba_BT:x29',
    '0070': '2026-02-28',
    '0080': '24',
    '0090': '4',
    '0100': critical ? 'eba_ZZ:x793' : 'eba_ZZ:x791'
  })
}

const VENDOR = '3912001TESTNORD00086'

export const KEPT_REGISTER: Register = new Map([
  [
    'B_01.01',
    [
      row({
        '0010': BANK,
        '0020': 'Prüfbank AG',
        '0030': DE,
        '0040': 'eba_CT:x12',
        '0050': 'BaFin',
        '0060': '2026-03-01'
      })
    ]
  ],
  [
    'B_01.02',
    [
      entity(BANK, 'Prüfbank AG', 'eba_CT:x12', 'eba_RP:x53'),
      entity(INSURER, 'Prüf Versicherung AG', 'eba_CT:x309', 'eba_RP:x56'),
      entity(LEASING, 'Prüf Leasing GmbH', 'eba_CT:x316', 'eba_RP:x56')
    ]
  ],
  ['B_02.01', [row({ '0010': 'C-2026-001', '0020': 'eba_CO:x1', '0040': EUR, '0050': '48000' })]],
  [
    'B_02.02',
    [
      row({
        '0010': 'C-2026-001',
        '0020': BANK,
        '0030': VENDOR,
        '0040': 'eba_qCO:qx2000',
        '0050': 'F1',
        '0060': 'eba_TA:S19',
        '0070': '2025-09-01',
        '0080': OPEN_DATE,
        '0130': DE,
        '0140': 'eba_BT:x28',
        '0150': DE,
        '0160': DE
      }),
      // what the company believes of a contract whose traffic goes to the United States
      row({
        '0010': 'C-2026-004',
        '0020': INSURER,
        '0030': '5493001TESTPACI00037',
        '0040': 'eba_qCO:qx2000',
        '0050': 'F3',
        '0060': 'eba_TA:S19',
        '0070': '2025-09-01',
        '0080': OPEN_DATE,
        '0130': 'eba_GA:IE',
        '0140': 'eba_BT:x29',
        '0150': NO_COUNTRY,
        '0160': 'eba_GA:IE'
      })
    ]
  ],
  ['B_03.01', [row({ '0010': 'C-2026-001', '0020': BANK, '0030': 'true' })]],
  ['B_04.01', [row({ '0010': 'C-2026-001', '0020': BANK, '0030': 'eba_ZZ:x839', '0040': NOT_APPLICABLE })]],
  [
    'B_06.01',
    [
      served('F1', 'Kundendienst', BANK, false),
      served('F2', 'Kreditvergabe', BANK, true),
      served('F3', 'Schadensbearbeitung', INSURER, true),
      served('F4', 'Vertragsverwaltung', LEASING, false)
    ]
  ],
  [
    'B_07.01',
    [
      row({
        '0010': 'C-2026-004',
        '0020': '5493001TESTPACI00037',
        '0030': 'eba_qCO:qx2000',
        '0040': 'eba_TA:S19',
        '0050': 'eba_ZZ:x961',
        '0060': '',
        '0070': '2026-04-01',
        '0080': 'eba_BT:x28',
        '0090': 'eba_ZZ:x798',
        '0100': 'eba_ZZ:x793',
        '0110': 'eba_BT:x28',
        '0120': 'Nordlicht'
      })
    ]
  ],
  [
    'B_99.01',
    [row({ '0040': 'Öffentliche Daten', '0050': 'Kontaktdaten', '0060': 'Konto- und Gesundheitsdaten' })]
  ]
])
