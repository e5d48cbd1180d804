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

/** Address sets give the parts of an address where others give places: what they span together is the place. */
function withoutParts(item: Item): Item {
  const parts = (item.positions ?? []).flatMap(part => (isPart(part) ? [part] : []))
  if (parts.length === 0) return item
  const start = Math.min(...parts.map(part => part.start))
  const end = Math.max(...parts.map(part => part.end))
  return { ...item, positions: [[start, end]] }
}

function isPart(part: unknown): part is Pick<Span, 'start' | 'end'> {
  return typeof part === 'object' && part !== null && 'start' in part
}
