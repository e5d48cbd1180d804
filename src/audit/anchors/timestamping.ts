import { hash } from 'node:crypto'
import { join } from 'node:path'
import type { Clock } from '../../core/clock.ts'
import { logFolder } from '../log-names.ts'
import { CHECKPOINT_FILE } from '../publisher.ts'
import type { AuditReader, LogState } from '../reader.ts'
import { DurableDir } from '../storage/durable.ts'
import { diskFs, type LogFs } from '../storage/fs.ts'
import { decodeDecimal } from '../tlog/base64.ts'
import { parseCheckpoint } from '../tlog/checkpoint.ts'
import { type AnchorAnswer, type AnchorChange, type AnchorSender, Backoff, NotAnchored } from './anchor.ts'
import { readTimestamp, timestampRequest } from './timestamp.ts'

/** Folder of a log with its time-stamps: `<size>.checkpoint` and, for it, `<size>.tsr` as `openssl ts` reads it. */
export const TIMESTAMPS_FOLDER = 'timestamps'

/** 64 bits, as RFC 3161 §2.4.1 asks for. */
const NONCE_BYTES = 8
/** Authorities stamp by their own clock; one that is further off than this does not tell the time. */
const MAX_SKEW_MS = 300_000

/** A checkpoint got its time-stamp, for the record. */
export interface Stamped {
  /** Host of the authority. */
  readonly authority: string
  readonly head: AnchorChange['head']
  /** SHA-256 of the answer that is kept, hex. */
  readonly tokenHash: string
}

export interface TimestampingOptions {
  /** The folder of the trail, absolute. */
  readonly dir: string
  readonly reader: AuditReader
  /** Host of the authority. */
  readonly authority: string
  readonly sender: AnchorSender
  /** How often each log that grew is stamped; besides, once when it is sealed. */
  readonly everyMs: number
  readonly clock: Clock
  readonly randomBytes: (size: number) => Buffer
  readonly onChange: (change: AnchorChange) => void
  readonly onStamped: (stamped: Stamped) => void
  readonly fs?: LogFs
}

/** Gets time-stamps of checkpoints from an authority and keeps them beside the log. Nothing waits for it. */
export class Timestamping {
  readonly #options: TimestampingOptions
  readonly #fs: LogFs
  readonly #disk: DurableDir
  readonly #backoff = new Backoff()
  /** Size and time of the last stamp, by log. */
  readonly #last = new Map<string, { readonly size: number; readonly atMs: number }>()

  constructor(options: TimestampingOptions) {
    this.#options = options
    this.#fs = options.fs ?? diskFs
    this.#disk = new DurableDir(this.#fs, options.dir)
  }

  /** Asks for what is due. @returns 0: what is due next is due later @throws when the trail can't be read or written */
  async step(): Promise<number> {
    for (const log of await this.#options.reader.logs()) {
      if (this.#backoff.isOpen(this.#options.clock.monotonic()) && this.#isDue(log)) await this.#stamp(log)
    }
    return 0
  }

  close(): Promise<void> {
    return this.#options.sender.close()
  }

  #isDue(log: LogState): boolean {
    if (log.size === 0) return false
    const last = this.#last.get(log.name) ?? this.#recall(log.name)
    this.#last.set(log.name, last)
    return (
      log.size > last.size && (log.sealed || this.#options.clock.now() - last.atMs >= this.#options.everyMs)
    )
  }

  /** The last stamp of an earlier run; one that can't be read is as good as none. */
  #recall(log: string): { readonly size: number; readonly atMs: number } {
    const size = Math.max(0, ...stampedSizes(this.#options.dir, log, this.#fs))
    const answer = this.#fs.readFile(join(this.#options.dir, stampPath(log, size, 'tsr')))
    try {
      return { size, atMs: answer === null ? 0 : readTimestamp(answer).timeMs }
    } catch {
      return { size: 0, atMs: 0 }
    }
  }

  async #stamp({ name, origin }: LogState): Promise<void> {
    const { dir, clock, authority, onChange, onStamped } = this.#options
    const note = this.#fs.readFile(join(dir, logFolder(name), CHECKPOINT_FILE)) ?? Buffer.alloc(0)
    const { size, root } = parseCheckpoint(note.toString('utf8', 0, note.indexOf('\n\n') + 1))
    const head = { origin, size, root: root.toString('hex') }
    const change = { kind: 'timestamp', anchor: authority, head } as const
    try {
      const token = await this.#ask(note)
      await this.#disk.write([{ path: stampPath(name, size, 'checkpoint'), bytes: note }])
      await this.#disk.replace(stampPath(name, size, 'tsr'), token)
      this.#last.set(name, { size, atMs: clock.now() })
      onStamped({ authority, head, tokenHash: hash('sha256', token) })
      if (this.#backoff.succeeded()) onChange({ ...change, reason: null })
    } catch (error) {
      if (!(error instanceof NotAnchored)) throw error
      if (this.#backoff.failed(error.reason, clock.monotonic())) onChange({ ...change, reason: error.reason })
    }
  }

  /** @returns the answer as it is to be kept @throws NotAnchored */
  async #ask(note: Buffer): Promise<Buffer> {
    const { sender, randomBytes, clock } = this.#options
    const nonce = randomBytes(NONCE_BYTES)
    const headers = { 'content-type': 'application/timestamp-query', accept: 'application/timestamp-reply' }
    let answer: AnchorAnswer
    try {
      answer = await sender.post(headers, timestampRequest(note, nonce))
    } catch (cause) {
      throw new NotAnchored('unreachable', { cause })
    }
    if (answer.status === 429 || answer.status >= 500) throw new NotAnchored('unreachable')
    if (answer.status !== 200) throw new NotAnchored('refused')
    const holds = isFor(answer.bytes, note, nonce, clock.now())
    if (!holds) throw new NotAnchored('bad_answer')
    return answer.bytes
  }
}

/** Whether an answer was granted, stamps these bytes now, and belongs to this request. */
function isFor(answer: Buffer, data: Buffer, nonce: Buffer, nowMs: number): boolean {
  try {
    const info = readTimestamp(answer)
    const sent = nonce.subarray(
      Math.max(
        0,
        nonce.findIndex(byte => byte !== 0)
      )
    )
    return (
      info.imprint.equals(hash('sha256', data, 'buffer')) &&
      info.nonce?.equals(sent) === true &&
      Math.abs(info.timeMs - nowMs) <= MAX_SKEW_MS
    )
  } catch {
    return false
  }
}

/** Relative to the folder of the trail. */
export function stampPath(log: string, size: number, kind: 'checkpoint' | 'tsr'): string {
  return `${logFolder(log)}/${TIMESTAMPS_FOLDER}/${size}.${kind}`
}

/** Sizes of a log that have a time-stamp. */
export function stampedSizes(dir: string, log: string, fs: Pick<LogFs, 'list'>): number[] {
  return fs
    .list(join(dir, logFolder(log), TIMESTAMPS_FOLDER))
    .filter(name => name.endsWith('.tsr'))
    .flatMap(name => decodeDecimal(name.slice(0, -4)) ?? [])
}
