import { errors } from '../../errors.ts'

/** A string is read so far before it is searched for its end: most are short. */
const NEAR = 32

/**
 * Strict RFC 8259 tokens over a string, one visit per character. What it accepts, every JSON reader accepts, with the
 * same meaning: providers must not see another document than the one that was scanned.
 */
export class Lexer {
  readonly source: string
  /** The source holds no control character: long strings are then passed over by search and not character by character. */
  readonly #clean: boolean
  /** The next quote and the next backslash, where they have been searched for: each part of the source is searched once. */
  #quote = -1
  #backslash = -1
  /** Position of the next character. */
  protected at = 0
  /** Inside of the last string read, and whether it holds escapes. */
  protected stringStart = 0
  protected stringEnd = 0
  protected escaped = false

  constructor(source: string, clean = false) {
    this.source = source
    this.#clean = clean
  }

  protected peek(): number {
    return this.source.charCodeAt(this.at)
  }

  protected skipSpace(): void {
    for (;;) {
      const code = this.source.charCodeAt(this.at)
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return
      this.at++
    }
  }

  /** Enters an object or array. */
  protected open(): void {
    this.at++
  }

  /** Moves to the next member; false (and past the bracket) when there is none. */
  protected next(first: boolean, close: number): boolean {
    this.skipSpace()
    const code = this.peek()
    if (code === close) {
      this.at++
      return false
    }
    if (!first) {
      if (code !== 0x2c) this.fail('a comma or the closing bracket is missing')
      this.at++
      this.skipSpace()
    }
    return true
  }

  protected colon(): void {
    this.skipSpace()
    if (this.peek() !== 0x3a) this.fail('a colon is missing')
    this.at++
    this.skipSpace()
  }

  protected readString(): void {
    const source = this.source
    if (source.charCodeAt(this.at) !== 0x22) this.fail('a string is missing')
    let at = this.at + 1
    this.stringStart = at
    this.escaped = false
    const far = at + NEAR
    for (;;) {
      if (at > far && this.#clean) at = this.#jump(at)
      const code = source.charCodeAt(at)
      if (code === 0x22) break
      if (code === 0x5c) at = this.#escape(at)
      else if (code >= 0x20) at++
      else this.fail(at >= source.length ? 'a string does not end' : 'a control character stands in a string')
    }
    this.stringEnd = at
    this.at = at + 1
  }

  /** The next quote or backslash, or the end. */
  #jump(at: number): number {
    if (this.#quote < at) this.#quote = this.#find('"', at)
    if (this.#backslash < at) this.#backslash = this.#find('\\', at)
    return Math.min(this.#quote, this.#backslash)
  }

  #find(char: string, from: number): number {
    const at = this.source.indexOf(char, from)
    return at < 0 ? this.source.length : at
  }

  #escape(at: number): number {
    this.escaped = true
    const code = this.source.charCodeAt(at + 1)
    if (code === 0x75) {
      for (let digit = at + 2; digit < at + 6; digit++) {
        if (!isHex(this.source.charCodeAt(digit))) this.fail('a \\u escape is incomplete')
      }
      return at + 6
    }
    if (!isShortEscape(code)) this.fail('an escape is unknown')
    return at + 2
  }

  protected readNumber(): void {
    number.lastIndex = this.at
    if (!number.test(this.source)) this.fail('a value is missing')
    this.at = number.lastIndex
  }

  /** true, false or null. */
  protected readWord(): void {
    for (const word of ['true', 'false', 'null']) {
      if (this.source.startsWith(word, this.at)) {
        this.at += word.length
        return
      }
    }
    this.fail('a value is missing')
  }

  protected expectEnd(): void {
    if (this.at !== this.source.length) this.fail('text follows the document')
  }

  protected fail(reason: string): never {
    throw new errors.BodyNotJson(String(this.at), reason)
  }
}

const number = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y

function isShortEscape(code: number): boolean {
  return !Number.isNaN(code) && '"\\/bfnrt'.includes(String.fromCharCode(code))
}

/** True for a hexadecimal digit, either case. */
export function isHex(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x46) || (code >= 0x61 && code <= 0x66)
}
