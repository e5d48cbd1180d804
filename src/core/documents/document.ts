import type { Shape } from '../json/shape.ts'
import { SourceMap } from '../json/source-map.ts'
import { type Leaf, type Note, type Slot, walkJson } from '../json/walker.ts'

/** A format of documents in which text can be read and replaced. Adding one: a file here and a line in index.ts. */
export interface DocumentFormat {
  /** Ends of file names, without the dot. */
  readonly extensions: readonly string[]
  /** Media types. */
  readonly types: readonly string[]
  /**
   * Reports the texts of a document.
   * @param text attacker-controlled
   * @returns the document as it leaves, before anything is replaced; usually `text` itself
   * @throws errors of the JSON kind
   */
  read(text: string, into: DocumentTexts): string
}

export interface DocumentLimits {
  readonly maxDepth: number
  readonly maxLeaves: number
}

/** Collects the texts of documents that stand, one behind the other, in one source. */
export class DocumentTexts {
  readonly leaves: Leaf[] = []
  readonly notes: Note[] = []
  readonly #limits: DocumentLimits
  /** Where the document begins in the source. */
  base = 0

  constructor(limits: DocumentLimits) {
    this.#limits = limits
  }

  /** How many texts more may be reported; beyond it a document is one text. */
  get room(): number {
    return this.#limits.maxLeaves - this.leaves.length
  }

  /** A text that stands in the document as it is. @param label what is known of it, such as the title of its column */
  text(text: string, at: number, label = ''): void {
    if (text === '') return
    const map = new SourceMap(this.base + at, null, null, null)
    this.leaves.push({ kind: 'text', text, label, map, levels: 0, slot: { ...FILE, label } })
  }

  /** JSON that stands in the document. @throws errors of the JSON kind; nothing is reported then */
  json(source: string, at: number, shape: Shape): void {
    const options = { ...this.#limits, maxLeaves: this.room, as: 'request' } as const
    const { leaves, notes } = walkJson(source, shape, options, this.base + at)
    for (const leaf of leaves) this.leaves.push(leaf)
    for (const note of notes) this.notes.push(note)
  }

  /** A part of the document that can't be read. */
  opaque(): void {
    this.notes.push({ tag: 'file', slot: FILE, start: this.base, end: this.base })
  }
}

/** Where all that stands in a file is, for messages. */
const FILE: Slot = {
  frame: { slot: { frame: null, key: '', known: true, label: '' }, index: -1 },
  key: 'file',
  known: true,
  label: ''
}
