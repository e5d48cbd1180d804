import { join } from 'node:path'
import type { Clock } from '../../core/clock.ts'
import { logFolder } from '../log-names.ts'
import { CHECKPOINT_FILE, VKEY_FILE } from '../publisher.ts'
import type { AuditReader, LogState } from '../reader.ts'
import { DurableDir } from '../storage/durable.ts'
import { diskFs, type LogFs } from '../storage/fs.ts'
import { type OpenCheckpoint, openCheckpoint, parseCheckpoint } from '../tlog/checkpoint.ts'
import { consistencyProof } from '../tlog/merkle.ts'
import { signatureLines } from '../tlog/note.ts'
import { tilesFrom, TileTree } from '../tlog/tiles.ts'
import { type AnchorChange, Backoff, NotAnchored } from './anchor.ts'
import type { Cosignature, Submission, Witness } from './witness.ts'

/** The last checkpoint of a log that witnesses cosigned, beside `checkpoint`. */
export const WITNESSED_FILE = 'checkpoint.witnessed'

/** New checkpoints go to the witnesses this often; each log's newest only. */
const EVERY_MS = 60_000
/** A log without new entries is cosigned again this often, so that cosignatures also say that it still stands so. */
const REFRESH_MS = 3_600_000

export interface WitnessingOptions {
  /** The folder of the trail, absolute. */
  readonly dir: string
  readonly reader: AuditReader
  readonly witnesses: readonly Witness[]
  /** So many must have cosigned a checkpoint before it takes the place of the one before. */
  readonly quorum: number
  readonly clock: Clock
  /** Told when a witness fails, and when it does its part again. */
  readonly onChange: (change: AnchorChange) => void
  readonly fs?: LogFs
  readonly everyMs?: number
}

/** What is known of a witness and a log. */
interface Known {
  /** Last size that it cosigned. */
  readonly size: number
  /** When, on the clock that never goes back; -Infinity: in an earlier run. */
  readonly atMs: number
}

/**
 * Lets witnesses cosign the checkpoints of all logs. A witness that fails is asked again and never keeps the others
 * waiting for longer than its answer may take; the gateway never waits for any of them.
 */
export class Witnessing {
  readonly #options: WitnessingOptions
  readonly #fs: LogFs
  readonly #disk: DurableDir
  readonly #known = new Map<string, Known>()
  readonly #backoffs: ReadonlyMap<Witness, Backoff>
  /** Logs whose cosigned checkpoint was read back since the start. */
  readonly #read = new Set<string>()

  constructor(options: WitnessingOptions) {
    this.#options = options
    this.#fs = options.fs ?? diskFs
    this.#disk = new DurableDir(this.#fs, options.dir)
    this.#backoffs = new Map(options.witnesses.map(witness => [witness, new Backoff()]))
  }

