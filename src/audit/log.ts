import { join, resolve } from 'node:path'
import type { Clock } from '../core/clock.ts'
import { lockDir } from './dir-lock.ts'
import type { AuditEvent, EventBuilder } from './event/builder.ts'
import { LogSet } from './log-set.ts'
import { logFolder } from './log-names.ts'
import { Publisher, type Keys, type OnPublished } from './publisher.ts'
import { Sequencer } from './sequencer.ts'
import { DurableDir } from './storage/durable.ts'
import { diskFs, type LogFs } from './storage/fs.ts'
import { LogTree } from './storage/log-tree.ts'
import { encodeState, readState, STATE_FILE, type State } from './storage/state.ts'
import { recoverWal, Wal } from './storage/wal.ts'
import type { Group } from './storage/wal-format.ts'

/** Where records go. Promises must be handled: a rejected one means that the record is not there. */
export interface AuditLog {
  /**
   * Writes a record at once. Resolves when it is on the disk; only then may the attempt send its first byte.
   * @throws SCHLEUSE_RECORD_FAILED when it can't be written, the queue is full or the log is closed
   * @throws SCHLEUSE_CLOCK_BEHIND when the clock went back behind the records that are there
   */
  admit(event: AuditEvent): Promise<void>
  /**
   * Writes a record soon: with the next admission, or after a few milliseconds. For ends of attempts, which nothing
   * waits for. When the machine dies before, the attempt is closed as orphaned at the next start.
   * @throws SCHLEUSE_RECORD_FAILED as `admit`
   */
  append(event: AuditEvent): Promise<void>
  /** False from the first failed write on, after `close`, and while the clock is behind. Then nothing may be sent. */
  readonly healthy: boolean
  /** Writes and signs what is queued, then lets go of the files. Resolves also when that failed. */
  close(): Promise<void>
}

export interface LogOptions extends Keys {
  /** Folder of the trail; created when missing. */
  readonly dir: string
  readonly clock: Clock
  /** Makes the log's own records. */
  readonly events: EventBuilder
  readonly fs?: LogFs
  /** Takes the right to write; default a lock of the kernel on the folder. */
  readonly lock?: (dir: string) => () => void
  /** How long `append` may wait for company. Default 20 ms. */
  readonly lingerMs?: number
  /** How long entries wait until they are in tiles and signed. Default 1 s. */
  readonly checkpointMs?: number
  /** How often each log records the heads of the others. Default an hour; also at the end. */
  readonly headsMs?: number
  /** Bounds of the queue. Ends of attempts may take twice as much: without them attempts would look orphaned. */
  readonly maxQueuedEvents?: number
  readonly maxQueuedBytes?: number
  /** Size of each of the two files of the write-ahead log. Default 16 MiB. */
  readonly walFileBytes?: number
  /** Called after each group with how long the disk took. */
  readonly onCommit?: (durationMs: number, events: number) => void
  readonly onPublished?: OnPublished
  /** Called once, when the log fails. */
  readonly onFailure?: (cause: Error) => void
}

/** Orphans closed at once at the start. */
const ORPHAN_BATCH = 1000

/**
 * Opens the trail: append-only Merkle logs (C2SP tlog-tiles), one per retention class and month, behind one write-ahead log.
 *
 * Group commit: records that come while the disk is busy, or in the same turn of the event loop, go out with one write,
 * which returns when the data is on the disk; the event loop never waits. Then they are hashed, and once per interval
 * written as tiles and signed.
 *
 * A failed or empty write or sync is final: no one knows what the disk then holds, so everything waiting and all that
 * follows is rejected until a restart reads the files again. Nothing is retried.
 *
 * The start reads the right edge of each log and the write-ahead log; what it finds there is put into tiles and signed
 * before traffic, so that nothing rests on pages that only the kernel's cache may hold. Attempts without an end are
 * closed as orphaned.
 * @throws Error when the folder is locked by another writer, can't be used, or holds damaged logs
 */
export async function openAuditLog(options: LogOptions): Promise<AuditLog> {
  const fs = options.fs ?? diskFs
  const dir = resolve(options.dir)
  const disk = new DurableDir(fs, dir)
  await disk.create()
  const release = (options.lock ?? lockDir)(dir)
  try {
    const publisher = new Publisher(dir, disk, fs, options, options.onPublished)
    const { logs, state, recovered } = await recover(dir, disk, fs, publisher, options)
    const wal = await Wal.open(dir, fs, options.walFileBytes)
    await disk.sync()
    const behindMs = state.latestMs - options.clock.now()
    const log = new Sequencer({ wal, logs, publisher, state, release }, options)
    return await closeLastRun(log, logs, { recovered, behindMs }, options.events)
  } catch (error) {
    release()
    throw error
  }
}

