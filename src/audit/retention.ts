import { join } from 'node:path'
import type { EventBuilder } from './event/builder.ts'
import type { RetentionClass } from './event/schema.ts'
import type { AuditLog } from './log.ts'
import { logFolder } from './log-names.ts'
import { FIRST_INDEX_FILE, openAuditReader, type LogState } from './reader.ts'
import { DurableDir } from './storage/durable.ts'
import { diskFs, type LogFs } from './storage/fs.ts'

/**
 * Content of a sealed log goes when its time is over: entry bundles and personal parts. Hash tiles and checkpoint stay, so
 * that every proof and all other logs still verify (C2SP tlog-tiles, pruning). The deletion is recorded before it is done.
 */

/** Months that a class is kept, counted from the end of the log's month. */
export type RetentionMonths = Readonly<Record<RetentionClass, number>>

/** gdpr-records §8: an audit cycle and some; AI Act Art. 26(6) with room; five years for control records. */
export const RETENTION_MONTHS: RetentionMonths = { std_13m: 13, ai_act_hr: 24, fin_5y: 60 }

export const HOLDS_FOLDER = 'holds'

/**
 * A legal hold is a file in `holds`, named by its id; its content is the name of a log, or nothing for all of them. What is
 * on hold is not deleted.
 */
function isHeld(dir: string, log: string, fs: LogFs): boolean {
  return fs.list(join(dir, HOLDS_FOLDER)).some(id => {
    const held =
      fs
        .readFile(join(dir, HOLDS_FOLDER, id))
        ?.toString()
        .trim() ?? ''
    return held === '' || held === log
  })
}

/** @returns whether the time of a sealed log of this name is over */
export function isOver(log: string, nowMs: number, months: RetentionMonths): boolean {
  const [retentionClass, month = ''] = log.split('/')
  const [year = 0, number = 0] = month.split('-').map(Number)
  return nowMs >= Date.UTC(year, number + months[retentionClass as RetentionClass], 1)
}

export interface RetentionDeps {
  readonly dir: string
  readonly log: AuditLog
  readonly events: EventBuilder
  /** ms since the epoch. */
  readonly now: number
  readonly months?: RetentionMonths
  readonly fs?: LogFs
}

/**
 * Deletes what is due and not on hold. May be cut off at any point and run again.
 * @returns names of the logs whose content was deleted
 * @throws SCHLEUSE_RECORD_FAILED when the deletion could not be recorded; then nothing was deleted
 */
export async function applyRetention(deps: RetentionDeps): Promise<string[]> {
  const { dir, now, months = RETENTION_MONTHS, fs = diskFs } = deps
  const due = (await openAuditReader(dir, fs).logs()).filter(
    ({ name, sealed, size, first }) =>
      sealed &&
      isOver(name, now, months) &&
      !isHeld(dir, name, fs) &&
      (first < size || hasContent(dir, name, fs))
  )
  for (const log of due) await deleteContent(log, deps, fs)
  return due.map(({ name }) => name)
}

const CONTENT = ['tile/entries', 'personal']

function hasContent(dir: string, log: string, fs: LogFs): boolean {
  return CONTENT.some(path => fs.list(join(dir, logFolder(log), path)).length > 0)
}

async function deleteContent(state: LogState, { dir, log, events }: RetentionDeps, fs: LogFs): Promise<void> {
  const { name, origin, size, first } = state
  if (first < size) {
    const fields = {
      log: origin,
      from: first,
      to: size,
      part: 'content',
      reason: 'retention_expired'
    } as const
    const retentionClass = name.split('/')[0] as RetentionClass
    await log.admit(events.create('retention.segment_deleted', fields, { retentionClass }))
    await new DurableDir(fs, dir).replace(`${logFolder(name)}/${FIRST_INDEX_FILE}`, Buffer.from(`${size}\n`))
  }
  for (const path of CONTENT) await removeAll(join(dir, logFolder(name), path), fs)
}

/** Removes a folder of bundles: numbers and partial ones, at most five levels deep. */
async function removeAll(path: string, fs: LogFs): Promise<void> {
  for (const name of fs.list(path)) {
    const child = join(path, name)
    if (isFolder(name)) await removeAll(child, fs)
    else await fs.unlink(child)
  }
  if (fs.list(path).length === 0) await fs.rmdir(path).catch(() => undefined)
}

/** `x001` and `000.p` are folders, `000` and, below `.p`, `17` are files. */
function isFolder(name: string): boolean {
  return name.startsWith('x') || name.endsWith('.p')
}
