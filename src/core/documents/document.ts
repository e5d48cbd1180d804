import type { Shape } from '../json/shape.ts'
import { SourceMap } from '../json/source-map.ts'
import { type Leaf, type Note, type Slot, walkJson } from '../json/walker.ts'

/** A format of documents in which text can be read and replaced. Adding one: a file here and a line in index.ts. */
export interface DocumentFormat {
  /** Ends of file names, without the dot. */
  readonly extensions: readonly string[]
  /** Media types. */
  readonly types: readonly string[]
  /** Its pieces tell something before any text is looked at: requests in them, parts that can't be read. */
  readonly tells?: true
  /** A reader for one document. */
  open(): DocumentReader
}

/**
 * Reads one document from its begin to its end, some units (lines, records, elements) at a time, so that a document may be
 * larger than memory. How far it reads depends on the text alone.
 */
export interface DocumentReader {
  /**
   * Reads whole units from the begin of `text` and reports what stands in them.
   * @param text attacker-controlled; what follows what was read before
   * @param last nothing follows it
   * @throws errors of the JSON kind
   */
  take(text: string, last: boolean, into: DocumentTexts): Taken
}

/**
 * How far a reader read, and what leaves in the place of that, if not the text itself, before anything is replaced in it. `more`: the first
 * unit is not whole yet. `text`: from here on it is text without units.
 */
export type Taken = { readonly end: number; readonly source?: string } | 'more' | 'text'

export interface DocumentLimits {
  readonly maxDepth: number
  readonly maxLeaves: number
}

/** A request in a document, of an endpoint that its own dialect knows by this name. */
export interface Section {
  readonly name: string
  /** Its leaves: [from, to) of all. */
  readonly from: number
  readonly to: number
  readonly notes: readonly Note[]
}

/** Collects the texts of one piece of a document. */
export class DocumentTexts {
  readonly leaves: Leaf[] = []
  readonly sections: Section[] = []
  /** A part of the document can't be read. */
  isOpaque = false
  readonly #limits: DocumentLimits

  constructor(limits: DocumentLimits) {
    this.#limits = limits
  }

  /** How many texts more may be reported. */
  get room(): number {
    return this.#limits.maxLeaves - this.leaves.length
  }

  /** A text that stands in the piece as it is. @param label what is known of it, such as the title of its column */
  text(text: string, at: number, label = ''): void {
    if (text === '') return
    const map = new SourceMap(at, null, null, null)
    this.leaves.push({ kind: 'text', text, label, map, levels: 0, slot: { ...FILE, label } })
  }

  /**
   * JSON that stands in the piece.
   * @param isReported left out: every leaf
   * @returns the notes of this JSON. @throws errors of the JSON kind; nothing is reported then
   */
  json(source: string, at: number, shape: Shape, isReported?: (leaf: Leaf) => boolean): readonly Note[] {
    const options = { ...this.#limits, maxLeaves: this.room, as: 'request' } as const
    const { leaves, notes } = walkJson(source, shape, options, at)
    for (const leaf of leaves) if (isReported === undefined || isReported(leaf)) this.leaves.push(leaf)
    return notes
  }

  /** A request that stands in the piece, as JSON. @throws errors of the JSON kind */
  request(name: string, source: string, at: number, shape: Shape): void {
    const from = this.leaves.length
    const notes = this.json(source, at, shape)
    this.sections.push({ name, from, to: this.leaves.length, notes })
  }

  /** A part of the document can't be read. */
  opaque(): void {
    this.isOpaque = true
  }
}

/** Where all that stands in a file is, for messages. */
export const FILE: Slot = {
  frame: { slot: { frame: null, key: '', known: true, label: '' }, index: -1 },
  key: 'file',
  known: true,
  label: ''
}
