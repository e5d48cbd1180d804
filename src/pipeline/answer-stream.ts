import { joinKeyOf } from '../core/json/pointer.ts'
import type { Leaf, Walk } from '../core/json/walker.ts'
import { SseDecoder, type SseEvent, sseEvent, withData } from '../core/sse.ts'
import type { StreamRules, Usage } from '../dialects/dialect.ts'
import { errors } from '../errors.ts'
import { pathOf } from '../policy/field-rules.ts'
import { type AnswerRestorer, shiftOffsets } from './answer-restorer.ts'
import { type JoinedText, wholeEdits } from './joined-text.ts'
import { LeafEdits } from './leaf-edits.ts'
import { type AnswerLimits, readAnswer } from './read-answer.ts'

export interface AnswerStreamOptions {
  readonly rules: StreamRules
  readonly usage: (walk: Walk) => Usage
  readonly restorer: AnswerRestorer
  readonly limits: AnswerLimits & { readonly maxEventBytes: number }
  /** Told of each event that was read. */
  readonly onEvent?: (walk: Walk) => void
  /** Events up to this sequence number, as the client counts, are left out: it has them. */
  readonly startingAfter?: number | undefined
}

interface KeyedText {
  readonly text: JoinedText
  /** The last event with text of this key: what is inserted for it looks like that. */
  like: Walk
  /** Prefix of the keys that end when text of this one comes. */
  readonly closes: string | null
}

/** Join keys of one answer: choices × tool calls. More than this is no real answer, and each holds state. */
const maxKeys = 4096

/**
 * Restores a stream of events as it comes. Every event leaves in the call that completes it; text that could still
 * become a pseudonym stays back and rides on the next event of its own key, or before the event that ends the key.
 * Events without edits keep their bytes.
 */
export class AnswerStream {
  readonly #options: AnswerStreamOptions
  readonly #decoder: SseDecoder
  readonly #texts = new Map<string, KeyedText>()
  readonly #closed = new Set<string>()
  #terminated = false
  #failed = false
  #usage: Usage = {}
  /** How many events were inserted: numbers of the provider's own move by as many. */
  #inserted = 0
  /** The provider's number of the last event. */
  #sequence = -1

  constructor(options: AnswerStreamOptions) {
    this.#options = options
    this.#decoder = new SseDecoder(options.limits.maxEventBytes)
  }

  /** Token counts, once the provider has sent them. */
  get usage(): Usage {
    return this.#usage
  }

  /** Bytes of an event that has not ended. */
  get heldBytes(): number {
    return this.#decoder.heldBytes
  }

  /** The provider reported an error inside the stream. */
  get failed(): boolean {
    return this.#failed
  }

  /** The number the next event for the client has, where events are numbered. */
  get nextSequence(): number {
    return this.#sequence + 1 + this.#inserted
  }

