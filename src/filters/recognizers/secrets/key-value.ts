import { ALNUM, BLANK, DIGIT, is, NEWLINE } from '../../scanner/chars.ts'
import {
  bareEnd,
  closes,
  isAttribute,
  isBare,
  isNamePart,
  isQuote,
  isTag,
  MAX_WRAPPER,
  skip,
  skipBlanks,
  skipClosing,
  skipCount,
  skipWrapper
} from './key-value-text.ts'

/** How the name and its value are joined. */
export const ASSIGNED = 1
export const COMPARED = 2
export const ARGUMENT = 3
/** `<name>value</name>`, `name="…" value="…"` */
export const TAGGED = 4
/** A blank, or a hyphen: `--token value`, `vendor SECRET value`. */
export const BESIDE = 5

/** How far behind the bracket a variable's default may stand. */
const MAX_BLOCK = 192

/** Longest identifier, in characters to each side of the word in it. */
const MAX_NAME = 48

/**
 * A named value in code, configuration, logs or a command line: `API_KEY = "…"`, `"token": "…"`, `--secret …`,
 * `<Key>…</Key>`, `s:6:"secret";s:3:"…"`. One object is filled again and again; all reading is bounded.
 */
export class KeyValue {
  /** The identifier that holds the word. */
  nameStart = 0
  nameEnd = 0
  /** 0 while nothing was read. */
  join = 0
  /** The value without quotes. */
  start = 0
  end = 0
  isQuoted = false
  /** The value stands in a list; `next` reads on. */
  inList = false
  /** The value goes on beyond the longest there is, up to here at least; 0 otherwise. */
  tooLongUntil = 0
  #max = 0

  /**
   * Reads around the word [start, end); false when no value stands behind it.
   * @param max longest value
   */
  read(text: string, start: number, end: number, max: number): boolean {
    this.#max = max
    this.inList = false
    this.join = 0
    this.tooLongUntil = 0
    this.start = this.end = 0
    this.isQuoted = false
    this.nameStart = start
    while (start - this.nameStart < MAX_NAME && isNamePart(text.charCodeAt(this.nameStart - 1)))
      this.nameStart--
    this.nameEnd = end
    while (this.nameEnd - end < MAX_NAME && isNamePart(text.charCodeAt(this.nameEnd))) this.nameEnd++
    if (this.#valueBefore(text)) return true
    const at = this.#operator(text)
    return at > 0 && this.#value(text, at)
  }

  /** A string compared with the name behind it: `"…" == token`. */
  #valueBefore(text: string): boolean {
    let at = this.nameStart
    while (this.nameStart - at < 3 && is(text.charCodeAt(at - 1), BLANK)) at--
    if (text.charCodeAt(at - 1) !== 0x3d || text.charCodeAt(at - 2) === 0x20) return false
    while (this.nameStart - at < 8 && !isQuote(text.charCodeAt(at - 1))) {
      if (!'=! '.includes(text.charAt(at - 1))) return false
      at--
    }
    const quote = text.charCodeAt(at - 1)
    let start = at - 1
    while (start > 0 && at - start <= MAX_WRAPPER * 2 && text.charCodeAt(start - 1) !== quote) start--
    if (!isQuote(quote) || text.charCodeAt(start - 1) !== quote || start === at - 1) return false
    this.join = COMPARED
    this.isQuoted = true
    this.start = start
    this.end = at - 1
    return true
  }

  /** Reads the next value of a list. */
  next(text: string): boolean {
    if (!this.inList) return false
    let at = this.end + 1
    if (text.charCodeAt(at) === 0x22 && text.charCodeAt(at - 1) === 0x5c) at++
    at = skip(text, at)
    if (text.charCodeAt(at) !== 0x2c) return false
    return this.#value(text, skip(text, at + 1)) && this.isQuoted
  }

