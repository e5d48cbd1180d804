import { base32Value, idText, VARIANTS } from './code.ts'
import { type CodeTable, leadsToId, type TypeCodes } from './code-table.ts'
import type { Issued } from './issued.ts'

/**
 * The spellings in which a code is recognised. Models change what they copy; this is the one place that says how far:
 *
 *   code      = letter { [filler] letter } { separator letter { [filler] letter } } separator id
 *   letter    = the type's, either case;  id = eight (of a whole app: ten) base32 characters, either case,
 *               [filler] between them
 *   filler    = zero-width characters, soft hyphens, a line wrap; not among the first three characters
 *   wrap      = [hyphen] spaces line-break { space | ">" }
 *   separator = marks [wrap] core [wrap] marks, or a wrap alone
 *   core      = "_" | "\_" | "\\_" | "\u005f" | "%5F" | "&#95;" | "&#x5f;" | "&lowbar;" | space | hyphen
 *   marks     = Markdown emphasis "*", code "`", zero-width characters
 *
 * It starts where no letter or digit stands before and ends where none follows; a genitive s may. Text is
 * attacker-controlled: one attempt reads at most {@link MAX_SPELLING} characters.
 */

/** The text ends before it is decided whether a code stands here. */
export const MORE = -1
/** No code stands here, whatever follows. */
export const FAIL = -2
/** Longest spelling in UTF-16 code units. With the two needed to see its end it makes the 64 that may be held. */
export const MAX_SPELLING = 62

const CORES = ['\\_', '\\\\_', '\\u005f', '\\\\u005f', '%5f', '&#95;', '&#x5f;', '&lowbar;', '&underbar;']
/** So many letters of a code's beginning stand together, so that candidates can be found by them. */
export const HEAD_LENGTH = 3
/** So many characters of an id must stand there for a code to count as broken off. */
const MIN_BROKEN = 3
const WORD_CODES = Uint8Array.from({ length: 128 }, (_, code) =>
  /[A-Za-z0-9]/.test(String.fromCharCode(code)) ? 1 : 0
)
const UNDERSCORE = 0x5f
const BACKSLASH = 0x5c
const SMALL_S = 0x73

export class SpellingMatcher {
  /** Of the last match: the code in its exact form. */
  code = ''
  /** Of the last match: spelled exactly as issued. */
  exact = false
  /** Of the last match: the id is set off by an underscore or an encoding of one, not by a space, hyphen or wrap. */
  strict = false
  /** Of the last match: runs of Markdown marks inside, in order, e.g. `**`. */
  marks: string[] = []
  /** Of the last attempt: the whole code stands there and only its end is open. */
  awaitsEnd = false
  /** Of the last attempt: it led well towards a code, and then the text broke off or ran on into a longer word. */
  isBroken = false

  readonly #table: CodeTable
  readonly #issued: Issued | null
  #text = ''
  #final = false
  #limit = 0

  /** @param issued knows which codes were glued to a letter or digit; null when none is. */
  constructor(table: CodeTable, issued: Issued | null) {
    this.#table = table
    this.#issued = issued
  }

