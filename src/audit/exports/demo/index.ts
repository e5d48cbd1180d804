import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AuditEvent } from '../../event/builder.ts'
import { AuditIndex } from '../../index/audit-index.ts'
import { Indexer } from '../../index/indexer.ts'
import { monthOf } from '../../index/rollup.ts'
import { openSqliteStore } from '../../index/sqlite.ts'
import { openAuditLog } from '../../log.ts'
import { openAuditReader } from '../../reader.ts'
import { openTrail } from '../../trail.ts'
import type { ExportSource } from '../export.ts'
import type { Trail } from '../questions/bundle.ts'
import { COMPANY } from './company.ts'
import { KEPT_REGISTER } from './register.ts'
import { demoBuilder, demoTraffic, movedClock } from './traffic.ts'

/** Records written before one waits for the disk. */
const BATCH = 500

export interface Demo {
  readonly source: ExportSource
  readonly trail: Trail
  /** The log of the sample, for `schleuse audit verify`. */
  readonly dir: string
  /** Removes it. */
  close(): Promise<void>
}

/**
 * The sample group with its quarter of traffic, in a log and an index of its own in the folder for temporary files: every
 * record, question and proof can be tried without a gateway.
 */
export async function openDemo(): Promise<Demo> {
  const folder = mkdtempSync(join(tmpdir(), 'schleuse-demo-'))
  const dir = join(folder, 'audit')
  await writeTrail(dir)
  const index = new AuditIndex(openSqliteStore(join(folder, 'index.sqlite')))
  await new Indexer(openAuditReader(dir), index).catchUp()
  return {
    source: { observed: index, declared: COMPANY, register: async () => KEPT_REGISTER },
    trail: openTrail(dir),
    dir,
    async close() {
      await index.close()
      rmSync(folder, { recursive: true })
    }
  }
}

/** Each record is written at its own time, so that logs hold their month. */
async function writeTrail(dir: string): Promise<void> {
  const written = movedClock()
  const records = [...demoTraffic(written, demoBuilder(written))].map(event => ({ event, ms: timeOf(event) }))
  const clock = movedClock()
  // a key that everybody knows: the sample proves nothing but how proofs are checked
  const seed = Buffer.alloc(32, 'schleuse sample records')
  const origin = 'demo.example/audit'
  const log = await openAuditLog({ dir, origin, seed, clock, events: demoBuilder(clock), lingerMs: 0 })
  for (let at = 0; at < records.length; ) {
    const month = monthOf(records[at]?.ms ?? 0)
    const group = records.slice(at, at + BATCH).filter(({ ms }) => monthOf(ms) === month)
    clock.set(group.at(-1)?.ms ?? 0)
    await Promise.all(group.map(({ event }) => log.append(event)))
    at += group.length
  }
  await log.close()
}

function timeOf({ json }: AuditEvent): number {
  return Date.parse((JSON.parse(json) as { readonly occurred_at: string }).occurred_at)
}
