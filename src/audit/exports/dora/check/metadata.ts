import { isLei } from '../../../../core/lei.ts'
import { isCountry } from '../../../../core/places.ts'
import { ENTRY_POINT } from '../package.ts'
import { TEMPLATES } from '../templates.ts'
import type { Fault } from './rules.ts'
import { readCsv } from './table.ts'
import { isDay } from './values.ts'

/** What a file name says, as far as it keeps to the form. */
export interface NamedPackage {
  /** `<LEI>.<IND|CON>`. */
  readonly subject: string
  readonly referenceDate: string
}

/**
 * Rules 104 to 111 of the file name.
 * @param name of the zip, without folders
 * @param today ISO date
 * @returns null when the name does not keep to the form
 */
export function checkName(name: string, today: string, faults: Fault[]): NamedPackage | null {
  if (!/^[A-Za-z0-9_.-]+$/.test(name)) faults.push({ rule: 104, file: name })
  const match =
    /^([A-Z0-9]{20})\.(IND|CON)_([A-Z]{2})_DORA(\d{6})_DORA_(\d{4}-\d{2}-\d{2})_(\d{17})\.zip$/.exec(name)
  if (match === null) {
    faults.push({ rule: 105, file: name })
    return null
  }
  const [, lei = '', scope = '', country = '', module, referenceDate = '', created = ''] = match
  if (!isCountry(country) || !isMoment(created)) faults.push({ rule: 105, file: name })
  if (!isLei(lei)) faults.push({ rule: 'lei', file: name })
  if (module !== '010100') faults.push({ rule: 106, file: name })
  if (!isDay(referenceDate)) faults.push({ rule: 109, file: name })
  else if (referenceDate > today) faults.push({ rule: 111, file: name })
  return { subject: `${lei}.${scope}`, referenceDate }
}

/** yyyyMMddHHmmssSSS. */
function isMoment(digits: string): boolean {
  const iso = digits.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d{3})$/, '$1-$2-$3T$4:$5:$6.$7Z')
  const ms = Date.parse(iso)
  return !Number.isNaN(ms) && new Date(ms).toISOString() === iso
}

/** The type that META-INF/reportPackage.json names; a missing file is told by rule 103. */
export function checkReportPackage(text: string | undefined, file: string, faults: Fault[]): void {
  if (text !== undefined && documentOf(text)?.documentType !== 'https://xbrl.org/report-package/2023')
    faults.push({ rule: 'report-package', file })
}

/** Rules 505 and 701 of report.json, and its type. */
export function checkReport(text: string | undefined, file: string, faults: Fault[]): void {
  if (text === undefined || text.trim() === '') {
    faults.push({ rule: 701, file })
    return
  }
  const about = documentOf(text)
  const points: readonly unknown[] = Array.isArray(about?.extends) ? about.extends : []
  if (about?.documentType !== 'https://xbrl.org/2021/xbrl-csv' || points.length !== 1)
    faults.push({ rule: 'report-json', file })
  if (!points.includes(ENTRY_POINT)) faults.push({ rule: 505, file })
}

interface DocumentInfo {
  readonly documentType?: unknown
  readonly extends?: unknown
}

function documentOf(text: string): DocumentInfo | null {
  try {
    const value = JSON.parse(text) as { readonly documentInfo?: DocumentInfo } | null
    return value?.documentInfo ?? null
  } catch {
    return null
  }
}

/** All that the DORA module takes. */
const PARAMETERS = ['entityID', 'refPeriod', 'baseCurrency', 'decimalsInteger', 'decimalsMonetary'] as const

function checkNames(rows: readonly (readonly string[])[], file: string, faults: Fault[]): void {
  const fault = (column: string, row?: number) =>
    faults.push({ rule: 'parameters', file, column, ...(row === undefined ? {} : { row }) })
  const seen = new Set<string>()
  rows.forEach(([name = '', value = ''], index) => {
    const isDecimals = name.startsWith('decimals') && !/^(-?\d+|INF)$/.test(value)
    const isCurrency = name === 'baseCurrency' && !/^iso4217:[A-Z]{3}$/.test(value)
    if (!PARAMETERS.some(one => one === name) || seen.has(name) || isDecimals || isCurrency)
      fault(name, index + 1)
    seen.add(name)
  })
  for (const name of PARAMETERS) if (!seen.has(name)) fault(name)
}

/** Rules 320, 330, 514, 701, 714 and 723 of parameters.csv, and which it holds. */
export function checkParameters(
  text: string | undefined,
  file: string,
  named: NamedPackage | null,
  faults: Fault[]
): void {
  const [header, ...rows] = text === undefined ? [] : (readCsv(text) ?? [])
  if (header === undefined) {
    faults.push({ rule: 701, file })
    return
  }
  if (header.join() !== 'name,value') faults.push({ rule: 723, file })
  checkNames(rows, file, faults)
  const parameters = new Map(rows.map(([name = '', value = '']) => [name, value]))
  const entityId = parameters.get('entityID') ?? ''
  const period = parameters.get('refPeriod') ?? ''
  if (named === null ? !/^rs:[A-Z0-9]{20}\.(IND|CON)$/.test(entityId) : entityId !== `rs:${named.subject}`)
    faults.push({ rule: 714, file })
  if (!/\.(CON|IND)$/.test(entityId)) faults.push({ rule: 514, file })
  if (!isDay(period)) faults.push({ rule: 330, file, column: 'refPeriod' })
  else if (named !== null && period !== named.referenceDate) faults.push({ rule: 320, file })
}

/** Rules 510, 701 to 705 and 808 of FilingIndicators.csv. */
export function checkIndicators(text: string | undefined, file: string, faults: Fault[]): void {
  const [header, ...rows] = text === undefined ? [] : (readCsv(text) ?? [])
  if (header === undefined) {
    faults.push({ rule: 701, file })
    return
  }
  if (header.join() !== 'templateID,reported') faults.push({ rule: 702, file })
  const seen = new Set<string>()
  rows.forEach(([template = '', reported = ''], index) => {
    const place = { file, row: index + 1 }
    if (!TEMPLATES.some(({ code }) => code === template)) faults.push({ rule: 510, ...place })
    else if (seen.has(template)) faults.push({ rule: 703, ...place })
    seen.add(template)
    if (reported === 'false') faults.push({ rule: 808, ...place })
    else if (reported !== 'true') faults.push({ rule: 704, ...place })
  })
  for (const { code } of TEMPLATES) if (!seen.has(code)) faults.push({ rule: 705, file, column: code })
}
