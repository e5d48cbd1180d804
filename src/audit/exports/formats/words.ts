import { meaningOf } from '../dora/meanings.ts'
import { FIELD_NAMES } from '../dora/names.ts'
import type { Language } from '../export.ts'
import { className } from './data-classes.ts'
import { BY_COLUMN } from './word-lists.ts'

/**
 * Codes of records in the words of those who read them: for pages and spreadsheets. CSV and JSON keep the codes, which are
 * the same in every language. A code that is not here is shown as it is.
 */

/** Columns that hold ISO 3166-1 codes. */
const PLACES: ReadonlySet<string> = new Set([
  'country',
  'third_countries',
  'places',
  'c0130',
  'c0150',
  'c0160'
])
/** Columns that hold classes of findings. */
const CLASSES: ReadonlySet<string> = new Set(['class', 'classes', 'data_classes', 'personal_data'])
/** Columns that hold codes of the register. */
const REGISTER: ReadonlySet<string> = new Set(['value'])

/** Without soft hyphens: spreadsheets show them. */
export function plainWords(column: string, value: string, language: Language): string {
  return inWords(column, value, language).replaceAll('\u00ad', '')
}

/** Several values of one cell stand with blanks between. @returns the words, or the value as it is */
export function inWords(column: string, value: string, language: Language): string {
  if (value === '') return value
  if (column === 'field') return FIELD_NAMES.get(value)?.[language] ?? value
  if (PLACES.has(column))
    return value
      .split(' ')
      .map(code => placeName(code, language))
      .join('; ')
  if (CLASSES.has(column))
    return value
      .split(' ')
      .map(code => className(code, language))
      .join('; ')
  if (REGISTER.has(column)) return withMeaning(value, language)
  if (column === 'agreed_times' && language === 'de') return value.replace('mean', 'Mittel')
  const known = BY_COLUMN.get(column)
  if (known === undefined) return value
  const whole = known.get(value)
  if (whole !== undefined) return whole[language]
  return value
    .split(' ')
    .map(code => known.get(code)?.[language] ?? code)
    .join('; ')
}

/** Groups of places and `self` are no countries and stay as they are. */
function placeName(code: string, language: Language): string {
  return /^[A-Z]{2}$/.test(code)
    ? (new Intl.DisplayNames(language, { type: 'region' }).of(code) ?? code)
    : code
}

/** The meaning, and the code that stands in the register. */
function withMeaning(code: string, language: Language): string {
  const meaning = meaningOf(code, language)
  return meaning === undefined ? code : `${meaning} (${code})`
}
