import { isRecord } from './request.ts'
import { codesIn } from './text.ts'

/** Deeper or larger values are cut off: a schema may refer to itself. */
const MAX_DEPTH = 8
const OPTIONAL_DEPTH = 4
const MAX_VALUES = 1000
const MAX_ITEMS = 8

/** Example values for the formats that validators check. */
const FORMATS = new Map([
  ['date', '2026-01-31'],
  ['date-time', '2026-01-31T12:00:00Z'],
  ['time', '12:00:00Z'],
  ['email', 'someone@example.com'],
  ['uri', 'https://example.com/'],
  ['uuid', '00000000-0000-4000-8000-000000000000']
])

/**
 * A JSON value that matches a JSON Schema, made of what the prompt says: strings are its codes in turn, a code whose type fits the
 * property's name or format first, else its first words. Understands what tools use: types, enum, const, items, required,
 * anyOf/oneOf/allOf, local $ref, bounds; not patterns.
 * @param schema attacker-controlled
 */
export function fillSchema(schema: unknown, prompt: string): unknown {
  return new Filler(schema, prompt).fill(schema, '', 0)
}

class Filler {
  readonly #root: unknown
  readonly #codes: string[]
  readonly #words: string
  #used = 0
  #values = 0

  constructor(root: unknown, prompt: string) {
    this.#root = root
    this.#codes = codesIn(prompt)
    this.#words = prompt.trim().split(/\s+/, 4).join(' ').slice(0, 80)
  }

  fill(schema: unknown, name: string, depth: number): unknown {
    this.#values += 1
    if (!isRecord(schema) || depth > MAX_DEPTH || this.#values > MAX_VALUES) return null
    if (typeof schema['$ref'] === 'string') return this.fill(this.#resolve(schema['$ref']), name, depth + 1)
    if (schema['const'] !== undefined) return schema['const']
    if (Array.isArray(schema['enum'])) return schema['enum'][0]
    const branch = firstBranch(schema)
    if (branch !== undefined) return this.fill(branch, name, depth + 1)
    switch (typeOf(schema)) {
      case 'object':
        return this.#object(schema, depth)
      case 'array':
        return this.#array(schema, name, depth)
      case 'integer':
      case 'number':
        return number(schema)
      case 'boolean':
        return true
      case 'null':
        return null
      default:
        return this.#string(schema, name)
    }
  }

  #object(schema: Record<string, unknown>, depth: number): Record<string, unknown> {
    const properties = isRecord(schema['properties']) ? schema['properties'] : {}
    const required = (Array.isArray(schema['required']) ? schema['required'] : []).map(String)
    const optional = depth > OPTIONAL_DEPTH ? [] : Object.keys(properties)
    const entries = [...new Set([...required, ...optional])].map((name): [string, unknown] => [
      name,
      Object.hasOwn(properties, name) ? this.fill(properties[name], name, depth + 1) : this.#string({}, name)
    ])
    return Object.fromEntries(entries)
  }

  #array(schema: Record<string, unknown>, name: string, depth: number): unknown[] {
    if (Array.isArray(schema['prefixItems'])) {
      return schema['prefixItems'].slice(0, MAX_ITEMS).map(item => this.fill(item, name, depth + 1))
    }
    const least = typeof schema['minItems'] === 'number' ? schema['minItems'] : 1
    if (schema['items'] === undefined && least <= 1) return [this.#string({}, name)]
    return Array.from({ length: Math.min(least, MAX_ITEMS) }, () =>
      this.fill(schema['items'] ?? { type: 'string' }, name, depth + 1)
    )
  }

  #string(schema: Record<string, unknown>, name: string): string {
    const format = typeof schema['format'] === 'string' ? schema['format'] : ''
    const fitting = this.#codes.find(code => fits(code, name) || fits(code, format))
    const text =
      fitting ?? FORMATS.get(format) ?? this.#codes[this.#used++ % this.#codes.length] ?? this.#words
    const longest = typeof schema['maxLength'] === 'number' ? schema['maxLength'] : text.length
    return text.slice(0, longest)
  }

  /** `#` or a JSON pointer into the schema itself; anything else is unknown. */
  #resolve(reference: string): unknown {
    let value = this.#root
    for (const step of reference.split('/').slice(1)) {
      const key = step.replaceAll('~1', '/').replaceAll('~0', '~')
      value = isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined
    }
    return value
  }
}

/** `EMAIL_K7Q2MX4A` fits `email` and `customer_email`, not `name`. */
function fits(code: string, name: string): boolean {
  const type = code.slice(0, code.lastIndexOf('_')).toLowerCase()
  return name.toLowerCase().includes(type)
}

function firstBranch(schema: Record<string, unknown>): unknown {
  if (Array.isArray(schema['allOf'])) {
    const { allOf, ...rest } = schema
    return Object.assign({}, rest, ...(allOf as unknown[]).filter(isRecord))
  }
  const branches: unknown = schema['anyOf'] ?? schema['oneOf']
  if (!Array.isArray(branches)) return undefined
  return branches.find(branch => !isRecord(branch) || branch['type'] !== 'null') ?? branches[0]
}

function typeOf(schema: Record<string, unknown>): unknown {
  const type = schema['type']
  if (Array.isArray(type)) return type.find(name => name !== 'null') ?? 'null'
  return type ?? (isRecord(schema['properties']) ? 'object' : 'string')
}

function number(schema: Record<string, unknown>): number {
  const above = schema['exclusiveMinimum']
  const least = typeof above === 'number' ? above + 1 : (schema['minimum'] ?? 1)
  const most = schema['maximum'] ?? Number.POSITIVE_INFINITY
  return Math.min(Number(least), Number(most))
}
