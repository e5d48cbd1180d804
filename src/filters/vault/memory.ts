import type { Clock } from '../../core/clock.ts'
import {
  type Located,
  MAX_FOUND,
  MAX_SCOPE_ENTRIES,
  type StoreEntry,
  StoreError,
  type VaultStore
} from './store.ts'

interface Scope {
  readonly entries: Map<string, StoreEntry>
  expiresMs: number
  bytes: number
}

export interface MemoryStoreOptions {
  readonly clock: Clock
  /** When more is held, the scopes written to longest ago go: exactness is lost, never safety. */
  readonly maxBytes: number
}

/** What an entry takes besides its value: strings, map slots. Estimated. */
const ENTRY_BYTES = 300

/** A store that lives as long as the process. */
export class MemoryStore implements VaultStore {
  readonly #options: MemoryStoreOptions
  /** In the order they were last written to. */
  readonly #scopes = new Map<string, Scope>()
  #bytes = 0

  constructor(options: MemoryStoreOptions) {
    this.#options = options
  }

  async read(scope: string, names?: readonly string[]): Promise<Map<string, Buffer>> {
    return this.#read(scope, names)
  }

  #read(scope: string, names?: readonly string[]): Map<string, Buffer> {
    const found = new Map<string, Buffer>()
    const entries = this.#live(scope)?.entries
    for (const name of names ?? entries?.keys() ?? []) {
      const entry = entries?.get(name)
      if (entry !== undefined) found.set(name, entry.value)
    }
    return found
  }

  async add(scope: string, entries: readonly StoreEntry[], ttlMs: number): Promise<Map<string, Buffer>> {
    const present = this.#read(
      scope,
      entries.map(entry => entry.name)
    )
    this.#put(
      scope,
      entries.filter(entry => !present.has(entry.name)),
      ttlMs
    )
    return present
  }

  async set(scope: string, entries: readonly StoreEntry[], ttlMs: number): Promise<void> {
    this.#put(scope, entries, ttlMs)
  }

  setSoon(scope: string, entries: readonly StoreEntry[], ttlMs: number): Promise<void> {
    return this.set(scope, entries, ttlMs)
  }

  async find(term: string): Promise<Located[]> {
    const found: Located[] = []
    for (const scope of this.#scopes.keys()) {
      for (const [name, entry] of this.#live(scope)?.entries ?? []) {
        if (entry.terms.includes(term) && found.length < MAX_FOUND) found.push({ scope, name })
      }
    }
    return found
  }

  async erase(scope: string): Promise<number> {
    const count = this.#live(scope)?.entries.size ?? 0
    this.#drop(scope)
    return count
  }

  async eraseEntries(entries: readonly Located[]): Promise<number> {
    let count = 0
    for (const { scope, name } of entries) {
      const known = this.#live(scope)
      const entry = known?.entries.get(name)
      if (known === undefined || entry === undefined) continue
      known.entries.delete(name)
      this.#account(known, -sizeOf(entry))
      count++
    }
    return count
  }

  async purge(): Promise<number> {
    const now = this.#options.clock.now()
    let count = 0
    for (const [scope, { entries, expiresMs }] of this.#scopes) {
      if (expiresMs > now) continue
      count += entries.size
      this.#drop(scope)
    }
    return count
  }

  async close(): Promise<void> {
    this.#scopes.clear()
    this.#bytes = 0
  }

  #live(scope: string): Scope | undefined {
    const known = this.#scopes.get(scope)
    if (known === undefined || known.expiresMs > this.#options.clock.now()) return known
    this.#drop(scope)
    return undefined
  }

  #put(scope: string, entries: readonly StoreEntry[], ttlMs: number): void {
    const known = this.#live(scope) ?? { entries: new Map<string, StoreEntry>(), expiresMs: 0, bytes: 0 }
    if (known.entries.size + entries.length > MAX_SCOPE_ENTRIES) throw new StoreError('too many entries')
    known.expiresMs = this.#options.clock.now() + ttlMs
    this.#scopes.delete(scope)
    this.#scopes.set(scope, known)
    for (const entry of entries) {
      const before = known.entries.get(entry.name)
      this.#account(known, sizeOf(entry) - (before === undefined ? 0 : sizeOf(before)))
      known.entries.set(entry.name, entry)
    }
    for (const oldest of this.#scopes.keys()) {
      if (this.#bytes <= this.#options.maxBytes || oldest === scope) break
      this.#drop(oldest)
    }
  }

  #drop(scope: string): void {
    this.#bytes -= this.#scopes.get(scope)?.bytes ?? 0
    this.#scopes.delete(scope)
  }

  #account(scope: Scope, bytes: number): void {
    scope.bytes += bytes
    this.#bytes += bytes
  }
}

function sizeOf(entry: StoreEntry): number {
  return entry.value.length + ENTRY_BYTES
}
