import { errors } from '../../errors.ts'
import type { Walk } from '../json/walker.ts'
import { type DocumentLimits, type DocumentReader, DocumentTexts, type Section } from './document.ts'

export interface PieceLimits extends DocumentLimits {
  /** One line, record or element, or a document that has none. UTF-16 code units. */
  readonly maxUnit: number
}

/** Some units of a document, or some of its text. */
export interface Piece {
  readonly walk: Walk
  readonly sections: readonly Section[]
  /** Something in it can't be read. */
  readonly isOpaque: boolean
  /** Absent for whole units. */
  readonly window?: Window
}

/**
 * Text is looked at with what stands around it. Its one leaf holds [0, end); up to `from` it was taken before, and what is taken now must
 * end by `until`.
 */
export interface Window {
  readonly from: number
  readonly until: number
  /** Nothing follows. */
  readonly last: boolean
}

/** So much is read at once; between pieces other requests go on. UTF-16 code units. */
const PIECE = 65_536
/** What stands before a text may tell what it is, as may what follows: more than any recognizer looks at. */
const BEFORE = 2048
const BEHIND = 8192

/**
 * Takes a document apart. Where pieces begin and end depends on its text alone, never on how its bytes came.
 */
export class DocumentPieces {
  readonly #texts: AsyncIterator<string>
  readonly #reader: DocumentReader
  readonly #limits: PieceLimits
  #text = ''
  #ended = false
  /** Text without units: how much of `#text` was taken before. */
  #taken: number | null = null

  constructor(texts: AsyncIterator<string>, reader: DocumentReader, limits: PieceLimits) {
    this.#texts = texts
    this.#reader = reader
    this.#limits = limits
  }

  /** The next piece; null at the end. @throws errors of the JSON kind, FileUnitTooLarge */
  async next(): Promise<Piece | null> {
    for (let need = PIECE; this.#taken === null; need *= 2) {
      await this.#fill(need)
      if (this.#text === '') return null
      const text = this.#text.slice(0, need)
      const isLast = this.#ended && text.length === this.#text.length
      const into = new DocumentTexts(this.#limits)
      const taken = this.#reader.take(text, isLast, into)
      if (taken === 'text' || (taken === 'more' && isLast)) this.#taken = 0
      else if (taken !== 'more') {
        this.#text = this.#text.slice(taken.end)
        return pieceOf(taken.source ?? text.slice(0, taken.end), into)
      } else if (need >= this.#limits.maxUnit) throw new errors.FileUnitTooLarge(String(this.#limits.maxUnit))
    }
    return this.#window(this.#taken)
  }

  /** How much of a window was taken, from its begin on. */
  took(end: number): void {
    this.#text = this.#text.slice(Math.max(0, end - BEFORE))
    this.#taken = Math.min(end, BEFORE)
  }

  async #window(from: number): Promise<Piece | null> {
    await this.#fill(from + PIECE + BEHIND)
    const source = this.#text.slice(0, from + PIECE + BEHIND)
    if (source.length === from) return null
    const last = this.#ended && source.length === this.#text.length
    const into = new DocumentTexts(this.#limits)
    into.text(source, 0)
    const until = last ? source.length : from + PIECE
    return { ...pieceOf(source, into), window: { from, until, last } }
  }

  async #fill(length: number): Promise<void> {
    while (!this.#ended && this.#text.length < length) {
      const { value, done } = await this.#texts.next()
      if (done === true) this.#ended = true
      else this.#text += value
    }
  }
}

function pieceOf(source: string, { leaves, sections, isOpaque }: DocumentTexts): Piece {
  return { walk: { source, leaves, notes: [] }, sections, isOpaque }
}

/** Where text may end so that nothing is cut: paragraphs, lines, words; the later the better within a kind. */
const ENDS: readonly (readonly [end: RegExp, from: number])[] = [
  [/\n[ \t\r]*\n/g, 0.75],
  [/\n/g, 0.5],
  [/[\s>,;]/g, 0.25],
  [/[^\p{L}\p{N}_]/gu, 0]
]

/**
 * Where a window is cut: at the end of a paragraph, else of a line, else of a word, and never inside of what was found.
 * @param found sorted, without overlaps
 * @throws errors.FileUnitTooLarge when one finding fills the window
 */
export function cutOf(
  text: string,
  { from, until, last }: Window,
  found: readonly { readonly start: number; readonly end: number }[]
): number {
  if (last) return until
  for (const [end, share] of ENDS) {
    const start = Math.floor(from + (until - from) * share)
    const ends = [...text.slice(start, until).matchAll(end)].map(
      match => start + match.index + match[0].length
    )
    const cut = ends.findLast(at => !found.some(one => one.start < at && at < one.end))
    if (cut !== undefined) return cut
  }
  const over = found.find(one => one.start < until && until < one.end)
  if (over === undefined) return /[\uDC00-\uDFFF]/.test(text.charAt(until)) ? until - 1 : until
  if (over.start > from) return over.start
  throw new errors.FileUnitTooLarge(String(until - from))
}
