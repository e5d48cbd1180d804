import * as cells from '../cells.ts'
import type { Cell } from '../export.ts'
import type { Declared } from '../declared/declared.ts'
import { recordsOf } from '../declared/names.ts'
import { codeTypeOf, countryCode, serviceCode, YES, NO } from './cell-codes.ts'
import { type FilledRow, row } from './filled.ts'
import { NO_COUNTRY, NOT_APPLICABLE, OPEN_DATE } from './lists.ts'
import type { Use } from './used.ts'

/** Rows that traffic proves, completed by what config and records declare of the same ids. */

const missing = cells.declared(null)
/** What the records repeat of config and profile as they were at the time: no request shows it by itself. */
const trail = (value: string | null | undefined): Cell =>
  cells.declared(value, 'trail, as declared at the time')

/** B_02.02: one row per contract, entity, provider, function, service and places. */
export function useRows(uses: readonly Use[], declared: Declared): FilledRow[] {
  return uses.map(use => {
    const contract = declared.contracts.get(use.contract ?? '')
    const source = `config: contracts ${use.contract ?? ''}`
    const stores = storesData(use, declared)
    const exit = recordsOf(declared, use.provider)?.exit
    const critical = (cell: Cell): Cell | null => (use.critical ? cell : null)
    return row(
      ['0010', trail(use.contract)],
      ['0020', trail(use.entity)],
      ['0030', trail(use.code)],
      ['0040', use.code === null ? missing : cells.derived(codeTypeOf(use.code))],
      ['0050', trail(use.function)],
      ['0060', trail(serviceCode(use.service))],
      ['0070', cells.declared(contract?.from, source)],
      ['0080', contract === undefined ? missing : cells.declared(contract.to ?? OPEN_DATE, source)],
      ['0090', contract?.to != null && contract.to < cells.isoDay(declared.nowMs) ? missing : null],
      [
        '0100',
        critical(
          cells.declared(
            exit?.noticeDays === undefined ? null : String(exit.noticeDays),
            'records: providers.exit.noticeDays'
          )
        )
      ],
      ['0110', critical(missing)],
      ['0120', critical(missing)],
      ['0130', missing],
      [
        '0140',
        stores === null ? missing : cells.derived(stores ? YES : NO, 'config: retention of the deployment')
      ],
      [
        '0150',
        stores === false ? cells.derived(NO_COUNTRY, 'nothing is stored') : trail(countryCode(use.storage))
      ],
      ['0160', trail(countryCode(use.processing))],
      ['0170', stores === true ? critical(missing) : null],
      ['0180', critical(missing)]
    )
  })
}

/** Null: nobody said. */
function storesData({ provider, storage }: Use, { deployments }: Declared): boolean | null {
  const days = [...deployments.values()]
    .filter(one => one.provider === provider)
    .map(one => one.retentionDays)
  if (days.length > 0 && days.every(one => one === 0)) return false
  return storage === null ? null : true
}

/** B_02.01: contracts of the config, and those that traffic names. @param spent estimated cost by contract */
export function contractRows(
  uses: readonly Use[],
  { contracts }: Declared,
  spent: ReadonlyMap<string, Spent>
): FilledRow[] {
  const used = uses.flatMap(({ contract }) => contract ?? [])
  return unique([...contracts.keys(), ...used], name => name).map(reference => {
    const cost = spent.get(reference)
    return row(
      ['0010', contracts.has(reference) ? cells.declared(reference, 'config: contracts') : trail(reference)],
      ['0020', missing],
      ['0040', cost === undefined ? missing : cells.derived(`eba_CU:${cost.currency}`, 'trail: cost')],
      [
        '0050',
        cost === undefined ? missing : cells.derived(cost.amount.toFixed(2), 'trail: cost, an estimate')
      ]
    )
  })
}

export interface Spent {
  /** ISO 4217. */
  readonly currency: string
  /** In whole units with decimals. */
  readonly amount: number
}

/** B_03.01: nothing here knows who signed. */
export function signingRows(uses: readonly Use[], { contracts }: Declared): FilledRow[] {
  const all = unique([...contracts.keys(), ...uses.flatMap(({ contract }) => contract ?? [])], name => name)
  return all.map(reference =>
    row(
      ['0010', cells.declared(reference, 'config: contracts')],
      ['0020', missing],
      ['0030', cells.derived('true')]
    )
  )
}

