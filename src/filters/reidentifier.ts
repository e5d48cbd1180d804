import { STRUCTURAL } from '../core/json/nesting.ts'
import { NestingReader, type TextFormat, type Units } from '../core/json/nesting-reader.ts'
import { escapeFor } from '../core/json/splice.ts'
import type { Edit } from '../core/leaf.ts'
import type { CodeTable } from './code-table.ts'
import { mergeEdits, sliceEdits } from './held-edits.ts'
import { InventedCounter } from './invented.ts'
import type { Issued } from './issued.ts'
import { keepMarks } from './marks.ts'
import { OffsetMap } from './offset-map.ts'
import type { RestoreStats } from './restore-stats.ts'
import { FAIL, isWordCode, MORE, SpellingMatcher } from './spelling.ts'
import type { ValueTable } from './value-table.ts'

export type { TextFormat } from '../core/json/nesting-reader.ts'
export { createRestoreStats, type RestoreStats } from './restore-stats.ts'

/** Text that is or may become JSON is read in slices of this length. UTF-16 code units. */
const FENCE_STEP = 512
const NO_EDITS: readonly Edit[] = []
/**
 * Longest source of one spelling by the number of JSON literals around it. Not all of the 64 characters that may be held:
 * the rest is for what must be seen after a code, an s and an escape cut in half, which grows with the nesting.
 */
const MAX_SOURCE = [62, 46, 46, 36, 36]
/** Longest source from the quote before a code that stands for a number: such a code is matched as it left only. */
const MAX_NUMBER = 44
const QUOTE = 0x22

/**
 * Puts original values back into one text of an answer while it streams: one instance per join key.
 *
 * Whatever way the text is cut, the result is that of the whole: a code is looked for at the start of each word, and the
 * decision waits while the text ends in something that can still become a code of this request. Only that is held, at
 * most 64 characters. Everything else passes at once. What has been put in is never looked at again.
 *
 * Markdown marks inside a spelling that have no partner inside are kept: before the value when they open, after it when
 * they close what opened before the code (`**PERSON**_K7Q2MX4A` → `**Max Mustermann**`).
 *
 * The text is a model's and may be steered by an attacker; it can only name codes that this very request issued.
 */
export class Reidentifier {
  readonly #issued: Issued
  readonly #minDepth: number
  readonly #stats: RestoreStats
  readonly #matcher: SpellingMatcher
  readonly #table: CodeTable
  /** Null where the request issued none. */
  readonly #surrogates: ValueTable | null
  readonly #reader: NestingReader
  readonly #offsets = new OffsetMap()
  readonly #invented: InventedCounter
  /** Source that arrived and did not leave yet. */
  #source = ''
  /** Where it begins in the whole text. The reader counts from there, because an escape may be cut. */
  #origin = 0
  /** What it spells, and for each character its depth and its end in `#source`. */
  #held: Units = { text: '', depths: [], ends: [] }
  /** The slice that arrives; null when every character spells itself at depth 0. */
  #units: Units | null = null
  /** The character before the held text, 0 at the beginning. */
  #before = 0
  /** Result of the last successful attempt: end of the spelling, or MORE. */
  #end = MORE
  /** It was a surrogate that it met. */
  #isSurrogate = false
  /** It met a whole string of a JSON document that stands for a number. */
  #isNumber = false

  constructor(issued: Issued, format: TextFormat, stats: RestoreStats) {
    this.#issued = issued
    this.#minDepth = format === 'json' ? 1 : 0
    this.#stats = stats
    this.#table = issued.table()
    this.#matcher = new SpellingMatcher(this.#table, issued)
    this.#surrogates = issued.surrogates.size === 0 ? null : issued.surrogates
    this.#reader = new NestingReader(format)
    this.#invented = new InventedCounter(issued, stats)
  }

  /**
   * Takes the next slice of the text.
   * @returns edits of `delta`, sorted; applied, they give what may leave now. Held text is cut off the tail, text held
   * earlier comes back as an insertion at 0. Empty: the delta passes as it is.
   */
  push(delta: string): readonly Edit[] {
    return this.#run(delta, false)
  }

