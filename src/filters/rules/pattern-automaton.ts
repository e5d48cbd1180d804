import { type CharSet, type Node, PatternError } from './pattern-syntax.ts'

/** A pattern as a deterministic automaton over classes of code units. State 0 is the dead end. */
export interface PatternAutomaton {
  readonly classOf: Uint8Array
  /** next[state * width + class] */
  readonly next: Uint16Array
  readonly width: number
  readonly initial: number
  /** By state: 1 when a match may end here. */
  readonly accepts: Uint8Array
  /** Longest match in code units. */
  readonly longest: number
}

/** Bounds of what a rule may cost: a match is followed no further than this, from each place where one may begin. */
const MAX_LENGTH = 256
const MAX_PARTS = 20_000
const MAX_STATES = 4000

/** One code unit of the set leads from here to the states `to`; `set` -1 only branches. */
interface Place {
  set: number
  to: number[]
}

/**
 * @param ignoreCase letters stand for both cases
 * @throws PatternError for a pattern that matches nothing or the empty text, is longer than a match may be, or too large
 */
export function buildPattern(node: Node, ignoreCase: boolean): PatternAutomaton {
  const { min, max } = lengthsOf(node)
  if (min === 0) throw new PatternError('matches the empty text; something in it must not be optional')
  if (max > MAX_LENGTH)
    throw new PatternError(`matches up to ${max} characters; at most ${MAX_LENGTH} are allowed`)
  const graph = new Graph(ignoreCase)
  const end = graph.place(-1, [])
  const start = graph.add(node, end)
  return determinize(graph, start, end, max)
}

/** More states than this, and texts are read forward only: making them would cost more than they save. */
const MAX_BACKWARD_STATES = 400

/**
 * An automaton that reads a text from its end and accepts wherever a match of the pattern begins, however far it reaches;
 * null when it would be too large.
 */
export function buildBackward(node: Node, ignoreCase: boolean): PatternAutomaton | null {
  const graph = new Graph(ignoreCase)
  const end = graph.place(-1, [])
  const start = graph.add(reversed(node), end)
  try {
    return determinize(graph, start, end, lengthsOf(node).max, { again: [start], most: MAX_BACKWARD_STATES })
  } catch (error) {
    if (error instanceof PatternError) return null
    throw error
  }
}

function reversed(node: Node): Node {
  if (node.kind === 'set') return node
  if (node.kind === 'repeat') return { ...node, part: reversed(node.part) }
  const parts = node.parts.map(reversed)
  return { kind: node.kind, parts: node.kind === 'sequence' ? parts.reverse() : parts }
}

function lengthsOf(node: Node): { min: number; max: number } {
  if (node.kind === 'set') return { min: 1, max: 1 }
  if (node.kind === 'repeat') {
    const { min, max } = lengthsOf(node.part)
    return { min: min * node.min, max: max * node.max }
  }
  const parts = node.parts.map(lengthsOf)
  const sum = node.kind === 'sequence'
  return {
    min: sum ? parts.reduce((total, part) => total + part.min, 0) : Math.min(...parts.map(part => part.min)),
    max: sum ? parts.reduce((total, part) => total + part.max, 0) : Math.max(...parts.map(part => part.max))
  }
}

/** The nondeterministic automaton, built from its end backwards. */
class Graph {
  readonly places: Place[] = []
  readonly sets: CharSet[] = []
  readonly #ignoreCase: boolean
  readonly #known = new Map<CharSet, number>()

  constructor(ignoreCase: boolean) {
    this.#ignoreCase = ignoreCase
  }

  place(set: number, to: number[]): number {
    if (this.places.length >= MAX_PARTS) throw new PatternError('is too large; repeat less')
    return this.places.push({ set, to }) - 1
  }

