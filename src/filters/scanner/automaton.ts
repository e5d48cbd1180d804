import { DIGIT, flagsOf, LETTER, UPPER } from './chars.ts'

/**
 * Many literals found in one pass: an Aho-Corasick automaton made dense, over classes of characters.
 *
 * Letters are folded (case and accents); space, hyphen, underscore and their relatives are one class, so that
 * `steuer-id`, `Steuer ID` and `steuer_id` are one literal. Besides literals it reports where a word starts with an
 * upper-case letter and where digits start. What it reports is a place to look closer, never a finding.
 */
export interface Automaton {
  /** Class by UTF-16 code unit. */
  readonly classOf: Uint8Array
  /** next[(state << shift) | class] is the following state. */
  readonly next: Uint16Array
  readonly shift: number
  readonly initial: number
  /** States from this one on have events. */
  readonly firstEvent: number
  /** By state - firstEvent: UPPER_START, DIGIT_START or 0. */
  readonly starts: Uint8Array
  /** By state - firstEvent: where its literals begin in `literals`; one entry more than states. */
  readonly offsets: Uint32Array
  /** Indexes into the list given to `buildAutomaton`. */
  readonly literals: Uint16Array
}

/**
 * A string to look for. `wordStart`: only where no letter or digit stands before it. `wordEnd`: only where no letter
 * stands behind it; such a literal is reported at the character behind it, the end of the text counting as one.
 */
export interface Literal {
  readonly text: string
  readonly wordStart: boolean
  readonly wordEnd: boolean
}

export const UPPER_START = 1
export const DIGIT_START = 2

/** What the last character was; the automaton has one base row for each. */
const NONWORD = 0
const DIGITS = 1
const LETTERS = 2

const separator = '-'
const separators = ' \t\u00a0\u2007\u2009\u202f_-\u2010\u2011\u2012\u2013\u00ad'

/** The literal as the automaton sees it: lower case, without accents, all separators alike. */
export function foldLiteral(text: string): string {
  let folded = ''
  for (const char of text) folded += foldChar(char.charCodeAt(0))
  return folded
}

function foldChar(code: number): string {
  const char = String.fromCharCode(code)
  if (separators.includes(char)) return separator
  if (code < 0x80) return char.toLowerCase()
  const special = { ß: 's', ł: 'l', Ł: 'l', ø: 'o', Ø: 'o', đ: 'd', Đ: 'd', ı: 'i' }[char]
  if (special !== undefined) return special
  return char.normalize('NFD').charAt(0).toLowerCase()
}

interface Node {
  readonly children: Map<string, number>
  /** Literals that end here, whatever follows. */
  readonly ends: number[]
  /** Literals that end here if no letter follows. */
  readonly wordEnds: number[]
}

interface State {
  readonly nodes: readonly number[]
  /** Literals with `wordEnd` that the last character has ended. */
  readonly ended: readonly number[]
  readonly last: number
  readonly start: number
}

class Builder {
  readonly nodes: Node[] = []
  readonly anywhere: number
  readonly wordStart: number

  constructor(literals: readonly Literal[]) {
    this.anywhere = this.#node()
    this.wordStart = this.#node()
    literals.forEach((literal, index) => {
      let at = literal.wordStart ? this.wordStart : this.anywhere
      for (const char of foldLiteral(literal.text)) at = this.#child(at, char)
      const node = this.nodes[at]
      if (literal.wordEnd) node?.wordEnds.push(index)
      else node?.ends.push(index)
    })
  }

  #node(): number {
    return this.nodes.push({ children: new Map(), ends: [], wordEnds: [] }) - 1
  }

  #child(at: number, char: string): number {
    const known = this.nodes[at]?.children.get(char)
    if (known !== undefined) return known
    const made = this.#node()
    this.nodes[at]?.children.set(char, made)
    return made
  }

  /** Every folded character that some literal uses. */
  symbols(): Set<string> {
    const used = new Set<string>()
    for (const node of this.nodes) for (const char of node.children.keys()) used.add(char)
    return used
  }

  step(state: State, column: Column): State {
    const nodes: number[] = []
    const follow = (from: number): void => {
      const to = this.nodes[from]?.children.get(column.symbol)
      if (to !== undefined) nodes.push(to)
    }
    for (const node of state.nodes) follow(node)
    follow(this.anywhere)
    if (state.last === NONWORD) follow(this.wordStart)
    const upper = column.upper && state.last === NONWORD ? UPPER_START : 0
    const digit = column.last === DIGITS && state.last !== DIGITS ? DIGIT_START : 0
    const ended = column.last === LETTERS ? [] : state.nodes.flatMap(node => this.nodes[node]?.wordEnds ?? [])
    return { nodes: nodes.sort((a, b) => a - b), ended, last: column.last, start: upper | digit }
  }
}

