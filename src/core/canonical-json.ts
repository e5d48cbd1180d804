import { hash } from 'node:crypto'

/**
 * Canonical JSON, RFC 8785 (JCS): one text per value, so that a hash of it names the value.
 *
 * Object keys are sorted by UTF-16 code units; numbers and strings are written as ECMAScript's JSON.stringify
 * writes them, which is what RFC 8785 §3.2.2 prescribes; no white space.
 *
 * Only I-JSON values (RFC 7493) have a canonical form. Everything else throws a TypeError instead of being dropped
 * or coerced, as JSON.stringify would do: `undefined`, functions, symbols, bigint, NaN, ±Infinity, lone surrogates,
 * objects that aren't plain, nesting deeper than 128 levels (which also catches cycles). Messages quote no value.
 */
export function canonicalJson(value: unknown): string {
  return write(value, 0)
}

/** `sha256:` and the 64 hex digits of SHA-256 over the canonical form in UTF-8. Throws as `canonicalJson` does. */
export function canonicalHash(value: unknown): string {
  return `sha256:${hash('sha256', canonicalJson(value), 'hex')}`
}

const MAX_DEPTH = 128

function write(value: unknown, depth: number): string {
  if (value === null) return 'null'
  switch (typeof value) {
    case 'string':
      return writeString(value)
    case 'boolean':
      return value ? 'true' : 'false'
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError('canonical JSON has no form for NaN and Infinity')
      // JSON.stringify also turns -0 into 0, as RFC 8785 §3.2.2.3 asks
      return JSON.stringify(value)
    case 'object':
      if (depth >= MAX_DEPTH) throw new TypeError(`canonical JSON is limited to ${MAX_DEPTH} levels`)
      return Array.isArray(value) ? writeArray(value, depth) : writeObject(value, depth)
    default:
      throw new TypeError(`canonical JSON has no form for ${typeof value}`)
  }
}

function writeString(value: string): string {
  if (!value.isWellFormed()) throw new TypeError('canonical JSON has no form for lone surrogates')
  return JSON.stringify(value)
}

function writeArray(value: readonly unknown[], depth: number): string {
  let out = '['
  for (let i = 0; i < value.length; i++) {
    if (i > 0) out += ','
    out += write(value[i], depth + 1)
  }
  return `${out}]`
}

function writeObject(value: object, depth: number): string {
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) {
    throw new TypeError('canonical JSON takes plain objects only')
  }
  // the default sort compares UTF-16 code units, as RFC 8785 §3.2.3 asks
  const keys = Object.keys(value).sort()
  let out = '{'
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] as string
    if (i > 0) out += ','
    out += `${writeString(key)}:${write((value as Record<string, unknown>)[key], depth + 1)}`
  }
  return `${out}}`
}
