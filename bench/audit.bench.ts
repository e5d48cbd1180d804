import { spawnSync } from 'node:child_process'
import { hash } from 'node:crypto'
import { closeSync, fdatasyncSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { EventBuilder, type AuditEvent } from '../src/audit/event/builder.ts'
import { openAuditLog, type AuditLog } from '../src/audit/log.ts'
import { decodeBundle, tilePath } from '../src/audit/tlog/tiles.ts'
import { verifyTrail } from '../src/audit/verify/verify.ts'
import { systemClock } from '../src/core/clock.ts'
import { createUuidV7 } from '../src/core/ids.ts'
import { saveRecord, table, toFigure } from './support/figures.ts'
import { attemptFields, completedFields } from './audit/events.ts'

/**
 * The audit log against plain loops over the same bytes, in alternating rounds on the same disk:
 *
 * - throughput: 1024 callers admit events one after another; the loop writes 256 ready events per fdatasync. What counts is
 *   the time until all are acknowledged and signed.
 *   `admit_cpu_us` is what an admission costs the gateway's own thread, whatever the disk and its neighbours do.
 * - latency: one caller; the loop writes one ready event and calls fdatasync.
 * - verify: `audit verify` of the log that the rounds left; the loop hashes and parses the same entries.
 * - then the index of auditors, audit/index.bench.ts, unless --log-only.
 *
 * Usage: node bench/audit.bench.ts [--rounds N] [--json] [--record] [--log-only] [--events N]
 */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '7' },
    json: { type: 'boolean', default: false },
    record: { type: 'boolean', default: false },
    'log-only': { type: 'boolean', default: false },
    events: { type: 'string', default: '10000000' }
  }
})
const EVENTS = 30_000
const CALLERS = 1024
const SINGLE = 400
const BATCH = 256

const newId = createUuidV7(systemClock)
const gateway = { config_hash: `sha256:${'b'.repeat(64)}`, instance: 'gw-1', version: '0.1.0' }
const events = new EventBuilder(systemClock, newId, { gateway })
const keys = { origin: 'schleuse.invalid/bench', seed: Buffer.alloc(32, 1) }

function makeEvents(count: number): AuditEvent[] {
  return Array.from({ length: count / 2 }, () => {
    const fields = attemptFields(newId())
    return [
      events.create('ai.request.admitted', fields),
      events.create('ai.request.completed', completedFields(fields))
    ]
  }).flat()
}

/** Both sides begin with a tidy heap: making the events is no part of what is measured. */
const collectGarbage = ((): (() => void) => {
  setFlagsFromString('--expose-gc')
  return runInNewContext('gc') as () => void
})()

/** Seconds that the plain loop takes. */
function idealBatches(path: string, ready: readonly AuditEvent[]): number {
  const batches: Buffer[] = []
  for (let at = 0; at < ready.length; at += BATCH)
    batches.push(
      Buffer.from(
        ready
          .slice(at, at + BATCH)
          .map(({ json }) => `${json}\n`)
          .join('')
      )
    )
  const fd = openSync(path, 'w')
  collectGarbage()
  const start = performance.now()
  for (const batch of batches) {
    writeSync(fd, batch)
    fdatasyncSync(fd)
  }
  closeSync(fd)
  return (performance.now() - start) / 1000
}

async function admitAll(log: AuditLog, ready: readonly AuditEvent[]): Promise<void> {
  let next = 0
  const caller = async () => {
    for (let event = ready[next++]; event !== undefined; event = ready[next++]) await log.admit(event)
  }
  await Promise.all(Array.from({ length: CALLERS }, caller))
}

const p50 = (times: number[]): number => times.sort((a, b) => a - b)[times.length >> 1] ?? Number.NaN

function idealSingle(path: string, ready: readonly AuditEvent[]): number {
  const fd = openSync(path, 'w')
  const times = ready.map(({ json }) => {
    const bytes = Buffer.from(`${json}\n`)
    const start = performance.now()
    writeSync(fd, bytes)
    fdatasyncSync(fd)
    return performance.now() - start
  })
  closeSync(fd)
  return p50(times)
}

