/**
 * A schema as a function that checks and serialises in one pass: canonical JSON (RFC 8785) of what fits, nothing of
 * what does not. Keys are written in sorted order, strings come from patterns that need no escapes, numbers are
 * integers, so the text is canonical by construction.
 */

/** The part of JSON Schema that event schemas are made of. */
interface Schema {
  /** Names a part that events share. */
  readonly title?: string
  readonly type?: 'object' | 'array' | 'string' | 'integer' | 'boolean'
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly minItems?: number
  readonly maxItems?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly pattern?: string
  readonly enum?: readonly string[]
  readonly const?: string
}

/**
 * Adds the JSON of a value that fits to `out`. False when it does not; the keys on the way to the fault are then pushed to
 * `trail`, innermost first.
 *
 * Pieces are joined at the end: a text that is put together bit by bit is a tree, which whoever reads it first has to flatten.
 */
type Write = (value: unknown, out: string[], trail: string[]) => boolean

/** A part of an event that was checked and serialised before, for parts that many events share. */
export class Fragment {
  /** The title of its schema. */
  readonly part: string
  readonly json: string

  constructor(part: string, json: string) {
    this.part = part
    this.json = json
  }
}

/**
 * Canonical JSON of an event out of its own fields and those of the envelope.
 * @throws TypeError naming the first field that does not fit, never its value
 */
export type EventWriter = (fields: object, envelope: object) => string

/** @param envelope names of the fields that are read from the envelope */
export function compileWriter(name: string, schema: object, envelope: ReadonlySet<string>): EventWriter {
  const properties = sortedProperties(schema)
  const isEnvelope = properties.map(({ key }) => envelope.has(key))
  return (fields, around) => {
    const [out, trail]: [string[], string[]] = [[], []]
    if (!writeObject(properties, at => (isEnvelope[at] ? around : fields), out, trail))
      throw new TypeError(`audit event ${name} does not fit its schema at /${trail.reverse().join('/')}`)
    return out.join('')
  }
}

/** Checks and serialises a part that many events share. @throws TypeError without the value */
export function fragmentOf(schema: object, value: unknown): Fragment {
  const { title }: Schema = schema
  const out: string[] = []
  if (!compile(schema)(value, out, []) || title === undefined)
    throw new TypeError('a part of audit events does not fit its schema')
  return new Fragment(title, out.join(''))
}

function compile(schema: Schema): Write {
  if (schema.const !== undefined) return oneOf([schema.const])
  if (schema.enum !== undefined) return oneOf(schema.enum)
  if (schema.type === 'string' && schema.pattern !== undefined) return matching(new RegExp(schema.pattern))
  if (schema.type === 'integer') return integer(schema.minimum ?? 0, schema.maximum ?? 0)
  if (schema.type === 'boolean')
    return (value, out) => (value === true || value === false) && out.push(String(value)) > 0
  if (schema.type === 'array' && schema.items !== undefined) return array(schema, compile(schema.items))
  if (schema.type === 'object' && schema.properties !== undefined) return object(schema)
  throw new TypeError(
    'an event schema is made of closed objects, lists, patterns, enums, integers and booleans'
  )
}

function oneOf(values: readonly string[]): Write {
  const known = new Map<unknown, string>(values.map(value => [value, JSON.stringify(value)]))
  return (value, out) => {
    const json = known.get(value)
    return json !== undefined && out.push(json) > 0
  }
}

function matching(pattern: RegExp): Write {
  return (value, out) => typeof value === 'string' && pattern.test(value) && out.push('"', value, '"') > 0
}

function integer(minimum: number, maximum: number): Write {
  return (value, out) =>
    typeof value === 'number' &&
    Number.isSafeInteger(value) &&
    value >= minimum &&
    value <= maximum &&
    out.push(String(value)) > 0
}

function array({ minItems = 0, maxItems = 0 }: Schema, item: Write): Write {
  return (value, out, trail) => {
    if (!Array.isArray(value) || value.length < minItems || value.length > maxItems) return false
    out.push('[')
    for (let at = 0; at < value.length; at++) {
      if (at > 0) out.push(',')
      if (item(value[at], out, trail)) continue
      trail.push(String(at))
      return false
    }
    return out.push(']') > 0
  }
}

interface Property {
  readonly key: string
  /** `"key":` and `,"key":` */
  readonly first: string
  readonly next: string
  readonly required: boolean
  readonly write: Write
}

function sortedProperties({ properties = {}, required }: Schema): Property[] {
  const isRequired = new Set(required)
  return Object.keys(properties)
    .sort()
    .map(key => {
      const first = `${JSON.stringify(key)}:`
      const write = compile(properties[key] as Schema)
      return { key, first, next: `,${first}`, required: isRequired.has(key), write }
    })
}

function object(schema: Schema): Write {
  const properties = sortedProperties(schema)
  return (value, out, trail) => {
    if (typeof value !== 'object' || value === null) return false
    if (value instanceof Fragment) return value.part === schema.title && out.push(value.json) > 0
    return writeObject(properties, () => value, out, trail)
  }
}

/** Only known keys are read: what else an object carries stays out. */
function writeObject(
  properties: readonly Property[],
  sourceOf: (at: number) => object,
  out: string[],
  trail: string[]
): boolean {
  out.push('{')
  let isFirst = true
  for (let at = 0; at < properties.length; at++) {
    const property = properties[at] as Property
    const given = (sourceOf(at) as Readonly<Record<string, unknown>>)[property.key]
    if (given === undefined && !property.required) continue
    out.push(isFirst ? property.first : property.next)
    isFirst = false
    if (property.write(given, out, trail)) continue
    trail.push(property.key)
    return false
  }
  return out.push('}') > 0
}
