import type { Walk } from '../core/json/walker.ts'
import type { StateFacts } from '../dialects/dialect.ts'
import { errors } from '../errors.ts'
import { type Issued, type IssuedCode, typeOfCode } from '../filters/issued.ts'
import type { Vault } from '../filters/vault/vault.ts'

/**
 * State that a provider keeps (responses, conversations) holds pseudonyms of earlier requests. A *chain* is what one
 * conversation issued; objects are entries of the vault that say which chain they belong to, where they lie, and with
 * which key their pseudonyms are derived. Only requests that name an object of their own app get its chain.
 */
export interface StateOptions {
  readonly vault: Vault
  readonly appId: string
  readonly facts: StateFacts
  readonly randomBytes: (size: number) => Buffer
}

interface ObjectRecord {
  readonly provider: string
  readonly chain: string
  /** Hex: the scope key survives a rotation of the secret it came from. */
  readonly scopeKey: string
}

interface StoredCode extends IssuedCode {
  /** Position in the chain: who is who depends on the order of appearance. */
  readonly at: number
}

/** What a request needs of stored state, and leaves there. */
export class StoredState {
  /** Codes of the conversation so far, in order of issue. */
  readonly known: readonly IssuedCode[]
  /** Where the named object lies; null when none is named. */
  readonly provider: string | null
  readonly #options: StateOptions
  readonly #chain: string
  #scopeKey: Buffer | null
  #holder = ''
  #links: Promise<unknown> = Promise.resolve()
  readonly #linked = new Set<string>()

  private constructor(options: StateOptions, record: ObjectRecord | null, known: readonly IssuedCode[]) {
    this.#options = options
    this.known = known
    this.provider = record?.provider ?? null
    this.#chain = record?.chain ?? options.randomBytes(16).toString('hex')
    this.#scopeKey = record === null ? null : Buffer.from(record.scopeKey, 'hex')
  }

  /** @throws errors.StateUnknown, VaultUnavailable */
  static async open(options: StateOptions): Promise<StoredState> {
    const records: ObjectRecord[] = []
    for (const name of options.facts.names) {
      const found = await options.vault.read(objectScope(options, name), ['object'])
      const value = found.get('object')
      if (value === undefined) throw new errors.StateUnknown()
      records.push(JSON.parse(value) as ObjectRecord)
    }
    const codes: StoredCode[] = []
    for (const chain of new Set(records.map(record => record.chain))) {
      const values = await options.vault.all(chainScope(options, chain))
      codes.push(...values.map(value => JSON.parse(value) as StoredCode))
    }
    return new StoredState(
      options,
      records[0] ?? null,
      codes.sort((a, b) => a.at - b.at)
    )
  }

  /** The key of the conversation's pseudonyms: that of the named object, else a new one. */
  scopeKey(fresh: () => Buffer): Buffer {
    return (this.#scopeKey ??= fresh())
  }

  /**
   * Keeps what the request issues, before it leaves.
   * @throws errors.PseudonymCollision when another request of the conversation gave a code to another value; VaultUnavailable
   */
  async save(issued: Issued, provider: string, fresh: () => Buffer): Promise<void> {
    const { vault, facts } = this.#options
    if (facts.names.length === 0 && !facts.keeps) return
    this.#holder = provider
    this.scopeKey(fresh)
    const known = new Set(this.known.map(({ code }) => code))
    const entries = issued
      .all()
      .filter(({ code }) => !known.has(code))
      .map((one, index) => ({
        name: one.code,
        value: JSON.stringify({ ...one, at: this.known.length + index } satisfies StoredCode),
        about: [{ type: typeOfCode(one), surface: one.surface }]
      }))
    const chain = chainScope(this.#options, this.#chain)
    // With nothing to keep the vault must still be there: what the provider makes shall be known.
    if (entries.length === 0) await vault.read(chain, [''])
    const present = await vault.add(chain, entries)
    for (const { name, value } of entries) {
      const other = present.get(name)
      if (other !== undefined && surfaceOf(other) !== surfaceOf(value)) throw new errors.PseudonymCollision()
    }
  }

  /** Learns from an answer or event which object the provider made. */
  readonly seen = (walk: Walk): void => {
    if (!this.#options.facts.keeps) return
    const note = walk.notes.find(({ tag }) => tag === 'object')
    const id: unknown = note === undefined ? null : JSON.parse(walk.source.slice(note.start, note.end))
    if (typeof id !== 'string' || this.#linked.has(id) || this.#linked.size >= MAX_LINKS) return
    this.#linked.add(id)
    const scopeKey = this.#scopeKey?.toString('hex') ?? ''
    const record: ObjectRecord = { provider: this.#holder, chain: this.#chain, scopeKey }
    const { vault } = this.#options
    const link = vault.set(objectScope(this.#options, id), [
      { name: 'object', value: JSON.stringify(record) }
    ])
    // The answer is right without it; a later request that names the object is then refused.
    this.#links = Promise.all([this.#links, link]).catch(() => undefined)
  }

  get startingAfter(): number | undefined {
    return this.#options.facts.startingAfter
  }

  /** Resolves when what was seen can be named. */
  settled(): Promise<unknown> {
    return this.#links
  }

  /** The provider deleted what was named. */
  async forget(): Promise<void> {
    const { vault, facts } = this.#options
    if (facts.forgets === undefined) return
    for (const name of facts.names) await vault.erase(objectScope(this.#options, name))
    if (facts.forgets === 'chain') await vault.erase(chainScope(this.#options, this.#chain))
  }
}

/**
 * Erases all that is known of the conversation a stored object belongs to.
 * @returns how many entries went. @throws errors.VaultUnavailable
 */
export async function eraseObject(vault: Vault, appId: string, id: string): Promise<number> {
  const scope = objectScope({ vault, appId }, id)
  const value = (await vault.read(scope, ['object'])).get('object')
  if (value === undefined) return 0
  const { chain, scopeKey } = JSON.parse(value) as ObjectRecord
  const codes = await vault.erase(chainScope({ vault, appId }, chain))
  const answers = await vault.erase(vault.scope('answers', appId, scopeKey))
  return codes + answers + (await vault.erase(scope))
}

/** An answer makes one object; more is no real answer. */
const MAX_LINKS = 16

/** The vault's scope of one stored object of an app. */
export function objectScope({ vault, appId }: Pick<StateOptions, 'vault' | 'appId'>, id: string): string {
  return vault.scope('object', appId, id)
}

/** The vault's scope of what one conversation of an app issued. */
export function chainScope({ vault, appId }: Pick<StateOptions, 'vault' | 'appId'>, chain: string): string {
  return vault.scope('chain', appId, chain)
}

function surfaceOf(value: string): string {
  return (JSON.parse(value) as StoredCode).surface
}
