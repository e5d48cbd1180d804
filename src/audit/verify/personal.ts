import { personalParts } from '../actor-search.ts'
import type { ActorKeys } from '../personal.ts'
import type { ReadFs } from '../storage/fs.ts'
import { TILE_WIDTH } from '../tlog/tiles.ts'
import type { Entry } from './attempts.ts'
import type { Findings } from './finding.ts'

/** As many as a person reads. */
const MAX_PLACES = 1000

/** Where something is wrong: the first places, and how many there are. */
class Places {
  readonly #first: { readonly log: string; readonly index: number }[] = []
  #count = 0

  get count(): number {
    return this.#count
  }

  add(log: string, index: number): void {
    this.#count++
    if (this.#first.length < MAX_PLACES) this.#first.push({ log, index })
  }

  tell(findings: Findings, what: string): void {
    for (const { log, index } of this.#first) findings.add('fault', `Entry ${index}: ${what}.`, log)
    const more = this.#count - this.#first.length
    if (more > 0) findings.add('fault', `${more} further records: ${what}.`)
  }
}

/** Personal parts beside the records that commit to them: there, erased, or not what they were. */
export class PersonalParts {
  readonly #dir: string
  readonly #fs: ReadFs
  readonly #keys: Pick<ActorKeys, 'open'> | undefined
  /** Of the log that is walked. */
  #bundle: { readonly log: string; readonly n: number; readonly parts: readonly Buffer[] } | undefined
  #count = 0
  #erased = 0
  readonly #missing = new Places()
  readonly #broken = new Places()

  /** @param keys of the gateway's actors; without them it is only told whether parts are there */
  constructor(dir: string, fs: ReadFs, keys: Pick<ActorKeys, 'open'> | undefined) {
    this.#dir = dir
    this.#fs = fs
    this.#keys = keys
  }

  /** @param size of the log */
  follow({ detachable }: Entry, log: string, index: number, size: number): void {
    if (typeof detachable !== 'object' || detachable === null) return
    const { commitment } = detachable as { readonly commitment?: unknown }
    const n = Math.floor(index / TILE_WIDTH)
    if (this.#bundle?.log !== log || this.#bundle.n !== n)
      this.#bundle = { log, n, parts: personalParts(this.#dir, log, n, size, this.#fs) }
    const part = this.#bundle.parts[index % TILE_WIDTH]
    this.#count++
    if (part === undefined || part.length === 0) this.#missing.add(log, index)
    else if (this.#keys !== undefined) {
      const opened = this.#keys.open(part, String(commitment))
      if (opened === 'erased') this.#erased++
      else if (opened === null) this.#broken.add(log, index)
    }
  }

  /** Parts may be left out of a copy as a whole: they prove nothing about the trail itself. */
  finish(findings: Findings): void {
    const isLeftOut = this.#missing.count === this.#count
    if (!isLeftOut) this.#missing.tell(findings, 'its personal part is missing')
    this.#broken.tell(findings, 'its personal part is not the one it commits to')
    if (this.#count === 0) return
    const state = isLeftOut
      ? 'they are not in this folder'
      : this.#keys === undefined
        ? 'whether they are whole or erased is told with --actor-keys'
        : `${this.#erased} of them erased, by destroying the key of their person`
    findings.add('note', `${this.#count} records have a personal part; ${state}.`)
  }
}
