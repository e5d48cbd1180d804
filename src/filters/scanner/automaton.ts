import { type Column, columns, DIGITS, foldLiteral, NONWORD, SHIFT } from './classes.ts'

/**
 * Many literals found in one pass: an Aho-Corasick automaton made dense, over the classes of `classes.ts`, to which
 * `steuer-id`, `Steuer ID` and `steuer_id` are one literal. Besides literals it reports where a word starts with an
 * upper-case letter and where digits start. What it reports is a place to look closer, never a finding.
 */
export interface Automaton {
  /** next[(state << SHIFT) | class] is the following state. */
  readonly next: Uint16Array | Uint32Array
  readonly initial: number
  /** Length of the longest literal. */
  readonly longest: number
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
 * A string to look for, reported at its last character. `wordStart`: only where no letter or digit stands before it.
 * What stands behind it is for the reader of the events to see: states that know it would be three times as many.
 */
export interface Literal {
  readonly text: string
  readonly wordStart: boolean
}

export const UPPER_START = 1
export const DIGIT_START = 2

interface Node {
  readonly children: Map<string, number>
  /** Literals that end here. */
  readonly ends: number[]
}

interface State {
  readonly nodes: readonly number[]
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
      this.nodes[at]?.ends.push(index)
    })
  }

  #node(): number {
    return this.nodes.push({ children: new Map(), ends: [] }) - 1
  }

  #child(at: number, char: string): number {
    const known = this.nodes[at]?.children.get(char)
    if (known !== undefined) return known
    const made = this.#node()
    this.nodes[at]?.children.set(char, made)
    return made
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
    return { nodes: nodes.sort((a, b) => a - b), last: column.last, start: upper | digit }
  }
}

/** The states found so far and how they follow each other. */
class Table {
  readonly states: State[] = []
  readonly rows: Uint32Array[] = []
  readonly #builder: Builder
  readonly #numbers = new Map<string, number>()
  /** By what the last character was: the row of a state inside no literal. */
  readonly #base = new Map<number, Uint32Array>()
  readonly #columnsOf = new Map<string, number[]>()

  constructor(builder: Builder) {
    this.#builder = builder
    columns.forEach((column, index) => {
      this.#columnsOf.set(column.symbol, [...(this.#columnsOf.get(column.symbol) ?? []), index])
    })
    this.#number({ nodes: [], last: NONWORD, start: 0 })
    for (let at = 0; at < this.states.length; at++) this.rows.push(this.#row(this.states[at]))
  }

  #number(state: State): number {
    const key = `${state.last}|${state.start}|${state.nodes.join(',')}`
    const known = this.#numbers.get(key)
    if (known !== undefined) return known
    const index = this.states.push(state) - 1
    this.#numbers.set(key, index)
    return index
  }

  /** Most characters lead out of every literal: only those that lead on are worked out, the rest is copied. */
  #row(state: State | undefined): Uint32Array {
    if (state === undefined) return new Uint32Array(columns.length)
    const row = Uint32Array.from(this.#baseRow(state.last))
    const leading = new Set<number>()
    for (const node of state.nodes) {
      for (const symbol of this.#builder.nodes[node]?.children.keys() ?? []) {
        for (const column of this.#columnsOf.get(symbol) ?? []) leading.add(column)
      }
    }
    for (const index of leading) row[index] = this.#follow(state, index)
    return row
  }

  #baseRow(last: number): Uint32Array {
    const known = this.#base.get(last)
    if (known !== undefined) return known
    const state = { nodes: [], last, start: 0 }
    const row = Uint32Array.from(columns, (_, index) => this.#follow(state, index))
    this.#base.set(last, row)
    return row
  }

  #follow(state: State, index: number): number {
    const column = columns[index]
    return column === undefined ? 0 : this.#number(this.#builder.step(state, column))
  }
}

const MAX_STATES = 0x3ffff

/**
 * Compiles the literals; some milliseconds for a thousand.
 * @throws RangeError beyond a quarter of a million states, 128 MB: all countries together have 70,000
 */
export function buildAutomaton(literals: readonly Literal[]): Automaton {
  const builder = new Builder(literals)
  const table = new Table(builder)
  if (table.states.length > MAX_STATES) throw new RangeError('too many literals for one automaton')
  const longest = Math.max(0, ...literals.map(literal => literal.text.length))
  return { ...pack(builder, table.states, table.rows), longest }
}

/** Puts states with events last, so that one comparison tells them, and flattens the rows. */
function pack(
  builder: Builder,
  states: readonly State[],
  rows: readonly Uint32Array[]
): Omit<Automaton, 'longest'> {
  const outputs = states.map(state => state.nodes.flatMap(node => builder.nodes[node]?.ends ?? []))
  const hasEvent = states.map((state, at) => state.start !== 0 || (outputs[at]?.length ?? 0) > 0)
  const order = [...states.keys()].sort((a, b) => Number(hasEvent[a]) - Number(hasEvent[b]) || a - b)
  const renumbered = new Uint32Array(states.length)
  order.forEach((old, now) => {
    renumbered[old] = now
  })
  // Half the memory, and more of it in the near cache, as long as the numbers are small enough.
  const next = new (states.length > 0xffff ? Uint32Array : Uint16Array)(states.length << SHIFT)
  const firstEvent = hasEvent.filter(event => !event).length
  const starts = new Uint8Array(states.length - firstEvent)
  const offsets = new Uint32Array(states.length - firstEvent + 1)
  const found: number[] = []
  order.forEach((old, now) => {
    rows[old]?.forEach((to, column) => {
      next[(now << SHIFT) | column] = renumbered[to] ?? 0
    })
    if (now < firstEvent) return
    starts[now - firstEvent] = states[old]?.start ?? 0
    found.push(...(outputs[old] ?? []))
    offsets[now - firstEvent + 1] = found.length
  })
  const initial = renumbered[0] ?? 0
  return { next, initial, firstEvent, starts, offsets, literals: Uint16Array.from(found) }
}
