import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'

/** Figure name → value; names are `accuracy.<set>.<what>`. */
export type Figures = Record<string, number>

export interface Span {
  readonly start: number
  readonly end: number
  readonly type: string
  /** The corpus itself does not call it a strong secret. */
  readonly weak?: boolean
}

/** One line of a corpus; fields are there as the kind of set has them. */
export interface Item {
  readonly id: string
  readonly lang?: string
  readonly text: string
  readonly spans?: readonly Span[]
  readonly neg_spans?: readonly Span[]
  readonly labelled_types?: readonly string[]
  readonly rule?: string
  readonly country?: string | null
  readonly expect?: 'match' | 'no_match'
  readonly positions?: readonly (readonly [number, number])[]
}

/** Reads a corpus of JSON lines, gzip. */
export function readSet(path: string): Item[] {
  const lines = gunzipSync(readFileSync(path)).toString('utf8').split('\n')
  return lines.filter(line => line !== '').map(line => withoutParts(JSON.parse(line) as Item))
}

/** Address sets give the parts of the whole text where others give places: the whole text is meant. */
function withoutParts(item: Item): Item {
  if (item.positions?.every(position => Array.isArray(position)) ?? true) return item
  return { ...item, positions: [[0, item.text.length]] }
}
