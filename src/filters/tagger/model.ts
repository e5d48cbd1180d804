import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The trained weights. File, little-endian: eight bytes of magic, a header of six Uint32, then the sections in this order.
 * Features and words are stored by the upper bits of their hash in buckets, so that only the lower bits are written.
 */
export interface Model {
  readonly features: FeatureTable
  /** Bits of a folded word. */
  readonly lexicon: WordTable
  /** Cluster of a word in lower case. */
  readonly clusters: WordTable
  /** gap × label before × label: score of the step; `NEVER` where it cannot be. */
  readonly moves: Int32Array
}

/** Outside, then begin and inside of PERSON, LOCATION and ORGANIZATION. */
export const LABELS = 7
/** Makes a weight positive: one of -127 to 127. */
const OFFSET = 128
/** Features are numbered in so many bits, from 1. */
const NUMBER_BITS = 19
const MAX_FEATURES = (1 << NUMBER_BITS) - 1
/** The lower byte of each half. */
const LANES = 0x00ff00ff
/** So many features can be summed at once: 16 bits hold so many weights. */
export const MAX_SUM = 250
/** Score of a step that cannot be. */
export const NEVER = -1_000_000
/** One unit of a feature's weight in the model is so many of the score. */
export const SCALE = 32

const MAGIC = 'SLTAGGR1'
const HEADER = 32
/** Buckets are numbered by so many upper bits of the hash. */
const BUCKET_BITS = 16

/**
 * Weights by feature hash: open addressing; a slot holds some bits of the hash as a check and the number of the weights. These
 * lie packed, seven bytes and one more for each feature, so that they stay in the processor's caches. Sums run in four
 * 32-bit numbers, two of 16 bits in each, with an offset; the last half counts the features.
 */
export class FeatureTable {
  readonly #mask: number
  readonly #slots: Uint32Array
  /** Two numbers a feature, four bytes in each; the highest byte of the second is 1. */
  readonly #weights: Int32Array
  #count = 0

  /** @param count of features, at most `MAX_FEATURES` */
  constructor(count: number) {
    const slots = slotsFor(count)
    this.#mask = slots - 1
    this.#slots = new Uint32Array(slots)
    this.#weights = new Int32Array(count * 2)
  }

  put(hash: number, weights: Int8Array, at: number): void {
    let slot = hash & this.#mask
    while (this.#slots[slot] !== 0) slot = (slot + 1) & this.#mask
    const row = this.#count * 2
    this.#weights[row] = packed(weights, at) | (((weights[at + 3] ?? 0) + OFFSET) << 24)
    this.#weights[row + 1] = packed(weights, at + 4) | (1 << 24)
    this.#count++
    this.#slots[slot] = ((hash >>> NUMBER_BITS) << NUMBER_BITS) | this.#count
  }

  /** Adds the weights of the first `count` features, at most `MAX_SUM`, to `scores`, from `at`. */
  add(hashes: Int32Array, count: number, scores: Int32Array, at: number): void {
    const slots = this.#slots
    const weights = this.#weights
    const mask = this.#mask
    let even = 0
    let odd = 0
    let evenHigh = 0
    let oddHigh = 0
    for (let i = 0; i < count; i++) {
      const hash = hashes[i] ?? 0
      let slot = hash & mask
      let known = slots[slot] ?? 0
      while (known !== 0 && (known ^ hash) >>> NUMBER_BITS !== 0) {
        slot = (slot + 1) & mask
        known = slots[slot] ?? 0
      }
      if (known === 0) continue
      const row = ((known & MAX_FEATURES) - 1) * 2
      const low = weights[row] ?? 0
      const high = weights[row + 1] ?? 0
      even = (even + (low & LANES)) | 0
      odd = (odd + ((low >>> 8) & LANES)) | 0
      evenHigh = (evenHigh + (high & LANES)) | 0
      oddHigh = (oddHigh + ((high >>> 8) & LANES)) | 0
    }
    const offset = (oddHigh >>> 16) * OFFSET
    scores[at] = (scores[at] ?? 0) + (even & 0xffff) - offset
    scores[at + 1] = (scores[at + 1] ?? 0) + (odd & 0xffff) - offset
    scores[at + 2] = (scores[at + 2] ?? 0) + (even >>> 16) - offset
    scores[at + 3] = (scores[at + 3] ?? 0) + (odd >>> 16) - offset
    scores[at + 4] = (scores[at + 4] ?? 0) + (evenHigh & 0xffff) - offset
    scores[at + 5] = (scores[at + 5] ?? 0) + (oddHigh & 0xffff) - offset
    scores[at + 6] = (scores[at + 6] ?? 0) + (evenHigh >>> 16) - offset
  }
}

/** Three weights in the lower bytes. */
function packed(weights: Int8Array, at: number): number {
  const low = (weights[at] ?? 0) + OFFSET
  const middle = (weights[at + 1] ?? 0) + OFFSET
  return low | (middle << 8) | (((weights[at + 2] ?? 0) + OFFSET) << 16)
}

/** Sixteen bits by word hash. */
export class WordTable {
  readonly #mask: number
  readonly #checks: Uint16Array
  readonly #values: Uint16Array

  constructor(count: number) {
    const slots = slotsFor(count)
    this.#mask = slots - 1
    this.#checks = new Uint16Array(slots)
    this.#values = new Uint16Array(slots)
  }

