import type { Clock } from '../core/clock.ts'
import { errors } from '../errors.ts'
import type { AuditEvent, EventBuilder } from './event/builder.ts'
import { RETENTION_CLASSES } from './event/values.ts'
import { type Group, GroupQueue } from './group-queue.ts'
import type { LogSet, OpenLog } from './log-set.ts'
import type { AuditLog, LogOptions } from './log.ts'
import type { Publisher } from './publisher.ts'
import type { State } from './storage/state.ts'
import { GROUP_HEADER_BYTES, sealGroup, writeFrame } from './storage/wal-format.ts'
import type { Wal } from './storage/wal.ts'

/** Largest group; an entry has at most 64 KB, so several fit. */
const GROUP_BYTES = 1 << 20
/** What `log.opened` may take besides the entry that opens a log; a group may open one of each class. */
const OPENING_BYTES = 8 << 10
/** So much of a group is for entries that were given. */
const FRAMES_BYTES = GROUP_BYTES - GROUP_HEADER_BYTES - RETENTION_CLASSES.length * OPENING_BYTES
/** Tiles are written before the interval is over when they hold this much. */
const MAX_WAITING_BYTES = 4 << 20
/** A clock may step back by this much, as time services do; further back nothing is admitted. */
const CLOCK_TOLERANCE_MS = 2000

export interface SequencerParts {
  readonly wal: Wal
  readonly logs: LogSet
  readonly publisher: Publisher
  /** The state that is on the disk. */
  readonly state: State
  readonly release: () => void
}

/** A group on its way: entry n lies in the log n, and its frame in the buffer up to `ends[n]`. */
interface Written {
  readonly buffer: Buffer
  readonly events: AuditEvent[]
  readonly logs: OpenLog[]
  readonly ends: number[]
}

/** Gives entries their order, makes them durable in groups, and signs what is durable. One per host. */
export class Sequencer implements AuditLog {
  readonly #parts: SequencerParts
  readonly #options: LogOptions
  readonly #clock: Clock
  readonly #events: EventBuilder
  /** One is written while the entries of the other go into the trees. */
  readonly #buffers = [Buffer.allocUnsafe(GROUP_BYTES), Buffer.allocUnsafe(GROUP_BYTES)] as const
  #turn = 0
  readonly #queue = new GroupQueue(FRAMES_BYTES)
  #state: 'open' | 'closed' | 'failed' = 'open'
  /** A group is being written, or will be in this turn of the event loop. */
  #busy = false
  #linger: NodeJS.Timeout | undefined
  #closing: Promise<void> | undefined
  #onIdle: (() => void) | undefined
  /** Number of the next entry on this host, and of the first that is not in a tree. */
  #next: number
  #durable: number
  #latestMs: number
  #publishing: Promise<void> | undefined
  #publishTimer: NodeJS.Timeout | undefined
  readonly #headsTimer: NodeJS.Timeout

  constructor(parts: SequencerParts, options: LogOptions) {
    this.#parts = parts
    this.#options = options
    this.#clock = options.clock
    this.#events = options.events
    this.#next = parts.state.next
    this.#durable = parts.state.next
    this.#latestMs = parts.state.latestMs
    this.#headsTimer = setInterval(() => this.#recordHeads(), options.headsMs ?? 3_600_000).unref()
  }

  get healthy(): boolean {
    return this.#state === 'open' && !this.#clockIsBehind()
  }

