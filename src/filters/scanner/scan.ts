import type { Segment } from '../../core/leaf.ts'
import { DIGIT_START, UPPER_START } from './automaton.ts'
import { ALNUM, BLANK, flagsOf, is, LETTER, NEWLINE } from './chars.ts'
import { Cluster, MAX_CODES } from './cluster.ts'
import { ContextWords } from './context-words.ts'
import type { Engine } from './engine.ts'
import { Names } from './names.ts'

/** A finding before overlaps are resolved; `recognizer` is an index into the engine's list. */
export interface RawFinding {
  readonly start: number
  readonly end: number
  readonly type: string
  readonly score: number
  readonly recognizer: number
}

/** Inside a finding of this score no numbers are looked at. */
const CERTAIN = 0.9

/**
 * One scan over the segments of a call. The first pass notes where the automaton saw something, the second looks
 * closer there, in order of position. Its buffers are used again for the next segment.
 */
export class Scan {
  /** The text being scanned. All offsets are UTF-16 units into it. */
  text = ''
  /** The name of the JSON value, empty when there is none. */
  label = ''
  /** Persons found so far in this call. */
  readonly names = new Names()
  readonly engine: Engine
  #events = new Int32Array(1024)
  #eventCount = 0
  readonly #context: ContextWords
  #current = 0
  #found: RawFinding[] = []
  readonly #cluster = new Cluster()
  #tokenEnd = 0
  #certainEnd = 0
  #personEnd = 0

  constructor(engine: Engine) {
    this.engine = engine
    this.#context = new ContextWords(engine)
  }

  /** Findings of one segment, in the order they were made, overlaps and all. */
  run(segment: Segment): RawFinding[] {
    this.text = segment.text
    this.label = segment.label
    this.#found = []
    this.#context.clear()
    this.#tokenEnd = 0
    this.#certainEnd = 0
    this.#personEnd = 0
    this.#noteLabel(segment.label)
    this.#noteEvents(segment.text)
    this.#collectContext()
    const prose = segment.kind !== 'key' && segment.kind !== 'number' && segment.kind !== 'fixed-number'
    this.#lookAtText(prose)
    this.#lookCloser(prose)
    if (segment.label !== '') this.#lookAtLabelled(prose)
    this.text = ''
    return this.#found
  }

  /** Chooses the recognizer that `report` and `contextAround` speak for. */
  use(recognizer: number): void {
    this.#current = recognizer
  }

  report(start: number, end: number, type: string, score: number): void {
    this.#found.push({ start, end, type, score, recognizer: this.#current })
    if (type === 'PERSON' && end > this.#personEnd) this.#personEnd = end
    if (score >= CERTAIN && end > this.#certainEnd) this.#certainEnd = end
  }

  /** True when [start, end) is the whole text but for blanks, and the text has no name. */
  isWholeText(start: number, end: number): boolean {
    const { text, label } = this
    if (label !== '' || start > 8 || text.length - end > 8) return false
    for (let i = 0; i < start; i++) if (!is(text.charCodeAt(i), BLANK | NEWLINE)) return false
    for (let i = end; i < text.length; i++) if (!is(text.charCodeAt(i), BLANK | NEWLINE)) return false
    return true
  }

  /** How near a context word of the current recognizer stands to [start, end). */
  contextAround(start: number, end: number): number {
    return this.#context.around(this.#current, start, end, this.text)
  }

  /** As `contextAround`, but only words before `start` count. */
  contextBefore(start: number): number {
    return this.#context.before(this.#current, start)
  }

  /** The recognizer at work will look at nothing that starts before `at` any more. */
  forgetContextBefore(at: number): void {
    this.#context.forget(at)
  }

  /** First pass: every position at which the automaton has something to say. The hottest loop of the gateway. */
  #noteEvents(text: string): void {
    const { classOf, next, shift, firstEvent, initial } = this.engine.automaton
    let events = this.#events
    let count = 0
    let state = initial
    const { length } = text
    for (let i = 0; i < length; i++) {
      state = next[(state << shift) | (classOf[text.charCodeAt(i)] ?? 0)] ?? 0
      if (state >= firstEvent) {
        if (count + 2 > events.length) events = this.#growEvents()
        events[count++] = i
        events[count++] = state
      }
    }
    this.#eventCount = count
  }

  #growEvents(): Int32Array<ArrayBuffer> {
    const grown = new Int32Array(this.#events.length * 4)
    grown.set(this.#events)
    this.#events = grown
    return grown
  }

  /** Context words of the label stand right before the text; `taxId` and `tax_id` read as `tax id`. */
  #noteLabel(label: string): void {
    if (label === '' || label.length > 64) return
    this.#noteEvents(label.replace(/([a-zäöüß0-9])([A-ZÄÖÜ])/g, '$1 $2'))
    this.#collectContext()
    this.#context.moveToStart()
  }

  #collectContext(): void {
    const { automaton, contextKind, lengthOf } = this.engine
    for (let e = 0; e < this.#eventCount; e += 2) {
      const state = (this.#events[e + 1] ?? 0) - automaton.firstEvent
      const stop = automaton.offsets[state + 1] ?? 0
      for (let o = automaton.offsets[state] ?? 0; o < stop; o++) {
        const literal = automaton.literals[o] ?? 0
        if (contextKind[literal] === 0) continue
        const end = (this.#events[e] ?? 0) + 1
        this.#context.add(end - (lengthOf[literal] ?? 0), end, literal)
      }
    }
  }

  /** Second pass: asks the recognizers at each event. */
  #lookCloser(prose: boolean): void {
    const { automaton, anchorsOf, lengthOf } = this.engine
    for (let e = 0; e < this.#eventCount; e += 2) {
      const at = this.#events[e] ?? 0
      const state = (this.#events[e + 1] ?? 0) - automaton.firstEvent
      this.#context.forget(at - MAX_CODES)
      const starts = automaton.starts[state] ?? 0
      if (starts === DIGIT_START) this.#lookAtNumber(at)
      else if (starts === UPPER_START && prose && this.names.size > 0) this.#lookAtMention(at)
      const stop = automaton.offsets[state + 1] ?? 0
      for (let o = automaton.offsets[state] ?? 0; o < stop; o++) {
        const literal = automaton.literals[o] ?? 0
        const anchored = anchorsOf[literal]
        if (anchored === undefined || anchored.length === 0) continue
        this.#recognize(anchored, at + 1 - (lengthOf[literal] ?? 0), at + 1, prose)
      }
    }
  }

  #recognize(anchored: readonly number[], start: number, end: number, prose: boolean): void {
    for (const index of anchored) {
      const recognizer = this.engine.recognizers[index]
      if (recognizer?.recognize === undefined || (recognizer.scope === 'prose' && !prose)) continue
      this.#current = index
      recognizer.recognize(this, start, end)
    }
  }

  #lookAtText(prose: boolean): void {
    for (const index of this.engine.textRecognizers) {
      const recognizer = this.engine.recognizers[index]
      if (recognizer?.text === undefined || (recognizer.scope === 'prose' && !prose)) continue
      this.#current = index
      recognizer.text(this)
      this.#context.rewind()
    }
    // Found ahead of the anchors: what stands before it is not covered by it.
    this.#certainEnd = 0
    this.#personEnd = 0
  }

