import { errors } from '../../errors.ts'
import type { LeafKind, Segment } from '../leaf.ts'
import { type Decoded, decodePercent, decodeString, looksLikeJson } from './decode.ts'
import type { ElementMarks, Mark, ResentList, WalkOptions } from './walk-options.ts'
import { Keys } from './keys.ts'
import { Lexer } from './lexer.ts'
import { FREE, type NumberRule, type ObjectRule, type Shape, type StringRule, UNKNOWN } from './shape.ts'
import { SourceMap } from './source-map.ts'

/** An object or array on the way from the root to a leaf. */
export interface Frame {
  /** Where the object or array itself stands. */
  readonly slot: Slot
  /** The object's own `index` field, when the shape names one; else -1. */
  index: number
}

/** The place of a value: a field of an object, an element of an array, or the root. */
export interface Slot {
  readonly frame: Frame | null
  readonly key: string | number
  /** False when the key was chosen by the caller: it must then show up in no message and no record. */
  readonly known: boolean
  /** The nearest object key. */
  readonly label: string
}

/** A leaf with its place in the source. */
export interface Leaf extends Segment {
  readonly map: SourceMap
  /**
   * In how many nested string literals the text stands: 0 for a number of the body, 1 for a string, 2 for a string in
   * JSON in a string.
   */
  readonly levels: number
  readonly slot: Slot
}

/** A value the shape asked to be reported. Offsets are those of its source, quotes included. */
export interface Note {
  readonly tag: string
  readonly slot: Slot
  readonly start: number
  readonly end: number
}

export interface Walk {
  readonly source: string
  readonly leaves: readonly Leaf[]
  readonly notes: readonly Note[]
  /** The values of a form are text; left out, they are JSON. */
  readonly form?: true
  /** Of the list asked for, where the body has it. */
  readonly elements?: ElementMarks
}

/** How many string literals deep JSON is read; deeper it is plain text, which is still scanned. */
const maxLevels = 4
/** Short words of a wire format. Anything else in such a field is scanned as unknown. */
export const wireWord = /^(?:[A-Za-z][A-Za-z0-9_.-]{0,39})?$/

/**
 * Reads JSON text once and reports its leaves in order of appearance.
 *
 * @param source attacker-controlled
 * @param within the JSON stands in a larger text, from this offset on: leaves and notes count in that
 * @throws errors.BodyNotJson, JsonTooDeep, JsonTooManyLeaves, DuplicateKey
 */
export function walkJson(source: string, shape: Shape, options: WalkOptions, within = 0): Walk {
  const outer = within === 0 ? null : new SourceMap(within, null, null, null)
  const walker = new Walker(source, options, outer, 0, [], [])
  walker.run(shape, { frame: null, key: '', known: true, label: '' })
  const notes =
    within === 0
      ? walker.notes
      : walker.notes.map(note => ({ ...note, start: note.start + within, end: note.end + within }))
  const { leaves, elements } = walker
  return elements === null ? { source, leaves, notes } : { source, leaves, notes, elements }
}

class Walker extends Lexer {
  readonly leaves: Leaf[]
  readonly notes: Note[]
  elements: ElementMarks | null = null
  readonly #options: WalkOptions
  readonly #outer: SourceMap | null
  /** String literals around this source: 0 for the body. */
  readonly #level: number
  readonly #request: boolean

  constructor(
    source: string,
    options: WalkOptions,
    outer: SourceMap | null,
    level: number,
    leaves: Leaf[],
    notes: Note[]
  ) {
    super(source, level === 0 && options.isClean === true)
    this.#options = options
    this.#outer = outer
    this.#level = level
    this.#request = options.as === 'request'
    this.leaves = leaves
    this.notes = notes
  }

  run(shape: Shape, root: Slot): void {
    this.skipSpace()
    this.#value(shape, root, 0)
    this.skipSpace()
    this.expectEnd()
  }

