import type { HmacKey } from '../../core/hmac.ts'
import { errors } from '../../errors.ts'
import { nameKey } from '../persons.ts'
import type { KeyRing } from './key-ring.ts'
import { MAX_FOUND, type StoreEntry, type VaultStore } from './store.ts'

/** One value as the gateway knows it. */
export interface VaultEntry {
  /** Unique in its scope; a keyed hash of it is stored. */
  readonly name: string
  /** At most {@link MAX_VALUE} UTF-16 code units. */
  readonly value: string
  /** Personal data that this entry is about; only keyed hashes of it are stored. */
  readonly about?: readonly About[]
}

export interface About {
  readonly type: string
  readonly surface: string
}

export interface VaultOptions {
  readonly store: VaultStore
  readonly keys: KeyRing
  /** Hashes names, scopes and persons: the same for all gateways that share a store. */
  readonly index: HmacKey
  /** How long a scope lives after it was last written to. Milliseconds. */
  readonly ttlMs: number
}

/** Longest value kept: a message of a conversation, not a book. UTF-16 code units. */
export const MAX_VALUE = 1_048_576

/**
 * What must outlive a request, encrypted and expiring: codes that stored conversations know, what belongs to whom, the
 * provider's own words of answers. Losing it costs exactness, never safety; a fault of the store refuses what needs it.
 */
export class Vault {
  readonly #options: VaultOptions

  constructor(options: VaultOptions) {
    this.#options = options
  }

  /** Names a scope; the parts are hashed and never stored. */
  scope(kind: string, ...parts: readonly string[]): string {
    const lengths = parts.map(part => part.length).join()
    return this.#options.index.hex(`vault scope\0${kind}\0${lengths}\0${parts.join('')}`).slice(0, 40)
  }

  /**
   * @returns values by name; what is missing, expired or sealed with a key that is gone is absent
   * @throws errors.VaultUnavailable
   */
  async read(scope: string, names: readonly string[]): Promise<Map<string, string>> {
    const hashed = new Map(names.map(name => [this.#name(name), name]))
    const sealed = await this.#try(store => store.read(scope, [...hashed.keys()]))
    const found = new Map<string, string>()
    for (const [name, value] of sealed) {
      const opened = this.#open(scope, name, value)
      const plain = hashed.get(name)
      if (opened !== undefined && plain !== undefined) found.set(plain, opened)
    }
    return found
  }

  /** All values of a scope, in no order. @throws errors.VaultUnavailable */
  async all(scope: string): Promise<string[]> {
    const sealed = await this.#try(store => store.read(scope))
    return [...sealed].flatMap(([name, value]) => this.#open(scope, name, value) ?? [])
  }

  /**
   * Sets each entry that is absent.
   * @returns values that were there already, by name
   * @throws errors.VaultUnavailable
   */
  async add(scope: string, entries: readonly VaultEntry[]): Promise<Map<string, string>> {
    if (entries.length === 0) return new Map()
    const names = new Map(entries.map(({ name }) => [this.#name(name), name]))
    const sealed = this.#sealed(scope, entries)
    const present = await this.#try(store => store.add(scope, sealed, this.#options.ttlMs))
    const found = new Map<string, string>()
    for (const [name, value] of present) {
      const opened = this.#open(scope, name, value)
      // Sealed with a key that is gone: as good as absent, and what is absent is set.
      if (opened === undefined)
        await this.#try(store =>
          store.set(
            scope,
            sealed.filter(entry => entry.name === name),
            this.#options.ttlMs
          )
        )
      else found.set(names.get(name) ?? '', opened)
    }
    return found
  }

  /** Sets each entry, whatever was there. @throws errors.VaultUnavailable */
  async set(scope: string, entries: readonly VaultEntry[]): Promise<void> {
    if (entries.length === 0) return
    const sealed = this.#sealed(scope, entries)
    await this.#try(store => store.set(scope, sealed, this.#options.ttlMs))
  }

  /** As `set`, for what may be lost when the process is killed right after. @throws errors.VaultUnavailable */
  async setSoon(scope: string, entries: readonly VaultEntry[]): Promise<void> {
    if (entries.length === 0) return
    const sealed = this.#sealed(scope, entries)
    await this.#try(store => store.setSoon(scope, sealed, this.#options.ttlMs))
  }

  /** @returns how many entries went. @throws errors.VaultUnavailable */
  erase(scope: string): Promise<number> {
    return this.#try(store => store.erase(scope))
  }

  /**
   * Scopes that hold this person or value, with how many entries of each are about it. The value is looked for as it is
   * written, case, spaces and separators aside; a name also without title and salutation.
   * @throws errors.VaultUnavailable
   */
  async find(value: string): Promise<Map<string, number>> {
    const scopes = new Map<string, number>()
    for (const { scope } of await this.#located(value)) scopes.set(scope, (scopes.get(scope) ?? 0) + 1)
    return scopes
  }

  /** Erases what is about this person or value. @returns how many entries went. @throws errors.VaultUnavailable */
  async eraseAbout(value: string): Promise<number> {
    let erased = 0
    for (;;) {
      const located = await this.#located(value)
      const count = await this.#try(store => store.eraseEntries(located))
      erased += count
      if (located.length < MAX_FOUND || count === 0) return erased
    }
  }

  /** Removes what has expired. @throws errors.VaultUnavailable */
  purge(): Promise<number> {
    return this.#try(store => store.purge())
  }

  close(): Promise<void> {
    return this.#options.store.close()
  }

  async #located(value: string) {
    const places = new Map<string, { scope: string; name: string }>()
    for (const term of new Set([this.#term(foldValue(value)), this.#term(foldName(value))])) {
      for (const place of await this.#try(store => store.find(term)))
        places.set(`${place.scope} ${place.name}`, place)
    }
    return [...places.values()]
  }

  #name(name: string): string {
    return this.#options.index.hex(`vault name\0${name}`).slice(0, 32)
  }

  #term(folded: string): string {
    return this.#options.index.hex(`vault person\0${folded}`).slice(0, 40)
  }

  #sealed(scope: string, entries: readonly VaultEntry[]): StoreEntry[] {
    return entries.map(entry => this.#seal(scope, entry))
  }

  #seal(scope: string, { name, value, about = [] }: VaultEntry): StoreEntry {
    const hashed = this.#name(name)
    const folded = about.flatMap(({ type, surface }) =>
      type === 'PERSON' ? [foldValue(surface), foldName(surface)] : [foldValue(surface)]
    )
    return {
      name: hashed,
      value: this.#options.keys.seal(Buffer.from(value), `${scope} ${hashed}`),
      terms: [...new Set(folded.map(one => this.#term(one)))]
    }
  }

  #open(scope: string, name: string, sealed: Buffer): string | undefined {
    return this.#options.keys.open(sealed, `${scope} ${name}`)?.toString('utf8')
  }

  async #try<T>(run: (store: VaultStore) => Promise<T>): Promise<T> {
    try {
      return await run(this.#options.store)
    } catch (cause) {
      throw Object.assign(new errors.VaultUnavailable(), { cause })
    }
  }
}

function foldValue(value: string): string {
  return value
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s.\-/()]+/g, '')
}

/** A name without title, salutation and diacritics: `weber`, `anna weber`. */
function foldName(value: string): string {
  return `name ${nameKey(value)}`
}
