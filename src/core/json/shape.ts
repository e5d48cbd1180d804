import type { LeafKind } from '../leaf.ts'

/**
 * What a dialect says of one JSON value: which leaf kind a string or number there has, which fields an object has.
 * A value of a type that the shape does not mention is `unknown`: scanned, never skipped.
 */
export interface Shape {
  readonly string?: StringRule
  readonly number?: NumberRule
  readonly object?: ObjectRule
  /** Shape of the elements. */
  readonly array?: Shape
  /** Reports the value to the dialect under this tag. */
  readonly note?: string
  /** What a shape that contains itself is, for coverage tables, which then do not descend. */
  readonly title?: string
}

/**
 * - `skip` structural: ids, signatures, cursors; never read
 * - `enum` structural while it is a short word of the wire format, else `unknown`
 * - `json` JSON source in a string: its leaves are walked; unparsable source is `text`
 * - `media` a link or a data URI: a `data:` URI is left alone (its note reports it), a link is a `url`
 * - any leaf kind
 */
export type StringRule = 'skip' | 'enum' | 'media' | LeafKind

/** `index`: structural, and the position of the enclosing object among its siblings (join keys of streams). */
export type NumberRule = 'skip' | 'index' | 'number' | 'fixed-number'

export interface ObjectRule {
  readonly fields: ReadonlyMap<string, Shape>
  /** Shape of fields that are not listed. Their keys are leaves of kind `key`. */
  readonly rest: Shape
}

/** Strings whose own text may be a JSON document: walked like arguments when it parses. */
export const FREE: Shape = recursive('JSON', self => ({
  string: 'text',
  number: 'number',
  array: self,
  object: { fields: new Map(), rest: self }
}))

/** Free-form JSON in which a number must stay a number (defaults and examples in schemas). */
export const FREE_TYPED: Shape = recursive('JSON', self => ({
  string: 'text',
  number: 'fixed-number',
  array: self,
  object: { fields: new Map(), rest: self }
}))

/** Fields no map knows. */
export const UNKNOWN: Shape = recursive('unknown JSON', self => ({
  string: 'unknown',
  number: 'fixed-number',
  array: self,
  object: { fields: new Map(), rest: self }
}))

/** A shape that contains itself. */
export function recursive(title: string, build: (self: Shape) => Shape): Shape {
  const self: Shape = {}
  return Object.assign(self, build(self), { title })
}

/** An object with these fields; others are unknown unless `rest` says more. */
export function object(fields: Readonly<Record<string, Shape>>, rest: Shape = UNKNOWN): Shape {
  return { object: { fields: new Map(Object.entries(fields)), rest } }
}

export function array(items: Shape): Shape {
  return { array: items }
}

/**
 * The value may have the form of any of these shapes.
 * @throws TypeError when two of them mention the same JSON type: one would silently win
 */
export function either(...shapes: readonly Shape[]): Shape {
  for (const type of ['string', 'number', 'object', 'array'] as const)
    if (shapes.filter(shape => shape[type] !== undefined).length > 1)
      throw new TypeError(`two shapes say what a value of type ${type} is`)
  return Object.assign({}, ...shapes) as Shape
}

/** The same shape, reported to the dialect under a tag. */
export function noted(tag: string, shape: Shape): Shape {
  return { ...shape, note: tag }
}

export const text: Shape = { string: 'text' }
export const identifier: Shape = { string: 'identifier' }
export const fixed: Shape = { string: 'fixed' }
export const url: Shape = { string: 'url' }
export const skip: Shape = { string: 'skip' }
export const word: Shape = { string: 'enum' }
export const count: Shape = { number: 'skip' }
export const index: Shape = { number: 'index' }
/** A structural value of any scalar type. */
export const scalar: Shape = { string: 'enum', number: 'skip' }
/** Structure of words and numbers only, whatever its depth (cache control, filter verdicts). */
export const structure: Shape = recursive('words and numbers', self => ({
  string: 'enum',
  number: 'skip',
  array: self,
  object: { fields: new Map(), rest: self }
}))
