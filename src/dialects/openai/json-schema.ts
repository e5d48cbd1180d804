import {
  array,
  count,
  either,
  FREE_TYPED,
  fixed,
  object,
  recursive,
  type Shape,
  text,
  word
} from '../../core/json/shape.ts'

/** Keywords that hold one schema, or in some drafts a list of them. */
const subschemas = [
  'items',
  'prefixItems',
  'allOf',
  'anyOf',
  'oneOf',
  'not',
  'if',
  'then',
  'else',
  'contains',
  'propertyNames',
  'additionalProperties',
  'unevaluatedProperties',
  'additionalItems',
  'unevaluatedItems'
]
/** Keywords that hold schemas under names the caller chose. */
const named = ['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas']
const bounds = [
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
  'minContains',
  'maxContains'
]
const texts = ['title', 'description', '$comment']
/** A number here says what a value must be: it can't become a string. */
const values = ['default', 'const', 'enum', 'examples', 'example']
/** Expressions and references: altered, they would mean something else. */
const references = [
  'pattern',
  '$ref',
  '$id',
  '$schema',
  '$anchor',
  '$dynamicRef',
  '$dynamicAnchor',
  'contentMediaType'
]

/**
 * JSON Schema, all drafts in use: descriptions and examples are text, property names are keys, patterns stay as they are.
 * Unknown keywords are free-form JSON.
 */
export const schema: Shape = recursive('JSON Schema', self => {
  const keys: Shape = { string: 'key', array: { string: 'key' } }
  const all = (names: readonly string[], shape: Shape) => names.map(name => [name, shape] as const)
  const fields: Record<string, Shape> = Object.fromEntries([
    ...all(texts, text),
    ...all(values, FREE_TYPED),
    ...all(named, { object: { fields: new Map(), rest: self } }),
    ...all(subschemas, self),
    ...all(references, fixed),
    ...all(bounds, count),
    ['required', keys],
    ['dependentRequired', { object: { fields: new Map(), rest: keys } }],
    ['type', either(word, array(word))],
    ['format', word],
    ['contentEncoding', word]
  ])
  return { ...object(fields, FREE_TYPED), array: self }
})