  /** Ends the text. Returns what was held, restored where a code is complete, else as it is. */
  end(): string {
    const edits = this.#run('', true)
    return edits.length === 0 ? '' : (edits[0]?.text ?? '')
  }

  /** As push and end in one: the text is complete. */
  whole(text: string): readonly Edit[] {
    const edits: Edit[] = []
    // prose and fenced blocks apart, because prose is read ten times as quickly
    for (let at = 0; at < text.length; ) {
      const tick = text.indexOf('`', at)
      const end = !this.#reader.isIdle || tick === at ? at + FENCE_STEP : tick < 0 ? text.length : tick
      const piece = text.slice(at, end)
      for (const edit of this.#run(piece, end >= text.length)) {
        edits.push({ start: at + edit.start, end: at + edit.end, text: edit.text })
      }
      at = end
    }
    return mergeEdits(edits)
  }

  /**
   * Where a position of the provider's text is in the restored one. Both count Unicode code points from the start of
   * the text. A position inside a code stays inside its value.
   */
  shift(providerOffset: number): number {
    return this.#offsets.shift(providerOffset)
  }

  #run(delta: string, final: boolean): readonly Edit[] {
    if (this.#issued.size === 0) return this.#count(delta, final)
    const base = this.#source.length
    this.#reader.settle(delta)
    const isPlain = this.#reader.isIdle && !delta.includes('`')
    this.#units = isPlain ? null : this.#reader.read(delta, this.#origin + base, final)
    const arrived = this.#units === null ? delta : this.#units.text
    this.#count(arrived, final)
    const text = base === 0 ? arrived : this.#held.text + arrived
    let at = this.#next(text, 0, final)
    const source = base === 0 ? delta : this.#source + delta
    if (at < 0 && base === 0 && this.#startOf(text.length) === source.length) {
      this.#offsets.pass(delta)
      this.#origin += delta.length
      if (text !== '') this.#before = text.charCodeAt(text.length - 1)
      return NO_EDITS
    }
    const changes: Edit[] = []
    while (at >= 0 && this.#end !== MORE) {
      changes.push(this.#change(text, at))
      at = this.#next(text, this.#end, final)
    }
    const keep = at < 0 ? text.length : at
    return this.#release(text, keep, source, base, changes)
  }

  #count(arrived: string, final: boolean): readonly Edit[] {
    this.#invented.push(arrived)
    if (final) this.#invented.end()
    return NO_EDITS
  }

