/**
 * Where sealed values lie. A store sees keyed hashes and ciphertext only; `vault.ts` makes them.
 *
 * Scopes expire as a whole, a TTL after they were last written to. Every store keeps the promises that
 * `test/filters/vault/contract.ts` checks, whatever is behind it.
 */
export interface VaultStore {
  /** Values by name: those asked for, or all of the scope; what is missing or expired is absent. */
  read(scope: string, names?: readonly string[]): Promise<Map<string, Buffer>>
  /**
   * Sets each entry that is absent; each is atomic against other processes. All writes are durable as the store is.
   * @returns what was there already, by name: those entries were not set
   */
  add(scope: string, entries: readonly StoreEntry[], ttlMs: number): Promise<Map<string, Buffer>>
  /** Sets each entry, whatever was there. */
  set(scope: string, entries: readonly StoreEntry[], ttlMs: number): Promise<void>
  /**
   * As `set`, for what only saves work when it is there: this process reads it at once, other processes when the promise
   * is kept, except that a store in a file may write it some {@link SOON_MS} later, many at a time, and lose it when the
   * process is killed before.
   */
  setSoon(scope: string, entries: readonly StoreEntry[], ttlMs: number): Promise<void>
  /** Where entries with this term stand, at most {@link MAX_FOUND}. */
  find(term: string): Promise<Located[]>
  /** @returns how many entries went */
  erase(scope: string): Promise<number>
  /** @returns how many of these were there */
  eraseEntries(entries: readonly Located[]): Promise<number>
  /** Removes what has expired. @returns how many entries went */
  purge(): Promise<number>
  close(): Promise<void>
}

export interface StoreEntry {
  /** Keyed hash, lower-case hex. */
  readonly name: string
  readonly value: Buffer
  /** Keyed hashes under which the entry is found again, for look-up and erasure by person. */
  readonly terms: readonly string[]
}

export interface Located {
  readonly scope: string
  readonly name: string
}

/** What is set soon is written after at most this time. Milliseconds. */
export const SOON_MS = 50
/** Most places one look-up names: a person who stands in more is erased in several runs. */
export const MAX_FOUND = 10_000
/** Most entries of one scope: a conversation with more different values is none. */
export const MAX_SCOPE_ENTRIES = 100_000

/** The store is full for this scope, or can't be reached; the vault refuses then. Holds no content. */
export class StoreError extends Error {}
