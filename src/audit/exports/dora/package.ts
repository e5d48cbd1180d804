import { writeZip } from '../../zip.ts'
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
  return writeZip(new Map([...files].map(([path, text]) => [`${root}/${path}`, text])))
}

/** RFC 4180. What the authority reads is data: no cell is made harmless for spreadsheets here. */
function csv(rows: readonly (readonly string[])[]): string {
  return rows.map(row => `${row.map(quoted).join(',')}\r\n`).join('')
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
