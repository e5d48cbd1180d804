/**
 * Speed of the audit index: events indexed per second, and twelve questions of auditors to the filled index. Everything
 * through the code of the gateway, in a thread as the gateway has it; events are generated, not read from a log.
 *
 *   node bench/audit/index.bench.ts [--json] [--record] [--events 10000000] [--quick] [--index FILE]
 *
 * `--index FILE` keeps the index, or asks the one that is there, of so many events.
 */
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { AuditIndex } from '../../src/audit/index/audit-index.ts'
import { BATCH } from '../../src/audit/index/indexer.ts'
import { parseFilter } from '../../src/audit/index/filter.ts'
import { openSqliteStore } from '../../src/audit/index/sqlite.ts'
import { YOUNG_GENERATION_MB } from '../../src/audit-service.ts'
import { auditEvents } from '../../test/support/audit-events.ts'
import { type Figure, median, saveRecord, toFigure } from '../support/figures.ts'
import { type Ground, QUERIES } from './queries.ts'

/** Batches per round: what one number of events per second is measured over. */
const BATCHES = 20
const ASKED = 15
const FROM_MS = Date.UTC(2026, 6, 1)
const DAYS = 92

interface Result {
  readonly figures: readonly Figure[]
  readonly details: object
}

async function fill(index: AuditIndex, count: number, say: (text: string) => void) {
  const stepMs = (DAYS * 86_400_000) / count
  const source = auditEvents({ seed: 1, fromMs: FROM_MS, stepMs })
  const rates: number[] = []
  const cpuRates: number[] = []
  const eventIds: string[] = []
  const requestIds: string[] = []
  for (let next = 0; next < count; ) {
    let [spentMs, cpuMs] = [0, 0]
    for (let n = 0; n < BATCHES && next < count; n++) {
      const entries = Array.from({ length: BATCH }, (_, at) => ({
        index: next + at,
        json: source.next().value
      }))
      const started = timer()
      await index.add('bench', next, entries)
      const { ms, cpu } = started()
      ;[spentMs, cpuMs] = [spentMs + ms, cpuMs + cpu]
      next += BATCH
      const { event_id: id, request_id: request } = JSON.parse(entries[0]?.json ?? '') as Record<
        string,
        string
      >
      if (n % 10 === 0) {
        eventIds.push(id ?? '')
        requestIds.push(request ?? '')
      }
    }
    rates.push((BATCHES * BATCH * 1000) / spentMs)
    cpuRates.push((BATCHES * BATCH * 1000) / cpuMs)
    say(`${next} events, ${Math.round(rates.at(-1) ?? 0)} per second`)
  }
  const ground: Ground = { fromMs: FROM_MS, toMs: FROM_MS + DAYS * 86_400_000, eventIds, requestIds }
  return { rates, cpuRates, ground }
}

/** Ids from all over an index that was filled before. */
async function groundOf(index: AuditIndex): Promise<Ground> {
  const toMs = FROM_MS + DAYS * 86_400_000
  const ground = { fromMs: FROM_MS, toMs, eventIds: [] as string[], requestIds: [] as string[] }
  for (let n = 1; n <= 50; n++) {
    const to = new Date(FROM_MS + (n / 50) * (toMs - FROM_MS)).toISOString()
    const { events } = await index.events(parseFilter({ to }), { limit: 1, order: 'desc' })
    const event = JSON.parse(events[0]?.json ?? '{}') as Record<string, string>
    ground.eventIds.push(event['event_id'] ?? '')
    ground.requestIds.push(event['request_id'] ?? '')
  }
  return ground
}

/** Starts to measure; call what it returns for milliseconds since then: by the clock, and of this thread's CPU. */
function timer(): () => { readonly ms: number; readonly cpu: number } {
  const [started, before] = [performance.now(), process.threadCpuUsage()]
  return () => {
    const { user, system } = process.threadCpuUsage(before)
    return { ms: performance.now() - started, cpu: (user + system) / 1000 }
  }
}

type Times = ReadonlyMap<string, { readonly ms: number[]; readonly cpu: number[] }>

async function askAll(index: AuditIndex, ground: Ground): Promise<Times> {
  const times: Times = new Map(QUERIES.map(({ name }) => [name, { ms: [], cpu: [] }]))
  for (let round = 0; round < ASKED; round++) {
    for (const { name, ask, mayBeEmpty } of QUERIES) {
      const started = timer()
      const rows = await ask(index, ground, round)
      const { ms, cpu } = started()
      times.get(name)?.ms.push(ms)
      times.get(name)?.cpu.push(cpu)
      if (rows === 0 && mayBeEmpty !== true) throw new Error(`${name} found nothing`)
    }
  }
  return times
}

async function measure(
  events: number,
  kept: string | undefined,
  say: (text: string) => void
): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'schleuse-bench-'))
  try {
    const file = kept ?? join(folder, 'index.sqlite')
    const isFilled = existsSync(file)
    const index = new AuditIndex(openSqliteStore(file))
    const { rates, cpuRates, ground } = isFilled
      ? { rates: [], cpuRates: [], ground: await groundOf(index) }
      : await fill(index, events, say)
    const times = await askAll(index, ground)
    const facets = (await index.aggregate({ values: new Map(), missing: [] }, [])).length
    await index.close()
    const all = [...times].map(([name, { ms, cpu }]) => ({ name, ms, cpu }))
    const [worst = { name: '', ms: [] }] = [...all].sort((a, b) => median(b.ms) - median(a.ms))
    const [worstCpu = { cpu: [] }] = [...all].sort((a, b) => median(b.cpu) - median(a.cpu))
    const scale = events >= 10_000_000 ? '10m' : `${Math.round(events / 1000)}k`
    return {
      figures: [
        ...(isFilled
          ? []
          : [
              toFigure('audit.index_events_per_s', 'events/s', rates),
              toFigure('audit.index_events_per_cpu_s', 'events/s', cpuRates)
            ]),
        toFigure(`audit.query_worst_p50_ms_${scale}`, 'ms', worst.ms),
        toFigure(`audit.query_worst_p50_cpu_ms_${scale}`, 'ms', worstCpu.cpu),
        ...all.flatMap(({ name, ms, cpu }) => [
          toFigure(`audit.query_${name}_ms_${scale}`, 'ms', ms),
          toFigure(`audit.query_${name}_cpu_ms_${scale}`, 'ms', cpu)
        ])
      ],
      details: { load: loadavg(), events, days: DAYS, worst: worst.name, bytes: statSync(file).size, facets }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

if (isMainThread) {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      record: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      events: { type: 'string', default: '10000000' },
      index: { type: 'string' }
    }
  })
  const events = values.quick ? 200_000 : Number(values.events)
  const worker = new Worker(new URL(import.meta.url), {
    workerData: { events, kept: values.index },
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB }
  })
  worker.on('message', (message: string | Result) => {
    if (typeof message === 'string') {
      process.stderr.write(`${message}\n`)
      return
    }
    for (const figure of message.figures)
      console.log(
        values.json ? JSON.stringify(figure) : `${figure.figure.padEnd(56)} ${figure.value} ${figure.unit}`
      )
    if (values.record)
      process.stderr.write(
        `${saveRecord(values.index === undefined ? 'audit-index' : 'audit-queries', message.figures, message.details)}\n`
      )
  })
} else {
  const { events, kept } = workerData as { events: number; kept?: string }
  parentPort?.postMessage(await measure(events, kept, text => parentPort?.postMessage(text)))
}