  admit(event: AuditEvent): Promise<void> {
    if (this.#clockIsBehind()) return Promise.reject(new errors.ClockBehind())
    const done = this.#enqueue(event, 1)
    this.#schedule()
    return done
  }

  append(event: AuditEvent): Promise<void> {
    const done = this.#enqueue(event, 2)
    if (!this.#busy && this.#queue.events > 0) {
      this.#linger ??= setTimeout(() => this.#schedule(), this.#options.lingerMs ?? 20)
    }
    return done
  }

  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  async #close(): Promise<void> {
    clearInterval(this.#headsTimer)
    // logs of a month that is over are sealed while the record of it can still be taken
    if (this.#parts.logs.outdated(this.#latestMs).length > 0) await this.#publish()
    this.#recordHeads()
    if (this.#state === 'open') this.#state = 'closed'
    this.#schedule()
    if (this.#busy) await new Promise<void>(resolve => (this.#onIdle = resolve))
    await this.#publish()
    clearTimeout(this.#publishTimer)
    await this.#parts.wal.close()
    this.#parts.release()
  }

  #clockIsBehind(): boolean {
    return this.#clock.now() < this.#latestMs - CLOCK_TOLERANCE_MS
  }

  #enqueue(event: AuditEvent, share: 1 | 2): Promise<void> {
    const { maxQueuedEvents = 16_384, maxQueuedBytes = 33_554_432 } = this.#options
    const isFull =
      this.#queue.events >= maxQueuedEvents * share ||
      this.#queue.bytes + event.json.length > maxQueuedBytes * share
    if (this.#state !== 'open' || isFull) return Promise.reject(new errors.RecordFailed())
    return this.#queue.push(event)
  }

  /** Writes the queue at the end of this turn of the event loop, so that all that comes in it shares one group. */
  #schedule(): void {
    if (this.#busy || this.#queue.events === 0) return
    clearTimeout(this.#linger)
    this.#linger = undefined
    this.#busy = true
    setImmediate(() => this.#writeGroup())
  }

  #writeGroup(): void {
    const group = this.#queue.take()
    if (group === undefined) {
      this.#busy = false
      return
    }
    this.#latestMs = Math.max(this.#latestMs, this.#clock.now())
    const written = this.#place(group)
    const { buffer, events, ends } = written
    const end = ends.at(-1) ?? GROUP_HEADER_BYTES
    sealGroup(buffer, end, this.#next, events.length)
    this.#next += events.length
    const startedMs = this.#clock.monotonic()
    this.#parts.wal.append(buffer, end, this.#next - 1).then(
      () => this.#committed(group, written, startedMs),
      (error: unknown) => this.#fail(error, group)
    )
  }

  /** Writes the frames of a group; a log that is new is opened before its first entry. */
  #place(group: Group): Written {
    const buffer = this.#buffers[this.#turn % 2] as Buffer
    this.#turn++
    const written: Written = { buffer, events: [], logs: [], ends: [] }
    let end = GROUP_HEADER_BYTES
    const put = (event: AuditEvent, log: OpenLog) => {
      const { json, personal } = event
      end = writeFrame(buffer, end, { log: log.name, index: log.next++, json, personal })
      written.events.push(event)
      written.logs.push(log)
      written.ends.push(end)
    }
    for (const event of group.events) {
      const log = this.#parts.logs.at(event.retentionClass, this.#latestMs)
      if (log.next === 0) put(this.#opening(log), log)
      put(event, log)
    }
    return written
  }

  /** The first entry of a log names it, and the last head of the log before it. */
  #opening(log: OpenLog): AuditEvent {
    const [retentionClass] = log.name.split('/')
    const before = this.#parts.logs
      .states()
      .filter(({ name, size }) => size > 0 && name.split('/')[0] === retentionClass)
    const last = before.at(-1)
    const head = last && { origin: log.origin.replace(log.name, last.name), root: last.root, size: last.size }
    return this.#events.create(
      'log.opened',
      { log: log.origin, head },
      { retentionClass: retentionClass as AuditEvent['retentionClass'] }
    )
  }

  #committed(group: Group, { buffer, events, logs, ends }: Written, startedMs: number): void {
    this.#busy = false
    group.resolve()
    this.#options.onCommit?.(this.#clock.monotonic() - startedMs, events.length)
    // the next group is on its way to the disk while this one is hashed
    if (this.#queue.events > 0 && this.#state !== 'failed') {
      this.#busy = true
      this.#writeGroup()
    }
    for (let n = 0; n < events.length; n++) {
      const [event, log, end] = [events[n], logs[n], ends[n]]
      if (event === undefined || log === undefined || end === undefined) continue
      const leafEnd = end - (event.personal?.length ?? 0)
      log.tree.append(buffer.subarray(leafEnd - event.json.length - 1, leafEnd), event.personal)
      this.#parts.logs.follow(event)
    }
    this.#durable += events.length
    if (this.#state === 'open') this.#publishSoon()
    if (!this.#busy) {
      this.#parts.wal.prepare()
      this.#onIdle?.()
    }
  }

  #publishSoon(): void {
    const waiting = this.#parts.logs.open.reduce((sum, { tree }) => sum + tree.waitingBytes, 0)
    const now = waiting > MAX_WAITING_BYTES || this.#parts.wal.isFull
    if (now && this.#publishing === undefined) void this.#publish()
    else this.#publishTimer ??= setTimeout(() => void this.#publish(), this.#options.checkpointMs ?? 1000)
  }

  /** Puts all that is durable into tiles and signs it. One at a time; resolves also when it failed. */
  async #publish(): Promise<void> {
    clearTimeout(this.#publishTimer)
    this.#publishTimer = undefined
    while (this.#publishing !== undefined) await this.#publishing
    if (this.#state === 'failed') return
    this.#publishing = this.#publishNow()
      .catch((error: unknown) => this.#fail(error, undefined))
      .finally(() => (this.#publishing = undefined))
    await this.#publishing
  }

  async #publishNow(): Promise<void> {
    const { logs, publisher, wal } = this.#parts
    const changed = logs.open
      .filter(({ tree, signed }) => tree.size > signed.size)
      .map(log => {
        log.signed = log.tree.head()
        return { name: log.name, files: log.tree.takeFiles() }
      })
    const sealed = logs.outdated(this.#latestMs)
    if (changed.length === 0 && sealed.length === 0) return
    for (const log of sealed) logs.seal(log)
    const next = this.#durable
    const state: State = {
      version: 1,
      origin: this.#options.origin,
      next,
      latestMs: this.#latestMs,
      logs: logs.states(),
      open: [...logs.attempts]
    }
    await publisher.publish(changed, state)
    wal.release(next)
    for (const { name, origin, signed } of sealed) {
      const head = { origin, root: signed.root.toString('hex'), size: signed.size }
      this.#note('retention.segment_closed', name, { head })
    }
  }

  /** Records in each log the heads of the others, so that one that is missing as a whole is noticed. */
  #recordHeads(): void {
    for (const log of this.#parts.logs.open) {
      const heads = this.#parts.logs.newHeads(log)
      if (heads.length > 0) this.#note('log.heads', log.name, { heads })
    }
  }

  /** A record of the log about itself; when it can't be taken, the log has failed and says so elsewhere. */
  #note(type: 'log.heads' | 'retention.segment_closed', log: string, fields: object): void {
    const retentionClass = log.split('/')[0] as AuditEvent['retentionClass']
    this.append(this.#events.create(type, fields as never, { retentionClass })).catch(() => undefined)
  }

  #fail(error: unknown, group: Group | undefined): void {
    const cause = error instanceof Error ? error : new Error('unknown')
    this.#busy = false
    clearTimeout(this.#linger)
    clearTimeout(this.#publishTimer)
    for (let lost = group ?? this.#queue.take(); lost !== undefined; lost = this.#queue.take())
      lost.reject(new errors.RecordFailed({ cause }))
    if (this.#state !== 'failed') this.#options.onFailure?.(cause)
    this.#state = 'failed'
    this.#parts.wal.abandon(cause)
    this.#onIdle?.()
  }
}
