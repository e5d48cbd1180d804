import { isHex } from './lexer.ts'

/**
 * Reads a text that arrives in slices and says, for each character it spells, where it stands in the source and in how
 * many nested JSON string literals: the text of `{"a":"{\"b\":\"x\"}"}` spells `x` at depth 2. What is put in its
 * place must be escaped so often.
 *
 * The text comes from a model and may be cut anywhere, also inside an escape. A literal counts as nested JSON as long as
 * all of it, from its first `{` or `[`, is valid JSON; from the first character that is not, the rest is plain text.
 */

/** JSON inside JSON deeper than this is read as plain text. */
export const MAX_NESTING = 4
/** Set in a depth when the character stands between the literals of a JSON document, not inside one. */
export const STRUCTURAL = 0x80
/** Containers deeper than this are read as plain text. */
const MAX_CONTAINERS = 128

/** Receives the characters: UTF-16 code unit, depth (see {@link STRUCTURAL}), end in the source. */
export type UnitSink = (unit: number, depth: number, end: number) => void

const QUOTE = 0x22
const BACKSLASH = 0x5c

/** What a level expects next. */
const Expect = {
  /** Nothing is known yet: the first character that is no space decides. */
  Start: 0,
  /** No JSON. */
  Plain: 1,
  Value: 2,
  ValueOrEnd: 3,
  KeyOrEnd: 4,
  Key: 5,
  Colon: 6,
  CommaOrEnd: 7,
  String: 8,
  Number: 9,
  Word: 10,
  /** The document is complete; spaces or another document may follow. */
  Done: 11,
  /** Between literals of a source that is JSON by declaration, whatever stands there. */
  Loose: 12
} as const

/** What the character after a backslash stands for. */
const ESCAPES = new Map([
  [0x22, 0x22],
  [0x5c, 0x5c],
  [0x2f, 0x2f],
  [0x62, 0x08],
  [0x66, 0x0c],
  [0x6e, 0x0a],
  [0x72, 0x0d],
  [0x74, 0x09]
])
/** The literal names by their first letter. */
const WORDS = new Map(['true', 'false', 'null'].map(word => [word.charCodeAt(0), word]))

/** One literal's content, or the whole text. */
export class NestingLevel {
  readonly depth: number
  readonly #sink: UnitSink
  /** The source is JSON by declaration: faults never turn it into plain text. */
  readonly #loose: boolean
  #expect: number
  /** True for an object, false for an array, innermost last. */
  readonly #containers: boolean[] = []
  #isKey = false
  #word = ''
  #child: NestingLevel | null = null
  /** The escape that has begun: its code units and their ends. */
  readonly #escape: number[] = []
  readonly #escapeEnds: number[] = []

  constructor(depth: number, sink: UnitSink, loose = false) {
    this.depth = depth
    this.#sink = sink
    this.#loose = loose
    this.#expect = loose ? Expect.Loose : Expect.Start
  }

  /** True when everything that follows is plain text. */
  get isPlain(): boolean {
    return this.#expect === Expect.Plain
  }

