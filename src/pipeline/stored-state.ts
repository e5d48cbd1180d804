import type { Walk } from '../core/json/walker.ts'
import type { StateFacts } from '../dialects/dialect.ts'
import { errors } from '../errors.ts'
import { type Issued, type IssuedCode, typeOfCode } from '../filters/issued.ts'
import type { Vault } from '../filters/vault/vault.ts'
import {
  chainScope,
  listedCodes,
  type ObjectRecord,
  type ObjectVault,
  objectScope,
  readChains,
  readObject,
  type StoredCode
} from './stored-objects.ts'

/**
 * State that a provider keeps (responses, conversations) holds pseudonyms of earlier requests. A *chain* is what one
 * conversation issued; objects are entries of the vault that say which chain they belong to, where they lie, and with
 * which key their pseudonyms are derived. Only requests that name an object of their own app get its chain.
 */
export interface StateOptions extends ObjectVault {
  readonly facts: StateFacts
  readonly randomBytes: (size: number) => Buffer
}

/** Whether a request has to do with stored objects at all. */
export function isStateful({ names, uses = [], keeps, lists }: StateFacts): boolean {
  return names.length > 0 || uses.length > 0 || keeps || lists === true
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

  /** Ids of used objects that were read when they were made. */
  readonly read: ReadonlySet<string>
  /** Further chains that what is made or named first takes over. */
  readonly #joined: readonly string[]

  private constructor(options: StateOptions, named: Opened, known: readonly IssuedCode[]) {
    const { record, joined, provider, read } = named
    this.read = read
    this.#options = options
    this.known = known
    this.provider = provider
    this.#joined = joined
    this.#chain = record?.chain ?? options.randomBytes(16).toString('hex')
    this.#scopeKey = record === null ? null : Buffer.from(record.scopeKey, 'hex')
  }

  /** @throws errors.StateUnknown, VaultUnavailable */
  static async open(options: StateOptions): Promise<StoredState> {
    const { names, uses = [], joins } = options.facts
    const named = await Promise.all(names.map(name => readObject(options, name)))
    if (named.some(object => object === null)) throw new errors.StateUnknown()
    const used = await Promise.all(uses.map(name => readObject(options, name)))
    const objects = [...named, ...used].filter(object => object !== null)
    const chains = new Set(objects.flatMap(object => object.chains))
    const [first] = objects
    // What belongs to a conversation goes on to hold what that holds.
    const inherited = named[0]?.chains.slice(1) ?? []
    const taken = joins === true ? used.flatMap(object => object?.chains ?? []) : []
    const joined = [...new Set([...inherited, ...taken])]
    const record = named[0]?.record ?? null
    const known = await readChains(options, [...chains])
    const read = new Set(uses.filter((_, at) => used[at]?.record.isRead === true))
    const provider = first?.record.provider ?? null
    return new StoredState(options, { record, joined, provider, read }, known)
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
    const [first] = facts.names
    if (first === undefined && !facts.keeps) return
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
    if (first !== undefined && facts.joins === true && this.#joined.length > 0)
      await vault.add(objectScope(this.#options, first), this.#joined.map(linkEntry))
    for (let at = 0; at < entries.length; at += SAVED_AT_ONCE) {
      const some = entries.slice(at, at + SAVED_AT_ONCE)
      const present = await vault.add(chain, some)
      for (const { name, value } of some) {
        const other = present.get(name)
        if (other !== undefined && surfaceOf(other) !== surfaceOf(value))
          throw new errors.PseudonymCollision()
      }
    }
  }

  /** Learns from an answer or event which objects the provider made. */
  readonly seen = (walk: Walk): void => {
    const { keeps, names } = this.#options.facts
    for (const { tag, start, end } of walk.notes) {
      if (tag !== 'child' && !(tag === 'object' && keeps)) continue
      const id: unknown = JSON.parse(walk.source.slice(start, end))
      if (typeof id !== 'string' || this.#linked.has(id) || this.#linked.size >= MAX_LINKS) continue
      if (names.includes(id)) continue
      this.#linked.add(id)
      this.#link(id)
    }
  }

  #link(id: string): void {
    const scopeKey = this.#scopeKey?.toString('hex') ?? ''
    const { vault, facts } = this.#options
    const record: ObjectRecord = {
      provider: this.#holder,
      chain: this.#chain,
      scopeKey,
      ...(facts.isRead === true ? { isRead: true } : {})
    }
    const link = vault.set(objectScope(this.#options, id), [
      { name: 'object', value: JSON.stringify(record) },
      ...this.#joined.map(linkEntry)
    ])
    // The answer is right without it; a later request that names the object is then refused.
    this.#links = Promise.all([this.#links, link]).catch(() => undefined)
  }

  get lists(): boolean {
    return this.#options.facts.lists === true
  }

  get startingAfter(): number | undefined {
    return this.#options.facts.startingAfter
  }

  /** Codes of a listing that the objects in it hold; those of other apps hold none. @throws errors.VaultUnavailable */
  listed(walk: Walk): Promise<IssuedCode[]> {
    return listedCodes(this.#options, walk)
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

interface Opened {
  readonly record: ObjectRecord | null
  readonly joined: readonly string[]
  readonly provider: string | null
  readonly read: ReadonlySet<string>
}

/** The entry by which an object takes over a chain. */
function linkEntry(chain: string): { readonly name: string; readonly value: string } {
  return { name: `link ${chain}`, value: JSON.stringify({ link: chain }) }
}

/** So many codes are written at once: a long file has many, and other requests go on meanwhile. */
const SAVED_AT_ONCE = 1000
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

/** An answer makes one object, or a page of them; more is no real answer. */
const MAX_LINKS = 128

function surfaceOf(value: string): string {
  return (JSON.parse(value) as StoredCode).surface
}
