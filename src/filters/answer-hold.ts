import type { Finding } from '../core/finding.ts'
import { NestingReader, type TextFormat } from '../core/json/nesting-reader.ts'
import { STRUCTURAL } from '../core/json/nesting.ts'
import { escapeFor } from '../core/json/splice.ts'
import type { Edit } from '../core/leaf.ts'
import { sliceEdits } from './held-edits.ts'
import { maskText } from './operators/mask.ts'

export interface AnswerHoldOptions {
  readonly modeOf: (type: string) => 'keep' | 'mask' | 'redact' | 'block'
  readonly format: TextFormat
  /** Most characters held, as the text spells them. */
  readonly lookBackChars: number
  readonly scan: (text: string) => readonly Finding[]
  readonly count: (type: string) => void
}

/** Text that has left is scanned along, so that a finding that began there is known for what it is. */
const CONTEXT = 128
const NUMBER = /^[-+0-9.eE]+$/
const NUMBER_PART = /[-+0-9.eE]/

/**
 * Holds the end of a text back until it can be said what is in it. Text is let go up to the last line break or end of a
 * sentence, and in any case when more than the look-back is held; scanned is what is let go with all that is known around
 * it, once. A value that is longer than the look-back, or that goes over a line break, is seen in part only.
 *
 * In JSON the replacement stays inside its string literal; a number becomes a string.
 */
export class AnswerHold {
  blockedType: string | null = null
  readonly #options: AnswerHoldOptions
  readonly #reader: NestingReader
  readonly #minDepth: number
  #context = ''
  #source = ''
  /** Where the held source begins in the whole text. */
  #origin = 0
  #text = ''
  #depths: number[] = []
  #ends: number[] = []

  constructor(options: AnswerHoldOptions) {
    this.#options = options
    this.#reader = new NestingReader(options.format)
    this.#minDepth = options.format === 'json' ? 1 : 0
  }

  push(delta: string, final: boolean): readonly Edit[] {
    const base = this.#source.length
    this.#append(delta, final)
    let until = final ? this.#text.length : this.#releasable()
    const changes: Edit[] = []
    if (until > 0) until = this.#scan(until, final, changes)
    if (this.blockedType !== null) until = 0
    const cut = this.#startOf(until)
    const edits = sliceEdits(this.#source, base, cut, changes)
    this.#drop(until, cut)
    if (this.blockedType === null) return edits
    this.#drop(this.#text.length, this.#source.length)
    return delta === '' ? [] : [{ start: 0, end: delta.length, text: '' }]
  }

  #append(delta: string, final: boolean): void {
    const { text, depths, ends } = this.#reader.read(delta, this.#origin + this.#source.length, final)
    this.#source += delta
    this.#text += text
    for (let at = 0; at < text.length; at++) {
      this.#depths.push(depths[at] ?? 0)
      this.#ends.push(ends[at] ?? 0)
    }
  }

  #startOf(at: number): number {
    return at === 0 ? 0 : (this.#ends[at - 1] ?? 0) - this.#origin
  }

  #drop(until: number, cut: number): void {
    this.#context = (this.#context + this.#text.slice(0, until)).slice(-CONTEXT)
    this.#text = this.#text.slice(until)
    this.#depths.splice(0, until)
    this.#ends.splice(0, until)
    this.#origin += cut
    this.#source = this.#source.slice(cut)
  }

  /** How much of the text need not wait any longer. */
  #releasable(): number {
    const text = this.#text
    for (let at = text.length; at > 0; at--) if (isBreak(text, at)) return at
    const { lookBackChars } = this.#options
    return text.length > lookBackChars ? text.length - (lookBackChars >>> 1) : 0
  }

  /** Collects the changes before `until`; returns how much may leave, which is less when a finding goes over it. */
  #scan(until: number, final: boolean, changes: Edit[]): number {
    const { modeOf, scan, count, lookBackChars } = this.#options
    const shift = this.#context.length
    for (const finding of scan(this.#context + this.#text)) {
      const start = Math.max(0, finding.start - shift)
      let end = finding.end - shift
      if (end <= 0 || start >= until) continue
      if (end > until) {
        const isOpen = !final && end >= this.#text.length
        if (isOpen && this.#text.length <= lookBackChars) return start
        until = end
      }
      count(finding.type)
      const mode = modeOf(finding.type)
      if (mode === 'block') this.blockedType ??= finding.type
      else if (mode !== 'keep') end = this.#replace(start, end, finding.type, mode, changes)
      until = Math.max(until, end)
    }
    return until
  }

  /** Adds the changes for one finding, run by run of equal depth. Returns its end, which a number may have moved. */
  #replace(start: number, end: number, type: string, mode: 'mask' | 'redact', changes: Edit[]): number {
    const isRedacted = mode === 'redact' && this.#runEnd(start, end) === end
    for (let from = start; from < end; ) {
      const depth = this.#depths[from] ?? 0
      let to = this.#runEnd(from, end)
      const isStructural = (depth & STRUCTURAL) !== 0
      if (isStructural) {
        if (!NUMBER.test(this.#text.slice(from, to))) {
          from = to
          continue
        }
        while (this.#isNumberPart(from - 1) && this.#startOf(from - 1) >= (changes.at(-1)?.end ?? 0)) from--
        while (this.#isNumberPart(to)) to++
      }
      const value = isRedacted ? `[${type}]` : maskText(this.#text.slice(from, to), '*')
      const level = depth & ~STRUCTURAL
      const text = isStructural
        ? escapeFor(`"${value}"`, level)
        : escapeFor(value, Math.max(this.#minDepth, level))
      changes.push({ start: this.#startOf(from), end: this.#startOf(to), text })
      end = Math.max(end, to)
      from = to
    }
    return end
  }

  #runEnd(from: number, end: number): number {
    let to = from + 1
    while (to < end && this.#depths[to] === this.#depths[from]) to++
    return to
  }

  #isNumberPart(at: number): boolean {
    return ((this.#depths[at] ?? 0) & STRUCTURAL) !== 0 && NUMBER_PART.test(this.#text.charAt(at))
  }
}

/** After a line break, or after a sentence whose last word is no abbreviation ("Dr. ", "Tel. "). */
function isBreak(text: string, at: number): boolean {
  const code = text.charCodeAt(at - 1)
  if (code === 0x0a) return true
  if (code !== 0x20 || at < 2) return false
  const mark = text.charCodeAt(at - 2)
  if (mark === 0x21 || mark === 0x3f) return true
  return mark === 0x2e && /[a-zäöüß]{4}$/.test(text.slice(Math.max(0, at - 6), at - 2))
}