/** One class of characters that the automaton treats alike. */
interface Column {
  readonly symbol: string
  readonly last: number
  readonly upper: boolean
}

/** Gives each code unit its class; columns in order of their class. */
function classify(used: ReadonlySet<string>): { classOf: Uint8Array; columns: Column[] } {
  const classOf = new Uint8Array(0x10000)
  const columns: Column[] = []
  const known = new Map<string, number>()
  for (let code = 0; code < 0x10000; code++) {
    const flags = flagsOf[code | 0] ?? 0
    const last = (flags & DIGIT) !== 0 ? DIGITS : (flags & LETTER) !== 0 ? LETTERS : NONWORD
    const folded = code < 0x530 || (flags & LETTER) === 0 ? foldChar(code) : ''
    const symbol = used.has(folded) ? folded : ''
    const upper = (flags & UPPER) !== 0
    const key = `${symbol} ${last} ${upper ? 1 : 0}`
    let index = known.get(key)
    if (index === undefined) {
      index = columns.push({ symbol, last, upper }) - 1
      known.set(key, index)
    }
    classOf[code] = index
  }
  return { classOf, columns }
}

/**
 * Compiles the literals; some milliseconds for a thousand.
 * @throws RangeError beyond 65,535 states or 256 classes of characters: the lists of this project stay far below
 */
export function buildAutomaton(literals: readonly Literal[]): Automaton {
  const builder = new Builder(literals)
  const { classOf, columns } = classify(builder.symbols())
  const states: State[] = []
  const numbers = new Map<string, number>()
  const number = (state: State): number => {
    const key = `${state.last}|${state.start}|${state.nodes.join(',')}|${state.ended.join(',')}`
    let index = numbers.get(key)
    if (index === undefined) {
      index = states.push(state) - 1
      numbers.set(key, index)
    }
    return index
  }
  number({ nodes: [], ended: [], last: NONWORD, start: 0 })
  const rows: Uint16Array[] = []
  for (let at = 0; at < states.length; at++) {
    const state = states[at]
    if (state === undefined) break
    rows.push(Uint16Array.from(columns, column => number(builder.step(state, column))))
  }
  if (states.length > 0xffff || columns.length > 0x100)
    throw new RangeError('too many literals for one automaton')
  return pack(builder, states, rows, classOf, columns.length)
}

/** Puts states with events last, so that one comparison tells them, and flattens the rows. */
function pack(
  builder: Builder,
  states: readonly State[],
  rows: readonly Uint16Array[],
  classOf: Uint8Array,
  width: number
): Automaton {
  const outputs = states.map(state => [
    ...state.nodes.flatMap(node => builder.nodes[node]?.ends ?? []),
    ...state.ended
  ])
  const hasEvent = states.map((state, at) => state.start !== 0 || (outputs[at]?.length ?? 0) > 0)
  const order = [...states.keys()].sort((a, b) => Number(hasEvent[a]) - Number(hasEvent[b]) || a - b)
  const renumbered = new Uint16Array(states.length)
  order.forEach((old, now) => {
    renumbered[old] = now
  })
  const shift = Math.ceil(Math.log2(width))
  const next = new Uint16Array(states.length << shift)
  const firstEvent = hasEvent.filter(event => !event).length
  const starts = new Uint8Array(states.length - firstEvent)
  const offsets = new Uint32Array(states.length - firstEvent + 1)
  const found: number[] = []
  order.forEach((old, now) => {
    rows[old]?.forEach((to, column) => {
      next[(now << shift) | column] = renumbered[to] ?? 0
    })
    if (now < firstEvent) return
    starts[now - firstEvent] = states[old]?.start ?? 0
    found.push(...(outputs[old] ?? []))
    offsets[now - firstEvent + 1] = found.length
  })
  const initial = renumbered[0] ?? 0
  return { classOf, next, shift, initial, firstEvent, starts, offsets, literals: Uint16Array.from(found) }
}
