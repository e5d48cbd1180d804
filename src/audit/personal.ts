import { chmodSync } from 'node:fs'
import { createCipheriv, createDecipheriv, hash, randomBytes } from 'node:crypto'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import type { SealedPersonal } from './event/builder.ts'
import { canonicalJson } from '../core/canonical-json.ts'

/**
 * The personal part of a record: what names a person or a conversation. It lies beside the log, encrypted under a key of
 * this actor alone; the record holds a salted commitment, SHA-256 of the canonical JSON with its salt. Without the key
 * the part is gone, and the record, all proofs and all other actors are as before.
 */
export interface PersonalPart {
  /** Keyed pseudonym of the actor: never a name or an address. */
  readonly actor: string
  readonly conversation?: string
  readonly providerResponseId?: string
}

/** Ids only: what has spaces or is longer is no id. */
const ID = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/
const KEY_ID_BYTES = 16
const NONCE_BYTES = 12
const TAG_BYTES = 16
/** Keys at hand; others are read again. */
const MAX_CACHED = 10_000

interface ActorKey {
  readonly id: Buffer
  readonly key: Buffer
}

/**
 * Keys of actors in a file of their own, so that it can have its own backups, which must forget too. An erased actor who
 * comes again gets a new key; the erased one stays as an empty row, so that "erased" is told from "lost".
 */
export class ActorKeys {
  readonly #database: DatabaseSync
  readonly #random: (size: number) => Buffer
  readonly #cache = new Map<string, ActorKey>()
  readonly #versionNow: StatementSync
  #version: unknown

  constructor(path: string, random: (size: number) => Buffer = randomBytes) {
    this.#random = random
    this.#database = new DatabaseSync(path, { timeout: 5000 })
    this.#database.exec(
      'PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;' +
        'CREATE TABLE IF NOT EXISTS actor_keys (id BLOB PRIMARY KEY, actor TEXT UNIQUE, key BLOB, erased_at INTEGER)'
    )
    if (path !== ':memory:') chmodSync(path, 0o600)
    this.#versionNow = this.#database.prepare('PRAGMA data_version')
  }

  /**
   * Encrypts a part; the key of a new actor is durable before this returns.
   * @throws TypeError when a field is no id
   */
  seal(part: PersonalPart): SealedPersonal {
    for (const value of Object.values(part) as unknown[])
      if (typeof value !== 'string' || !ID.test(value)) throw new TypeError('a personal part holds ids only')
    const plain = Buffer.from(canonicalJson({ ...part, salt: this.#random(16).toString('hex') }))
    const commitment = hash('sha256', plain, 'hex')
    const { id, key } = this.#keyOf(part.actor)
    const nonce = this.#random(NONCE_BYTES)
    const cipher = createCipheriv('aes-256-gcm', key, nonce)
    const sealed = [cipher.update(plain), cipher.final(), cipher.getAuthTag()]
    return { commitment, bytes: Buffer.concat([id, nonce, ...sealed]) }
  }

  /** @returns the part with its salt, `erased`, or null when it does not fit the commitment of its record */
  open(bytes: Buffer, commitment: string): (PersonalPart & { readonly salt: string }) | 'erased' | null {
    const row = this.#database
      .prepare('SELECT key FROM actor_keys WHERE id = ?')
      .get(bytes.subarray(0, KEY_ID_BYTES)) as { key: Uint8Array | null } | undefined
    if (row === undefined) return null
    if (row.key === null) return 'erased'
    const nonceEnd = KEY_ID_BYTES + NONCE_BYTES
    const decipher = createDecipheriv('aes-256-gcm', row.key, bytes.subarray(KEY_ID_BYTES, nonceEnd))
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES))
    try {
      const plain = Buffer.concat([decipher.update(bytes.subarray(nonceEnd, -TAG_BYTES)), decipher.final()])
      if (hash('sha256', plain, 'hex') !== commitment) return null
      return JSON.parse(plain.toString()) as PersonalPart & { readonly salt: string }
    } catch {
      return null
    }
  }

  /** Names the key of an actor in personal parts; undefined when there is no such actor. */
  keyIdOf(actor: string): Buffer | undefined {
    return this.#read(actor)?.id
  }

  /**
   * @returns SHA-256 of `kc` and the key, for the record of its destruction: it binds the key that was, and tells nothing of
   * it. Undefined when there is no such actor.
   */
  commitmentOf(actor: string): string | undefined {
    const known = this.#read(actor)
    return known && hash('sha256', Buffer.concat([Buffer.from('kc'), known.key]), 'hex')
  }

  /** Destroys the key of an actor, and with it every personal part of theirs. */
  erase(actor: string, nowMs: number): void {
    this.#database
      .prepare('UPDATE actor_keys SET actor = NULL, key = NULL, erased_at = ? WHERE actor = ?')
      .run(nowMs, actor)
    this.#cache.delete(actor)
  }

  close(): void {
    this.#database.close()
  }

  #keyOf(actor: string): ActorKey {
    // another process may have erased an actor
    const version = this.#versionNow.get()?.['data_version']
    if (version !== this.#version || this.#cache.size >= MAX_CACHED) this.#cache.clear()
    this.#version = version
    const known = this.#cache.get(actor) ?? this.#read(actor) ?? this.#make(actor)
    this.#cache.set(actor, known)
    return known
  }

  #read(actor: string): ActorKey | undefined {
    const row = this.#database.prepare('SELECT id, key FROM actor_keys WHERE actor = ?').get(actor) as
      | { id: Uint8Array; key: Uint8Array }
      | undefined
    return row && { id: Buffer.from(row.id), key: Buffer.from(row.key) }
  }

  #make(actor: string): ActorKey {
    const made = { id: this.#random(KEY_ID_BYTES), key: this.#random(32) }
    this.#database
      .prepare('INSERT INTO actor_keys (id, actor, key) VALUES (?, ?, ?)')
      .run(made.id, actor, made.key)
    return made
  }
}
