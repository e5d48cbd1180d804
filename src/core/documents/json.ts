import { isPublicError } from '../../errors.ts'
import { FREE } from '../json/shape.ts'
import type { DocumentFormat, DocumentReader, DocumentTexts, Taken } from './document.ts'

/** One JSON document (RFC 8259): a list is read some elements at a time, all else at once. What is none is read as text. */
export const json: DocumentFormat = {
  extensions: ['json'],
  types: ['application/json'],
  open: () => new JsonReader()
}

/** A JSON document per line. */
export const jsonLines: DocumentFormat = {
  extensions: ['jsonl', 'ndjson'],
  types: ['application/jsonl', 'application/x-ndjson', 'application/jsonlines'],
  open: () => ({
    take: (text, last, into) => {
      const end = last ? text.length : text.lastIndexOf('\n') + 1
      if (end === 0) return 'more'
      for (const { line, at } of linesOf(text.slice(0, end))) readJson(line, at, into)
      return { end }
    }
  })
}

/** The lines of a text that hold something, and where they begin. */
export function* linesOf(text: string): Generator<{ readonly line: string; readonly at: number }> {
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf('\n', at)
    const line = text.slice(at, end < 0 ? text.length : end)
    if (line.trim() !== '') yield { line, at }
    if (end < 0) return
    at = end + 1
  }
}

class JsonReader implements DocumentReader {
  /** `inside` a list, whose elements may be taken; `behind` it. */
  #at: 'begin' | 'inside' | 'behind' = 'begin'

  take(text: string, last: boolean, into: DocumentTexts): Taken {
    if (this.#at === 'behind') return 'text'
    const opening = this.#at === 'begin' ? /^\s*\[/.exec(text) : /^/.exec(text)
    if (opening === null) return this.#whole(text, last, into)
    const from = opening[0].length
    const elements = new Elements(text, from)
    const isBroken = last && !elements.closed
    const end = isBroken ? text.length : elements.end
    if (end <= from) return last ? 'text' : 'more'
    // as a list of its own: brackets where the comma or bracket before and behind it stand
    const source = `[${text.slice(from, isBroken ? end : end - 1)}]`
    readJson(source, from - 1, into, text.slice(from, end), from)
    this.#at = elements.closed ? 'behind' : 'inside'
    return { end }
  }

  #whole(text: string, last: boolean, into: DocumentTexts): Taken {
    if (!last) return 'more'
    readJson(text, 0, into)
    return { end: text.length }
  }
}

/** Where elements of a list end, by brackets and quotes alone. */
class Elements {
  /** Behind the last comma or the closing bracket; `from` while there is none. */
  readonly end: number
  /** The list ends there. */
  readonly closed: boolean

  /** @param from in the list, between two elements */
  constructor(text: string, from: number) {
    let depth = 0
    let end = from
    let closed = false
    for (let at = from; at < text.length && !closed; at++) {
      const code = text.charCodeAt(at)
      if (code === 0x22) at = stringEnd(text, at)
      else if (code === 0x5b || code === 0x7b) depth++
      else if ((code === 0x5d || code === 0x7d) && depth > 0) depth--
      else if (code === 0x5d || (code === 0x2c && depth === 0)) {
        end = at + 1
        closed = code === 0x5d
      }
    }
    this.end = end
    this.closed = closed
  }
}

/** The closing quote of the string that begins at `at`; the end of the text when there is none. */
function stringEnd(text: string, at: number): number {
  for (let end = text.indexOf('"', at + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let backslashes = 0
    while (text.charCodeAt(end - 1 - backslashes) === 0x5c) backslashes++
    if (backslashes % 2 === 0) return end
  }
  return text.length
}

/** @param plain what is read as text when `source` is no JSON, and where it stands */
function readJson(source: string, at: number, into: DocumentTexts, plain = source, plainAt = at): void {
  const kept = into.leaves.length
  try {
    into.json(source, at, FREE)
  } catch (error) {
    if (!isPublicError(error)) throw error
    into.leaves.length = kept
    into.text(plain, plainAt)
  }
}
