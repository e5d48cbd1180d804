import type { Segment } from '../../core/leaf.ts'
import { DIGIT_START, UPPER_START } from './automaton.ts'
import { is, isAllBut, LETTER } from './chars.ts'
import { ContextWords } from './context-words.ts'
import { ANCHORS, CONTEXTS, type Engine } from './engine.ts'
import { Events } from './events.ts'
import type { TaggedType } from '../tagger/tagger.ts'
import { Names } from './names.ts'
import { NumberTokens } from './number-tokens.ts'
import type { Steps } from '../steps.ts'
import { Traits } from './traits.ts'

/** A finding before overlaps are resolved; `recognizer` is an index into the engine's list. */
export interface RawFinding {
  readonly start: number
  readonly end: number
  readonly type: string
  readonly score: number
  readonly recognizer: number
}

/** Names of a text that was tagged before it is scanned. */
export interface TaggedAhead {
  readonly text: string
  readonly names: readonly {
    readonly start: number
    readonly end: number
    readonly type: TaggedType
    readonly score: number
  }[]
}

/** Inside a finding of this score no numbers are looked at. */
const CERTAIN = 0.9
/** Places where something stands that are looked at without a pause: most take a microsecond, some a hundred. */
const PIECE = 512
/** Longer labels are not read. */
const MAX_LABEL = 64

/** `taxId` and `TaxID` as one would write them in a text: `tax Id`. */
export function spellLabel(label: string): string {
  return label.replace(/([a-zäöüß0-9])([A-ZÄÖÜ])/g, '$1 $2')
}

/**
 * One scan over the segments of a call. The first pass notes where the automaton saw something, the second looks
 * closer there, in order of position. Its buffers are used again for the next segment.
 */
export class Scan {
  /** The text being scanned. All offsets are UTF-16 units into it. */
  text = ''
  /** The name of the JSON value, empty when there is none. */
  label = ''
  kind: Segment['kind'] = 'text'
  /** Of the text read last. */
  traits = new Traits()
  /** Costly recognizers are left out. */
  quick = false
  /** Persons found so far in this call; each call has its own. */
  names = new Names()
  /** What the tagger said of a long text ahead of its scan. */
  ahead: TaggedAhead | null = null
  readonly engine: Engine
  readonly #events: Events
  readonly #context: ContextWords
  /** By recognizer: see `readUntil`. */
  readonly #readUntil: Int32Array
  #current = 0
  #found: RawFinding[] = []
  readonly #numbers: NumberTokens
  #certainEnd = 0
  #personEnd = 0

  constructor(engine: Engine) {
    this.engine = engine
    this.#context = new ContextWords(engine)
    this.#events = new Events(engine.automaton)
    this.#numbers = new NumberTokens(engine)
    this.#readUntil = new Int32Array(engine.recognizers.length)
  }

  /** Findings of one segment, in the order they were made, overlaps and all. */
  run(segment: Segment): RawFinding[] {
    const prose = this.#begin(segment)
    this.#lookCloser(prose, 0, this.#events.count)
    return this.#end(segment, prose)
  }

  /** As `run`, with pauses, in which this scan must not be used for anything else. */
  *runInPieces(segment: Segment): Steps<RawFinding[]> {
    const prose = this.#begin(segment)
    yield
    const { count } = this.#events
    for (let from = 0; from < count; from += 2 * PIECE) {
      this.#lookCloser(prose, from, Math.min(count, from + 2 * PIECE))
      yield
    }
    return this.#end(segment, prose)
  }

