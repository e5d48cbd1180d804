import type { AuditExport, ExportSource, Period } from './export.ts'
import type { Filled } from './formats/format.ts'

const DAY_MS = 86_400_000

/**
 * Fills a record for whole days (UTC).
 * @param from first day, ISO date. @param to last day, ISO date
 * @throws RangeError when a day does not exist or the last is before the first
 */
export async function fill(
  record: AuditExport,
  source: ExportSource,
  from: string,
  to: string
): Promise<Filled> {
  const rows = await record.rows(source, periodOf(from, to))
  return { record, rows, from, to, createdMs: source.declared.nowMs }
}

/** @throws RangeError as `fill` */
export function periodOf(from: string, to: string): Period {
  const fromMs = dayMs(from)
  const toMs = dayMs(to) + DAY_MS
  if (fromMs >= toMs) throw new RangeError('the last day is before the first')
  return { fromMs, toMs }
}

function dayMs(day: string): number {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN
  if (Number.isNaN(ms) || !new Date(ms).toISOString().startsWith(day))
    throw new RangeError(`${day} is no day; write it as 2026-09-30`)
  return ms
}
