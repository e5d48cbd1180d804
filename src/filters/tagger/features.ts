import { spread } from './letters.ts'
import { GAPS } from './tokens.ts'
import { REGIMES } from './regime.ts'
import { SHAPES } from './word.ts'

/** Words on each side that a decision looks at. */
export const REACH = 2
/** Most features that come of a place in the text rather than of one word. */
export const MAX_JOINT = 24

/** What the joint features read of a token and its neighbours: small numbers, in arrays shifted by `REACH`. */
export interface Context {
  readonly shapes: Uint8Array
  readonly kinds: Uint8Array
  readonly lowers: Int32Array
  readonly clusters: Uint8Array
  /** Gap before each token, and behind. */
  readonly before: Uint8Array
  readonly behind: Uint8Array
}

/** A word's own feature as it is seen from `offset` tokens further on. */
export function atOffset(feature: number, offset: number): number {
  return offset === 0 ? feature : spread(feature ^ Math.imul(offset + 8, 0x27d4eb2f))
}

/** Writes the hashes of features that combine a token (at index `i` of the shifted arrays) with its neighbours. */
export function jointFeatures(context: Context, i: number, out: Int32Array): number {
  const { shapes, kinds, lowers, clusters, before, behind } = context
  const shape = shapes[i] ?? 0
  const kind = kinds[i] ?? 0
  const shapeBefore = shapes[i - 1] ?? 0
  const shapeBehind = shapes[i + 1] ?? 0
  const kindBefore = kinds[i - 1] ?? 0
  const kindBehind = kinds[i + 1] ?? 0
  const lower = lowers[i] ?? 0
  const lowerBefore = lowers[i - 1] ?? 0
  const lowerBehind = lowers[i + 1] ?? 0
  const left = before[i] ?? 0
  const right = behind[i] ?? 0
  let n = 0
  const add = (which: number, a: number, b: number): void => {
    out[n++] = spread(Math.imul(a ^ Math.imul(which, 0x9e3779b1), 0x85ebca6b) ^ Math.imul(b, 0xc2b2ae35))
  }
  const S = SHAPES * REGIMES
  add(101, left, shape)
  add(102, right, shape)
  add(103, left * GAPS + right, shape)
  add(104, left * GAPS + right, kind)
  add(105, (shapeBefore * S + shape) * GAPS + left, 0)
  add(106, (shapeBehind * S + shape) * GAPS + right, 0)
  add(107, (shapeBefore * S + shape) * S + shapeBehind, left * GAPS + right)
  add(108, kindBefore * 128 + kind, left)
  add(109, kindBehind * 128 + kind, right)
  add(110, (kindBefore * 128 + kind) * 128 + kindBehind, shape)
  add(111, lowerBefore, lower)
  add(112, lower, lowerBehind)
  add(113, lowerBefore, shape * 128 + kind)
  add(114, lowerBehind, shape * 128 + kind)
  add(115, lowerBefore, shape * GAPS + left)
  add(116, lowerBehind, shape * GAPS + right)
  add(117, lowers[i - 2] ?? 0, lowerBefore ^ shape)
  add(118, lowers[i + 2] ?? 0, lowerBehind ^ shape)
  add(119, (clusters[i - 1] ?? 0) * 256 + (clusters[i + 1] ?? 0), shape)
  add(120, (kinds[i - 2] ?? 0) * 128 + kindBefore, shape * 128 + kind)
  return n
}
