import { type Event, sum } from './traffic.ts'

/**
 * What all fifteen templates must hold for the sample quarter, written down by hand from what the sample group keeps,
 * declares and did: by template, one text per row with each cell as `column=letter value`. Letters: `o` observed, `d`
 * declared, `a` derived by arithmetic, `-` missing. A column that is not named does not apply.
 */

const BANK = '5299001TESTBANK00061'
const INSURER = '5299001TESTVERS00062'
const LEASING = '5299001TESTLEAS00046'
const NORD = '3912001TESTNORD00086'
const ATLANTIC = '9695001TESTATLA00087'
const IRISH = '6354001TESTEXAM00002'
const PACIFIC = '5493001TESTPACI00037'
const SOUTH = '3912001TESTSUED00069'
const TRYOUT = '8945001TESTTRYO00033'
const HOLDING = '5493001TESTHOLD00046'
const HOST = '2138001TESTHOST00021'

const LEI = 'a eba_qCO:qx2000'
const SAAS = 'd eba_TA:S19'
const OPEN = 'd 9999-12-31'

/** `0010 d X | 0020 -` … */
const row = (cells: Readonly<Record<string, string>>): string =>
  Object.entries(cells)
    .map(([code, cell]) => `c${code}=${cell}`)
    .sort()
    .join('\n')

/** What attempts of a contract or provider cost, in the currency of the price list. */
const cost = (all: readonly Event[], of: (event: Event) => boolean): string => {
  const ended = all.filter(({ event_type: type }) => /ai\.request\.(completed|failed)/.test(type))
  return `a ${(sum(ended.filter(of).map(one => one.cost?.micro ?? 0)) / 1e6).toFixed(2)}`
}

const company = (lei: string, name: string, type: string, hierarchy: string) =>
  row({
    '0010': `d ${lei}`,
    '0020': `d ${name}`,
    '0030': 'd eba_GA:DE',
    '0040': `d eba_CT:${type}`,
    '0050': `d eba_RP:${hierarchy}`,
    '0060': `d ${BANK}`,
    '0070': 'd 2026-03-01',
    '0080': 'd 2025-01-17',
    '0090': OPEN,
    '0100': 'd eba_CU:EUR',
    '0110': 'd 1200000000'
  })

const used = (contract: string, entity: string, provider: string, served: string, place: string) => ({
  '0010': `d ${contract}`,
  '0020': `d ${entity}`,
  '0030': `d ${provider}`,
  '0040': LEI,
  '0050': `d ${served}`,
  '0060': SAAS,
  '0070': 'd 2025-09-01',
  '0080': OPEN,
  '0130': '-',
  // kept for 30 days by the deployment
  '0140': 'a eba_BT:x28',
  '0150': `d eba_GA:${place}`,
  '0160': `d eba_GA:${place}`
})

const vendor = (code: string, name: string | null, more: Readonly<Record<string, string>>) =>
  row({
    '0010': `d ${code}`,
    '0020': LEI,
    '0050': name === null ? '-' : `d ${name}`,
    '0060': name === null ? '-' : `a ${name}`,
    '0070': '-',
    '0080': '-',
    '0110': '-',
    '0120': '-',
    ...more
  })

const chain = (contract: string, provider: string, rank: string, to: string) =>
  row({
    '0010': `d ${contract}`,
    '0020': SAAS,
    '0030': `d ${provider}`,
    '0040': LEI,
    '0050': rank,
    '0060': `a ${to}`,
    '0070': LEI
  })

const served = (id: string, name: string, lei: string, critical: boolean) =>
  row({
    '0010': `d ${id}`,
    '0020': 'd eba_TA:x276',
    '0030': `d ${name}`,
    '0040': `d ${lei}`,
    '0050': critical ? 'd eba_BT:x28' : 'd eba_BT:x29',
    '0070': 'd 2026-02-28',
    '0080': 'd 24',
    '0090': 'd 4',
    '0100': critical ? 'd eba_ZZ:x793' : 'd eba_ZZ:x791'
  })

const UNSIGNED = ['C-2025-007', 'C-2026-003', 'C-2026-004', 'C-2026-005']
const PARTNERS = {
  'C-2025-007': ATLANTIC,
  'C-2026-001': NORD,
  'C-2026-003': IRISH,
  'C-2026-004': PACIFIC,
  'C-2026-005': SOUTH
}