  /** @returns whether the segment may hold prose */
  #begin(segment: Segment): boolean {
    this.#found = []
    this.#readUntil.fill(0)
    this.#numbers.rewind()
    this.#certainEnd = 0
    this.#personEnd = 0
    this.readContext(segment)
    const prose = segment.kind !== 'key' && segment.kind !== 'number' && segment.kind !== 'fixed-number'
    this.#lookAtText(prose)
    return prose
  }

  #end(segment: Segment, prose: boolean): RawFinding[] {
    if (segment.label !== '') this.#lookAtLabelled(prose)
    this.text = ''
    return this.#found
  }

  /** Reads the context words of a text: by itself for `contextAround` to answer for any place in it. */
  readContext(segment: Segment): void {
    this.text = segment.text
    this.label = segment.label
    this.kind = segment.kind
    this.#context.clear()
    this.#noteLabel(segment.label)
    this.#events.note(segment.text)
    this.traits = this.#events.traits
    this.#collectContext(segment.text)
  }

  /** Chooses the recognizer that `report` and `contextAround` speak for. */
  use(recognizer: number): void {
    this.#current = recognizer
  }

  /**
   * Offset up to which the recognizer at work has read what need not be read again, so that a text of nothing but its
   * anchors is read once and not from each of them; 0 at the start of a text.
   */
  get readUntil(): number {
    return this.#readUntil[this.#current] ?? 0
  }

  set readUntil(offset: number) {
    this.#readUntil[this.#current] = offset
  }

  report(start: number, end: number, type: string, score: number): void {
    this.#found.push({ start, end, type, score, recognizer: this.#current })
    if (type === 'PERSON' && end > this.#personEnd) this.#personEnd = end
    if (score >= CERTAIN && end > this.#certainEnd) this.#certainEnd = end
  }

  /** True when [start, end) is the whole text but for blanks, and the text has no name. */
  isWholeText(start: number, end: number): boolean {
    return this.label === '' && isAllBut(this.text, start, end)
  }

  /** How near a context word of the current recognizer stands to [start, end). */
  contextAround(start: number, end: number): number {
    return this.#context.around(this.#current, start, end, this.text)
  }

  /** False when no recognizer's context word stands near [start, end). */
  hasContext(start: number, end: number): boolean {
    return this.#context.isAnyNear(start, end, this.text)
  }

  /** True when a context word of the recognizer stands near what `hasContext` was asked about last. */
  isContextNear(recognizer: number): boolean {
    return this.#context.isNearLast(recognizer)
  }

  /** As `contextAround`, but only words before `start` count. */
  contextBefore(start: number): number {
    return this.#context.before(this.#current, start)
  }

  /** The recognizer at work will look at nothing that starts before `at` any more. */
  forgetContextBefore(at: number): void {
    this.#context.forget(at)
  }

  /** Context words of the label stand right before the text. */
  #noteLabel(label: string): void {
    if (label === '' || label.length > MAX_LABEL) return
    const spelled = spellLabel(label)
    this.#events.note(spelled)
    this.#collectContext(spelled)
    this.#context.moveToStart()
  }

  /** True when the label holds an anchor or context word of any recognizer. */
  isNaming(label: string): boolean {
    if (label === '' || label.length > MAX_LABEL) return false
    const { automaton, kinds } = this.engine
    this.#events.note(spellLabel(label))
    const { list, count } = this.#events
    for (let e = 1; e < count; e += 2) {
      const state = (list[e] ?? 0) - automaton.firstEvent
      if (((kinds[state] ?? 0) & (ANCHORS | CONTEXTS)) !== 0) return true
    }
    return false
  }

  /** @param text what the events were noted of */
  #collectContext(text: string): void {
    const { automaton, kinds, contextOffsets, contexts } = this.engine
    const { firstEvent } = automaton
    const { list: events, count } = this.#events
    for (let e = 0; e < count; e += 2) {
      const state = (events[e + 1] ?? 0) - firstEvent
      if (((kinds[state] ?? 0) & CONTEXTS) === 0) continue
      const stop = contextOffsets[state + 1] ?? 0
      for (let o = contextOffsets[state] ?? 0; o < stop; o += 2) {
        const place = contexts[o + 1] ?? 0
        const end = (events[e] ?? 0) + 1
        if ((place & 1) !== 0 && is(text.charCodeAt(end), LETTER)) continue
        this.#context.add(end - (place >> 1), end, contexts[o] ?? 0)
      }
    }
  }

  /** Second pass: asks the recognizers at the events [from, to) of the list. */
  #lookCloser(prose: boolean, from: number, to: number): void {
    const { automaton, kinds, anchorOffsets, anchors } = this.engine
    const { firstEvent } = automaton
    const { list: events } = this.#events
    for (let e = from; e < to; e += 2) {
      const at = events[e] ?? 0
      const state = (events[e + 1] ?? 0) - firstEvent
      const kind = kinds[state] ?? 0
      if ((kind & DIGIT_START) !== 0) this.#numbers.lookAt(this, at)
      else if ((kind & UPPER_START) !== 0 && prose) this.#lookAtMention(at)
      if ((kind & ANCHORS) === 0) continue
      const stop = anchorOffsets[state + 1] ?? 0
      for (let o = anchorOffsets[state] ?? 0; o < stop; o += 2) {
        const place = anchors[o + 1] ?? 0
        const end = at + 1
        if ((place & 1) !== 0 && is(this.text.charCodeAt(end), LETTER)) continue
        this.#recognize(anchors[o] ?? 0, end - (place >> 1), end, prose)
      }
    }
  }

  #recognize(index: number, start: number, end: number, prose: boolean): void {
    const { isProse, recognize } = this.engine
    if (!prose && isProse[index] === 1) return
    this.#current = index
    recognize[index]?.(this, start, end)
  }

  #lookAtText(prose: boolean): void {
    for (const index of this.engine.textRecognizers) {
      const recognizer = this.engine.recognizers[index]
      if (recognizer?.text === undefined || (recognizer.scope === 'prose' && !prose)) continue
      if (this.quick && recognizer.costly === true) continue
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
    if (at < this.#personEnd || !this.names.mayFollow(this.text, at)) return
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
}
