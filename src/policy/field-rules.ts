import type { Slot } from '../core/json/walker.ts'
import type { LeafKind } from '../core/leaf.ts'
import type { Direction, FieldRuleFile } from './field-schema.ts'

/** A leaf as rules see it: what kind of text, and where it stands. Keys may be attacker-controlled. */
export type PlacedLeaf =
  | { readonly kind: LeafKind; readonly slot: Slot }
  | { readonly kind: LeafKind; readonly path: FieldPath }

/** Keys from the top, `[]` for any element of a list. Of a stream: where the text stands in the whole answer. */
export type FieldPath = readonly string[]

/** What is decided about findings of one entity type in one leaf. */
export interface FieldDecisions<Operator extends string> {
  /** False: no rule asks where a leaf stands, only of what kind it is. */
  readonly asksPlaces: boolean
  operatorFor(type: string, leaf: PlacedLeaf): Operator
  /** Findings below this score (0–1) do not count. */
  thresholdFor(type: string, leaf: PlacedLeaf): number
  /** Every operator that some type may have in this leaf. */
  operatorsIn(leaf: PlacedLeaf): ReadonlySet<Operator>
  /** The key of the policy file that decides the operator, for people who ask. */
  operatorKey(type: string, leaf: PlacedLeaf): string
}

/** Operators or thresholds by entity type, with one for all others. Maps: types may come from outside. */
export interface ByType<T> {
  readonly of: (type: string) => T
  readonly values: readonly T[]
  /** The key that decides, `default` included. */
  readonly keyOf: (type: string) => string
}

export function byType<T>(entries: Readonly<Record<string, T>>, fallback: T): ByType<T> {
  const map = new Map(Object.entries(entries))
  const byDefault = map.get('default') ?? fallback
  map.delete('default')
  return {
    of: type => map.get(type) ?? byDefault,
    values: [...new Set([...map.values(), byDefault])],
    keyOf: type => (map.has(type) ? type : 'default')
  }
}

interface CompiledRule<Operator> {
  /** Place in the file. */
  readonly index: number
  readonly endpoints: ReadonlySet<string> | null
  readonly asksPlaces: boolean
  readonly matches: (leaf: PlacedLeaf) => boolean
  readonly operators: ReadonlyMap<string, Operator>
  readonly thresholds: ReadonlyMap<string, number>
}

/**
 * Decides by the first rule that matches the leaf and names the type or a default, else by what holds everywhere.
 * Endpoints without a rule get decisions that do not look at leaves at all.
 */
export class FieldRules<Operator extends string> {
  readonly #rules: readonly CompiledRule<Operator>[]
  readonly #base: FieldDecisions<Operator>
  /** By endpoint; filled once per endpoint and bounded by their number. */
  readonly #byEndpoint = new Map<string, FieldDecisions<Operator>>()

  constructor(
    rules: readonly FieldRuleFile[],
    direction: Direction,
    allowed: readonly Operator[],
    operators: ByType<Operator>,
    thresholds: ByType<number>,
    baseKey: string
  ) {
    this.#rules = rules.flatMap((rule, index) =>
      rule.direction === direction ? [compileRule(rule, index, allowed)] : []
    )
    const all = new Set(operators.values)
    this.#base = Object.freeze({
      asksPlaces: false,
      operatorsIn: () => all,
      operatorFor: (type: string) => operators.of(type),
      thresholdFor: (type: string) => thresholds.of(type),
      operatorKey: (type: string) => `${baseKey}.${operators.keyOf(type)}`
    })
  }

  /** @param endpoint its name in records; one of the covered ones, never text of a request */
  at(endpoint: string): FieldDecisions<Operator> {
    const known = this.#byEndpoint.get(endpoint)
    if (known !== undefined) return known
    const rules = this.#rules.filter(({ endpoints }) => endpoints === null || endpoints.has(endpoint))
    const decisions = rules.length === 0 ? this.#base : decisionsOf(rules, this.#base)
    this.#byEndpoint.set(endpoint, decisions)
    return decisions
  }
}

function decisionsOf<Operator extends string>(
  rules: readonly CompiledRule<Operator>[],
  base: FieldDecisions<Operator>
): FieldDecisions<Operator> {
  return Object.freeze({
    asksPlaces: rules.some(({ asksPlaces }) => asksPlaces),
    operatorsIn: (leaf: PlacedLeaf) => {
      const matching = rules.filter(({ matches }) => matches(leaf))
      return new Set([
        ...matching.flatMap(({ operators }) => [...operators.values()]),
        ...base.operatorsIn(leaf)
      ])
    },
    operatorFor: (type: string, leaf: PlacedLeaf) => {
      for (const { operators, matches } of rules) {
        const operator = operators.get(type) ?? operators.get('default')
        if (operator !== undefined && matches(leaf)) return operator
      }
      return base.operatorFor(type, leaf)
    },
    thresholdFor: (type: string, leaf: PlacedLeaf) => {
      for (const { thresholds, matches } of rules) {
        const threshold = thresholds.get(type) ?? thresholds.get('default')
        if (threshold !== undefined && matches(leaf)) return threshold
      }
      return base.thresholdFor(type, leaf)
    },
    operatorKey: (type: string, leaf: PlacedLeaf) => {
      for (const { index, operators, matches } of rules) {
        const key = operators.has(type) ? type : 'default'
        if (operators.has(key) && matches(leaf)) return `fields[${index}].operators.${key}`
      }
      return base.operatorKey(type, leaf)
    }
  })
}

function compileRule<Operator extends string>(
  rule: FieldRuleFile,
  index: number,
  allowed: readonly Operator[]
): CompiledRule<Operator> {
  const kinds = rule.kinds === undefined ? null : new Set(rule.kinds)
  const patterns = rule.fields?.map(segmentsOf) ?? null
  // an operator that the direction does not know is a problem of the file: config-fields.ts
  const operators = Object.entries(rule.operators ?? {}).flatMap(([type, name]): [string, Operator][] => {
    const operator = allowed.find(one => one === name)
    return operator === undefined ? [] : [[type, operator]]
  })
  return {
    index,
    endpoints: rule.endpoints === undefined ? null : new Set(rule.endpoints),
    asksPlaces: patterns !== null,
    matches: leaf =>
      (kinds === null || kinds.has(leaf.kind)) &&
      (patterns === null ||
        patterns.some(pattern => isBelow('path' in leaf ? leaf.path : pathOf(leaf.slot), pattern))),
    operators: new Map(operators),
    thresholds: new Map(Object.entries(rule.thresholds ?? {}))
  }
}

/** `messages[].content` → `messages`, `[]`, `content`. */
export function segmentsOf(field: string): readonly string[] {
  return field.replaceAll('[]', '.[]').split('.')
}

/** True when the pattern names the place or one above it. */
export function isBelow(path: readonly string[], pattern: readonly string[]): boolean {
  return (
    pattern.length <= path.length &&
    pattern.every((segment, at) => segment === path[at] || (segment === '*' && path[at] !== '[]'))
  )
}

export function pathOf(slot: Slot): FieldPath {
  const path: string[] = []
  for (let at: Slot = slot; at.frame !== null; at = at.frame.slot)
    path.push(typeof at.key === 'number' ? '[]' : at.key)
  return path.reverse()
}
