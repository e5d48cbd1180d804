import { createCipheriv, createSecretKey, type KeyObject } from 'node:crypto'
import type { KnownElements, ResentList } from '../core/json/walk-options.ts'
import type { Note, Walk } from '../core/json/walker.ts'
import type { ResentTurns } from '../dialects/dialect.ts'
import { elementsOf, type History } from './history.ts'
import type { ResentRead } from './read-request.ts'

/** Shorter ones are read as quickly as they are looked up. Bytes. */
export const MIN_HISTORY = 4096
/** A conversation opens within so many elements of its list, or its history is not kept. */
const MAX_HEAD = 16
/** By so many of its first bytes a history is found. */
const FIRST_BYTES = 256
/** Histories with the same first bytes: turns of one conversation, its branches, the same one under other policies. */
const MAX_ALIKE = 4
const IV = Buffer.alloc(12)

interface Kept {
  readonly history: History
  used: number
}

/**
 * Histories of running conversations, by their bytes: what was sent a turn ago is passed over as one, and costs one
 * look at its bytes. A history is known by a tag of 128 bits (GMAC, NIST SP 800-38D) under a key that only this process
 * has; tags never leave it, so one fixed nonce is enough. Nothing of the text is kept: see history.ts.
 */
export class Histories {
  readonly #key: KeyObject
  readonly #maxBytes: number
  readonly #places = new Map<string, Kept[]>()
  #bytes = 0
  #uses = 0

  /**
   * @param key 32 random bytes
   * @param maxBytes beyond it those used longest ago go; estimated
   */
  constructor(key: Buffer, maxBytes: number) {
    this.#key = createSecretKey(key)
    this.#maxBytes = maxBytes
  }

  /** @param bytes attacker-controlled */
  tag(bytes: Buffer): string {
    const mac = createCipheriv('aes-256-gcm', this.#key, IV)
    mac.setAAD(bytes)
    mac.final()
    return mac.getAuthTag().toString('latin1')
  }

  /** Where a history is kept. @param rest the body from its first byte on, attacker-controlled */
  placeOf(api: string, index: number, rest: Buffer): string {
    return `${this.tag(rest.subarray(0, FIRST_BYTES))} ${index} ${api}`
  }

  /** The longest one that a body goes on with. @param rest the body from there on, attacker-controlled */
  find(api: string, index: number, rest: Buffer): History | null {
    if (rest.length < MIN_HISTORY) return null
    const place = this.placeOf(api, index, rest)
    const alike = this.#places.get(place)
    const found = alike?.find(
      ({ history: { byteLength, tag } }) =>
        byteLength <= rest.length && this.tag(rest.subarray(0, byteLength)) === tag
    )
    if (alike === undefined || found === undefined) return null
    found.used = ++this.#uses
    this.#places.delete(place)
    this.#places.set(place, alike)
    return found.history
  }

  keep(history: History): void {
    const { place } = history
    const alike = (this.#places.get(place) ?? []).filter(one => {
      const isSame = one.history.tag === history.tag
      if (isSame) this.#bytes -= one.history.bytes
      return !isSame
    })
    if (alike.length >= MAX_ALIKE) {
      const oldest = alike.reduce((a, b) => (b.used < a.used ? b : a))
      alike.splice(alike.indexOf(oldest), 1)
      this.#bytes -= oldest.history.bytes
    }
    alike.push({ history, used: ++this.#uses })
    alike.sort((a, b) => b.history.byteLength - a.history.byteLength)
    this.#places.delete(place)
    this.#places.set(place, alike)
    this.#bytes += history.bytes
    this.#trim()
  }

  /** Drops all: what the vault erased must not act on. */
  clear(): void {
    this.#places.clear()
    this.#bytes = 0
  }

  #trim(): void {
    for (const [place, alike] of this.#places) {
      if (this.#bytes <= this.#maxBytes) return
      this.#places.delete(place)
      for (const { history } of alike) this.#bytes -= history.bytes
    }
  }
}

/** Looks for the history in one body, once. */
export class HistoryReader implements ResentList {
  readonly key: string
  readonly #histories: Histories | null
  readonly #turns: ResentTurns
  readonly #api: string
  readonly #body: Buffer
  readonly #source: string
  #history: History | null = null
  #asked = false

  /**
   * @param histories null: none is looked for
   * @param body attacker-controlled
   * @param source the same as text
   */
  constructor(histories: Histories | null, turns: ResentTurns, api: string, body: Buffer, source: string) {
    this.key = turns.key
    this.#histories = histories
    this.#turns = turns
    this.#api = api
    this.#body = body
    this.#source = source
  }

  known(index: number, at: number, notes: readonly Note[]): KnownElements | null {
    if (this.#histories === null || this.#asked || index > MAX_HEAD) return null
    if (this.#turns.opens({ source: this.#source, notes }) !== index) return null
    this.#asked = true
    const from = Buffer.byteLength(this.#source.slice(0, at))
    this.#history = this.#histories.find(this.#api, index, this.#body.subarray(from))
    return this.#history === null ? null : elementsOf(this.#history, this.#source, at)
  }

  /** Where the turns stand that later bodies will have too; null when their history is not kept. */
  placeIn(walk: Walk): Omit<ResentRead, 'whole'> | null {
    const index = this.#turns.opens(walk)
    const { elements } = walk
    const from = index === null || index > MAX_HEAD ? undefined : elements?.starts.get(index)
    if (index === null || from === undefined || elements === undefined) return null
    const { end: to, count, unlisted } = elements
    return { api: this.#api, index, count, from, to, unlisted, history: this.#history }
  }
}