  /** The next place at or after `from` where a code stands or may come to stand; -1 when there is none. */
  #next(text: string, from: number, final: boolean): number {
    const table = this.#table
    let before = from > 0 ? text.charCodeAt(from - 1) : this.#before
    for (let at = from; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (code === QUOTE && this.#issued.hasNumbers) {
        this.#end = this.#attemptNumber(text, at, final)
        if (this.#end !== FAIL) return at
      }
      if (
        (!isWordCode(before) || this.#issued.isLeftGlue(before)) &&
        (table.mayBegin(code, text.charCodeAt(at + 1)) || this.#surrogates?.mayBegin(code) === true)
      ) {
        this.#end = this.#attempt(text, at, before, final)
        if (this.#end !== FAIL) return at
      }
      before = code
    }
    return -1
  }

  #attempt(text: string, at: number, before: number, final: boolean): number {
    const matcher = this.#matcher
    let end = matcher.match(text, at, before, final)
    this.#isSurrogate = end === FAIL && this.#surrogates !== null
    if (end === FAIL) {
      if (matcher.isBroken) this.#stats.unresolved++
      if (this.#surrogates === null) return FAIL
      end = this.#surrogates.match(text, at, before, final)
      if (end === FAIL) return FAIL
    }
    const depth = this.#depthOf(at)
    const last = end === MORE ? text.length : end
    const isTooLong = this.#startOf(last) - this.#startOf(at) > (MAX_SOURCE[depth] ?? 0)
    if (end === MORE) return isTooLong && !matcher.awaitsEnd ? FAIL : MORE
    return isTooLong || this.#depthOf(end - 1) !== depth ? FAIL : end
  }

  /** A whole string of a JSON document that is the code of a number, with its quotes. No key: keys are strings. */
  #attemptNumber(text: string, at: number, final: boolean): number {
    this.#isNumber = false
    if (!this.#isStructural(at) || (at + 1 < text.length && this.#isStructural(at + 1))) return FAIL
    const matcher = this.#matcher
    const end = at + 1 < text.length ? matcher.match(text, at + 1, QUOTE, final) : MORE
    if (end === FAIL) return FAIL
    let after = end < 0 ? text.length : end + 1
    while (isSpace(text.charCodeAt(after))) after++
    const seen = Math.min(after, text.length)
    if (this.#startOf(seen) - this.#startOf(at) > MAX_NUMBER) return FAIL
    if (after >= text.length && !final) return MORE
    this.#isNumber =
      end > 0 &&
      matcher.exact &&
      this.#issued.isNumber(matcher.code) &&
      text.charCodeAt(end) === QUOTE &&
      this.#isStructural(end) &&
      text.charAt(after) !== ':'
    return this.#isNumber ? end + 1 : FAIL
  }

  /** The code that was just matched at `at`, as a change of the source. */
  #change(text: string, at: number): Edit {
    if (this.#isNumber) {
      this.#isNumber = false
      this.#stats.restoredExact++
      const text = this.#issued.surfaceOf(this.#matcher.code) ?? ''
      return { start: this.#startOf(at), end: this.#startOf(this.#end), text }
    }
    const { code, exact, marks } = this.#isSurrogate
      ? { code: this.#surrogates?.text ?? '', exact: true, marks: [] }
      : this.#matcher
    const start = this.#startOf(at)
    const end = this.#startOf(this.#end)
    if (exact && end - start === code.length) this.#stats.restoredExact++
    else this.#stats.restoredAltered++
    const value = escapeFor(this.#issued.surfaceOf(code) ?? code, Math.max(this.#minDepth, this.#depthOf(at)))
    const before = at > 0 ? text.charAt(at - 1) : String.fromCharCode(this.#before)
    return { start, end, text: marks.length === 0 ? value : keepMarks(value, marks, before) }
  }

  /** Lets everything before `keep` (in the spelled text) go, and holds the rest. */
  #release(
    text: string,
    keep: number,
    source: string,
    base: number,
    changes: readonly Edit[]
  ): readonly Edit[] {
    const cut = this.#startOf(keep)
    const depths: number[] = []
    const ends: number[] = []
    for (let at = keep; at < text.length; at++) {
      depths.push(this.#flagsOf(at))
      ends.push(this.#startOf(at + 1) - cut)
    }
    if (keep > 0) this.#before = text.charCodeAt(keep - 1)
    this.#offsets.advance(source, cut, changes)
    this.#held = { text: text.slice(keep), depths, ends }
    this.#source = source.slice(cut)
    this.#origin += cut
    return sliceEdits(source, base, cut, changes)
  }

  /** Where in held source plus delta the spelling of the character at `at` begins, which is where the last one ends. */
  #startOf(at: number): number {
    if (at === 0) return 0
    const inSlice = at - 1 - this.#held.text.length
    if (inSlice < 0) return this.#held.ends[at - 1] ?? 0
    return this.#units === null
      ? this.#source.length + inSlice + 1
      : (this.#units.ends[inSlice] ?? 0) - this.#origin
  }

  #depthOf(at: number): number {
    return this.#flagsOf(at) & ~STRUCTURAL
  }

  /** It stands between the literals of a JSON document. */
  #isStructural(at: number): boolean {
    return (this.#flagsOf(at) & STRUCTURAL) !== 0
  }

  #flagsOf(at: number): number {
    const inSlice = at - this.#held.text.length
    if (inSlice < 0) return this.#held.depths[at] ?? 0
    return this.#units === null ? 0 : (this.#units.depths[inSlice] ?? 0)
  }
}

/** Restores a complete text: the same result as any way of streaming it. */
export function restoreWhole(
  text: string,
  issued: Issued,
  format: TextFormat,
  stats: RestoreStats
): readonly Edit[] {
  return new Reidentifier(issued, format, stats).whole(text)
}

/** Space of JSON (RFC 8259 §2). */
function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09
}
