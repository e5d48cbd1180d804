import { isCountry } from '../../../core/places.ts'
import { LISTS, type ListName } from './lists.ts'
import { meaningOf } from './meanings.ts'
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
 * The code for what a workbook filled by hand holds: codes as they are, else meanings of the list in English or German,
 * bare countries, currencies and services, dates and amounts as Germans write them. What is none of them stays as it is,
 * for the check to name.
 */
export function codeOf(type: CellType, cell: string): string {
  if (cell === '' || cell.startsWith('eba_')) return cell
  if (type === 'country') return countryCode(cell.toUpperCase()) ?? cell
  if (type === 'currency') return /^[A-Za-z]{3}$/.test(cell) ? `eba_CU:${cell.toUpperCase()}` : cell
  if (type === 'serviceType' && /^S\d\d$/.test(cell)) return `eba_TA:${cell}`
  if (type === 'date') return cell.replace(/^(\d\d?)\.(\d\d?)\.(\d{4})$/, isoDay)
  // with a comma only: 48.000 may mean forty-eight
  if (type === 'money' && /^-?\d{1,3}(\.?\d{3})*,\d+$/.test(cell))
    return cell.replaceAll('.', '').replace(',', '.')
  if (!(type in LISTS)) return cell
  const wanted = cell.toLowerCase()
  const codes = Object.entries(LISTS[type as ListName])
  const found = codes.find(
    ([code, meaning]) => meaning.toLowerCase() === wanted || meaningOf(code, 'de')?.toLowerCase() === wanted
  )
  return found?.[0] ?? cell
}

function isoDay(_: string, day: string, month: string, year: string): string {
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}
