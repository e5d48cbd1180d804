import * as cells from '../cells.ts'
import type { ExportSource, Period } from '../export.ts'
import { definitions, entities, functions, maintainer, providerRows } from './declared-rows.ts'
import { type FilledRegister, merge } from './filled.ts'
import {
  assessmentRows,
  chainRows,
  contractRows,
  partnerRows,
  signingRows,
  type Spent,
  useRows,
  userRows
} from './traffic-rows.ts'
import { usesOf } from './used.ts'

/**
 * All fifteen templates: the register that the company keeps, completed by what config and records declare and by what
 * traffic of the period proves.
 */
export async function fillRegister(source: ExportSource, period: Period): Promise<FilledRegister> {
  const { declared } = source
  const uses = await usesOf(source, period)
  const spent = await spending(source, period, 'contract')
  const bySupplier = await spending(source, period, 'provider')
  const named = new Set([
    ...uses.flatMap(({ provider }) => provider ?? []),
    ...[...declared.contracts.values()].map(({ provider }) => provider)
  ])
  const providers = [...declared.providers.values()].filter(({ id }) => named.has(id))
  const attributed = uses.filter(({ contract }) => contract !== null)
  return merge(
    await source.register(),
    new Map([
      ['B_01.01', maintainer(declared)],
      ['B_01.02', entities(declared)],
      ['B_02.01', contractRows(attributed, declared, spent)],
      ['B_02.02', useRows(attributed, declared)],
      ['B_03.01', signingRows(attributed, declared)],
      ['B_03.02', partnerRows(attributed, declared)],
      ['B_04.01', userRows(attributed)],
      ['B_05.01', providers.flatMap(one => providerRows(declared, one, bySupplier.get(one.id) ?? null))],
      ['B_05.02', chainRows(attributed, declared)],
      ['B_06.01', functions(declared)],
      ['B_07.01', assessmentRows(attributed, declared)],
      ['B_99.01', definitions()]
    ])
  )
}

/** Estimated cost of ended attempts; where there are several currencies, none is said. */
async function spending(
  { observed }: ExportSource,
  period: Period,
  dimension: 'contract' | 'provider'
): Promise<Map<string, Spent>> {
  const totals = new Map<string, Map<string, number>>()
  for (const type of ['completed', 'failed']) {
    const filter = cells.ofType(`ai.request.${type}`, period)
    for (const { key, cost_micro: micro = 0 } of await observed.aggregate(filter, [dimension, 'currency'])) {
      const [id, currency] = [key[dimension], key['currency']]
      if (id == null || currency == null || micro === 0) continue
      const sums = totals.get(id) ?? new Map<string, number>()
      totals.set(id, sums.set(currency, (sums.get(currency) ?? 0) + micro))
    }
  }
  return new Map(
    [...totals].flatMap(([id, sums]) =>
      sums.size === 1
        ? [...sums].map(([currency, micro]) => [id, { currency, amount: micro / 1_000_000 }] as const)
        : []
    )
  )
}