async function single(log: AuditLog, ready: readonly AuditEvent[]): Promise<number> {
  const times: number[] = []
  for (const event of ready) {
    const start = performance.now()
    await log.admit(event)
    times.push(performance.now() - start)
  }
  return p50(times)
}

/** Hashes and parses the entries of all full bundles. @returns entries per second */
function hashLoop(dir: string, size: number): number {
  const month = new Date().toISOString().slice(0, 7)
  const start = performance.now()
  let count = 0
  for (let n = 0; n < Math.floor(size / BATCH); n++) {
    const bundle =
      decodeBundle(readFileSync(join(dir, 'logs', 'std_13m', month, tilePath('entries', n))), BATCH) ?? []
    for (const entry of bundle) {
      hash('sha256', Buffer.concat([Buffer.of(0), entry]), 'binary')
      if (typeof JSON.parse(entry.toString('latin1')) === 'object') count++
    }
  }
  if (count !== Math.floor(size / BATCH) * BATCH) throw new Error('the loop did not read all')
  return count / ((performance.now() - start) / 1000)
}

const folder = mkdtempSync(join(tmpdir(), 'schleuse-bench-'))
const dir = join(folder, 'audit')
const series = new Map<string, number[]>()
const add = (name: string, value: number): void => void series.set(name, [...(series.get(name) ?? []), value])
const rounds = Number(values.rounds)
for (let round = -1; round < rounds; round++) {
  const ready = makeEvents(EVENTS)
  const ones = makeEvents(SINGLE)
  const ideal = idealBatches(join(folder, 'plain'), ready)
  const log = await openAuditLog({ dir, ...keys, clock: systemClock, events })
  collectGarbage()
  const [start, cpuBefore] = [performance.now(), process.threadCpuUsage()]
  await admitAll(log, ready)
  const acknowledged = (performance.now() - start) / 1000
  const { user, system } = process.threadCpuUsage(cpuBefore)
  const alone = await single(log, ones)
  const plain = idealSingle(join(folder, 'plain'), ones)
  await log.close()
  if (round < 0) continue // warm-up
  add('audit.throughput_vs_ideal_batch', ideal / acknowledged)
  add('audit.admitted_per_s', EVENTS / acknowledged)
  add('audit.admit_cpu_us', (user + system) / EVENTS)
  add('audit.added_p50_vs_fdatasync_c1', alone / plain)
  add('audit.admit_p50_c1', alone)
}
for (let round = -1; round < rounds; round++) {
  const start = performance.now()
  const { logs, findings } = verifyTrail({ dir, now: Date.now() })
  const size = logs[0]?.size ?? 0
  const perSecond = size / ((performance.now() - start) / 1000)
  if (findings.some(({ kind }) => kind === 'fault')) throw new Error('the log does not verify')
  const plain = hashLoop(dir, size)
  if (round < 0) continue
  add('audit.verify_vs_hash_loop', perSecond / plain)
  add('audit.verified_per_s', perSecond)
}
rmSync(folder, { recursive: true })

const units = new Map([
  ['audit.admitted_per_s', 'events/s'],
  ['audit.admit_cpu_us', 'us'],
  ['audit.admit_p50_c1', 'ms'],
  ['audit.verified_per_s', 'events/s']
])
const figures = [...series].map(([name, numbers]) => toFigure(name, units.get(name) ?? 'ratio', numbers))
if (values.json) for (const figure of figures) console.log(JSON.stringify(figure))
else
  console.log(
    table(
      ['figure', 'median', 'min', 'max'],
      figures.map(({ figure, value, min, max }) => [figure, value, min, max])
    )
  )
if (values.record) console.error(saveRecord('audit', figures, { load: loadavg() }))
if (!values['log-only']) {
  const flags = [values.json && '--json', values.record && '--record'].filter(flag => flag !== false)
  const script = join(import.meta.dirname, 'audit', 'index.bench.ts')
  const index = spawnSync(process.execPath, [script, '--events', values.events, ...flags], {
    stdio: 'inherit'
  })
  process.exitCode = index.status ?? 1
}
