import { join } from 'node:path'
import type { RosterLog } from './roster.ts'
import { openRoster, ROSTER_FILE, signRoster } from './roster.ts'
import { logFolder, originOf } from './log-names.ts'
import type { DurableDir, NewFile } from './storage/durable.ts'
import type { LogFs } from './storage/fs.ts'
import { encodeState, STATE_FILE, type LogState, type State } from './storage/state.ts'
import { openCheckpoint, signCheckpoint } from './tlog/checkpoint.ts'
import { createSigner } from './tlog/keys.ts'

export const CHECKPOINT_FILE = 'checkpoint'
/** The public key, for whoever was given none: it proves nothing against the owner of the folder. */
export const VKEY_FILE = 'vkey'

/** One log as it stands. */
export interface Published {
  readonly name: string
  readonly files: readonly NewFile[]
}

export interface Keys {
  /** Name of the gateway's trail: a URL without scheme, e.g. `audit.example.com/gw-1`. */
  readonly origin: string
  /** Ed25519 seed, 32 bytes. All logs share it, each under its own origin as name. */
  readonly seed: Buffer
}

/** Told of each checkpoint when it is on the disk. */
export type OnPublished = (log: string, checkpoint: string) => void

/**
 * Puts what is durable in the write-ahead log into tiles and signs it, in this order, each step on the disk before the
 * next: bundles and tiles, `state`, roster, checkpoints. A crash between any two is made good at the next start.
 */
export class Publisher {
  readonly #dir: string
  readonly #disk: DurableDir
  readonly #fs: LogFs
  readonly #keys: Keys
  readonly #onPublished: OnPublished | undefined
  /** What stands in the roster. */
  #roster = ''

  constructor(dir: string, disk: DurableDir, fs: LogFs, keys: Keys, onPublished?: OnPublished) {
    this.#dir = dir
    this.#disk = disk
    this.#fs = fs
    this.#keys = keys
    this.#onPublished = onPublished
  }

  /** @param changed logs with new entries */
  async publish(changed: readonly Published[], state: State): Promise<void> {
    const files = changed.flatMap(({ name, files }) =>
      files.map(({ path, bytes }) => ({ path: `${logFolder(name)}/${path}`, bytes }))
    )
    await this.#disk.write(files)
    await this.#disk.replace(STATE_FILE, encodeState(state))
    await this.#putRoster(state)
    for (const { name } of changed) {
      const log = state.logs.find(log => log.name === name)
      if (log === undefined) continue
      const note = await this.#putCheckpoint(log)
      this.#onPublished?.(name, note)
    }
    await this.#tidy(files)
  }

  /**
   * Signs what the state of the last run says and a crash left unsigned.
   * @throws Error when a checkpoint was published that the state does not know: the folder is older than what was signed
   */
  async republish(state: State): Promise<void> {
    for (const log of state.logs) {
      const path = join(this.#dir, logFolder(log.name), CHECKPOINT_FILE)
      const note = this.#fs.readFile(path)?.toString()
      if (note === this.#checkpoint(log)) continue
      if (note !== undefined) {
        const { size } = openCheckpoint(note, this.#vkey)
        if (size >= log.size)
          throw new Error(
            `${path} was signed for ${size} entries, but the state of the audit log knows ${log.size} and another root. ` +
              'The folder was restored from an older copy or altered: keep it and start with another data folder.'
          )
      }
      if (log.size > 0) await this.#putCheckpoint(log)
    }
    const vkey = `${this.#vkey}\n`
    if (this.#fs.readFile(join(this.#dir, VKEY_FILE))?.toString() !== vkey)
      await this.#disk.replace(VKEY_FILE, Buffer.from(vkey))
    this.#roster = this.#fs.readFile(join(this.#dir, ROSTER_FILE))?.toString() ?? ''
    if (this.#roster !== '') this.#checkRoster(openRoster(this.#roster, this.#vkey).logs, state)
    await this.#putRoster(state)
  }

  #checkRoster(roster: readonly RosterLog[], { logs }: State): void {
    const lost = roster.find(({ name }) => !logs.some(log => log.name === name))
    if (lost !== undefined)
      throw new Error(
        `The roster in ${this.#dir} names the log ${lost.name}, but the state of the audit log does not know it. ` +
          'The folder was restored from an older copy or altered: keep it and start with another data folder.'
      )
  }

  get #vkey(): string {
    return createSigner(this.#keys.origin, this.#keys.seed).vkey
  }

  #checkpoint({ name, size, root }: LogState): string {
    const origin = originOf(this.#keys.origin, name)
    const signer = createSigner(origin, this.#keys.seed)
    return signCheckpoint({ origin, size, root: Buffer.from(root, 'hex') }, signer)
  }

  async #putCheckpoint(log: LogState): Promise<string> {
    const note = this.#checkpoint(log)
    await this.#disk.replace(`${logFolder(log.name)}/${CHECKPOINT_FILE}`, Buffer.from(note))
    return note
  }

  async #putRoster({ logs }: State): Promise<void> {
    const roster = signRoster(logs, createSigner(this.#keys.origin, this.#keys.seed))
    if (roster === this.#roster) return
    await this.#disk.replace(ROSTER_FILE, Buffer.from(roster))
    this.#roster = roster
  }

  /** Removes the partial files that a full one made needless. What can't be removed does no harm. */
  async #tidy(files: readonly NewFile[]): Promise<void> {
    for (const { path } of files) {
      if (path.includes('.p/')) continue
      const folder = join(this.#dir, `${path}.p`)
      const names = this.#fs.list(folder)
      if (names.length === 0) continue
      try {
        for (const name of names) await this.#fs.unlink(join(folder, name))
        await this.#fs.rmdir(folder)
      } catch {
        return
      }
    }
  }
}
