import type { Declared, DeclaredPurpose } from '../declared/declared.ts'
import { SAID } from './said.ts'

/**
 * A made-up group of three companies and what it declared, with the faults that records are there to find. All names are
 * invented; codes have right check digits and belong to nobody.
 */

export const BANK = '5299001TESTBANK00061'
export const INSURER = '5299001TESTVERS00062'
export const LEASING = '5299001TESTLEAS00046'

export const FROM = '2026-07-01'
export const TO = '2026-09-30'
/** When the sample records are looked at. */
export const NOW_MS = Date.UTC(2026, 9, 5, 9)

interface DemoProvider {
  readonly id: string
  readonly deployment: string
  readonly name: string | null
  readonly code: string
  readonly model: string
  readonly contract: string | null
  readonly dpa: string | null
  readonly places: readonly string[]
  readonly host: string
  readonly mechanism: 'adequacy_dpf' | 'unknown' | undefined
}

/** Five providers that were used, and one that has a contract only. */
export const PROVIDERS: readonly DemoProvider[] = [
  {
    id: 'nordlicht',
    deployment: 'nordlicht-de',
    name: 'Nordlicht Modelle GmbH',
    code: '3912001TESTNORD00086',
    model: 'polar-2',
    contract: 'C-2026-001',
    dpa: 'avv-nordlicht-1',
    places: ['DE'],
    host: 'api.nordlicht.example',
    mechanism: undefined
  },
  {
    id: 'atlantique',
    deployment: 'atlantique-fr',
    name: 'Atlantique IA SAS',
    code: '9695001TESTATLA00087',
    model: 'vague-large',
    contract: 'C-2025-007',
    dpa: 'avv-atlantique-1',
    places: ['FR'],
    host: 'api.atlantique.example',
    mechanism: undefined
  },
  {
    id: 'shamrock',
    deployment: 'shamrock-ie',
    name: 'Shamrock AI Ltd',
    code: '6354001TESTEXAM00002',
    model: 'clover-4',
    contract: 'C-2026-003',
    dpa: 'avv-shamrock-2',
    places: ['IE'],
    host: 'eu.shamrock.example',
    mechanism: undefined
  },
  {
    id: 'pacific',
    deployment: 'pacific-us',
    name: 'Pacific Compute Inc',
    code: '5493001TESTPACI00037',
    model: 'polar-2',
    contract: 'C-2026-004',
    dpa: 'avv-pacific-1',
    places: ['US'],
    host: 'api.pacific.example',
    mechanism: 'adequacy_dpf'
  },
  {
    id: 'tryout',
    deployment: 'tryout-sg',
    name: null,
    code: '8945001TESTTRYO00033',
    model: 'tryout-1',
    contract: null,
    dpa: null,
    places: ['SG'],
    host: 'api.tryout.example',
    mechanism: 'unknown'
  },
  {
    id: 'suedwind',
    deployment: 'suedwind-de',
    name: 'Südwind KI AG',
    code: '3912001TESTSUED00069',
    model: 'foehn-1',
    contract: 'C-2026-005',
    dpa: 'avv-suedwind-1',
    places: ['DE'],
    host: 'api.suedwind.example',
    mechanism: undefined
  }
]

export interface DemoApp {
  readonly app: string
  readonly purpose: string
  readonly entity: string
  readonly function: string | null
  readonly critical: boolean
  readonly provider: string
  readonly basis: '6_1_b' | '6_1_f' | undefined
  readonly special: '9_2_f' | undefined
  readonly risk: string
  readonly classes: readonly string[]
}

export const APPS: readonly DemoApp[] = [
  {
    app: 'support-bot',
    purpose: 'p-support',
    entity: BANK,
    function: 'F1',
    critical: false,
    provider: 'nordlicht',
    basis: '6_1_b',
    special: undefined,
    risk: 'transparency_art50',
    classes: ['PERSON', 'EMAIL', 'PHONE']
  },
  {
    app: 'credit-desk',
    purpose: 'p-credit',
    entity: BANK,
    function: 'F2',
    critical: true,
    provider: 'shamrock',
    basis: '6_1_b',
    special: undefined,
    risk: 'high_annexIII_5b',
    classes: ['PERSON', 'IBAN', 'BIRTH_DATE']
  },
  {
    app: 'claims',
    purpose: 'p-claims',
    entity: INSURER,
    function: 'F3',
    critical: true,
    provider: 'pacific',
    basis: '6_1_b',
    special: '9_2_f',
    risk: 'high_annexIII_5c',
    classes: ['PERSON', 'ADDRESS']
  },
  {
    app: 'contract-reader',
    purpose: 'p-contracts',
    entity: LEASING,
    function: 'F4',
    critical: false,
    provider: 'atlantique',
    basis: '6_1_f',
    special: undefined,
    risk: 'minimal',
    classes: ['PERSON', 'IBAN']
  },
  {
    app: 'campaigns',
    purpose: 'p-campaigns',
    entity: LEASING,
    function: null,
    critical: false,
    provider: 'tryout',
    basis: undefined,
    special: undefined,
    risk: 'minimal',
    classes: ['EMAIL']
  }
]

const names = new Map([
  [BANK, 'Prüfbank AG'],
  [INSURER, 'Prüf Versicherung AG'],
  [LEASING, 'Prüf Leasing GmbH']
])
const titles = new Map([
  ['p-support', 'Antworten im Kundendienst'],
  ['p-credit', 'Vorbereitung von Kreditentscheidungen'],
  ['p-claims', 'Zusammenfassen von Schadensakten'],
  ['p-contracts', 'Auslesen von Leasingverträgen']
])
const functionNames = new Map([
  ['F1', 'Kundendienst'],
  ['F2', 'Kreditvergabe'],
  ['F3', 'Schadensbearbeitung'],
  ['F4', 'Vertragsverwaltung']
])

function purposeOf({ purpose: id, entity, function: served, critical, risk }: DemoApp): DeclaredPurpose {
  return {
    id,
    version: 1,
    title: titles.get(id) ?? null,
    controller: { name: names.get(entity) ?? '', code: entity, codeType: 'LEI' },
    function: served === null ? null : { id: served, name: functionNames.get(served) ?? null, critical },
    dataSubjects: id === 'p-campaigns' ? [] : ['customers'],
    dpia: critical ? `dpia-${id}` : null,
    ropa: `vvt-${id}`,
    fria: null,
    disclosure: risk === 'transparency_art50' ? 'notice-12' : null
  }
}

/** What the group declared. */
export const COMPANY: Declared = {
  purposes: new Map(APPS.map(app => [app.purpose, purposeOf(app)])),
  deployments: new Map(
    PROVIDERS.map(({ id, deployment, places, model }) => [
      deployment,
      { id: deployment, provider: id, places, models: [model], retentionDays: 30 }
    ])
  ),
  providers: new Map(
    PROVIDERS.map(({ id, name, code }) => [id, { id, name, code, codeType: 'LEI', version: 2 }])
  ),
  contracts: new Map(
    PROVIDERS.flatMap(({ id, contract }) =>
      contract === null
        ? []
        : [
            [
              contract,
              {
                reference: contract,
                provider: id,
                from: '2025-09-01',
                // the expired contract of the sample
                to: contract === 'C-2025-007' ? '2026-08-31' : null
              }
            ] as const
          ]
    )
  ),
  records: SAID,
  nowMs: NOW_MS
}