/** B_03.02: the contract partner of each contract. */
export function partnerRows(uses: readonly Use[], { contracts, providers }: Declared): FilledRow[] {
  const declared = [...contracts.values()].map(({ reference, provider }) => ({
    contract: reference,
    code: providers.get(provider)?.code ?? null
  }))
  const all = [...declared, ...uses].filter(({ contract, code }) => contract !== null && code !== null)
  return unique(all, ({ contract, code }) => `${contract} ${code}`).map(({ contract, code }) =>
    row(
      ['0010', cells.declared(contract, 'config: contracts')],
      ['0020', cells.declared(code, 'config: profile of the provider')],
      ['0030', cells.derived(codeTypeOf(code ?? ''))]
    )
  )
}

/** B_04.01: who uses a contract. Branches are only what calls name. */
export function userRows(uses: readonly Use[]): FilledRow[] {
  const used = uses.filter(({ contract, entity }) => contract !== null && entity !== null)
  return unique(used, ({ contract, entity }) => `${contract} ${entity}`).map(({ contract, entity }) =>
    row(
      ['0010', trail(contract)],
      ['0020', trail(entity)],
      ['0030', cells.derived('eba_ZZ:x839', 'no call names a branch')],
      ['0040', cells.derived(NOT_APPLICABLE, 'no call names a branch')]
    )
  )
}

const BEHIND = 'records: providers.subcontractors'

/** B_05.02: the provider itself at rank 1, those behind it as declared. */
export function chainRows(uses: readonly Use[], declared: Declared): FilledRow[] {
  const used = uses.filter(
    ({ contract, service, code }) => contract !== null && service !== null && code !== null
  )
  return unique(used, ({ contract, service, code }) => `${contract} ${service} ${code}`).flatMap(use => {
    const code = use.code ?? ''
    const behind = recordsOf(declared, use.provider)?.subcontractors ?? []
    const link = (of: string, rank: Cell, to: string | undefined, cell: Cell): FilledRow =>
      row(
        ['0010', trail(use.contract)],
        ['0020', trail(serviceCode(use.service))],
        ['0030', cell],
        ['0040', cells.derived(codeTypeOf(of))],
        ['0050', rank],
        // a rank with several holders says nothing of who works for whom
        ['0060', to === undefined ? missing : cells.derived(to)],
        ['0070', to === undefined ? missing : cells.derived(codeTypeOf(to))]
      )
    const own = link(code, cells.derived('1', 'the contract partner'), code, trail(code))
    const others = behind.map(one => {
      const above =
        one.rank === 2 ? [code] : behind.filter(({ rank }) => rank === one.rank - 1).map(each => each.code)
      return link(
        one.code,
        cells.declared(String(one.rank), BEHIND),
        above.length === 1 ? above[0] : undefined,
        cells.declared(one.code, BEHIND)
      )
    })
    return [own, ...others]
  })
}

/** B_07.01: what critical functions use is assessed; the assessment itself is the company's. */
export function assessmentRows(uses: readonly Use[], declared: Declared): FilledRow[] {
  const used = uses.filter(
    one => one.critical && one.contract !== null && one.code !== null && one.service !== null
  )
  return unique(used, ({ contract, code, service }) => `${contract} ${code} ${service}`).map(use => {
    const exit = recordsOf(declared, use.provider)?.exit
    const alternatives = exit?.alternatives
    return row(
      ['0010', trail(use.contract)],
      ['0020', trail(use.code)],
      ['0030', cells.derived(codeTypeOf(use.code ?? ''))],
      ['0040', trail(serviceCode(use.service))],
      ['0050', missing],
      ['0060', missing],
      ['0070', missing],
      ['0080', exit?.plan === undefined ? missing : cells.declared(YES, 'records: providers.exit.plan')],
      ['0090', missing],
      ['0100', missing],
      [
        '0110',
        alternatives === undefined ? missing : cells.declared(YES, 'records: providers.exit.alternatives')
      ],
      [
        '0120',
        alternatives === undefined
          ? null
          : cells.declared(alternatives.join(', '), 'records: providers.exit.alternatives')
      ]
    )
  })
}

export function unique<T>(values: readonly T[], nameOf: (value: T) => string): T[] {
  return [...new Map(values.toReversed().map(value => [nameOf(value), value])).values()].toReversed()
}
