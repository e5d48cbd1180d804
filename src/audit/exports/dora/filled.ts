import type { Cell } from '../export.ts'
import { YES } from './cell-codes.ts'
import type { Register, Row } from './package.ts'
import { type Template, TEMPLATES } from './templates.ts'

/** A row of the register, each cell with where it comes from; one that is not there does not apply. */
export type FilledRow = ReadonlyMap<string, Cell>
/** Rows by template code. */
export type FilledRegister = ReadonlyMap<string, readonly FilledRow[]>

/** `['0010', cell]` … ; cells left out do not apply. */
export function row(...cells: readonly (readonly [column: string, cell: Cell | null])[]): FilledRow {
  return new Map(cells.flatMap(([column, cell]) => (cell === null ? [] : [[`c${column}`, cell] as const])))
}

/**
 * Puts what the gateway knows beside what the company has: its rows stay as they are, empty cells are filled, rows that
 * are missing are added. What contradicts its cells is told by the contradiction report, never written over.
 */
export function merge(own: Register | null, known: FilledRegister): FilledRegister {
  return new Map(
    TEMPLATES.map(template => {
      const theirs = (own?.get(template.code) ?? []).map(one => declaredRow(template, one))
      const ours = known.get(template.code) ?? []
      return [template.code, mergeTable(template, theirs, ours)]
    })
  )
}

function declaredRow({ code }: Template, cells: Row): FilledRow {
  const source = `register: ${code}`
  return new Map(
    [...cells].map(([column, value]) => [column, { value, provenance: 'declared', source } as const])
  )
}

/** In B_02.02 places belong to the key, but a row for other places is a contradiction, not another use. */
const IDENTITY: ReadonlyMap<string, readonly string[]> = new Map([
  ['B_01.01', []],
  ['B_02.02', ['c0010', 'c0020', 'c0030', 'c0050', 'c0060']],
  // whoever signed is for the company to say
  ['B_03.01', ['c0010']]
])

function mergeTable(
  template: Template,
  theirs: readonly FilledRow[],
  ours: readonly FilledRow[]
): FilledRow[] {
  const keys = template.columns.filter(({ isKey }) => isKey).map(({ code }) => code)
  const identity = IDENTITY.get(template.code) ?? keys
  const nameOf = (one: FilledRow, columns: readonly string[]): string =>
    JSON.stringify(columns.map(column => one.get(column)?.value ?? null))
  const known = new Set(theirs.map(one => nameOf(one, identity)))
  const merged = new Map<string, Map<string, Cell>>()
  for (const one of [...theirs, ...ours.filter(each => !known.has(nameOf(each, identity)))])
    merged.set(nameOf(one, keys), new Map([...(merged.get(nameOf(one, keys)) ?? []), ...one]))
  for (const one of ours) {
    const into = [...merged.values()].filter(each => nameOf(each, identity) === nameOf(one, identity))
    for (const each of into) fillEmpty(each, one, keys)
  }
  return [...merged.values()].map(one => withKeys(keys, applicable(template, one))).toSorted(byKey(keys))
}

function fillEmpty(into: Map<string, Cell>, from: FilledRow, keys: readonly string[]): void {
  for (const [column, cell] of from) {
    const present = into.get(column)
    if (!keys.includes(column) && (present === undefined || present.value === null || present.value === ''))
      into.set(column, cell)
  }
}

/** Cells that are owed only for some values of another, e.g. a reason where a service can hardly be replaced. */
const CONDITIONS: ReadonlyMap<string, readonly [column: string, given: string, values: ReadonlySet<string>]> =
  new Map([
    ['B_02.02', ['c0170', 'c0140', new Set([YES])]],
    ['B_07.01', ['c0060', 'c0050', new Set(['eba_ZZ:x959', 'eba_ZZ:x960'])]]
  ])

/** What does not apply by the row's own words is no gap. */
function applicable({ code }: Template, one: Map<string, Cell>): FilledRow {
  const [column, given, values] = CONDITIONS.get(code) ?? []
  const value = one.get(given ?? '')?.value
  if (column !== undefined && values !== undefined && typeof value === 'string' && !values.has(value))
    if (one.get(column)?.provenance === 'missing') one.delete(column)
  return one
}

/** A key that nobody knows is a gap too. */
function withKeys(keys: readonly string[], one: FilledRow): FilledRow {
  const filled = new Map(one)
  for (const key of keys)
    if ((filled.get(key)?.value ?? '') === '') filled.set(key, { value: null, provenance: 'missing' })
  return filled
}

function byKey(keys: readonly string[]) {
  const text = (one: FilledRow): string => keys.map(key => String(one.get(key)?.value ?? '')).join('\u0000')
  return (a: FilledRow, b: FilledRow): number => (text(a) < text(b) ? -1 : text(a) > text(b) ? 1 : 0)
}
