import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs, promisify } from 'node:util'
import { NO_RECORDS } from '../../src/audit/exports/declared/schema.ts'
import type { ExportSource } from '../../src/audit/exports/export.ts'
import { csv } from '../../src/audit/exports/formats/csv.ts'
import { EXPORTS } from '../../src/audit/exports/index.ts'
import { QUESTIONS } from '../../src/audit/exports/questions/index.ts'
import { fill } from '../../src/audit/exports/run.ts'
import { AuditIndex } from '../../src/audit/index/audit-index.ts'
import { openSqliteStore } from '../../src/audit/index/sqlite.ts'
import { auditEvents } from '../../test/support/audit-events.ts'
import { saveRecord, table, toFigure } from '../support/figures.ts'

/**
 * Each record and question of a quarter of traffic, in a process of its own: wall time, CPU and most memory, index and CSV
 * included. The index is made once, of generated events; a file that --index names is kept, and used when it is there.
 *
 * Usage: node bench/audit/exports.bench.ts [--events N] [--index FILE] [--only NAME,NAME] [--json] [--save]
 */
const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '5000000' },
    index: { type: 'string' },
    only: { type: 'string' },
    measure: { type: 'string' },
    json: { type: 'boolean', default: false },
    save: { type: 'boolean', default: false }
  }
})
const FROM = '2026-07-01'
const TO = '2026-09-30'
const DAY_MS = 86_400_000
const BATCH = 5000
const ALL = [...EXPORTS, ...QUESTIONS]

/** Under its name only when it is whole: a run that was broken off leaves nothing that the next one would take for it. */
async function build(file: string, count: number): Promise<void> {
  const part = `${file}.part`
  rmSync(part, { force: true })
  const index = new AuditIndex(openSqliteStore(part))
  const fromMs = Date.parse(`${FROM}T00:00:00Z`)
  const events = auditEvents({ seed: 1, fromMs, stepMs: (92 * DAY_MS) / count })
  for (let next = 0; next < count; next += BATCH) {
    const entries = Array.from({ length: Math.min(BATCH, count - next) }, (_, at) => ({
      index: next + at,
      json: events.next().value
    }))
    await index.add('bench', next, entries)
  }
  await index.close()
  renameSync(part, file)
}

type Measured = readonly [rows: number, seconds: number, cpu: number, mib: number]

/** One record to nowhere, as CSV. @returns rows, seconds, seconds of CPU, most memory in MiB */
async function measure(file: string, name: string): Promise<Measured> {
  const index = new AuditIndex(openSqliteStore(file))
  const source: ExportSource = {
    observed: index,
    declared: {
      purposes: new Map(),
      deployments: new Map(),
      providers: new Map(),
      contracts: new Map(),
      records: NO_RECORDS,
      nowMs: Date.parse(`${TO}T00:00:00Z`)
    },
    register: async () => null
  }
  const record = ALL.find(one => one.name === name)
  if (record === undefined) throw new Error(`there is no record ${name}`)
  const start = performance.now()
  const cpuBefore = process.cpuUsage()
  const filled = await fill(record, source, FROM, TO)
  let lines = 0
  for await (const piece of csv.write(filled, 'en')) lines += String(piece).split('\r\n').length - 1
  if (lines !== filled.rows.length + 1)
    throw new Error(`${name} has ${lines} lines for ${filled.rows.length} rows`)
  const seconds = (performance.now() - start) / 1000
  await index.close()
  const { user, system } = process.cpuUsage(cpuBefore)
  const mib = process.resourceUsage().maxRSS / 1024
  return [filled.rows.length, seconds, (user + system) / 1e6, mib]
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'schleuse-bench-'))
  const file = values.index ?? join(folder, 'index.sqlite')
  if (!existsSync(file)) await build(file, Number(values.events))
  const rows: (string | number)[][] = []
  const figures = []
  for (const name of values.only?.split(',') ?? ALL.map(one => one.name)) {
    const args = [import.meta.filename, '--index', file, '--measure', name]
    const { stdout } = await promisify(execFile)(process.execPath, args)
    const [count, seconds, cpu, mib] = JSON.parse(stdout) as Measured
    rows.push([name, count, seconds.toFixed(2), cpu.toFixed(2), Math.round(mib)])
    figures.push(
      toFigure(`exports.${name}_s`, 's', [seconds]),
      toFigure(`exports.${name}_cpu_s`, 's', [cpu]),
      toFigure(`exports.${name}_mib`, 'MiB', [mib])
    )
    if (!values.json)
      console.log(
        `${name}: ${count} rows, ${seconds.toFixed(2)} s, CPU ${cpu.toFixed(2)} s, ${Math.round(mib)} MiB`
      )
  }
  if (values.json) for (const figure of figures) console.log(JSON.stringify(figure))
  else console.log(table(['record', 'rows', 's', 'CPU s', 'MiB'], rows))
  if (values.save) console.log(saveRecord('audit-exports', figures, { events: values.events }))
  rmSync(folder, { recursive: true })
}

if (values.measure === undefined) await main()
else console.log(JSON.stringify(await measure(values.index ?? '', values.measure)))