export function templates(all: readonly Event[]): Readonly<Record<string, readonly string[]>> {
  const ofContract = (reference: string) => cost(all, one => one.contract_ref === reference)
  const spent = (id: string) => ({ '0090': 'a eba_CU:EUR', '0100': cost(all, one => one.provider.id === id) })
  const user = (contract: string, entity: string) =>
    row({
      '0010': `d ${contract}`,
      '0020': `d ${entity}`,
      '0030': 'a eba_ZZ:x839',
      '0040': 'a Not Applicable'
    })
  return {
    'B_01.01': [
      row({
        '0010': `d ${BANK}`,
        '0020': 'd Prüfbank AG',
        '0030': 'd eba_GA:DE',
        '0040': 'd eba_CT:x12',
        '0050': 'd BaFin',
        '0060': 'd 2026-03-01'
      })
    ],
    'B_01.02': [
      company(BANK, 'Prüfbank AG', 'x12', 'x53'),
      company(INSURER, 'Prüf Versicherung AG', 'x309', 'x56'),
      company(LEASING, 'Prüf Leasing GmbH', 'x316', 'x56')
    ],
    'B_01.03': [],
    'B_02.01': [
      row({ '0010': 'd C-2026-001', '0020': 'd eba_CO:x1', '0040': 'd eba_CU:EUR', '0050': 'd 48000' }),
      ...['C-2025-007', 'C-2026-003', 'C-2026-004'].map(reference =>
        row({
          '0010': `d ${reference}`,
          '0020': '-',
          '0040': 'a eba_CU:EUR',
          '0050': ofContract(reference)
        })
      ),
      // never used, so nothing is known of its cost
      row({ '0010': 'd C-2026-005', '0020': '-', '0040': '-', '0050': '-' })
    ],
    'B_02.02': [
      // ended on 31 August: somebody must say why
      row({ ...used('C-2025-007', LEASING, ATLANTIC, 'F4', 'FR'), '0080': 'd 2026-08-31', '0090': '-' }),
      // the company's own rows, as they were
      row({
        ...used('C-2026-001', BANK, NORD, 'F1', 'DE'),
        '0040': 'd eba_qCO:qx2000',
        '0130': 'd eba_GA:DE',
        '0140': 'd eba_BT:x28'
      }),
      row({
        ...used('C-2026-004', INSURER, PACIFIC, 'F3', 'IE'),
        '0040': 'd eba_qCO:qx2000',
        '0100': '-',
        '0110': '-',
        '0120': '-',
        '0130': 'd eba_GA:IE',
        // it says that nothing is stored, so nothing stored is sensitive
        '0140': 'd eba_BT:x29',
        '0150': 'd eba_GA:qx2007',
        '0180': '-'
      }),
      row({
        ...used('C-2026-003', BANK, IRISH, 'F2', 'IE'),
        '0100': '-',
        '0110': '-',
        '0120': '-',
        '0170': '-',
        '0180': '-'
      }),
      row(used('C-2026-004', BANK, PACIFIC, 'F1', 'US'))
    ],
    'B_02.03': [],
    'B_03.01': [
      row({ '0010': 'd C-2026-001', '0020': `d ${BANK}`, '0030': 'd true' }),
      ...UNSIGNED.map(reference => row({ '0010': `d ${reference}`, '0020': '-', '0030': 'a true' }))
    ],
    'B_03.02': Object.entries(PARTNERS).map(([reference, code]) =>
      row({ '0010': `d ${reference}`, '0020': `d ${code}`, '0030': LEI })
    ),
    'B_03.03': [],
    'B_04.01': [
      row({
        '0010': 'd C-2026-001',
        '0020': `d ${BANK}`,
        '0030': 'd eba_ZZ:x839',
        '0040': 'd Not Applicable'
      }),
      user('C-2025-007', LEASING),
      user('C-2026-003', BANK),
      user('C-2026-004', BANK),
      user('C-2026-004', INSURER)
    ],
    'B_05.01': [
      vendor(NORD, 'Nordlicht Modelle GmbH', {
        ...spent('nordlicht'),
        '0080': 'd eba_GA:DE',
        '0110': `d ${HOLDING}`,
        '0120': LEI
      }),
      vendor(PACIFIC, 'Pacific Compute Inc', {
        ...spent('pacific'),
        '0080': 'd eba_GA:US',
        '0110': `d ${HOLDING}`,
        '0120': LEI
      }),
      vendor(ATLANTIC, 'Atlantique IA SAS', spent('atlantique')),
      vendor(IRISH, 'Shamrock AI Ltd', spent('shamrock')),
      vendor(TRYOUT, null, spent('tryout')),
      vendor(SOUTH, 'Südwind KI AG', {}),
      // named as the parent of two, so its own
      vendor(HOLDING, 'Polar Holding AB', { '0110': `a ${HOLDING}`, '0120': LEI }),
      vendor(HOST, 'Hosting Nord AG', { '0080': 'd eba_GA:DE' })
    ],
    'B_05.02': [
      chain('C-2025-007', ATLANTIC, 'a 1', ATLANTIC),
      chain('C-2026-001', NORD, 'a 1', NORD),
      chain('C-2026-001', HOST, 'd 2', NORD),
      chain('C-2026-003', IRISH, 'a 1', IRISH),
      chain('C-2026-004', PACIFIC, 'a 1', PACIFIC)
    ],
    'B_06.01': [
      served('F1', 'Kundendienst', BANK, false),
      served('F2', 'Kreditvergabe', BANK, true),
      served('F3', 'Schadensbearbeitung', INSURER, true),
      served('F4', 'Vertragsverwaltung', LEASING, false)
    ],
    'B_07.01': [
      row({
        '0010': 'd C-2026-004',
        '0020': `d ${PACIFIC}`,
        '0030': 'd eba_qCO:qx2000',
        '0040': SAAS,
        '0050': 'd eba_ZZ:x961',
        '0070': 'd 2026-04-01',
        '0080': 'd eba_BT:x28',
        '0090': 'd eba_ZZ:x798',
        '0100': 'd eba_ZZ:x793',
        '0110': 'd eba_BT:x28',
        '0120': 'd Nordlicht'
      }),
      row({
        '0010': 'd C-2026-003',
        '0020': `d ${IRISH}`,
        '0030': LEI,
        '0040': SAAS,
        ...Object.fromEntries(
          ['0050', '0060', '0070', '0080', '0090', '0100', '0110'].map(code => [code, '-'])
        )
      })
    ],
    'B_99.01': [
      row({
        ...Object.fromEntries(
          Array.from({ length: 19 }, (_, at) => [String((at + 1) * 10).padStart(4, '0'), '-'])
        ),
        '0040': 'd Öffentliche Daten',
        '0050': 'd Kontaktdaten',
        '0060': 'd Konto- und Gesundheitsdaten'
      })
    ]
  }
}
