import type { X509Certificate } from 'node:crypto'
import { join } from 'node:path'
import { WITNESSED_FILE } from '../anchors/witnessing.ts'
import { logFolder, originOf } from '../log-names.ts'
import { CHECKPOINT_FILE, VKEY_FILE } from '../publisher.ts'
import { listLogs } from '../reader.ts'
import type { ActorKeys } from '../personal.ts'
import { openRoster, ROSTER_FILE, type RosterLog } from '../roster.ts'
import { type ReadFs, readFs } from '../storage/fs.ts'
import { openCheckpoint, type OpenCheckpoint } from '../tlog/checkpoint.ts'
import { parseVkey } from '../tlog/keys.ts'
import { Attempts, type Entry } from './attempts.ts'
import { type Finding, Findings } from './finding.ts'
import { Claims } from './heads.ts'
import { PersonalParts } from './personal.ts'
import { Timestamps } from './timestamps.ts'
import { walkLog, type WalkedLog } from './walk-log.ts'

export interface VerifyOptions {
  /** The folder `audit` of a data folder, or a copy. */
  readonly dir: string
  /** The gateway's key, from somewhere else than the folder. Left out, the folder's own, which proves less. */
  readonly vkey?: string | undefined
  /** Witnesses that must have cosigned. */
  readonly witnesses?: readonly string[]
  /** So many of them; all when left out. */
  readonly quorum?: number | undefined
  /** Certificates of time-stamping authorities: roots, or their own. Each time-stamp must lead to one of them. */
  readonly authorities?: readonly X509Certificate[]
  /** Older checkpoints of any of the logs, as they were saved. */
  readonly old?: readonly string[]
  /** At least this many entries in all logs together. */
  readonly expectSize?: number | undefined
  /** The newest record, or cosignature if witnesses are asked for, may be this old. */
  readonly maxAgeMs?: number | undefined
  /** Tells personal parts that are whole from erased ones. */
  readonly actorKeys?: Pick<ActorKeys, 'open'> | undefined
  /** ms since the epoch. */
  readonly now: number
  readonly fs?: ReadFs
  readonly onProgress?: (done: number, total: number) => void
}

export interface VerifyReport {
  readonly findings: readonly Finding[]
  readonly origin: string
  readonly logs: readonly {
    readonly name: string
    readonly size: number
    readonly root: string
    readonly deleted: number
  }[]
  readonly attempts: number
  /** Of the newest record, RFC 3339; empty when there is none. */
  readonly newest: string
}

/**
 * Checks a whole trail offline.
 * @throws NoteError, TypeError, Error when there is nothing that could be checked: no trail, no readable key
 */
export function verifyTrail(options: VerifyOptions): VerifyReport {
  const check = new Check(options)
  return check.run()
}

class Check {
  readonly #options: VerifyOptions
  readonly #fs: ReadFs
  readonly #findings = new Findings()
  readonly #claims = new Claims()
  readonly #attempts = new Attempts()
  readonly #timestamps: Timestamps
  readonly #personal: PersonalParts
  readonly #vkey: string
  /** Up to which entry retention deleted content, by origin. */
  readonly #deletions = new Map<string, number>()
  #newest = ''
  #done = 0

  constructor(options: VerifyOptions) {
    this.#options = options
    this.#fs = options.fs ?? readFs
    this.#timestamps = new Timestamps(options.authorities ?? [])
    this.#personal = new PersonalParts(options.dir, this.#fs, options.actorKeys)
    this.#vkey = options.vkey ?? this.#ownKey()
    const { witnesses = [], quorum = 1 } = options
    if (witnesses.length > 0 && (quorum < 1 || quorum > witnesses.length))
      throw new Error(`A quorum of ${quorum} does not fit ${witnesses.length} witnesses.`)
  }

  run(): VerifyReport {
    const { dir } = this.#options
    const { name: base } = parseVkey(this.#vkey)
    const roster = this.#roster()
    const names = listLogs(dir, this.#fs)
    for (const { name } of roster)
      if (!names.includes(name)) this.#fault('The log is missing as a whole; the roster names it.', name)
    if (roster.length > 0)
      for (const name of names)
        if (!roster.some(log => log.name === name)) this.#fault('The roster does not name this log.', name)
    const heads = names.flatMap(name => this.#head(name, originOf(base, name)))
    const total = heads.reduce((sum, { size }) => sum + size, 0)
    const logs = heads.map(head => this.#walk(head, total))
    for (const { name, head } of roster)
      if (head !== undefined) this.#claim(originOf(base, name), head.size, head.root, 'the roster')
    for (const note of this.#options.old ?? []) this.#old(note)
    for (const { name } of logs)
      this.#witnessed(
        name,
        roster.some(log => log.name === name && log.head !== undefined)
      )
    for (const log of logs)
      this.#timestamps.check(dir, log, this.#vkey, this.#fs, this.#claims, this.#findings)
    this.#timestamps.finish(this.#findings)
    this.#claims.check(logs, this.#findings)
    this.#attempts.finish(
      this.#findings,
      logs.some(({ deleted }) => deleted > 0)
    )
    this.#personal.finish(this.#findings)
    for (const { name, origin, deleted } of logs)
      if (deleted > (this.#deletions.get(origin) ?? 0))
        this.#fault(
          `The content of its first ${deleted} entries is gone, and no record says that retention deleted it.`,
          name
        )
    this.#expectations(total)
    return {
      findings: this.#findings.all(),
      origin: base,
      logs: logs.map(({ name, size, root, deleted }) => ({ name, size, root, deleted })),
      attempts: this.#attempts.count,
      newest: this.#newest
    }
  }

  #ownKey(): string {
    const vkey = this.#read(VKEY_FILE)?.trim()
    if (vkey === undefined)
      throw new Error(
        `${this.#options.dir} is no audit trail: it has no ${VKEY_FILE}. Give the key with --vkey.`
      )
    this.#findings.add(
      'note',
      'The key was taken from the folder itself. That finds damage, but not a trail that was forged whole: give the key with --vkey, from whoever you trust with it.'
    )
    return vkey
  }

  #read(path: string): string | undefined {
    return this.#fs.readFile(join(this.#options.dir, path))?.toString()
  }

  #fault(text: string, log?: string): void {
    this.#findings.add('fault', text, log)
  }