  #lookAtLabelled(prose: boolean): void {
    for (const index of this.engine.labelRecognizers) {
      const recognizer = this.engine.recognizers[index]
      if (recognizer?.labelled === undefined || (recognizer.scope === 'prose' && !prose)) continue
      this.#current = index
      recognizer.labelled(this)
    }
  }

  #lookAtMention(at: number): void {
    if (at < this.#personEnd) return
    for (const index of this.engine.mentionRecognizers) {
      this.#current = index
      this.engine.recognizers[index]?.mention?.(this, at)
    }
  }

  /** True inside a person found so far in this text. */
  isPerson(at: number): boolean {
    return at < this.#personEnd
  }

  /** True inside a finding that is certain: nothing need be looked for there. */
  isCovered(at: number): boolean {
    return at < this.#certainEnd
  }

  /** `at` is the first of a run of digits; its token is looked at once, however many runs it holds. */
  #lookAtNumber(at: number): void {
    if (at < this.#tokenEnd || at < this.#certainEnd) return
    const { text } = this
    let start = at
    while (start > this.#tokenEnd && at - start < MAX_CODES && is(text.charCodeAt(start - 1), ALNUM)) start--
    let end = at + 1
    while (is(text.charCodeAt(end), ALNUM)) end++
    this.#tokenEnd = end
    if (end - start > MAX_CODES) return
    const before = text.charCodeAt(start - 1)
    if (((flagsOf[before] ?? 0) & LETTER) !== 0 || this.#continuesNumber(before, start)) return
    this.#offer(start)
    const prefix = this.#prefixStart(start)
    if (prefix < start) this.#offer(prefix)
  }

  /** True when the token goes on a decimal, a date or a longer number: `3.141`, `1-12345678903`. */
  #continuesNumber(before: number, start: number): boolean {
    if (before !== 0x2e && before !== 0x2c && before !== 0x2d && before !== 0x2f) return false
    const further = this.text.charCodeAt(start - 2)
    return further >= 0x30 && further <= 0x39
  }

  /** Start of up to four upper-case letters right before the token: the country of a VAT number, `HRB`. */
  #prefixStart(start: number): number {
    const { text } = this
    const gap = text.charCodeAt(start - 1)
    if (!is(gap, BLANK) && gap !== 0x2d && gap !== 0x2e) return start
    let from = start - 1
    while (start - from <= 5 && is(text.charCodeAt(from - 1), ALNUM) && is(text.charCodeAt(from - 1), LETTER))
      from--
    if (from === start - 1 || start - from > 5 || is(text.charCodeAt(from - 1), ALNUM | LETTER)) return start
    return from
  }

  #offer(start: number): void {
    const cluster = this.#cluster
    cluster.read(this.text, start)
    if (cluster.groups === 0) return
    this.engine.forms.match(this, cluster)
    for (const index of this.engine.numberRecognizers) {
      this.#current = index
      this.engine.recognizers[index]?.number?.(this, cluster)
    }
  }
}