  /** @returns the place from which `node` leads to `then` */
  add(node: Node, then: number): number {
    if (node.kind === 'set') return this.place(this.#setIndex(node.set), [then])
    if (node.kind === 'repeat') return this.#repeat(node, then)
    if (node.kind === 'sequence') return node.parts.reduceRight((after, part) => this.add(part, after), then)
    const ways = node.parts.map(part => this.add(part, then))
    return this.place(-1, ways)
  }

  #repeat({ part, min, max }: Node & { kind: 'repeat' }, then: number): number {
    let at = then
    for (let i = max; i > 0; i--) {
      const once = this.add(part, at)
      at = i > min ? this.place(-1, [once, then]) : once
    }
    return at
  }

  #setIndex(set: CharSet): number {
    const known = this.#known.get(set)
    if (known !== undefined) return known
    const index = this.sets.push(this.#ignoreCase ? bothCases(set) : set) - 1
    this.#known.set(set, index)
    return index
  }
}

function bothCases(set: CharSet): CharSet {
  const both = set.slice()
  for (let code = 0; code < 0x10000; code++) {
    if (set[code] === 0 || (code >= 0xd800 && code <= 0xdfff)) continue
    const char = String.fromCharCode(code)
    for (const other of [char.toLowerCase(), char.toUpperCase()])
      if (other.length === 1) both[other.charCodeAt(0)] = 1
  }
  return both
}

/** Code units that no set tells apart share a class. */
function classify(sets: readonly CharSet[]): { classOf: Uint8Array; members: number[] } {
  const classOf = new Uint8Array(0x10000)
  let count = 1
  for (const set of sets) {
    // By old class * 2 + membership: the new class; the first half met of a class keeps its number.
    const split = new Int16Array(count * 2).fill(-1)
    for (let code = 0; code < 0x10000; code++) {
      const key = (classOf[code] ?? 0) * 2 + (set[code] ?? 0)
      let now = split[key] ?? -1
      if (now < 0) {
        now = (split[key ^ 1] ?? -1) < 0 ? key >> 1 : count++
        split[key] = now
        if (count > 0x100) throw new PatternError('has too many different sets of characters')
      }
      classOf[code] = now
    }
  }
  const members: number[] = []
  for (let code = 0xffff; code >= 0; code--) members[classOf[code] ?? 0] = code
  return { classOf, members }
}

/** @param limits places to be in again before each code unit, and the most states there may be */
function determinize(
  graph: Graph,
  start: number,
  end: number,
  longest: number,
  { again, most }: { again: readonly number[]; most: number } = { again: [], most: MAX_STATES }
): PatternAutomaton {
  const { classOf, members } = classify(graph.sets)
  const width = members.length
  const states: number[][] = []
  const numbers = new Map<string, number>()
  const number = (places: number[]): number => {
    const key = places.join()
    let index = numbers.get(key)
    if (index === undefined) {
      index = states.push(places) - 1
      if (states.length > most)
        throw new PatternError('is too complex; use fewer alternatives and repetitions')
      numbers.set(key, index)
    }
    return index
  }
  number([])
  const initial = number(closure(graph, [start]))
  const rows: number[] = []
  for (let at = 0; at < states.length; at++) {
    for (const code of members) {
      const to = (states[at] ?? []).flatMap(place => {
        const { set = -1, to: next = [] } = graph.places[place] ?? {}
        return set >= 0 && graph.sets[set]?.[code] === 1 ? next : []
      })
      rows.push(number(closure(graph, [...again, ...to])))
    }
  }
  const accepts = Uint8Array.from(states, places => (places.includes(end) ? 1 : 0))
  return { classOf, next: Uint16Array.from(rows), width, initial, accepts, longest }
}

/** Places reached without reading, sorted; those that only branch are left out. */
function closure(graph: Graph, from: readonly number[]): number[] {
  const seen = new Set<number>()
  const todo = [...from]
  for (let at = todo.pop(); at !== undefined; at = todo.pop()) {
    if (seen.has(at)) continue
    seen.add(at)
    const place = graph.places[at]
    if (place !== undefined && place.set < 0) todo.push(...place.to)
  }
  const kept = [...seen].filter(at => {
    const place = graph.places[at]
    return place !== undefined && (place.set >= 0 || place.to.length === 0)
  })
  return kept.sort((a, b) => a - b)
}
