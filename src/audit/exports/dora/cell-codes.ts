import { isCountry } from '../../../core/places.ts'
import { LISTS, type ListName } from './lists.ts'
import type { CellType } from './templates.ts'

/** What people and config write, as the codes of the register. */

const LEI = /^[A-Z0-9]{18}[0-9]{2}$/
export const YES = 'eba_BT:x28'
export const NO = 'eba_BT:x29'

/** Codes of a country; undefined for what is none: groups, `world`, `self`. */
export function countryCode(place: string | null | undefined): string | undefined {
  return place != null && isCountry(place) ? `eba_GA:${place}` : undefined
}

/** By its form: an LEI, else an EUID. */
export function codeTypeOf(code: string): string {
  return LEI.test(code) ? 'eba_qCO:qx2000' : 'eba_qCO:qx2002'
}

export function serviceCode(service: string | null | undefined): string | undefined {
  return service == null ? undefined : `eba_TA:${service}`
}

/**
 * The code for what a workbook filled by hand holds: codes as they are, else meanings of the list, bare countries,
 * currencies and services. What is none of them stays as it is, for the check to name.
 */
export function codeOf(type: CellType, cell: string): string {
  if (cell === '' || cell.startsWith('eba_')) return cell
  if (type === 'country') return countryCode(cell.toUpperCase()) ?? cell
  if (type === 'currency') return /^[A-Za-z]{3}$/.test(cell) ? `eba_CU:${cell.toUpperCase()}` : cell
  if (type === 'serviceType' && /^S\d\d$/.test(cell)) return `eba_TA:${cell}`
  if (!(type in LISTS)) return cell
  const list = Object.entries(LISTS[type as ListName])
  return list.find(([, meaning]) => meaning.toLowerCase() === cell.toLowerCase())?.[0] ?? cell
}
