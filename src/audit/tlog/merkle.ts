import { hash } from 'node:crypto'

/**
 * Merkle trees of RFC 6962 §2.1 over SHA-256: roots, inclusion and consistency proofs, and their checks.
 * Sizes and indexes are integers up to 2^53 - 1; no bit operations, which would cut them to 32 bits.
 */

export const HASH_BYTES = 32
/** Root of the tree without leaves. */
export const EMPTY_ROOT: Buffer = hash('sha256', '', 'buffer')

/** H(0x00 ‖ entry). */
export function leafHash(entry: Uint8Array): Buffer {
  return hash('sha256', Buffer.concat([LEAF, entry]), 'buffer')
}
const LEAF = Buffer.of(0)

const pair = Buffer.alloc(1 + 2 * HASH_BYTES)
pair[0] = 1

/** H(0x01 ‖ left ‖ right). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  pair.set(left, 1)
  pair.set(right, 1 + HASH_BYTES)
  return hash('sha256', pair, 'buffer')
}

/** Root over 2^n hashes that lie behind each other, n from 0 up. Halves in place: `hashes` is used up. */
export function foldInPlace(hashes: Buffer): Buffer {
  for (let count = hashes.length / HASH_BYTES; count > 1; count /= 2) {
    for (let at = 0; at < count / 2; at++) {
      pair.set(hashes.subarray(at * 2 * HASH_BYTES, (at + 1) * 2 * HASH_BYTES), 1)
      // a string of one character per byte: half the cost of a new buffer per hash
      hashes.write(hash('sha256', pair, 'binary'), at * HASH_BYTES, 'latin1')
    }
  }
  return hashes.subarray(0, HASH_BYTES)
}

/** What proofs are made from: the roots of complete subtrees. */
export interface Subtrees {
  /**
   * Root over the leaves [index · 2^level, (index + 1) · 2^level).
   * @throws Error when it can't be read
   */
  subtree(level: number, index: number): Buffer
}

/** Root of the first `size` leaves. */
export function rootOf(tree: Subtrees, size: number): Buffer {
  return size === 0 ? EMPTY_ROOT : rangeRoot(tree, 0, size)
}

/** PATH(index, D[size]), RFC 6962 §2.1.1: from the leaf's sibling up. @throws RangeError for an index not below size */
export function inclusionProof(tree: Subtrees, index: number, size: number): Buffer[] {
  if (!(index >= 0 && index < size)) throw new RangeError('the index is not below the size')
  const proof: Buffer[] = []
  let [low, high] = [0, size]
  while (high - low > 1) {
    const middle = low + split(high - low)
    proof.push(index < middle ? rangeRoot(tree, middle, high) : rangeRoot(tree, low, middle))
    if (index < middle) high = middle
    else low = middle
  }
  return proof.reverse()
}

/** PROOF(oldSize, D[size]), RFC 6962 §2.1.2; empty when oldSize is 0 or size. @throws RangeError for oldSize above size */
export function consistencyProof(tree: Subtrees, oldSize: number, size: number): Buffer[] {
  if (!(oldSize >= 0 && oldSize <= size)) throw new RangeError('the old size is above the size')
  if (oldSize === 0 || oldSize === size) return []
  const proof: Buffer[] = []
  let [low, high] = [0, size]
  while (oldSize !== high) {
    const middle = low + split(high - low)
    const isLeft = oldSize <= middle
    proof.push(isLeft ? rangeRoot(tree, middle, high) : rangeRoot(tree, low, middle))
    if (isLeft) high = middle
    else low = middle
  }
  // the verifier knows the old root itself, unless the last part is only a piece of it
  if (low !== 0) proof.push(rangeRoot(tree, low, high))
  return proof.reverse()
}

/** Root that a leaf and its proof lead to. Null when the proof has not the length that index and size ask for. */
export function rootFromInclusion(
  leaf: Uint8Array,
  index: number,
  size: number,
  proof: readonly Uint8Array[]
): Buffer | null {
  if (!(Number.isSafeInteger(size) && index >= 0 && index < size)) return null
  const sides: boolean[] = []
  let [low, high] = [0, size]
  while (high - low > 1) {
    const middle = low + split(high - low)
    sides.push(index < middle)
    if (index < middle) high = middle
    else low = middle
  }
  if (sides.length !== proof.length || proof.some(({ length }) => length !== HASH_BYTES)) return null
  let root: Buffer = Buffer.from(leaf)
  for (const [at, sibling] of proof.entries()) {
    const leafIsLeft = sides[sides.length - 1 - at]
    root = leafIsLeft ? nodeHash(root, sibling) : nodeHash(sibling, root)
  }
  return root
}

/** True when the tree of `size` leaves begins with the tree of `oldSize` leaves, by RFC 6962 §2.1.2. */
export function isConsistent(
  oldSize: number,
  oldRoot: Uint8Array,
  size: number,
  root: Uint8Array,
  proof: readonly Uint8Array[]
): boolean {
  if (!(Number.isSafeInteger(size) && oldSize >= 0 && oldSize <= size)) return false
  if (proof.some(({ length }) => length !== HASH_BYTES)) return false
  if (oldSize === 0) return proof.length === 0 && EMPTY_ROOT.equals(oldRoot)
  if (oldSize === size) return proof.length === 0 && Buffer.from(root).equals(oldRoot)
  const lefts: boolean[] = []
  let [low, high] = [0, size]
  while (oldSize !== high) {
    const middle = low + split(high - low)
    lefts.push(oldSize <= middle)
    if (oldSize <= middle) high = middle
    else low = middle
  }
  const parts = low === 0 ? [oldRoot, ...proof] : [...proof]
  if (parts.length !== lefts.length + 1) return false
  let before: Buffer = Buffer.from(parts[0] as Uint8Array)
  let after = before
  for (let at = 1; at < parts.length; at++) {
    const part = parts[at] as Uint8Array
    if (lefts[lefts.length - at]) after = nodeHash(after, part)
    else {
      before = nodeHash(part, before)
      after = nodeHash(part, after)
    }
  }
  return before.equals(oldRoot) && after.equals(root)
}

/** The largest power of two below n; n > 1. */
function split(n: number): number {
  let power = 1
  while (power * 2 < n) power *= 2
  return power
}

/** Root over the leaves [low, high); `low` is a multiple of the largest power of two not above high - low. */
function rangeRoot(tree: Subtrees, low: number, high: number): Buffer {
  const count = high - low
  const level = Math.log2(count)
  if (Number.isInteger(level) && low % count === 0) return tree.subtree(level, low / count)
  const middle = low + split(count)
  return nodeHash(rangeRoot(tree, low, middle), rangeRoot(tree, middle, high))
}
