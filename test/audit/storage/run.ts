import { EventBuilder, type AuditEvent } from '../../../src/audit/event/builder.ts'
import { openAuditLog, type AuditLog, type LogOptions } from '../../../src/audit/log.ts'
import { listLogs, openAuditReader } from '../../../src/audit/reader.ts'
import { openRoster } from '../../../src/audit/roster.ts'
import { openCheckpoint } from '../../../src/audit/tlog/checkpoint.ts'
import { createSigner } from '../../../src/audit/tlog/keys.ts'
import { rootOf } from '../../../src/audit/tlog/merkle.ts'
import { TileTree } from '../../../src/audit/tlog/tiles.ts'
import { admission, attempt, ending, gateway, newId } from '../facts.ts'
import type { SimFs } from './sim-fs.ts'

/** Runs of a log on a simulated disk, and what must hold of the disk afterwards. */

export const DIR = '/data/audit'
export const ORIGIN = 'audit.example.com/gw'
export const SEED = Buffer.alloc(32, 7)
export const VKEY = createSigner(ORIGIN, SEED).vkey

/** A clock that moves by a second whenever it is read. */
export function tickingClock(startMs = Date.UTC(2026, 10, 30, 23, 59, 0), stepMs = 100) {
  let ms = startMs
  return { now: () => (ms += stepMs), monotonic: () => ms }
}

/** What was promised to the caller. */
export interface Promised {
  readonly acknowledged: Set<string>
  /** Checkpoints that were on the disk, by log. */
  readonly published: Map<string, string[]>
}

export const nothing = (): Promised => ({ acknowledged: new Set(), published: new Map() })

export function openOn(fs: SimFs, promised: Promised, more: Partial<LogOptions> = {}): Promise<AuditLog> {
  const clock = more.clock ?? tickingClock()
  return openAuditLog({
    dir: DIR,
    origin: ORIGIN,
    seed: SEED,
    clock,
    events: new EventBuilder(clock, newId, { gateway }),
    fs,
    lock: () => () => undefined,
    lingerMs: 1,
    checkpointMs: 1,
    walFileBytes: 40_000,
    onPublished: (log, note) => promised.published.set(log, [...(promised.published.get(log) ?? []), note]),
    ...more
  })
}

/** Admits and ends attempts on some lanes until all are through, or one is refused. */
export async function work(log: AuditLog, promised: Promised, count: number, lanes = 4): Promise<void> {
  const events = new EventBuilder(tickingClock(), newId, { gateway })
  let left = count
  const keep = async (event: AuditEvent, how: 'admit' | 'append') => {
    await log[how](event)
    promised.acknowledged.add(event.json)
  }
  const lane = async (n: number) => {
    const options = n % 3 === 0 ? { retentionClass: 'fin_5y' as const } : {}
    while (left-- > 0) {
      const on = attempt()
      await keep(events.create('ai.request.admitted', { ...on, ...admission }, options), 'admit')
      await keep(
        events.create('ai.request.completed', { ...on, ...ending, outcome: 'ok' }, options),
        'append'
      )
    }
  }
  await Promise.all(Array.from({ length: lanes }, (_, n) => lane(n).catch(() => undefined)))
}

/** All entries of all logs, as JSON. */
export async function entriesOn(fs: SimFs): Promise<string[]> {
  const reader = openAuditReader(DIR, fs)
  const all: string[] = []
  for (const { name } of await reader.logs())
    all.push(...(await reader.read(name, 0, Number.MAX_SAFE_INTEGER)).map(({ json }) => json))
  return all
}

/** Faults of a disk right after the power was cut, before any restart: what was published must be there. */
export function lostOn(fs: SimFs, { published }: Promised): string[] {
  const faults: string[] = []
  for (const [name, notes] of published) {
    const note = fs.readFile(`${DIR}/logs/${name}/checkpoint`)?.toString() ?? ''
    const last = openCheckpoint(notes.at(-1) ?? '', VKEY)
    try {
      if (openCheckpoint(note, VKEY).size < last.size) faults.push(`an older checkpoint of ${name}`)
    } catch {
      faults.push(`no checkpoint of ${name}`)
    }
    const roster = fs.readFile(`${DIR}/roster`)?.toString() ?? ''
    try {
      if (!openRoster(roster, VKEY).logs.some(log => log.name === name))
        faults.push(`${name} is not in the roster`)
    } catch {
      faults.push('no roster')
    }
  }
  return faults
}

/** Faults of a disk after a restart that went to its end. */
export async function faultsOn(fs: SimFs, { acknowledged, published }: Promised): Promise<string[]> {
  const faults: string[] = []
  const entries = await entriesOn(fs)
  const found = new Set(entries)
  for (const json of acknowledged) if (!found.has(json)) faults.push('an acknowledged record is missing')
  if (found.size !== entries.length) faults.push('a record stands twice')
  for (const name of listLogs(DIR, fs)) {
    const head = openCheckpoint(fs.readFile(`${DIR}/logs/${name}/checkpoint`)?.toString() ?? '', VKEY)
    const read = (path: string) => fs.readFile(`${DIR}/logs/${name}/${path}`) ?? Buffer.alloc(0)
    const tree = new TileTree(read, head.size)
    if (!rootOf(tree, head.size).equals(head.root)) faults.push(`${name}: the tiles do not lead to the root`)
    for (const note of published.get(name) ?? []) {
      const old = openCheckpoint(note, VKEY)
      if (old.size > head.size || !rootOf(tree, old.size).equals(old.root))
        faults.push(`${name}: another root was signed`)
    }
  }
  return faults
}
