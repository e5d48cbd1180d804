import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { EventFields } from '../audit/event/schema.ts'
import { isLogName } from '../audit/log-names.ts'
import { leaveNote } from '../audit/notes.ts'
import { openAuditReader } from '../audit/reader.ts'
import { HOLDS_FOLDER } from '../audit/retention.ts'
import type { Report } from './report.ts'
import { UsageError } from './usage-error.ts'

/** `schleuse audit hold …`: what is on hold is not deleted when its time is over. A running gateway takes it at once. */

export interface HoldOptions {
  /** The data folder. */
  readonly dataDir: string
  /** ms since the epoch. */
  readonly now: number
  /** Number of the case, for the record. */
  readonly caseRef?: string | undefined
  readonly reason?: Reason | undefined
}

export type Reason = EventFields<'legal_hold.released'>['reason']

/** @param log its name; left out, all logs @throws UsageError for an id or name that is none */
export async function setHold(options: HoldOptions, id: string, log: string | undefined): Promise<Report> {
  const dir = trailOf(options)
  const file = holdFile(dir, id)
  if (log !== undefined && !isLogName(log)) throw new UsageError(`${log} is no log, such as std_13m/2026-11.`)
  mkdirSync(join(dir, HOLDS_FOLDER), { recursive: true, mode: 0o700 })
  writeFileSync(file, `${log ?? ''}\n`, { mode: 0o600, flush: true })
  const held = log && (await openAuditReader(dir).logs()).find(({ name }) => name === log)?.origin
  await leaveNote(options.dataDir, 'legal_hold.set', { ...recorded(options, id), log: held }, options.now)
  return { text: `${id}: ${log ?? 'all logs'} on hold\n`, code: 0 }
}

/** @throws UsageError when there is no such hold */
export async function releaseHold(options: HoldOptions, id: string): Promise<Report> {
  const file = holdFile(trailOf(options), id)
  if (!existsSync(file)) throw new UsageError(`There is no hold ${id}.`)
  await leaveNote(options.dataDir, 'legal_hold.released', recorded(options, id), options.now)
  rmSync(file)
  return { text: `${id}: released\n`, code: 0 }
}

export function listHolds(dataDir: string): Report {
  const folder = join(trailOf({ dataDir }), HOLDS_FOLDER)
  const ids = existsSync(folder) ? readdirSync(folder).sort() : []
  const lines = ids.map(id => `${id}  ${readFileSync(join(folder, id), 'utf8').trim() || 'all logs'}\n`)
  return { text: lines.join('') || 'no holds\n', code: 0 }
}

function trailOf({ dataDir }: Pick<HoldOptions, 'dataDir'>): string {
  return join(dataDir, 'audit')
}

function recorded({ caseRef, reason }: HoldOptions, id: string) {
  return { by: { type: 'cli' }, hold_id: id, case_ref: caseRef, reason } as const
}

function holdFile(dir: string, id: string): string {
  if (!existsSync(dir)) throw new UsageError(`${dir} has no audit trail yet: start the gateway once.`)
  if (!/^[a-z0-9][a-z0-9._-]{0,63}$/.test(id))
    throw new UsageError('An id has 1 to 64 characters of a-z, 0-9 and . _ -')
  return join(dir, HOLDS_FOLDER, id)
}