  /**
   * Looks for a code that begins exactly at `at`. The answer for a text never contradicts the one for its beginning:
   * only MORE may change.
   * @param before the code unit before `at`, 0 for none.
   * @param final true when nothing follows the text.
   * @returns the end of the spelling, {@link MORE} or {@link FAIL}.
   */
  match(text: string, at: number, before: number, final: boolean): number {
    this.#text = text
    this.#final = final
    this.#limit = at + MAX_SPELLING
    this.isBroken = false
    this.awaitsEnd = false
    const glued = isWordCode(before)
    let result = FAIL
    // Among the first characters nothing is tolerated, so the second tells most types apart at once.
    const second = at + 1 < text.length ? text.charCodeAt(at + 1) | 0x20 : 0
    for (const entry of this.#table.startingWith(text.charCodeAt(at))) {
      const want = entry.type.charCodeAt(1)
      if (second !== 0 && want !== UNDERSCORE && (want | 0x20) !== second) continue
      const end = this.#matchEntry(entry, at)
      if (end === MORE) result = MORE
      if (end < 0) continue
      if (!glued || (this.exact && this.#issued?.hasLeftGlue(this.code, before) === true)) return end
    }
    return result
  }

  #matchEntry(entry: TypeCodes, at: number): number {
    const { type } = entry
    this.exact = true
    this.strict = false
    this.marks.length = 0
    let pos = at
    for (let index = 0; index < type.length && pos >= 0; index++) {
      const want = type.charCodeAt(index)
      if (want === UNDERSCORE) pos = this.#separator(pos)
      else pos = this.#letter(pos, want, index)
    }
    if (pos >= 0) pos = this.#separator(pos)
    return pos < 0 ? pos : this.#id(entry, pos)
  }

  #letter(pos: number, want: number, index: number): number {
    const code = this.#text.charCodeAt(pos)
    if (code === want) return pos + 1
    if ((code | 0x20) === (want | 0x20)) {
      this.exact = false
      return pos + 1
    }
    if (index < HEAD_LENGTH) return pos < this.#text.length ? FAIL : this.#out()
    const next = this.#filler(pos)
    if (next <= pos) return next < 0 ? next : FAIL
    return (this.#text.charCodeAt(next) | 0x20) === (want | 0x20) ? next + 1 : FAIL
  }

  #id(entry: TypeCodes, pos: number): number {
    let number = 0
    let hasDigit = false
    for (let index = 0; index < entry.idLength; index++) {
      let code = this.#text.charCodeAt(pos)
      let value = base32Value(code)
      if (value < 0) {
        const next = index === 0 ? (pos < this.#text.length ? FAIL : this.#out()) : this.#filler(pos)
        if (next <= pos) return this.#broken(next < 0 ? next : FAIL, index, pos)
        pos = next
        code = this.#text.charCodeAt(pos)
        value = base32Value(code)
        if (value < 0) return this.#broken(FAIL, index, pos)
      }
      if (code >= 0x61) this.exact = false
      number = number * VARIANTS + value
      if (!leadsToId(entry, number, index + 1)) return FAIL
      if (value < 10 && index < entry.idLength - 1) hasDigit = true
      pos++
    }
    if (!hasDigit) return FAIL
    if (pos > this.#limit) return FAIL
    this.code = `${entry.type}_${idText(number, entry.idLength)}`
    return this.#boundary(pos)
  }

  /** A code ends before anything but a letter or digit, before a genitive s, and before what it was glued to. */
  #boundary(pos: number): number {
    const code = this.#text.charCodeAt(pos)
    if (pos === this.#text.length) return this.#awaitEnd(pos)
    if (!isWordCode(code)) return pos
    if (this.exact && this.#issued?.hasRightGlue(this.code, code) === true) return pos
    if (code === SMALL_S) {
      if (pos + 1 === this.#text.length) return this.#awaitEnd(pos)
      if (!isWordCode(this.#text.charCodeAt(pos + 1))) return pos
    }
    this.isBroken = true
    return FAIL
  }

  #awaitEnd(pos: number): number {
    if (this.#final) return pos
    this.awaitsEnd = true
    return MORE
  }

  /** At the very end of a text one character of the id is enough to see that a code was cut off. */
  #broken(result: number, idLength: number, pos: number): number {
    if (result !== FAIL || isWordCode(this.#text.charCodeAt(pos))) return result
    if (idLength >= MIN_BROKEN || (idLength > 0 && pos >= this.#text.length)) this.isBroken = true
    return result
  }

  #separator(pos: number): number {
    const text = this.#text
    if (text.charCodeAt(pos) === UNDERSCORE && isWordCode(text.charCodeAt(pos + 1))) {
      this.strict = true
      return pos + 1
    }
    this.exact = false
    const marked = this.#marks(pos)
    if (marked < 0) return marked
    const wrapped = this.#wrap(marked)
    if (wrapped < 0) return wrapped
    const core = this.#core(wrapped)
    if (core < 0) return core
    if (core === marked) return FAIL
    const after = this.#wrap(core)
    return after < 0 ? after : this.#marks(after)
  }

  /** Past one core of a separator; `pos` when there is none. */
  #core(pos: number): number {
    if (pos >= this.#text.length) return this.#out()
    const code = this.#text.charCodeAt(pos)
    this.strict = code === UNDERSCORE
    if (code === UNDERSCORE || isSpace(code) || isHyphen(code)) return pos + 1
    if (code !== BACKSLASH && code !== 0x25 && code !== 0x26) return pos
    const ahead = this.#text.slice(pos, pos + 10).toLowerCase()
    for (const core of CORES) {
      if (ahead.startsWith(core)) {
        this.strict = true
        return pos + core.length
      }
      if (core.startsWith(ahead) && !this.#final) return MORE
    }
    return FAIL
  }

  /** Past marks and zero-width characters; the runs of marks are noted. */
  #marks(pos: number): number {
    const text = this.#text
    for (;;) {
      if (pos >= text.length) return this.#out()
      if (pos > this.#limit) return FAIL
      const code = text.charCodeAt(pos)
      if (code === 0x2a || code === 0x60) {
        const start = pos
        while (text.charCodeAt(pos) === code && pos - start < 3) pos++
        this.marks.push(text.slice(start, pos))
      } else if (isInvisible(code)) pos++
      else return pos
    }
  }

  /** Past zero-width characters and a line wrap; `pos` when there is none. */
  #filler(pos: number): number {
    const start = pos
    while (isInvisible(this.#text.charCodeAt(pos)) && pos <= this.#limit) pos++
    if (pos >= this.#text.length) return this.#out()
    pos = this.#wrap(pos)
    if (pos < 0) return pos
    while (isInvisible(this.#text.charCodeAt(pos)) && pos <= this.#limit) pos++
    if (pos >= this.#text.length) return this.#out()
    if (pos > start) this.exact = false
    return pos > this.#limit ? FAIL : pos
  }

  /** Past a line wrap; `pos` when there is none. */
  #wrap(pos: number): number {
    const text = this.#text
    let at = pos
    if (isHyphen(text.charCodeAt(at))) at++
    while (isSpace(text.charCodeAt(at)) && at <= this.#limit) at++
    if (text.charCodeAt(at) === 0x0d) at++
    if (at >= text.length) return this.#final ? pos : at > this.#limit ? FAIL : MORE
    if (text.charCodeAt(at) !== 0x0a) return pos
    at++
    while ((isSpace(text.charCodeAt(at)) || text.charCodeAt(at) === 0x3e) && at <= this.#limit) at++
    return at > this.#limit ? FAIL : at
  }

  #out(): number {
    return this.#final || this.#text.length > this.#limit ? FAIL : MORE
  }
}

/** ASCII letters and digits: what a code must not touch. */
export function isWordCode(code: number): boolean {
  return code < 128 && WORD_CODES[code] === 1
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0xa0 || code === 0x202f
}

function isHyphen(code: number): boolean {
  return code === 0x2d || code === 0x2010 || code === 0x2011
}

/** Soft hyphen, zero-width space, non-joiner, joiner, word joiner, byte order mark. */
function isInvisible(code: number): boolean {
  return code === 0xad || (code >= 0x200b && code <= 0x200d) || code === 0x2060 || code === 0xfeff
}
