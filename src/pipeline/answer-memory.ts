import type { Clock } from '../core/clock.ts'
import type { HmacKey } from '../core/hmac.ts'
import type { Note, Walk } from '../core/json/walker.ts'
import type { Edit } from '../core/leaf.ts'
import { type Issued, type IssuedCode, typeOfCode } from '../filters/issued.ts'
import type { Vault } from '../filters/vault/vault.ts'

/**
 * The provider's own words of answers, by what the client got of them. Clients send answers back in restored form;
 * scanning that again may come out differently (a code the model altered, a name it made up), and then prompt caches miss
 * and signed thinking is refused. What is remembered goes back exactly as the provider wrote it, to the same provider
 * only. Without a hit it is scanned like any text.
 */
export interface AnswerMemoryOptions {
  readonly vault: Vault
  readonly clock: Clock
  readonly secret: HmacKey
}

/** Whose answers: one conversation of one app. */
export interface MemoryScope {
  readonly appId: string
  readonly scopeKey: Buffer
}

/** One text of an answer, before and after it was restored. */
export interface AnswerText {
  readonly source: string
  readonly restored: string
}

interface Remembered {
  /** Id of the provider that wrote it, which alone gets it back. */
  readonly provider: string
  /** As the provider wrote it. */
  readonly text: string
  /** What its codes stand for; the client showed that it knows by sending the restored text. */
  readonly codes: readonly IssuedCode[]
}

/** What goes back as it was: in place of whole string values of the body. */
export interface Replays {
  /** The provider that wrote the last of them; all are its own. Null when there are none. */
  readonly provider: string | null
  /** Edits of the source, sorted. */
  readonly edits: readonly Edit[]
  /** Leaves that are part of such values, by position: with the codes of each value at its first leaf. */
  readonly codesAt: ReadonlyMap<number, readonly IssuedCode[]>
}

export const noReplays: Replays = { provider: null, edits: [], codesAt: new Map() }

/** Codes of one text that are kept; an answer that names more people is a list. */
const MAX_CODES = 500
/** Decrypted entries kept in this process, so that a long conversation is not opened again each turn. Estimated bytes. */
const MAX_CACHED_BYTES = 33_554_432
/** After so long the vault is asked again: it may have erased the entry. */
const CACHED_MS = 300_000

interface Cached {
  readonly value: Remembered | null
  readonly until: number
  readonly bytes: number
}

export class AnswerMemory {
  readonly #options: AnswerMemoryOptions
  readonly #cache = new Map<string, Cached>()
  #cachedBytes = 0

  constructor(options: AnswerMemoryOptions) {
    this.#options = options
  }

  /**
   * @param notes values that repeat answers; those that are no string are passed over
   * A vault that can't be reached counts as empty: what is not remembered is scanned, which is safe.
   */
  async recall(scope: MemoryScope, walk: Walk, notes: readonly Note[]): Promise<Replays> {
    const spans = notes.filter(note => walk.source.charCodeAt(note.start) === 0x22)
    if (spans.length === 0) return noReplays
    const vaultScope = this.#scope(scope)
    const names = spans.map(note => this.#name(JSON.parse(walk.source.slice(note.start, note.end)) as string))
    const found = await this.#read(vaultScope, names)
    const provider = names.map(name => found.get(name)?.provider).findLast(id => id !== undefined) ?? null
    const edits: Edit[] = []
    const codesAt = new Map<number, readonly IssuedCode[]>()
    let leaf = 0
    for (const [at, { start, end }] of spans.entries()) {
      const remembered = found.get(names[at] ?? '')
      if (remembered?.provider !== provider || remembered === undefined) continue
      edits.push({ start, end, text: JSON.stringify(remembered.text) })
      while (leaf < walk.leaves.length && (walk.leaves[leaf]?.map.at(0) ?? 0) < start) leaf++
      for (let first = true; leaf < walk.leaves.length; leaf++, first = false) {
        if ((walk.leaves[leaf]?.map.at(0) ?? end) >= end) break
        codesAt.set(leaf, first ? remembered.codes : [])
      }
    }
    return { provider, edits, codesAt }
  }

  /** Keeps the texts of an answer. A vault that can't be reached keeps nothing. */
  async remember(
    scope: MemoryScope,
    provider: string,
    texts: readonly AnswerText[],
    issued: Issued
  ): Promise<void> {
    const entries = new Map<string, Remembered>()
    for (const { source, restored } of texts) {
      const codes = issued.all().filter(({ surface }) => restored.includes(surface))
      if (codes.length <= MAX_CODES) entries.set(this.#name(restored), { provider, text: source, codes })
    }
    if (entries.size === 0) return
    const vaultScope = this.#scope(scope)
    try {
      await this.#options.vault.setSoon(
        vaultScope,
        [...entries].map(([name, value]) => ({
          name,
          value: JSON.stringify(value),
          about: value.codes.map(one => ({ type: typeOfCode(one), surface: one.surface }))
        }))
      )
      for (const [name, value] of entries) this.#keep(`${vaultScope} ${name}`, value)
    } catch {
      // scanned like any text, then
    }
  }

  /** Drops what this process still knows: the vault may have erased it. */
  clear(): void {
    this.#cache.clear()
    this.#cachedBytes = 0
  }

  async #read(scope: string, names: readonly string[]): Promise<Map<string, Remembered>> {
    const found = new Map<string, Remembered>()
    const missing: string[] = []
    const now = this.#options.clock.monotonic()
    for (const name of new Set(names)) {
      const cached = this.#cache.get(`${scope} ${name}`)
      if (cached === undefined || cached.until <= now) missing.push(name)
      else if (cached.value !== null) found.set(name, cached.value)
    }
    if (missing.length === 0) return found
    try {
      const read = await this.#options.vault.read(scope, missing)
      for (const name of missing) {
        const text = read.get(name)
        const value = text === undefined ? null : (JSON.parse(text) as Remembered)
        this.#keep(`${scope} ${name}`, value)
        if (value !== null) found.set(name, value)
      }
    } catch {
      // scanned like any text, then
    }
    return found
  }

  #keep(key: string, value: Remembered | null): void {
    const bytes = key.length + 200 + 2 * (value?.text.length ?? 0)
    this.#drop(key)
    this.#cache.set(key, { value, until: this.#options.clock.monotonic() + CACHED_MS, bytes })
    this.#cachedBytes += bytes
    for (const oldest of this.#cache.keys()) {
      if (this.#cachedBytes <= MAX_CACHED_BYTES) break
      this.#drop(oldest)
    }
  }

  #drop(key: string): void {
    this.#cachedBytes -= this.#cache.get(key)?.bytes ?? 0
    this.#cache.delete(key)
  }

  #scope({ appId, scopeKey }: MemoryScope): string {
    return this.#options.vault.scope('answers', appId, scopeKey.toString('hex'))
  }

  #name(restored: string): string {
    return this.#options.secret.hex(`answer\0${restored}`).slice(0, 32)
  }
}