  /** Sees from its beginning whether the text can be JSON at all, so that prose need not be read. */
  settle(text: string): void {
    if (this.#expect !== Expect.Start) return
    const first = /[^ \t\r\n]/.exec(text)?.[0]
    if (first !== undefined && first !== '{' && first !== '[') this.#expect = Expect.Plain
  }

  /** Forgets everything; the next character may begin a document. */
  restart(): void {
    this.#containers.length = 0
    this.#child = null
    this.#expect = Expect.Start
  }

  /** Code units of escapes that have begun and not ended, here and inside. */
  get pending(): number {
    return this.#escape.length + (this.#child?.pending ?? 0)
  }

  push(unit: number, end: number): void {
    if (this.#expect === Expect.String) this.#inString(unit, end)
    else if (this.#expect === Expect.Plain) this.#sink(unit, this.depth, end)
    else this.#between(unit, end)
  }

  /** The text ends: escapes that never ended are characters like others. */
  finish(): void {
    this.#child?.finish()
    const depth = this.depth + (this.#expect === Expect.String ? 1 : 0)
    for (let at = 0; at < this.#escape.length; at++) {
      this.#sink(this.#escape[at] ?? 0, depth, this.#escapeEnds[at] ?? 0)
    }
    this.#clearEscape()
  }

  #clearEscape(): void {
    this.#escape.length = 0
    this.#escapeEnds.length = 0
  }

  #inString(unit: number, end: number): void {
    if (this.#escape.length > 0) this.#inEscape(unit, end)
    else if (unit === BACKSLASH) this.#beginEscape(unit, end)
    else if (unit === QUOTE) this.#closeString(end)
    else if (unit < 0x20 && !this.#loose) this.#abandon(unit, end)
    else this.#inner(unit, end)
  }

  #beginEscape(unit: number, end: number): void {
    this.#escape.push(unit)
    this.#escapeEnds.push(end)
  }

  #inner(unit: number, end: number): void {
    this.#child ??= new NestingLevel(this.depth + 1, this.#sink)
    this.#child.push(unit, end)
  }

  #inEscape(unit: number, end: number): void {
    const length = this.#escape.length
    if (length === 1) {
      const meaning = ESCAPES.get(unit)
      if (meaning !== undefined) {
        this.#clearEscape()
        this.#inner(meaning, end)
      } else if (unit === 0x75) this.#beginEscape(unit, end)
      else this.#badEscape(unit, end)
    } else if (!isHex(unit)) this.#badEscape(unit, end)
    else if (length < 5) this.#beginEscape(unit, end)
    else {
      const meaning = Number.parseInt(String.fromCharCode(...this.#escape.slice(2), unit), 16)
      this.#clearEscape()
      this.#inner(meaning, end)
    }
  }

  /** No reader accepts this escape. Declared JSON goes on with its characters as they are. */
  #badEscape(unit: number, end: number): void {
    if (!this.#loose) return this.#abandon(unit, end)
    for (let at = 0; at < this.#escape.length; at++)
      this.#inner(this.#escape[at] ?? 0, this.#escapeEnds[at] ?? 0)
    this.#clearEscape()
    this.#inString(unit, end)
  }

  #closeString(end: number): void {
    this.#child?.finish()
    this.#child = null
    this.#expect = this.#loose ? Expect.Loose : this.#isKey ? Expect.Colon : this.#afterValue()
    this.#sink(QUOTE, this.depth | STRUCTURAL, end)
  }

  #abandon(unit: number, end: number): void {
    this.#expect = Expect.Plain
    this.finish()
    this.#child = null
    this.#sink(unit, this.depth, end)
  }

  #afterValue(): number {
    return this.#containers.length === 0 ? Expect.Done : Expect.CommaOrEnd
  }

  /** A character between the literals: the grammar of RFC 8259. */
  #between(unit: number, end: number): void {
    if (this.#step(unit)) this.#sink(unit, this.depth | STRUCTURAL, end)
    else this.#abandon(unit, end)
  }

  #step(unit: number): boolean {
    const expect = this.#expect
    if (expect === Expect.Number) {
      if (isNumberPart(unit)) return true
      this.#expect = this.#afterValue()
      return this.#step(unit)
    }
    if (expect === Expect.Word) return this.#wordStep(unit)
    if (expect === Expect.Loose) {
      if (unit === QUOTE) this.#expect = Expect.String
      return true
    }
    if (unit === 0x20 || unit === 0x0a || unit === 0x0d || unit === 0x09) return true
    if (expect === Expect.Start || expect === Expect.Done) return this.#open(unit)
    if (expect === Expect.Colon) {
      this.#expect = Expect.Value
      return unit === 0x3a
    }
    if (expect === Expect.CommaOrEnd) return unit === 0x2c ? this.#comma() : this.#close(unit)
    if (expect === Expect.Key || expect === Expect.KeyOrEnd) {
      if (unit === QUOTE) return this.#openString(true)
      return expect === Expect.KeyOrEnd && this.#close(unit)
    }
    return this.#value(unit) || (expect === Expect.ValueOrEnd && this.#close(unit))
  }

  #value(unit: number): boolean {
    if (unit === QUOTE) return this.#openString(false)
    const word = WORDS.get(unit)
    if (word !== undefined) {
      this.#word = word.slice(1)
      this.#expect = Expect.Word
      return true
    }
    if (unit === 0x2d || (unit >= 0x30 && unit <= 0x39)) {
      this.#expect = Expect.Number
      return true
    }
    return this.#open(unit)
  }

  #openString(isKey: boolean): boolean {
    this.#isKey = isKey
    this.#expect = Expect.String
    return true
  }

  #open(unit: number): boolean {
    if (unit !== 0x7b && unit !== 0x5b) return false
    if (this.depth >= MAX_NESTING || this.#containers.length >= MAX_CONTAINERS) return false
    this.#containers.push(unit === 0x7b)
    this.#expect = unit === 0x7b ? Expect.KeyOrEnd : Expect.ValueOrEnd
    return true
  }

  #close(unit: number): boolean {
    if (unit !== (this.#containers.pop() === true ? 0x7d : 0x5d)) return false
    this.#expect = this.#afterValue()
    return true
  }

  #comma(): boolean {
    this.#expect = this.#containers.at(-1) === true ? Expect.Key : Expect.Value
    return true
  }

  #wordStep(unit: number): boolean {
    if (unit !== this.#word.charCodeAt(0)) return false
    this.#word = this.#word.slice(1)
    if (this.#word === '') this.#expect = this.#afterValue()
    return true
  }
}

/** The characters of a JSON number; their order does not matter for telling JSON from prose. */
function isNumberPart(unit: number): boolean {
  return (
    (unit >= 0x30 && unit <= 0x39) ||
    unit === 0x2e ||
    unit === 0x2b ||
    unit === 0x2d ||
    (unit | 0x20) === 0x65
  )
}
