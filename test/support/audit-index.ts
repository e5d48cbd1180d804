import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AuditIndex } from '../../src/audit/index/audit-index.ts'
import { openSqliteStore } from '../../src/audit/index/sqlite.ts'
import { auditEvents, type Traffic } from './audit-events.ts'

/** What a tap test offers. */
interface Ends {
  teardown(end: () => unknown): unknown
}

/** A folder of its own, removed at the end of the test. */
export function folderOf(t: Ends): string {
  const folder = mkdtempSync(join(tmpdir(), 'schleuse-test-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** An index of generated traffic, or of the given events, in the log `log-a`. */
export async function indexOf(t: Ends, events: readonly string[]): Promise<AuditIndex> {
  const index = new AuditIndex(openSqliteStore(join(folderOf(t), 'index.sqlite')))
  t.teardown(() => index.close())
  await index.add(
    'log-a',
    0,
    events.map((json, at) => ({ index: at, json }))
  )
  return index
}

export function traffic(count: number, options: Partial<Traffic> = {}): string[] {
  const source = auditEvents({ seed: 1, fromMs: Date.UTC(2026, 8, 20), stepMs: 600_000, ...options })
  return Array.from({ length: count }, () => source.next().value)
}
