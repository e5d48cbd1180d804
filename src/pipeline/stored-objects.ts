import type { Walk } from '../core/json/walker.ts'
import type { IssuedCode } from '../filters/issued.ts'
import type { Vault } from '../filters/vault/vault.ts'

/** Where the vault keeps what it knows of stored objects: an entry per object, a chain per conversation. */
export interface ObjectVault {
  readonly vault: Vault
  readonly appId: string
}

/** What is known of a stored object. */
export interface ObjectRecord {
  readonly provider: string
  readonly chain: string
  /** Hex: the scope key survives a rotation of the secret it came from. */
  readonly scopeKey: string
  /** All of it was read when it was made. */
  readonly isRead?: true
}

export interface StoredCode extends IssuedCode {
  /** Position in the chain: who is who depends on the order of appearance. */
  readonly at: number
}

export interface StoredObject {
  readonly record: ObjectRecord
  /** Its own, and those it took over. */
  readonly chains: readonly string[]
}

/** So many chains are read at once: a vector store may hold hundreds of files. */
const READ_AT_ONCE = 32
/** A page of a listing has at most a hundred objects. */
const MAX_LISTED = 128
/** Different codes that a page is restored with. */
const MAX_LISTED_CODES = 2000

/** Null for an object that is not known. @throws errors.VaultUnavailable */
export async function readObject(from: ObjectVault, name: string): Promise<StoredObject | null> {
  const values = await from.vault.all(objectScope(from, name))
  let record: ObjectRecord | null = null
  const links: string[] = []
  for (const value of values) {
    const entry = JSON.parse(value) as ObjectRecord | { readonly link: string }
    if ('link' in entry) links.push(entry.link)
    else record = entry
  }
  return record === null ? null : { record, chains: [record.chain, ...links] }
}

/** Codes of these chains, in order of issue. @throws errors.VaultUnavailable */
export async function readChains(from: ObjectVault, chains: readonly string[]): Promise<StoredCode[]> {
  const codes: StoredCode[] = []
  const read = await inRuns(chains, chain => from.vault.all(chainScope(from, chain)))
  for (const value of read.flat()) codes.push(JSON.parse(value) as StoredCode)
  return codes.sort((a, b) => a.at - b.at)
}

/**
 * Codes in a listing that the objects in it hold. Only what stands in it is asked for: a file may hold thousands more.
 * A code that means two values is not restored.
 * @param walk of the answer, attacker-controlled; ids of the objects are noted as `listed`
 * @throws errors.VaultUnavailable
 */
export async function listedCodes(from: ObjectVault, walk: Walk): Promise<IssuedCode[]> {
  const names = codesIn(walk.source)
  if (names.length === 0) return []
  const ids = walk.notes
    .filter(({ tag }) => tag === 'listed')
    .map(({ start, end }): unknown => JSON.parse(walk.source.slice(start, end)))
    .filter(id => typeof id === 'string')
  const objects = await inRuns([...new Set(ids)].slice(0, MAX_LISTED), id => readObject(from, id))
  const chains = [...new Set(objects.flatMap(object => object?.chains ?? []))]
  const found = new Map<string, IssuedCode | null>()
  const read = await inRuns(chains, chain => from.vault.read(chainScope(from, chain), names))
  for (const value of read.flatMap(values => [...values.values()])) {
    const one = JSON.parse(value) as StoredCode
    const other = found.get(one.code)
    found.set(one.code, other === undefined || other?.surface === one.surface ? one : null)
  }
  return [...found.values()].filter(one => one !== null)
}

function codesIn(text: string): string[] {
  const found = new Set<string>()
  for (const [all] of text.matchAll(/[A-Z]{1,40}(?:_[A-Z]{1,40}){0,5}_[0-9A-HJKMNP-TV-Z]{8,10}\b/g)) {
    if (found.size >= MAX_LISTED_CODES) break
    const words = all.split('_')
    // a word in capitals may stand before it
    for (let from = 0; from < words.length - 1; from++) found.add(words.slice(from).join('_'))
  }
  return [...found]
}

/** Asks for some at once. */
async function inRuns<A, B>(all: readonly A[], ask: (one: A) => Promise<B>): Promise<B[]> {
  const answers: B[] = []
  for (let at = 0; at < all.length; at += READ_AT_ONCE)
    answers.push(...(await Promise.all(all.slice(at, at + READ_AT_ONCE).map(ask))))
  return answers
}

/** The vault's scope of one stored object of an app. */
export function objectScope({ vault, appId }: ObjectVault, id: string): string {
  return vault.scope('object', appId, id)
}

/** The vault's scope of what one conversation of an app issued. */
export function chainScope({ vault, appId }: ObjectVault, chain: string): string {
  return vault.scope('chain', appId, chain)
}