  put(hash: number, value: number): void {
    let slot = hash & this.#mask
    while (this.#checks[slot] !== 0) slot = (slot + 1) & this.#mask
    this.#checks[slot] = checkOf(hash)
    this.#values[slot] = value
  }

  /** 0 when unknown. */
  get(hash: number): number {
    const check = checkOf(hash)
    let slot = hash & this.#mask
    for (;;) {
      const known = this.#checks[slot] ?? 0
      if (known === check) return this.#values[slot] ?? 0
      if (known === 0) return 0
      slot = (slot + 1) & this.#mask
    }
  }
}

/** At most three quarters full. */
function slotsFor(count: number): number {
  let slots = 1024
  while (slots * 3 < count * 4) slots *= 2
  return slots
}

/** Bits of the hash that the slot does not tell; never 0. */
function checkOf(hash: number): number {
  return hash >>> 16 || 1
}

/** `names` for German and English, `names-eu` for languages that are neither. */
export type ModelName = 'names' | 'names-eu'

/** @throws TypeError when the file is none of ours: nothing may be scanned without it */
export function readModel(name: ModelName): Model {
  const path = join(import.meta.dirname, `${name}.model`)
  return decodeModel(readFileSync(path), path)
}

/** @param name of the model in errors */
export function decodeModel(bytes: Buffer, name: string): Model {
  if (bytes.toString('latin1', 0, 8) !== MAGIC) throw new TypeError(`${name} is no model of this version`)
  const data = new Uint8Array(bytes).buffer
  const [featureCount = 0, wordCount = 0, clusterCount = 0, moveCount = 0] = new Uint32Array(data, 8, 6)
  const at = { offset: HEADER }
  const take = (size: number): number => {
    const from = at.offset
    at.offset += size + ((4 - (size % 4)) % 4)
    return from
  }
  const moves = Int32Array.from(new Int16Array(data, take(moveCount * 2), moveCount), step =>
    step === -32768 ? NEVER : step
  )
  const features = new FeatureTable(featureCount)
  const featureHashes = readHashes(data, take, featureCount)
  const weights = new Int8Array(data, take(featureCount * LABELS), featureCount * LABELS)
  for (let i = 0; i < featureCount; i++) features.put(featureHashes[i] ?? 0, weights, i * LABELS)
  return {
    features,
    lexicon: readWords(data, take, wordCount),
    clusters: readWords(data, take, clusterCount),
    moves
  }
}

type Take = (size: number) => number

function readWords(data: ArrayBuffer, take: Take, count: number): WordTable {
  const hashes = readHashes(data, take, count)
  const values = new Uint16Array(data, take(count * 2), count)
  const table = new WordTable(count)
  for (let i = 0; i < count; i++) table.put(hashes[i] ?? 0, values[i] ?? 0)
  return table
}

/** Counts by bucket, then the lower bits of all hashes. */
function readHashes(data: ArrayBuffer, take: Take, count: number): Int32Array {
  const counts = new Uint8Array(data, take(1 << BUCKET_BITS), 1 << BUCKET_BITS)
  const lower = new Uint16Array(data, take(count * 2), count)
  const hashes = new Int32Array(count)
  let i = 0
  for (let bucket = 0; bucket < counts.length; bucket++)
    for (let n = counts[bucket] ?? 0; n > 0; n--) {
      hashes[i] = (bucket << 16) | (lower[i] ?? 0)
      i++
    }
  return hashes
}

/** What `writeModel` stores. */
export interface ModelParts {
  readonly features: ReadonlyMap<number, Int8Array>
  readonly lexicon: ReadonlyMap<number, number>
  readonly clusters: ReadonlyMap<number, number>
  readonly moves: Int16Array
}

/** The bytes of a model file; the same for the same parts. */
export function encodeModel({ features, lexicon, clusters, moves }: ModelParts): Buffer {
  const header = Buffer.alloc(HEADER)
  header.write(MAGIC, 'latin1')
  ;[features.size, lexicon.size, clusters.size, moves.length].forEach((n, i) =>
    header.writeUInt32LE(n, 8 + i * 4)
  )
  const sections = [header, Buffer.from(moves.buffer, moves.byteOffset, moves.byteLength)]
  const hashes = sorted(features.keys())
  sections.push(
    ...hashSections(hashes),
    Buffer.concat(hashes.map(hash => Buffer.from(features.get(hash) ?? [])))
  )
  for (const words of [lexicon, clusters]) {
    const keys = sorted(words.keys())
    const values = Uint16Array.from(keys, key => words.get(key) ?? 0)
    sections.push(...hashSections(keys), Buffer.from(values.buffer))
  }
  return Buffer.concat(sections.map(padded))
}

function sorted(hashes: Iterable<number>): number[] {
  return [...hashes].sort((a, b) => (a >>> 0) - (b >>> 0))
}

function hashSections(hashes: readonly number[]): Buffer[] {
  const counts = Buffer.alloc(1 << BUCKET_BITS)
  for (const hash of hashes) counts[hash >>> 16] = (counts[hash >>> 16] ?? 0) + 1
  const lower = Uint16Array.from(hashes, hash => hash & 0xffff)
  return [counts, Buffer.from(lower.buffer)]
}

function padded(section: Buffer): Buffer {
  const rest = section.length % 4
  return rest === 0 ? section : Buffer.concat([section, Buffer.alloc(4 - rest)])
}
