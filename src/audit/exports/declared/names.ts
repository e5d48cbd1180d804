import type { Cell } from '../export.ts'
import * as cells from '../cells.ts'
import type { Declared, DeclaredContract } from './declared.ts'
import type { RecordsProvider, RecordsPurpose } from './schema.ts'

/** What ids of the trail stand for, as declared. */

/** Legal entity behind a provider. */
export function entityOf(declared: Declared, provider: string | null | undefined): Cell {
  const known = declared.providers.get(provider ?? '')
  return cells.declared(known?.name, known && `config: profile ${known.id}, version ${known.version}`)
}

/** Legal entities behind several; who nobody named stands under the id that the trail has. */
export function entitiesOf(declared: Declared, providers: readonly string[]): Cell {
  const names = providers.map(id => declared.providers.get(id)?.name ?? id)
  const cell = cells.declaredList(names, '; ')
  const areNamed = providers.every(id => declared.providers.get(id)?.name != null)
  return areNamed || cell.value === null
    ? cell
    : { ...cell, provenance: 'observed', source: 'trail: provider.id; a profile names no legal entity' }
}

export function purposeOf({ records }: Declared, id: string | null | undefined): RecordsPurpose | undefined {
  return records.purposes.find(purpose => purpose.id === id)
}

export function recordsOf(
  { records }: Declared,
  provider: string | null | undefined
): RecordsProvider | undefined {
  return records.providers.find(({ id }) => id === provider)
}

/** The contract with a provider; the newest when there are several. */
export function contractOf({ contracts }: Declared, provider: string): DeclaredContract | undefined {
  return [...contracts.values()]
    .filter(contract => contract.provider === provider)
    .toSorted((a, b) => (a.from < b.from ? 1 : -1))[0]
}

/** `Name, contact`. */
export function partyOf(
  party: { readonly name: string; readonly contact?: string } | undefined
): string | null {
  if (party === undefined) return null
  return party.contact === undefined ? party.name : `${party.name}, ${party.contact}`
}
