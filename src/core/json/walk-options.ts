import type { Leaf, Note } from './walker.ts'

/** Elements of a list that an earlier document held too, byte for byte, in the same place of its list. */
export interface KnownElements {
  readonly count: number
  /** From the first one's bracket to behind the last one's, in UTF-16 units. */
  readonly length: number
  /** Leaves they have; `leaves` may be fewer. */
  readonly leafCount: number
  readonly leaves: readonly Leaf[]
  readonly notes: readonly Note[]
}

/** A list of the body whose elements come again in later documents, as the turns of a conversation do. */
export interface ResentList {
  /** Its key in the body. */
  readonly key: string
  /**
   * Asked where an element begins; what is known is passed over.
   * @param at offset in the source
   * @param notes of the document so far
   */
  known(index: number, at: number, notes: readonly Note[]): KnownElements | null
}

/** A place in a walk. */
export interface Mark {
  /** Offset in the source. */
  readonly at: number
  /** How many leaves and notes come before it. */
  readonly leaf: number
  readonly note: number
}

/** Where the elements of a list stand that were walked one by one, and where it ends. */
export interface ElementMarks {
  /** By index. */
  readonly starts: Map<number, Mark>
  /** Behind the last element. */
  end: Mark
  count: number
  /** Leaves that are not listed, because their elements were known. */
  unlisted: number
}

export interface WalkOptions {
  /** Nesting of objects and arrays; bounds the stack. */
  readonly maxDepth: number
  /** Strings, numbers and free keys; bounds memory and time. */
  readonly maxLeaves: number
  /**
   * Requests are walked with JSON documents inside strings, and refused when a key stands twice in an object: readers
   * disagree on which one counts. Answers are restored as source, so that deltas and wholes agree.
   */
  readonly as: 'request' | 'answer'
  /** Nothing below U+0020 is in the source, as in JSON without line breaks: it is then read faster. */
  readonly isClean?: boolean
  readonly resent?: ResentList
}
