import * as cells from '../cells.ts'
import type { Declared, DeclaredProvider } from '../declared/declared.ts'
import { recordsOf } from '../declared/names.ts'
import { codeTypeOf, countryCode, NO, YES } from './cell-codes.ts'
import { type FilledRow, row } from './filled.ts'
import { OPEN_DATE } from './lists.ts'
import { TEMPLATES } from './templates.ts'

/** Rows that config and records declare, whether or not there was traffic. */

const CODE = 'records: providers'

export function maintainer({ records, nowMs }: Declared): FilledRow[] {
  const { organisation } = records
  if (organisation?.lei === undefined) return []
  return [
    row(
      ['0010', cells.declared(organisation.lei, 'records: organisation.lei')],
      ['0020', cells.declared(organisation.name, 'records: organisation.name')],
      ['0030', cells.declared(countryCode(organisation.country), 'records: organisation.country')],
      ['0040', cells.declared(null)],
      ['0050', cells.declared(organisation.authority, 'records: organisation.authority')],
      ['0060', cells.derived(cells.isoDay(nowMs), 'day of the export')]
    )
  ]
}

/** Entities that use services: the controllers of all purposes. */
export function entities({ purposes, records, nowMs }: Declared): FilledRow[] {
  const known = new Map<string, { name: string; country: string | undefined; source: string }>()
  for (const { id, controller } of purposes.values())
    if (controller?.codeType === 'LEI' && controller.code !== null)
      known.set(controller.code, {
        name: controller.name,
        country: undefined,
        source: `config: apps.purpose ${id}`
      })
  const { organisation } = records
  if (organisation?.lei !== undefined)
    known.set(organisation.lei, {
      name: organisation.name,
      country: countryCode(organisation.country),
      source: 'records: organisation'
    })
  const today = cells.derived(cells.isoDay(nowMs), 'day of the export')
  return [...known].map(([lei, { name, country, source }]) =>
    row(
      ['0010', cells.declared(lei, source)],
      ['0020', cells.declared(name, source)],
      ['0030', cells.declared(country, source)],
      ['0040', cells.declared(null)],
      ['0050', cells.declared(null)],
      ['0060', cells.declared(null)],
      ['0070', today],
      ['0080', today],
      ['0090', cells.derived(OPEN_DATE, 'in the config, so active')]
    )
  )
}

export function functions({ purposes }: Declared): FilledRow[] {
  const rows = new Map<string, FilledRow>()
  for (const { id, controller, function: served } of purposes.values()) {
    if (served === null || controller?.codeType !== 'LEI' || controller.code === null) continue
    const source = `config: apps.purpose ${id}`
    const key = `${served.id} ${controller.code}`
    rows.set(
      key,
      row(
        ['0010', cells.declared(served.id, source)],
        ['0020', cells.declared(null)],
        ['0030', cells.declared(served.name, source)],
        ['0040', cells.declared(controller.code, source)],
        ['0050', cells.declared(served.critical ? YES : NO, source)],
        ['0070', cells.declared(null)],
        ['0080', cells.declared(null)],
        ['0090', cells.declared(null)],
        ['0100', cells.declared(null)]
      )
    )
  }
  return [...rows.values()]
}

/** B_99.01: what the company means by the words of the closed lists; nobody else can say. */
export function definitions(): FilledRow[] {
  const columns = TEMPLATES.find(({ code }) => code === 'B_99.01')?.columns ?? []
  return [new Map(columns.map(({ code }) => [code, cells.declared(null)]))]
}

/** A provider as B_05.01 has it, its parent and those behind it. @param spent estimated, in the currency given */
export function providerRows(
  declared: Declared,
  provider: DeclaredProvider,
  spent: { readonly currency: string; readonly amount: number } | null
): FilledRow[] {
  const { id, code, name, version } = provider
  if (code === null) return []
  const source = `config: profile ${id}, version ${version}`
  const more = recordsOf(declared, id)
  const parent = more?.parent
  const own = row(
    ['0010', cells.declared(code, source)],
    ['0020', cells.derived(codeTypeOf(code), source)],
    ['0050', cells.declared(name, source)],
    ['0060', isLatin(name) ? cells.derived(name ?? '', source) : cells.declared(null)],
    ['0070', cells.declared(null)],
    ['0080', cells.declared(countryCode(more?.headquarters), `${CODE}.headquarters`)],
    ['0090', spent === null ? null : cells.derived(`eba_CU:${spent.currency}`, 'trail: cost')],
    ['0100', spent === null ? null : cells.derived(spent.amount.toFixed(2), 'trail: cost, an estimate')],
    ['0110', cells.declared(parent?.code, `${CODE}.parent`)],
    ['0120', parent?.code === undefined ? cells.declared(null) : cells.derived(codeTypeOf(parent.code))]
  )
  const behind = more?.subcontractors ?? []
  return [
    own,
    ...(parent?.code === undefined || parent.code === code
      ? []
      : [company(parent.code, parent.name, undefined, true)]),
    ...behind.map(one => company(one.code, one.name, one.country, false))
  ]
}

/** @param isTop nobody owns it, so it is its own ultimate parent */
function company(code: string, name: string, country: string | undefined, isTop: boolean): FilledRow {
  return row(
    ['0010', cells.declared(code, CODE)],
    ['0020', cells.derived(codeTypeOf(code), CODE)],
    ['0050', cells.declared(name, CODE)],
    ['0060', isLatin(name) ? cells.derived(name, CODE) : cells.declared(null)],
    ['0070', cells.declared(null)],
    ['0080', cells.declared(countryCode(country), CODE)],
    ['0110', isTop ? cells.derived(code, `${CODE}.parent`) : cells.declared(null)],
    ['0120', isTop ? cells.derived(codeTypeOf(code), `${CODE}.parent`) : cells.declared(null)]
  )
}

function isLatin(name: string | null): boolean {
  return name !== null && /^[\p{Script=Latin}\p{N}\p{P}\p{S}\p{Z}]+$/u.test(name)
}