  #value(shape: Shape, slot: Slot, depth: number): void {
    const start = this.at
    switch (this.peek()) {
      case 0x22:
        this.readString()
        this.#string(shape.string ?? 'unknown', slot)
        break
      case 0x7b:
        this.#object(shape.object ?? unknownObject, slot, depth)
        break
      case 0x5b:
        this.#array(shape.array ?? UNKNOWN, slot, depth)
        break
      case 0x74:
      case 0x66:
      case 0x6e:
        this.readWord()
        break
      default:
        this.readNumber()
        this.#number(shape.number ?? 'fixed-number', slot, start)
    }
    if (shape.note !== undefined && this.#level === 0) {
      this.notes.push({ tag: shape.note, slot, start, end: this.at })
    }
  }

  #object(rule: ObjectRule, slot: Slot, depth: number): void {
    const frame = this.#enter(slot, depth)
    const keys = this.#request && this.#level === 0 ? new Keys(slot) : null
    this.open()
    for (let first = true; this.next(first, 0x7d); first = false) {
      this.readString()
      const key = this.escaped ? this.#decode().text : this.source.slice(this.stringStart, this.stringEnd)
      keys?.add(key)
      const field = rule.fields.get(key)
      if (field === undefined) this.#freeKey(frame, key)
      this.colon()
      if (field !== undefined && this.#passes(field)) continue
      this.#value(field ?? rule.rest, { frame, key, known: field !== undefined, label: key }, depth + 1)
    }
  }

  #freeKey(frame: Frame, key: string): void {
    this.#leaf('key', this.#decode(), this.#level + 1, { frame, key, known: false, label: '' })
  }

  /** Passes a value that nothing is reported of, the quick way; false, without moving, at any other. */
  #passes(shape: Shape): boolean {
    if (shape.note !== undefined) return false
    const code = this.peek()
    if (code === 0x22 && shape.string === 'skip') this.readString()
    else if (shape.number === 'skip' && (code === 0x2d || (code >= 0x30 && code <= 0x39))) this.readNumber()
    else if (code === 0x6e) this.readWord()
    else return false
    return true
  }

  #array(items: Shape, slot: Slot, depth: number): void {
    const frame = this.#enter(slot, depth)
    const { resent } = this.#options
    const isResent = resent?.key === slot.key && depth === 1 && this.#level === 0
    if (isResent) this.elements = { starts: new Map(), end: this.#mark(), count: 0, unlisted: 0 }
    this.open()
    for (let key = 0; this.next(key === 0, 0x5d); key++) {
      const passed = isResent ? this.#passKnown(resent, key) : 0
      if (passed === 0) this.#value(items, { frame, key, known: true, label: slot.label }, depth + 1)
      else key += passed - 1
      if (isResent && this.elements !== null)
        Object.assign(this.elements, { end: this.#mark(), count: key + 1 })
    }
  }

  /** How many elements are known from here on. */
  #passKnown(resent: ResentList, index: number): number {
    const { elements } = this
    if (elements === null) return 0
    elements.starts.set(index, this.#mark())
    const known = resent.known(index, this.at, this.notes)
    if (known === null) return 0
    for (const leaf of known.leaves) this.leaves.push(leaf)
    for (const note of known.notes) this.notes.push(note)
    elements.unlisted += known.leafCount - known.leaves.length
    this.at += known.length
    this.#checkLeaves(0)
    return known.count
  }

  #mark(): Mark {
    return { at: this.at, leaf: this.leaves.length, note: this.notes.length }
  }

  #enter(slot: Slot, depth: number): Frame {
    if (depth >= this.#options.maxDepth) throw new errors.JsonTooDeep(String(this.#options.maxDepth))
    return { slot, index: -1 }
  }

  #string(rule: StringRule, slot: Slot): void {
    if (rule === 'skip') return
    const value = this.#decode()
    switch (rule) {
      case 'enum':
        if (!wireWord.test(value.text)) this.#leaf('unknown', value, this.#level + 1, slot)
        return
      case 'media':
        if (!/^data:/i.test(value.text)) this.#url(value, slot)
        return
      case 'url':
        this.#url(value, slot)
        return
      case 'json':
        if (!this.#request) this.#leaf('json', value, this.#level + 1, slot)
        else if (!this.#nested(value, slot)) this.#leaf('text', value, this.#level + 1, slot)
        return
      case 'text':
        if (!(this.#request && looksLikeJson(value.text) && this.#nested(value, slot))) {
          this.#leaf('text', value, this.#level + 1, slot)
        }
        return
      default:
        this.#leaf(rule, value, this.#level + 1, slot)
    }
  }

  /** Walks a JSON document inside a string; false, with nothing reported, when it is none. */
  #nested(value: Decoded, slot: Slot): boolean {
    if (this.#level + 1 >= maxLevels) return false
    const kept = this.leaves.length
    const inner = new Walker(value.text, this.#options, value.map, this.#level + 1, this.leaves, this.notes)
    inner.elements = this.elements
    try {
      inner.run(FREE, slot)
      return true
    } catch (error) {
      if (!(error instanceof errors.BodyNotJson || error instanceof errors.JsonTooDeep)) throw error
      this.leaves.length = kept
      return false
    }
  }

  #number(rule: NumberRule, slot: Slot, start: number): void {
    if (rule === 'skip') return
    const text = this.source.slice(start, this.at)
    if (rule === 'index') {
      if (slot.frame !== null) slot.frame.index = Number(text)
      return
    }
    this.#leaf(rule, { text, map: new SourceMap(start, null, null, this.#outer) }, this.#level, slot)
  }

  #url(value: Decoded, slot: Slot): void {
    const plain = value.text.includes('%') ? decodePercent(value.text, value.map) : value
    this.#leaf('url', plain, this.#level + 1, slot)
  }

  #decode(): Decoded {
    if (this.escaped) return decodeString(this.source, this.stringStart, this.stringEnd, this.#outer)
    return {
      text: this.source.slice(this.stringStart, this.stringEnd),
      map: new SourceMap(this.stringStart, null, null, this.#outer)
    }
  }

  #leaf(kind: LeafKind, value: Decoded, levels: number, slot: Slot): void {
    this.#checkLeaves(1)
    this.leaves.push({ kind, text: value.text, label: slot.label, map: value.map, levels, slot })
  }

  /** @param more that are about to be listed */
  #checkLeaves(more: number): void {
    const { maxLeaves } = this.#options
    const count = this.leaves.length + (this.elements?.unlisted ?? 0) + more
    if (count > maxLeaves) throw new errors.JsonTooManyLeaves(String(maxLeaves))
  }
}

const unknownObject: ObjectRule = UNKNOWN.object ?? { fields: new Map(), rest: UNKNOWN }
