/**
 * Kills a log under load with SIGKILL again and again, as log-kill.test.ts does a few times: every acknowledged record must be
 * there at the end, each once, and the trail must verify. No measurement of time.
 *
 *   node bench/audit/kill-runs.ts [--runs 200] [--record]
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { openAuditLog } from '../../src/audit/log.ts'
import { openAuditReader } from '../../src/audit/reader.ts'
import { verifyTrail } from '../../src/audit/verify/verify.ts'
import { systemClock } from '../../src/core/clock.ts'
import { builder } from '../../test/audit/facts.ts'
import { ORIGIN, SEED, VKEY } from '../../test/audit/storage/run.ts'
import { saveRecord, toFigure } from '../support/figures.ts'

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '200' }, record: { type: 'boolean', default: false } }
})
const runs = Number(values.runs)
const dir = mkdtempSync(join(tmpdir(), 'schleuse-kill-'))
const script = join(import.meta.dirname, '../../test/audit/admit-forever.ts')
const acknowledged = new Set<string>()

/** Kills a run after up to 300 acknowledged records. */
async function killedRun(run: number): Promise<void> {
  const child = spawn(process.execPath, [script, dir], { stdio: ['ignore', 'pipe', 'inherit'] })
  const exit = once(child, 'exit')
  const last = 2 + Math.floor(Math.random() * 300)
  let lines = 0
  for await (const line of createInterface({ input: child.stdout })) {
    lines++
    if (lines === 1 && line !== 'open') throw new Error(`run ${run} did not start: ${line}`)
    if (line.length === 36) acknowledged.add(line)
    if (lines === last) child.kill('SIGKILL')
  }
  await exit
}

for (let run = 0; run < runs; run++) await killedRun(run)
await (await openAuditLog({ dir, origin: ORIGIN, seed: SEED, clock: systemClock, events: builder })).close()
const reader = openAuditReader(dir)
const found = new Set<string>()
let entries = 0
for (const { name, size } of await reader.logs())
  for (const { json } of await reader.read(name, 0, size)) {
    entries++
    found.add(JSON.parse(json).event_id as string)
  }
const { findings } = verifyTrail({ dir, vkey: VKEY, now: Date.now() })
rmSync(dir, { recursive: true })
const missing = [...acknowledged].filter(id => !found.has(id)).length
const faults = findings.filter(({ kind }) => kind === 'fault').length + (entries - found.size)
const figures = [
  toFigure('audit.killed_runs', 'runs', [runs]),
  toFigure('audit.killed_acknowledged', 'records', [acknowledged.size]),
  toFigure('audit.killed_missing', 'records', [missing]),
  toFigure('audit.killed_faults', 'faults', [faults])
]
for (const figure of figures) console.log(JSON.stringify(figure))
if (values.record) console.log(saveRecord('audit-killed', figures, { entries }))
process.exitCode = missing + faults === 0 ? 0 : 1