  #claim(origin: string, size: number, root: Buffer, by: string): void {
    this.#claims.add({ origin, size, root: root.toString('hex'), by })
  }

  #roster(): readonly RosterLog[] {
    const note = this.#read(ROSTER_FILE)
    if (note === undefined) {
      this.#fault('The roster, the signed list of all logs, is missing.')
      return []
    }
    try {
      return openRoster(note, this.#vkey).logs
    } catch (error) {
      this.#fault(`The roster is not what the gateway signed: ${messageOf(error)}.`)
      return []
    }
  }

  #head(
    name: string,
    origin: string
  ): { readonly name: string; readonly head: OpenCheckpoint; readonly size: number }[] {
    const note = this.#read(`${logFolder(name)}/${CHECKPOINT_FILE}`)
    if (note === undefined) {
      this.#fault('The checkpoint, its signed head, is missing; its entries were not checked.', name)
      return []
    }
    try {
      const head = openCheckpoint(note, this.#vkey)
      if (head.origin !== origin) throw new Error(`it belongs to ${head.origin}`)
      return [{ name, head, size: head.size }]
    } catch (error) {
      this.#fault(
        `The checkpoint is not what the gateway signed: ${messageOf(error)}. Its entries were not checked.`,
        name
      )
      return []
    }
  }

  #walk(
    { name, head, size }: { name: string; head: OpenCheckpoint; size: number },
    total: number
  ): WalkedLog {
    const { dir, onProgress } = this.#options
    const log = walkLog({
      dir,
      name,
      origin: head.origin,
      size,
      fs: this.#fs,
      findings: this.#findings,
      onEntry: (entry, log, index) => {
        this.#entry(entry, head.origin, log, index)
        this.#personal.follow(entry, log, index, size)
      },
      onProgress: entries => {
        this.#done += entries
        onProgress?.(this.#done, total)
      }
    })
    if (log.root !== head.root.toString('hex'))
      this.#fault(`Its entries do not lead to the root that was signed for ${size} of them.`, name)
    return log
  }

  #entry(entry: Entry, origin: string, log: string, index: number): void {
    this.#attempts.follow(entry, log, index)
    this.#timestamps.follow(entry)
    if (entry.head !== undefined || entry.heads !== undefined) this.#claims.follow(entry, log, index)
    if (index === 0 && (entry.event_type !== 'log.opened' || entry.log !== origin))
      this.#fault('Entry 0 does not open this log.', log)
    if (entry.event_type === 'retention.segment_deleted' && typeof entry.to === 'number')
      this.#deletions.set(String(entry.log), entry.to)
    const at = entry.recorded_at
    if (typeof at === 'string' && at > this.#newest) this.#newest = at
  }

  #old(note: string): void {
    try {
      const { origin, size, root } = openCheckpoint(note, this.#vkey)
      this.#claim(origin, size, root, 'the older checkpoint')
    } catch (error) {
      this.#fault(`The older checkpoint was not signed by this key: ${messageOf(error)}.`)
    }
  }

  /** Each log has a checkpoint that enough witnesses cosigned, and goes on from there; one that is sealed needs no newer one. */
  #witnessed(name: string, isSealed: boolean): void {
    const { witnesses = [], quorum = witnesses.length, maxAgeMs = Infinity, now } = this.#options
    if (witnesses.length === 0) return
    const note = this.#read(`${logFolder(name)}/${WITNESSED_FILE}`)
    if (note === undefined) return this.#fault('No checkpoint of it was cosigned by a witness.', name)
    try {
      const verifiers = witnesses.map(vkey => parseVkey(vkey))
      const open = openCheckpoint(note, this.#vkey, verifiers)
      this.#claim(open.origin, open.size, open.root, 'the checkpoint that witnesses cosigned')
      const earliest = isSealed ? -Infinity : now - maxAgeMs
      const lacking = verifiers.flatMap(({ name: witness }) => lackOf(open, witness, earliest))
      if (witnesses.length - lacking.length >= quorum) return
      for (const text of lacking) this.#fault(text, name)
    } catch (error) {
      this.#fault(`The cosigned checkpoint does not hold: ${messageOf(error)}.`, name)
    }
  }

  #expectations(total: number): void {
    const { expectSize = 0, maxAgeMs, now } = this.#options
    if (total < expectSize)
      this.#fault(`There are ${total} entries, fewer than the ${expectSize} that are expected.`)
    if (maxAgeMs !== undefined && !(Date.parse(this.#newest) >= now - maxAgeMs))
      this.#fault(`The newest record is of ${this.#newest || 'no time at all'}: older than is allowed.`)
  }
}

/** What a witness did not do; empty when it cosigned late enough. */
function lackOf({ witnesses }: OpenCheckpoint, witness: string, earliestMs: number): string[] {
  const time = witnesses.find(({ name }) => name === witness)?.time
  if (time === undefined) return [`The witness ${witness} did not cosign it.`]
  if (time * 1000 >= earliestMs) return []
  return [`The witness ${witness} cosigned it last at ${new Date(time * 1000).toISOString()}.`]
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'unknown'
}