  /**
   * The bytes that may leave after this chunk: whole events, in order.
   * @throws errors.UpstreamTooLarge, errors.AnswerBlocked
   */
  push(chunk: Buffer): Buffer {
    const whole = this.#decoder.heldBytes === 0
    const out: Buffer[] = []
    let edited = false
    for (const event of this.#decoder.push(chunk)) {
      const before = out.length
      this.#event(event, out)
      edited ||= out.length !== before + 1 || out[before] !== event.raw
    }
    if (!edited && whole && this.#decoder.heldBytes === 0) return chunk
    return out.length === 1 ? (out[0] ?? chunk) : Buffer.concat(out)
  }

  /** The last bytes of a stream that ended, and whether it came to its end as the format says. */
  end(): { readonly bytes: Buffer; readonly whole: boolean } {
    const out: Buffer[] = []
    const rest = this.#decoder.end()
    let cut = false
    if (rest !== null) {
      cut = rest.data !== null && rest.data !== this.#options.rules.terminator && !isJson(rest.data)
      if (!cut) this.#event(rest, out)
    }
    this.#flush('', null, out)
    const whole = !cut && (this.#terminated || this.#failed || this.#options.rules.whole(this.#closed))
    return { bytes: Buffer.concat(out), whole }
  }

  #event(event: SseEvent, out: Buffer[]): void {
    if (event.data === null || event.data === '') {
      out.push(event.raw)
    } else if (event.data === this.#options.rules.terminator) {
      this.#flush('', null, out)
      this.#terminated = true
      out.push(event.raw)
    } else {
      const walk = readAnswer(event.data, this.#options.rules.event, this.#options.limits)
      // What is no JSON can only hold pseudonyms and is passed on as it came.
      if (walk === null) out.push(event.raw)
      else this.#document(event, walk, out)
    }
  }

  #document(event: SseEvent, walk: Walk, out: Buffer[]): void {
    const { rules, onEvent } = this.#options
    const own = walk.notes.find(note => note.tag === 'sequence')
    if (own !== undefined) this.#sequence = Number(walk.source.slice(own.start, own.end)) - 1
    const edits = new LeafEdits(walk)
    const here = new Map<string, Leaf>()
    const repeats = new Map<string, JoinedText>()
    for (const leaf of walk.leaves) this.#leaf(leaf, walk, { here, edits, repeats }, out)
    const failed = rules.failed(walk)
    const closing = failed ? [''] : rules.closing(walk)
    for (const prefix of closing) {
      this.#flush(prefix, { here, edits }, out)
      this.#closed.add(prefix)
    }
    this.#failed ||= failed
    const textAt = (key: string | null) =>
      key === null ? undefined : (repeats.get(key) ?? this.#texts.get(key)?.text)
    shiftOffsets(walk, slot => textAt(rules.offsetKeyOf(slot, walk)), edits)
    // Most deltas have one note, their finish reason.
    if (walk.notes.some(note => note.tag !== 'finish')) {
      this.#usage = { ...this.#usage, ...this.#options.usage(walk) }
      this.#options.restorer.see(walk)
    }
    onEvent?.(walk)
    if (own !== undefined) {
      if (this.#inserted > 0)
        edits.addSource({ start: own.start, end: own.end, text: String(this.nextSequence) })
      this.#sequence++
      if (this.#known(this.nextSequence - 1)) return
    }
    if (edits.empty) out.push(event.raw)
    else out.push(withData(event, padded(walk, edits)))
  }

  #leaf(
    leaf: Leaf,
    walk: Walk,
    event: { here: Map<string, Leaf>; edits: LeafEdits; repeats: Map<string, JoinedText> },
    out: Buffer[]
  ): void {
    const { rules, restorer } = this.#options
    const joined = rules.join(leaf, walk)
    if (joined === 'alone') {
      event.edits.add(leaf, restorer.whole(leaf))
      return
    }
    if (joined === 'repeat') {
      const text = restorer.repeated(leaf.kind, () => rules.fieldOf(pathOf(leaf.slot), walk))
      event.repeats.set(joinKeyOf(leaf.slot), text)
      event.edits.add(leaf, wholeEdits(text, leaf.text))
      return
    }
    const { key, kind } = joined
    let known = this.#texts.get(key)
    if (known === undefined) {
      if (this.#texts.size >= maxKeys) throw new errors.UpstreamTooLarge(`${maxKeys} parts`)
      known = {
        text: restorer.joined(kind, rules.isSaid(key), () => rules.fieldOf(pathOf(leaf.slot), walk)),
        closes: rules.closedBy(key),
        like: walk
      }
      this.#texts.set(key, known)
    }
    if (leaf.text !== '' && known.closes !== null) this.#flush(known.closes, event, out)
    known.like = walk
    event.edits.add(leaf, known.text.push(leaf.text))
    event.here.set(key, leaf)
  }

  /**
   * Lets out what is held for the keys with this prefix: in this event where it carries text for the key, else in an
   * event of its own before it.
   */
  #flush(prefix: string, event: { here: Map<string, Leaf>; edits: LeafEdits } | null, out: Buffer[]): void {
    for (const [key, { text, like }] of this.#texts) {
      if (!key.startsWith(prefix)) continue
      const held = text.end()
      if (held === '') continue
      const leaf = event?.here.get(key)
      if (leaf !== undefined) {
        event?.edits.add(leaf, [{ start: leaf.text.length, end: leaf.text.length, text: held }])
      } else {
        const sequence = this.nextSequence
        const { data, name } = this.#options.rules.insert(key, held, like, sequence)
        this.#inserted++
        if (!this.#known(sequence)) out.push(sseEvent(data, name))
      }
    }
  }

  /** The client said that it has this event. */
  #known(sequence: number): boolean {
    const { startingAfter } = this.#options
    return startingAfter !== undefined && sequence <= startingAfter
  }
}

/**
 * Some providers pad events to equal sizes against traffic analysis. The padding gives or takes what the edits changed,
 * as far as it reaches.
 */
function padded(walk: Walk, edits: LeafEdits): string {
  const note = walk.notes.find(note => note.tag === 'padding')
  if (note !== undefined && walk.source.charCodeAt(note.start) === 0x22) {
    const padding = walk.source.slice(note.start + 1, note.end - 1)
    const wanted = padding.length + walk.source.length - edits.apply().length
    const text =
      padding === '' || wanted <= 0 ? '' : padding.repeat(Math.ceil(wanted / padding.length)).slice(0, wanted)
    if (!padding.includes('\\')) edits.addSource({ start: note.start + 1, end: note.end - 1, text })
  }
  return edits.apply()
}

function isJson(data: string): boolean {
  try {
    JSON.parse(data)
    return true
  } catch {
    return false
  }
}