/** Reads what the last run left and makes it whole: afterwards nothing is only in the write-ahead log. */
async function recover(dir: string, disk: DurableDir, fs: LogFs, publisher: Publisher, options: LogOptions) {
  const logs = new LogSet(options.origin)
  const before = readState(dir, fs) ?? emptyState(options.origin)
  if (before.origin !== options.origin)
    throw new Error(
      `The audit log in ${dir} belongs to ${before.origin}, not to ${options.origin}. Set the origin back, or start with another data folder.`
    )
  logs.restore(before)
  for (const { name, size, root, sealed } of before.logs) {
    if (sealed) continue
    logs.add(name, LogTree.load(join(dir, logFolder(name)), fs, { size, root: Buffer.from(root, 'hex') }))
  }
  await publisher.republish(before)
  const groups = recoverWal(dir, fs, before.next)
  const latestMs = Math.max(before.latestMs, replay(groups, logs))
  const changed = logs.open
    .filter(({ tree, signed }) => tree.size > signed.size)
    .map(log => {
      log.signed = log.tree.head()
      return { name: log.name, files: log.tree.takeFiles() }
    })
  const count = groups.reduce((sum, { frames }) => sum + frames.length, 0)
  const state: State = {
    ...before,
    next: before.next + count,
    latestMs,
    logs: logs.states(),
    open: [...logs.attempts]
  }
  if (changed.length > 0) await publisher.publish(changed, state)
  else await disk.replace(STATE_FILE, encodeState(state))
  return { logs, state, recovered: count }
}

function emptyState(origin: string): State {
  return { version: 1, origin, next: 0, latestMs: 0, logs: [], open: [] }
}

/**
 * @returns the latest time in the entries
 * @throws Error when an entry does not follow the one before it in its log
 */
function replay(groups: readonly Group[], logs: LogSet): number {
  let latestMs = 0
  for (const frame of groups.flatMap(({ frames }) => frames)) {
    const log = logs.named(frame.log) ?? logs.add(frame.log, new LogTree())
    if (frame.index !== log.next)
      throw new Error(`Entry ${frame.index} of ${frame.log} does not follow in its write-ahead log.`)
    log.tree.append(frame.leaf, frame.personal)
    log.next++
    const event = parseEntry(frame.leaf)
    logs.follow(event)
    latestMs = Math.max(latestMs, event.recordedMs)
  }
  return latestMs
}

/** What an entry of the write-ahead log says of its time and of an attempt. */
function parseEntry(leaf: Buffer) {
  const event = JSON.parse(leaf.toString('latin1', 1)) as Readonly<Record<string, unknown>>
  const { request_id: requestId, attempt, app_id: appId } = event
  const isAttempt = typeof attempt === 'number' && typeof requestId === 'string' && typeof appId === 'string'
  return {
    type: event['event_type'] as AuditEvent['type'],
    retentionClass: event['retention_class'] as AuditEvent['retentionClass'],
    recordedMs: Date.parse(String(event['recorded_at'])),
    attempt: isAttempt ? { requestId, attempt, appId } : undefined
  }
}

/**
 * Records that the last run did not close its log, the ends of its attempts, and that the clock was set back meanwhile.
 * @param found entries that were only in the write-ahead log, and by how many ms the clock is behind the last record
 */
async function closeLastRun(
  log: AuditLog,
  logs: LogSet,
  { recovered, behindMs }: { readonly recovered: number; readonly behindMs: number },
  events: EventBuilder
): Promise<AuditLog> {
  const open = logs.attempts
  try {
    if (behindMs > 0) await log.append(events.create('clock.drift', { offset_ms: -Math.ceil(behindMs) }))
    if (recovered > 0) await log.append(events.create('log.recovered', { entries: recovered }))
    for (let at = 0; at < open.length; at += ORPHAN_BATCH) {
      const batch = open.slice(at, at + ORPHAN_BATCH).map(({ requestId, attempt, appId, retentionClass }) => {
        const fields = { request_id: requestId, attempt, app_id: appId }
        const options = { retentionClass: retentionClass as AuditEvent['retentionClass'] }
        return log.append(events.create('ai.request.orphaned', fields, options))
      })
      await Promise.all(batch)
    }
  } catch (error) {
    await log.close()
    throw error
  }
  return log
}
