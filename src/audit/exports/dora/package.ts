import { strToU8, unzipSync, zipSync } from 'fflate'
import { fileOf, TEMPLATES } from './templates.ts'

/** Who reports, for which day, in which scope: what the package's name says. */
export interface PackageName {
  readonly lei: string
  /** Of one entity, or consolidated. */
  readonly scope: 'IND' | 'CON'
  /** ISO 3166-1 alpha-2 of the competent authority's country. */
  readonly country: string
  /** ISO date. */
  readonly referenceDate: string
  /** Milliseconds since the epoch. */
  readonly createdMs: number
}

/** Cells by column code; a cell left out is empty. */
export type Row = ReadonlyMap<string, string>
/** Rows by template code. */
export type Register = ReadonlyMap<string, readonly Row[]>

export const REPORT_PACKAGE = '{"documentInfo":{"documentType":"https://xbrl.org/report-package/2023"}}'
/** The entry point of the EBA's reporting framework 4.0. */
export const ENTRY_POINT = 'http://www.eba.europa.eu/eu/fr/xbrl/crr/fws/dora/4.0/mod/dora.json'
const REPORT = JSON.stringify({
  documentInfo: { documentType: 'https://xbrl.org/2021/xbrl-csv', extends: [ENTRY_POINT] }
})

/** Most that a package may unpack to: the largest real registers are some tens of MB. */
const MAX_UNPACKED_BYTES = 536_870_912

/** `<LEI>.<IND|CON>_<CC>_DORA010100_DORA_<day>_<yyyyMMddHHmmssSSS>`, UTC. */
export function packageNameOf({ lei, scope, country, referenceDate, createdMs }: PackageName): string {
  const created = new Date(createdMs).toISOString().replace(/\D/g, '').slice(0, 17)
  return `${lei}.${scope}_${country}_DORA010100_DORA_${referenceDate}_${created}`
}

/**
 * The register as the ESAs' plain-CSV package: all fifteen tables, empty ones with their header, each declared as
 * reported. The same register and name give the same bytes.
 * @returns the zip; its file is called `<name>.zip`
 */
export function writePackage(register: Register, name: PackageName): Uint8Array {
  const root = packageNameOf(name)
  const files = new Map<string, string>([
    ['META-INF/reportPackage.json', REPORT_PACKAGE],
    ['reports/report.json', REPORT],
    [
      'reports/parameters.csv',
      csv([
        ['name', 'value'],
        ['entityID', `rs:${name.lei}.${name.scope}`],
        ['refPeriod', name.referenceDate],
        ['baseCurrency', 'iso4217:EUR'],
        ['decimalsInteger', '0'],
        ['decimalsMonetary', '-3']
      ])
    ],
    [
      'reports/FilingIndicators.csv',
      csv([['templateID', 'reported'], ...TEMPLATES.map(({ code }) => [code, 'true'])])
    ]
  ])
  for (const template of TEMPLATES) {
    const codes = template.columns.map(({ code }) => code)
    const rows = register.get(template.code) ?? []
    const lines = rows.map(row => codes.map(code => row.get(code) ?? ''))
    files.set(`reports/${fileOf(template)}`, csv([codes, ...lines]))
  }
  const entries = [...files].map(([path, text]) => [`${root}/${path}`, strToU8(text)] as const)
  return zipSync(Object.fromEntries(entries), { level: 6, mtime: new Date(1980, 0, 1) })
}

/** RFC 4180. What the authority reads is data: no cell is made harmless for spreadsheets here. */
function csv(rows: readonly (readonly string[])[]): string {
  return rows.map(row => `${row.map(quoted).join(',')}\r\n`).join('')
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}

/** Files of a package by their path. */
export type PackageFiles = ReadonlyMap<string, Uint8Array>

/**
 * Unpacks a zip somebody made. Paths are attacker-controlled; nothing is written anywhere.
 * @returns null when it is no zip or unpacks to more than 512 MiB
 */
export function readPackage(zip: Uint8Array): PackageFiles | null {
  let size = 0
  try {
    const files = unzipSync(zip, {
      filter: ({ originalSize, name }) => {
        size += originalSize
        return size <= MAX_UNPACKED_BYTES && !name.endsWith('/')
      }
    })
    return size > MAX_UNPACKED_BYTES ? null : new Map(Object.entries(files))
  } catch {
    return null
  }
}
