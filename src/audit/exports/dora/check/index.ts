import { isUtf8 } from 'node:buffer'
import { readZip, type ZipFiles } from '../../../zip.ts'
import { fileOf, TEMPLATES } from '../templates.ts'
import { checkKeys } from './keys.ts'
import {
  checkIndicators,
  checkName,
  checkParameters,
  checkReport,
  checkReportPackage,
  type NamedPackage
} from './metadata.ts'
import type { Fault } from './rules.ts'
import { readTable, type Table } from './table.ts'
import { checkValues } from './values.ts'

const REPORT_PACKAGE = 'META-INF/reportPackage.json'
const METADATA = ['report.json', 'parameters.csv', 'FilingIndicators.csv'] as const

/**
 * Checks a package of the Register of Information as the receiving system would (`rules.ts`).
 * @param name of the zip, without folders
 * @param zip attacker-controlled
 * @param today ISO date
 * @returns what breaks a rule, in the order of the checks; empty for a good package
 */
export function checkPackage(name: string, zip: Uint8Array, today: string): Fault[] {
  const faults: Fault[] = []
  const named = checkName(name, today, faults)
  const files = readZip(zip)
  if (files === null) return [...faults, { rule: 101, file: name }]
  const root = checkLayout(name, files, faults)
  const texts = textsOf(files, root, faults)
  const about = files.get(`${root}${REPORT_PACKAGE}`)
  checkReportPackage(about && new TextDecoder().decode(about), REPORT_PACKAGE, faults)
  checkMetadata(texts, named, faults)
  const tables = new Map<string, Table>()
  for (const template of TEMPLATES) {
    const file = fileOf(template)
    const text = texts.get(file)
    if (text !== undefined) tables.set(template.code, readTable(template, file, text, faults))
  }
  if ([...tables.values()].every(({ rows }) => rows.length === 0)) faults.push({ rule: 724, file: name })
  checkKeys(tables, faults)
  for (const table of tables.values()) checkValues(table, faults)
  return faults
}

/** Rules 103 and 720. @returns the root folder with a slash */
function checkLayout(name: string, files: ZipFiles, faults: Fault[]): string {
  const roots = new Set([...files.keys()].map(path => path.slice(0, path.indexOf('/') + 1)))
  const root = [...roots][0] ?? ''
  const isNamed = root !== '' && root === `${name.replace(/\.zip$/i, '')}/`
  if (roots.size !== 1 || !isNamed || !files.has(`${root}${REPORT_PACKAGE}`))
    faults.push({ rule: 103, file: name })
  const allowed = new Set<string>([...METADATA, ...TEMPLATES.map(fileOf)])
  for (const path of files.keys()) {
    const file = path.slice(root.length)
    const isKnown = file.startsWith('reports/') && allowed.has(file.slice('reports/'.length))
    if (!isKnown && file !== REPORT_PACKAGE) faults.push({ rule: 720, file })
  }
  return root
}

/** Texts of `reports` by file name (306); what is no UTF-8 is read as far as it goes. */
function textsOf(files: ZipFiles, root: string, faults: Fault[]): Map<string, string> {
  const folder = `${root}reports/`
  const texts = new Map<string, string>()
  for (const [path, bytes] of files) {
    if (!path.startsWith(folder)) continue
    const file = path.slice(folder.length)
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
    if (!isUtf8(bytes) || text.startsWith('\ufeff')) faults.push({ rule: 306, file })
    texts.set(file, text.replace(/^\ufeff/, ''))
  }
  return texts
}

function checkMetadata(
  texts: ReadonlyMap<string, string>,
  named: NamedPackage | null,
  faults: Fault[]
): void {
  const [report, parameters, indicators] = METADATA
  checkReport(texts.get(report), report, faults)
  checkParameters(texts.get(parameters), parameters, named, faults)
  checkIndicators(texts.get(indicators), indicators, faults)
}
