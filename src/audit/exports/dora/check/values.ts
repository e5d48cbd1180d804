import { isLei } from '../../../../core/lei.ts'
import { isCountry } from '../../../../core/places.ts'
import { LISTS, NO_COUNTRY } from '../lists.ts'
import type { CellType } from '../templates.ts'
import type { Fault, RuleId } from './rules.ts'
import { cellOf, type Table } from './table.ts'

/** Of a cell that is not empty: the rule it breaks. */
type Check = (cell: string) => RuleId | null

const matches =
  (pattern: RegExp, rule: RuleId): Check =>
  cell =>
    pattern.test(cell) ? null : rule

const listed = (list: Readonly<Record<string, string>>): Check => {
  const codes = new Set(Object.keys(list))
  return cell => (codes.has(cell) ? null : 503)
}

const OTHER_COUNTRIES = 'eba_GA:x28'

const CHECKS: ReadonlyMap<CellType, Check> = new Map<CellType, Check>([
  ['text', () => null],
  ['lei', cell => (isLei(cell) ? null : 'lei')],
  ['date', cell => (isDay(cell) ? null : 330)],
  ['integer', matches(/^-?\d+$/, 331)],
  ['money', matches(/^-?\d+(\.\d+)?$/, 305)],
  ['link', matches(/^true$/, 333)],
  ['function', matches(/^F[1-9]\d*$/, 503)],
  [
    'activity',
    matches(/^eba_TA:(x28|x104|x1(3[3-9]|4[0-7])|x(16[2-9]|1[7-9]\d|2[0-6]\d|27[0-6])|qx27[78])$/, 503)
  ],
  ['currency', matches(/^eba_CU:[A-Z]{3}$/, 503)],
  ['country', cell => (isCountryCode(cell) ? null : 503)],
  ...Object.entries(LISTS).map(([name, list]) => [name as CellType, listed(list)] as const)
])

function isCountryCode(cell: string): boolean {
  if (cell === NO_COUNTRY || cell === OTHER_COUNTRIES || cell === 'eba_GA:XK') return true
  return cell.startsWith('eba_GA:') && isCountry(cell.slice('eba_GA:'.length))
}

/** A day of the calendar as yyyy-mm-dd. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const time = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}

/** The rule that a cell breaks which is not empty. */
export function breaksType(type: CellType, cell: string): RuleId | null {
  return CHECKS.get(type)?.(cell) ?? null
}

/** What each cell holds (305, 330, 331, 333, 503, check digits, special values), and cells that are expected. */
export function checkValues(table: Table, faults: Fault[]): void {
  const { template, file, rows } = table
  rows.forEach((row, index) => {
    for (const { code, type, isKey, isExpected } of template.columns) {
      const cell = cellOf(table, row, code)
      if (cell.startsWith('#')) faults.push({ rule: 'special-value', file, row: index + 1, column: code })
      const rule = cell === '' ? (isExpected && !isKey ? 'expected' : null) : breaksType(type, cell)
      if (rule !== null) faults.push({ rule, file, row: index + 1, column: code })
    }
  })
}
