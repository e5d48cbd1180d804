import { isUtf8 } from 'node:buffer'
import { splice } from '../core/json/splice.ts'
import type { Endpoint } from '../dialects/dialect.ts'
import { errors } from '../errors.ts'
import { restoreBody } from './answer-body.ts'
import type { AnswerRestorer } from './answer-restorer.ts'
import { type JoinedText, wholeEdits } from './joined-text.ts'
import { type AnswerLimits, readAnswer } from './read-answer.ts'

/** An answer that goes through while it comes. */
export interface Passage {
  /** Bytes that are held back now. */
  readonly heldBytes: number
  /** @throws errors.AnswerBlocked, UpstreamTooLarge */
  push(chunk: Buffer): Buffer
  /** What was held. @throws errors.AnswerBlocked */
  end(): Buffer
}

/** Sound and pictures hold no text to restore, and pass as they come. */
export const unread: Passage = { heldBytes: 0, push: chunk => chunk, end: () => NOTHING }

/** Longer answers of this kind are restored while they come: what they are is told by so much of them. Bytes. */
export const MAX_WHOLE = 1_048_576

const NOTHING = Buffer.alloc(0)

export interface ContentLimits extends AnswerLimits {
  /** The longest line of JSON. */
  readonly maxAnswerBytes: number
}

/**
 * Restores a long file: JSON per line by the endpoint's map, one JSON document with what it escapes, other text as text. What is no text
 * passes as it came, from there on.
 * @param begin its first bytes, which are pushed too
 */
export function contentPassage(
  begin: Buffer,
  endpoint: Endpoint,
  restorer: AnswerRestorer,
  limits: ContentLimits
): Passage {
  const text = begin.toString('utf8')
  if (begin.includes(0) || !isUtf8(begin.subarray(0, wholeEnd(begin)))) return unread
  const newline = text.indexOf('\n')
  const line = newline < 0 ? '' : text.slice(0, newline)
  const isLines = /^\s*[{[]/.test(line) && readAnswer(line, endpoint.answer, limits) !== null
  return new TextPassage(
    isLines ? new Lines(endpoint, restorer, limits) : new WholeText(restorer.joined('text', false, () => []))
  )
}

/** Whether a long answer may go through: JSON is read as a whole, because it may name what the provider keeps. */
export function isFile({ content }: Endpoint, headers: ReadonlyMap<string, string>): boolean {
  return content === true && !/^application\/json\b/i.test(headers.get('content-type') ?? '')
}

/** Where the last whole character of UTF-8 ends. */
function wholeEnd(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte < 0x80) return bytes.length
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 0
    if (length > 0) return back < length ? bytes.length - back : bytes.length
  }
  return bytes.length
}

/** Bytes that come in pieces, as whole characters. */
class Characters {
  #held: Buffer = NOTHING

  get heldBytes(): number {
    return this.#held.length
  }

  /** Null when they are no text. */
  push(chunk: Buffer): string | null {
    const bytes = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk])
    const end = wholeEnd(bytes)
    const whole = bytes.subarray(0, end)
    if (!isUtf8(whole) || whole.includes(0)) return null
    this.#held = bytes.subarray(end)
    return whole.toString('utf8')
  }

  end(): Buffer {
    const held = this.#held
    this.#held = NOTHING
    return held
  }
}

/** Text in pieces. */
interface TextRestorer {
  /** Characters that are held back now. */
  readonly held: number
  push(text: string): string
  end(): string
}

class TextPassage implements Passage {
  readonly #characters = new Characters()
  readonly #restorer: TextRestorer
  #isText = true

  constructor(restorer: TextRestorer) {
    this.#restorer = restorer
  }

  get heldBytes(): number {
    return this.#characters.heldBytes + 2 * this.#restorer.held
  }

  push(chunk: Buffer): Buffer {
    if (!this.#isText) return chunk
    const text = this.#characters.push(chunk)
    if (text !== null) return Buffer.from(this.#restorer.push(text))
    this.#isText = false
    return Buffer.concat([Buffer.from(this.#restorer.end()), this.#characters.end(), chunk])
  }

  end(): Buffer {
    if (!this.#isText) return NOTHING
    return Buffer.concat([Buffer.from(this.#restorer.end()), this.#characters.end()])
  }
}

class WholeText implements TextRestorer {
  readonly held = 0
  readonly #text: JoinedText

  constructor(text: JoinedText) {
    this.#text = text
  }

  push(text: string): string {
    return splice(text, this.#text.push(text))
  }

  end(): string {
    return this.#text.end()
  }
}

/** JSON per line; a line that is none is text. */
class Lines implements TextRestorer {
  readonly #endpoint: Endpoint
  readonly #restorer: AnswerRestorer
  readonly #limits: ContentLimits
  readonly #line: string[] = []
  held = 0

  constructor(endpoint: Endpoint, restorer: AnswerRestorer, limits: ContentLimits) {
    this.#endpoint = endpoint
    this.#restorer = restorer
    this.#limits = limits
  }

  push(text: string): string {
    let out = ''
    let from = 0
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      this.#hold(text.slice(from, end + 1))
      out += this.#restore()
      from = end + 1
    }
    this.#hold(text.slice(from))
    return out
  }

  end(): string {
    return this.#restore()
  }

  #hold(text: string): void {
    this.#line.push(text)
    this.held += text.length
    const { maxAnswerBytes } = this.#limits
    if (this.held > maxAnswerBytes) throw new errors.UpstreamTooLarge(String(maxAnswerBytes))
  }

  #restore(): string {
    const line = this.#line.join('')
    this.#line.length = 0
    this.held = 0
    if (line.trim() === '') return line
    const { answer, stream } = this.#endpoint
    const restored = restoreBody(Buffer.from(line), answer, stream, this.#restorer, this.#limits, true)
    if (restored !== null) return restored.body.toString('utf8')
    const text = this.#restorer.joined('text', false, () => [])
    return splice(line, wholeEdits(text, line))
  }
}