  /** Asks for what is due. @returns 0: what is due next is due later @throws when the trail can't be read or written */
  async step(): Promise<number> {
    for (const log of await this.#options.reader.logs()) await this.#follow(log)
    return 0
  }

  async close(): Promise<void> {
    for (const witness of this.#options.witnesses) await witness.close()
  }

  async #follow(log: LogState): Promise<void> {
    const now = this.#options.clock.monotonic()
    this.#recall(log)
    const ready = this.#options.witnesses.filter(witness => this.#backoffs.get(witness)?.isOpen(now))
    if (log.size === 0 || !ready.some(witness => this.#isDue(witness, log, now))) return
    const submission = this.#submission(log)
    // all are asked for the same checkpoint, so that their cosignatures come together under one
    const results = await Promise.all(ready.map(witness => this.#ask(witness, log, submission)))
    await this.#keep(
      log,
      submission,
      results.filter(result => result !== null)
    )
  }

  #isDue(witness: Witness, { name, size, sealed }: LogState, now: number): boolean {
    const known = this.#known.get(keyOf(witness, name))
    if (known === undefined) return true
    if (size > known.size) return now - known.atMs >= (this.#options.everyMs ?? EVERY_MS) || sealed
    return !sealed && now - known.atMs >= REFRESH_MS
  }

  /** What an earlier run got, so that witnesses are asked from there on. */
  #recall({ name }: LogState): void {
    if (this.#read.has(name)) return
    this.#read.add(name)
    const before = this.#cosigned(name)
    for (const { name: witnessName } of before?.witnesses ?? []) {
      const witness = this.#options.witnesses.find(({ verifier }) => verifier.name === witnessName)
      if (before !== null && witness !== undefined)
        this.#known.set(keyOf(witness, name), { size: before.size, atMs: Number.NEGATIVE_INFINITY })
    }
  }

  /** Null when there is none that holds: then it is made anew. */
  #cosigned(log: string): (OpenCheckpoint & { readonly note: string }) | null {
    const note = this.#fs.readFile(this.#path(log, WITNESSED_FILE))?.toString()
    const vkey = this.#fs.readFile(join(this.#options.dir, VKEY_FILE))?.toString().trim()
    if (note === undefined || vkey === undefined) return null
    try {
      const verifiers = this.#options.witnesses.map(({ verifier }) => verifier)
      return { ...openCheckpoint(note, vkey, verifiers), note }
    } catch {
      return null
    }
  }

  #path(log: string, file: string): string {
    return join(this.#options.dir, logFolder(log), file)
  }

  /** @throws Error when the checkpoint can't be read */
  #submission({ name }: LogState): Submission {
    const note = this.#fs.readFile(this.#path(name, CHECKPOINT_FILE))?.toString() ?? ''
    const text = note.slice(0, note.indexOf('\n\n') + 1)
    const { size } = parseCheckpoint(text)
    const tree = new TileTree(
      tilesFrom(path => this.#fs.readFile(this.#path(name, path))),
      size
    )
    return { note, text, size, proof: old => consistencyProof(tree, old, size) }
  }

  async #ask(witness: Witness, log: LogState, submission: Submission): Promise<Cosignature | null> {
    const { clock, onChange } = this.#options
    const backoff = this.#backoffs.get(witness)
    const key = keyOf(witness, log.name)
    const { root } = parseCheckpoint(submission.text)
    const head = { origin: log.origin, size: submission.size, root: root.toString('hex') }
    const change = { kind: 'witness', anchor: witness.verifier.name, head } as const
    try {
      const cosignature = await witness.cosign(submission, this.#known.get(key)?.size ?? 0)
      this.#known.set(key, { size: submission.size, atMs: clock.monotonic() })
      if (backoff?.succeeded()) onChange({ ...change, reason: null })
      return cosignature
    } catch (error) {
      if (!(error instanceof NotAnchored)) throw error
      if (backoff?.failed(error.reason, clock.monotonic())) onChange({ ...change, reason: error.reason })
      return null
    }
  }

  /** With fewer cosignatures than the quorum the one before stays: it says more. */
  async #keep({ name }: LogState, submission: Submission, got: readonly Cosignature[]): Promise<void> {
    const { note, text } = submission
    const before = this.#cosigned(name)?.note ?? ''
    const known = before.startsWith(`${text}\n`) ? signatureLines(before) : []
    const isNew = (line: string) =>
      !note.includes(line) && !got.some(one => signerOf(one.line) === signerOf(line))
    const lines = [...known.filter(isNew), ...got.map(({ line }) => line)]
    if (got.length === 0 || lines.length < this.#options.quorum) return
    await this.#disk.replace(`${logFolder(name)}/${WITNESSED_FILE}`, Buffer.from(note + lines.join('')))
  }
}

/** Name of the key that made a signature. */
function signerOf(line: string): string | undefined {
  return line.split(' ')[1]
}

function keyOf({ verifier }: Witness, log: string): string {
  return `${verifier.name} ${log}`
}