  /** Behind the operator; sets `join`. 0 when there is none. */
  #operator(text: string): number {
    const closed = skipClosing(text, this.nameEnd)
    const wasQuoted = closed > this.nameEnd && isQuote(text.charCodeAt(closed - 1))
    const at = skipCount(text, skipBlanks(text, closed))
    const code = text.charCodeAt(at)
    if (code === 0x7b && wasQuoted) return this.#defaulted(text, at + 1)
    if (code === 0x3a) return this.#colon(text, at)
    if (code === 0x3d) return this.#equals(text, at)
    if (code === 0x3e && isTag(text, this.nameStart)) return this.#joined(TAGGED, at + 1)
    if (code === 0x2c && wasQuoted) return this.#joined(ARGUMENT, at + 1)
    if (code === 0x3b && wasQuoted) return this.#serialized(text, at + 1)
    if (code === 0x28) return this.#joined(ARGUMENT, at + 1)
    if (code === 0x25 && text.startsWith('3D', at + 1)) return this.#joined(ASSIGNED, at + 3)
    const next = text.charCodeAt(at + 1)
    if (next === 0x3d && (code === 0x3f || code === 0x21 || code === 0x2b || code === 0x2e || code === 0x7c))
      return this.#joined(
        code === 0x21 ? COMPARED : ASSIGNED,
        at + 2 + (text.charCodeAt(at + 2) === 0x3d ? 1 : 0)
      )
    if (next === 0x3e && code === 0x2d) return this.#joined(ASSIGNED, at + 2)
    if (code === 0x7c && next === 0x7c && text.charCodeAt(at + 2) === 0x3d)
      return this.#joined(ASSIGNED, at + 3)
    if (code === 0x2d && closed === this.nameEnd) return this.#joined(BESIDE, at + 1)
    if (wasQuoted) return this.#attribute(text, at)
    if (at > closed && text.charCodeAt(this.nameStart - 1) === 0x3c) return this.#tagged(text, at)
    if (at === closed && !isQuote(code)) return 0
    return this.#joined(BESIDE, at) && (this.#typed(text, at) || at)
  }

  /** The default of a Terraform variable: `variable "token" { … default = "…"`. */
  #defaulted(text: string, at: number): number {
    const block = text.slice(at, at + MAX_BLOCK)
    const found = /^\s[^{}]{0,160}?\bdefault\s{1,8}=/.exec(block)
    return found === null ? 0 : this.#joined(ASSIGNED, at + found[0].length)
  }

  /** A type between name and operator: `var token string = "…"`; 0 when none stands there. */
  #typed(text: string, at: number): number {
    let end = at
    while (end - at < MAX_WRAPPER && isNamePart(text.charCodeAt(end))) end++
    const equals = skipBlanks(text, end)
    if (end === at || equals === end || text.charCodeAt(equals) !== 0x3d) return 0
    return text.charCodeAt(equals + 1) === 0x3d ? 0 : this.#joined(ASSIGNED, equals + 1)
  }

  /** Leaves a short first word out of a quoted value: `"FlyV1 …"`, `"Token …"`. */
  dropScheme(text: string): void {
    let at = this.start
    while (at - this.start < 12 && is(text.charCodeAt(at), ALNUM)) at++
    if (at > this.start && text.charCodeAt(at) === 0x20 && this.end - at > 12) this.start = at + 1
  }

  /** Goes on behind a first word: `Bearer …`, `lautet: …`. False when nothing follows. */
  skipWord(text: string): boolean {
    let at = this.end
    while (at - this.end < 4 && (is(text.charCodeAt(at), BLANK) || text.charCodeAt(at) === 0x3a)) at++
    return at > this.end && this.#value(text, at)
  }

  #joined(join: number, at: number): number {
    this.join = join
    return at
  }

  #colon(text: string, at: number): number {
    const next = text.charCodeAt(at + 1)
    if (next === 0x3a) return text.charCodeAt(at + 2) === 0x3d ? this.#joined(ASSIGNED, at + 3) : 0
    if (next === 0x3d || next === 0x3e) return this.#joined(ASSIGNED, at + 2)
    // A type between name and value: `token: string = "…"`.
    let end = skipBlanks(text, at + 1)
    const type = end
    while (
      end - type < MAX_WRAPPER &&
      (isNamePart(text.charCodeAt(end)) || '&<>[]?'.includes(text.charAt(end)))
    )
      end++
    const equals = skipBlanks(text, end)
    const isType =
      end > type && equals > end && text.charCodeAt(equals) === 0x3d && text.charCodeAt(equals + 1) !== 0x3d
    return this.#joined(ASSIGNED, isType ? equals + 1 : at + 1)
  }

  #equals(text: string, at: number): number {
    const next = text.charCodeAt(at + 1)
    if (next === 0x3d) return this.#joined(COMPARED, at + 2 + (text.charCodeAt(at + 2) === 0x3d ? 1 : 0))
    if (next === 0x7e) return 0
    return this.#joined(ASSIGNED, next === 0x3e ? at + 2 : at + 1)
  }

  /** PHP's serialize: `"name";s:12:"value"`. */
  #serialized(text: string, at: number): number {
    if (text.charCodeAt(at) !== 0x73 || text.charCodeAt(at + 1) !== 0x3a) return 0
    let end = at + 2
    while (end - at < 8 && is(text.charCodeAt(end), DIGIT)) end++
    return text.charCodeAt(end) === 0x3a ? this.#joined(ASSIGNED, end + 1) : 0
  }

  /** Behind the attributes of a tag: `<Pass encoding="base64">`. */
  #tagged(text: string, at: number): number {
    let end = at
    while (end - at < MAX_NAME && isAttribute(text.charCodeAt(end))) end++
    return text.charCodeAt(end) === 0x3e ? this.#joined(TAGGED, end + 1) : 0
  }

  /** `name="secret" value="…"`. */
  #attribute(text: string, at: number): number {
    return text.startsWith('value=', at) ? this.#joined(TAGGED, at + 6) : 0
  }

  /** Reads the value at `at`, behind blanks, brackets and calls around it. */
  #value(text: string, from: number): boolean {
    let at = this.join === BESIDE ? skipBlanks(text, from) : skip(text, from)
    if (text.startsWith('&quot;', at)) at += 6
    if (text.charCodeAt(at) === 0x5b && !this.inList) {
      this.inList = true
      at = skip(text, at + 1)
    }
    at = skipWrapper(text, at)
    const quote = text.charCodeAt(at)
    this.isQuoted = isQuote(quote) || (quote === 0x5c && isQuote(text.charCodeAt(at + 1)))
    if (!this.isQuoted) {
      this.inList = false
      this.start = at
      this.end = bareEnd(text, at, this.#max)
      if (this.end === at && isBare(text.charCodeAt(at))) this.tooLongUntil = at + this.#max
      return this.end > at
    }
    return quote === 0x5c
      ? this.#quoted(text, at + 2, text.charCodeAt(at + 1))
      : this.#quoted(text, at + 1, quote)
  }

  #quoted(text: string, from: number, quote: number): boolean {
    let start = from
    // ```…```, """…""" and '' '' of SQL inside SQL.
    while (start - from < 3 && text.charCodeAt(start) === quote) start++
    const stop = start + this.#max
    for (let i = start; i <= stop; i++) {
      const code = text.charCodeAt(i)
      if (closes(quote, code)) {
        this.start = start
        this.end = text.charCodeAt(i - 1) === 0x5c ? i - 1 : i
        return this.end > start
      }
      if (Number.isNaN(code) || is(code, NEWLINE)) return false
    }
    return false
  }
}
