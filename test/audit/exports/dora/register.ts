import { NO_COUNTRY, NOT_APPLICABLE, OPEN_DATE } from '../../../../src/audit/exports/dora/lists.ts'
import type { PackageName, Register, Row } from '../../../../src/audit/exports/dora/package.ts'

/** A small whole register: one bank with a branch, one contract with an AI provider and its parent. */

/** Made up, with right check digits. */
export const BANK = '5299001TESTBANK00061'
export const VENDOR = '5493001TESTVENDOR042'
export const PARENT = '5493001TESTPARENT067'

export const NAME: PackageName = {
  lei: BANK,
  scope: 'IND',
  country: 'DE',
  referenceDate: '2025-12-31',
  createdMs: Date.parse('2026-03-01T10:00:00.123Z')
}

const LEI = 'eba_qCO:qx2000'
const DE = 'eba_GA:DE'
const EUR = 'eba_CU:EUR'
const SAAS = 'eba_TA:S19'

function row(...cells: readonly (readonly [column: string, value: string])[]): Row {
  return new Map(cells.map(([column, value]) => [`c${column}`, value]))
}

/** @param changes by `B_02.02/c0070`, in every row of the template */
export function register(changes: Readonly<Record<string, string>> = {}): Register {
  const tables: Readonly<Record<string, Row[]>> = {
    'B_01.01': [
      row(
        ['0010', BANK],
        ['0020', 'Prüfbank AG'],
        ['0030', DE],
        ['0040', 'eba_CT:x12'],
        ['0050', 'BaFin'],
        ['0060', '2026-03-01']
      )
    ],
    'B_01.02': [
      row(
        ['0010', BANK],
        ['0020', 'Prüfbank AG'],
        ['0030', DE],
        ['0040', 'eba_CT:x12'],
        ['0050', 'eba_RP:x21'],
        ['0060', BANK],
        ['0070', '2026-03-01'],
        ['0080', '2025-01-17'],
        ['0090', OPEN_DATE],
        ['0100', EUR],
        ['0110', '1200000000']
      )
    ],
    'B_01.03': [row(['0010', 'BR-1'], ['0020', BANK], ['0030', 'Filiale Bremen'], ['0040', DE])],
    'B_02.01': [row(['0010', 'AI-1'], ['0020', 'eba_CO:x1'], ['0040', EUR], ['0050', '48000.50'])],
    'B_02.02': [
      row(
        ['0010', 'AI-1'],
        ['0020', BANK],
        ['0030', VENDOR],
        ['0040', LEI],
        ['0050', 'F1'],
        ['0060', SAAS],
        ['0070', '2025-02-01'],
        ['0080', OPEN_DATE],
        ['0100', '90'],
        ['0130', DE],
        ['0140', 'eba_BT:x29'],
        ['0150', NO_COUNTRY],
        ['0160', DE],
        ['0180', 'eba_ZZ:x795']
      )
    ],
    'B_02.03': [],
    'B_03.01': [row(['0010', 'AI-1'], ['0020', BANK], ['0030', 'true'])],
    'B_03.02': [row(['0010', 'AI-1'], ['0020', VENDOR], ['0030', LEI])],
    'B_03.03': [],
    'B_04.01': [row(['0010', 'AI-1'], ['0020', BANK], ['0030', 'eba_ZZ:x839'], ['0040', NOT_APPLICABLE])],
    'B_05.01': [provider(VENDOR, PARENT), provider(PARENT, PARENT)],
    'B_05.02': [
      row(
        ['0010', 'AI-1'],
        ['0020', SAAS],
        ['0030', VENDOR],
        ['0040', LEI],
        ['0050', '1'],
        ['0060', VENDOR],
        ['0070', LEI]
      )
    ],
    'B_06.01': [
      row(
        ['0010', 'F1'],
        ['0020', 'eba_TA:x276'],
        ['0030', 'Kundenservice, "Chat"'],
        ['0040', BANK],
        ['0050', 'eba_BT:x29'],
        ['0070', '2025-06-30'],
        ['0080', '24'],
        ['0090', '4'],
        ['0100', 'eba_ZZ:x791']
      )
    ],
    'B_07.01': [],
    'B_99.01': [row(['0040', 'Öffentliche Daten;\nkeine Personen'])]
  }
  return new Map(
    Object.entries(tables).map(([template, rows]) => [
      template,
      rows.map(one => changed(template, one, changes))
    ])
  )
}

function changed(template: string, one: Row, changes: Readonly<Record<string, string>>): Row {
  const cells = new Map(one)
  for (const [place, value] of Object.entries(changes)) {
    const [of, column = ''] = place.split('/')
    if (of === template) cells.set(column, value)
  }
  return cells
}

function provider(code: string, parent: string): Row {
  return row(
    ['0010', code],
    ['0020', LEI],
    ['0030', `${code}-EUID`],
    ['0050', 'Beispiel KI Ltd'],
    ['0060', 'Beispiel KI Ltd'],
    ['0070', 'eba_CT:x212'],
    ['0080', 'eba_GA:US'],
    ['0110', parent],
    ['0120', LEI]
  )
}
