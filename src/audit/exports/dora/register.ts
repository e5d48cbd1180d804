import { errors } from '../../../errors.ts'
import * as cells from '../cells.ts'
import * as columns from '../columns.ts'
import type { AuditExport, Cell, ExportRow, Language } from '../export.ts'
import type { ExportFormat, Filled } from '../formats/format.ts'
import { type Sheet, writeWorkbook } from '../formats/xlsx.ts'
import { fillRegister } from './fill.ts'
import type { FilledRegister } from './filled.ts'
import { FIELD_NAMES, fieldOf } from './names.ts'
import { type PackageName, packageNameOf, type Register, writePackage } from './package.ts'
import { sendable } from './sendable.ts'
import { TEMPLATES } from './templates.ts'

const registerGap = {
  en: 'Legal, finance or risk management knows it. It belongs into the register of the company (records.register in the config), in the sheet and column that the row names: export it as workbook, fill it in, and name the file there.',
  de: 'Rechtsabteilung, Finanzen oder Risikomanagement wissen es. Es gehört in das Register des Unternehmens (records.register in der Konfiguration), in Blatt und Spalte der Zeile: als workbook exportieren, ergänzen und die Datei dort nennen.'
}

/** Cells by template, as the authority takes them. */
function registerOf(filled: Filled): Register {
  const tables = new Map<string, Map<string, Map<string, string>>>()
  for (const [template, at, column, , , value] of inMemory(filled)) {
    const code = String(template?.value)
    const table = tables.get(code) ?? new Map<string, Map<string, string>>()
    tables.set(code, table)
    const row = table.get(String(at?.value)) ?? new Map<string, string>()
    table.set(String(at?.value), row.set(String(column?.value), String(value?.value ?? '')))
  }
  return new Map([...tables].map(([code, table]) => [code, [...table.values()]]))
}

function inMemory({ rows }: Filled): readonly ExportRow[] {
  if (!Array.isArray(rows)) throw new TypeError('the register is no stream')
  return rows as readonly ExportRow[]
}

/** @throws errors.RegisterIncomplete when nobody said who keeps the register */
function nameOf(filled: Filled): PackageName {
  const register = registerOf(filled)
  const own = register.get('B_01.01')?.[0]
  const lei = own?.get('c0010')
  const country = own?.get('c0030')?.replace('eba_GA:', '')
  if (lei === undefined || country === undefined) throw new errors.RegisterIncomplete()
  const scope = (register.get('B_01.02')?.length ?? 0) > 1 ? 'CON' : 'IND'
  return { lei, scope, country, referenceDate: filled.to, createdMs: filled.createdMs }
}

/** The ESAs' plain-CSV package, as it is handed in; the reference date is the last day of the period. */
const roi: ExportFormat = {
  name: 'package',
  extension: 'zip',
  contentType: 'application/zip',
  fileName: filled => packageNameOf(nameOf(filled)),
  async *write(filled) {
    yield writePackage(sendable(registerOf(filled)), nameOf(filled))
  }
}

/** Fifteen sheets to be filled in by hand and given back as the register of the company. */
const workbook: ExportFormat = {
  name: 'workbook',
  extension: 'xlsx',
  contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  async *write(filled, language) {
    yield await writeWorkbook([...templateSheets(filled, language), gapSheet(filled, language)])
  }
}

function templateSheets(filled: Filled, language: Language): Sheet[] {
  const tables = registerOf(filled)
  return TEMPLATES.map(({ code, columns: all }) => ({
    name: code,
    header: all.map(one => `${one.code} ${FIELD_NAMES.get(fieldOf(code, one.code))?.[language]}`),
    rows: (tables.get(code) ?? []).map(row => all.map(one => row.get(one.code) || null)),
    widths: all.map(() => 24)
  }))
}

function gapSheet(filled: Filled, language: Language): Sheet {
  const missing = inMemory(filled).filter(row => row[5]?.provenance === 'missing')
  const shown = (row: ExportRow) =>
    row
      .slice(0, 5)
      .map(({ value }, at) => (at === 3 ? (FIELD_NAMES.get(String(value))?.[language] ?? value) : value))
  return {
    name: language === 'de' ? 'Fehlt' : 'Missing',
    header: register.columns.slice(0, 5).map(({ title }) => title[language]),
    rows: missing.map(shown),
    widths: [12, 8, 12, 30, 60]
  }
}

/** The Register of Information, cell by cell; `package` is what the authority takes, `workbook` what people fill in. */
export const register: AuditExport = {
  name: 'dora-register',
  title: { en: 'DORA Register of Information', de: 'DORA-Informationsregister' },
  law: 'Art. 28(3) DORA; Implementing Regulation (EU) 2024/2956',
  formats: [roi, workbook],
  columns: [
    columns.text('template', { en: 'Template', de: 'Template' }, 'derived: (EU) 2024/2956, Annex I'),
    columns.integer('row', { en: 'Row', de: 'Zeile' }, 'derived: in the order of the keys'),
    columns.text('column', { en: 'Column', de: 'Spalte' }, 'derived: (EU) 2024/2956, Annex I'),
    columns.text('field', { en: 'What it holds', de: 'Was dort steht' }, 'derived: (EU) 2024/2956, Annex I'),
    columns.text('key', { en: 'Key of the row', de: 'Schlüssel der Zeile' }, 'derived: cells of the key'),
    columns.text(
      'value',
      { en: 'Value', de: 'Wert' },
      'trail, config, records or register, as each cell says',
      registerGap
    ),
    columns.text('source', { en: 'Where it comes from', de: 'Woher es stammt' }, 'derived: of the value')
  ],
  async rows(source, period) {
    return [...cellsOf(await fillRegister(source, period))]
  }
}

function* cellsOf(filled: FilledRegister): Generator<ExportRow> {
  for (const { code, columns: all } of TEMPLATES) {
    const keys = all.filter(({ isKey }) => isKey)
    for (const [at, row] of (filled.get(code) ?? []).entries()) {
      const key = keys.map(one => String(row.get(one.code)?.value ?? '')).join(' | ')
      for (const column of all) {
        const cell = row.get(column.code)
        if (cell === undefined) continue
        yield [
          cells.derived(code),
          cells.derived(at + 1),
          cells.derived(column.code),
          cells.derived(fieldOf(code, column.code)),
          cells.derived(key),
          cell,
          cells.derived(sourceOf(cell))
        ]
      }
    }
  }
}

function sourceOf({ provenance, source }: Cell): string {
  return source ?? (provenance === 'observed' ? 'trail' : provenance)
}
