import { Type, type TSchema } from 'typebox'

/**
 * What fields of audit records are made of.
 *
 * No content: every string is an id, an enum or a name from the config, of bounded length and narrow charset; numbers
 * are integers. Lists are bounded. No string needs an escape in JSON, and none can begin with `=`, `+`, `-`, tab or CR,
 * which spreadsheets take for formulas.
 */

export function closed<T extends Record<string, TSchema>>(properties: T) {
  return Type.Object(properties, { additionalProperties: false })
}

/** A closed object that many events share: it can be checked and serialised once, as a `Fragment` of this name. */
export function part<T extends Record<string, TSchema>>(title: string, properties: T) {
  return Type.Object(properties, { additionalProperties: false, title })
}

export function oneOf<const T extends string>(values: readonly T[]) {
  return Type.Enum([...values])
}

/** At most `maxItems` values out of a fixed list. */
export function someOf<const T extends string>(values: readonly T[], maxItems = values.length) {
  return Type.Array(oneOf(values), { maxItems })
}

export function listOf<T extends TSchema>(item: T, maxItems: number) {
  return Type.Array(item, { maxItems })
}

export const maybe = Type.Optional
export const flag = Type.Boolean()
export const count = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })
export const positive = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })
export const signed = Type.Integer({ minimum: -Number.MAX_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER })
export const httpStatus = Type.Integer({ minimum: 100, maximum: 599 })
/** UUIDv7, RFC 9562. */
export const uuid = Type.String({
  pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$'
})
/** RFC 3339, UTC, three decimals. */
export const time = Type.String({
  pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z$'
})
export const date = Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' })
/** An id of the config: app, provider, policy, rule. */
export const id = Type.String({ pattern: '^[a-z0-9][a-z0-9._-]{0,63}$' })
/** The number of a document of the company, as its register writes it: contract, DPA, assessment. */
export const ref = Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._:/-]{0,63}$' })
export const version = Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._+-]{0,63}$' })
export const sha256 = Type.String({ pattern: '^sha256:[0-9a-f]{64}$' })
/** Name of a key in a config, policy or profile file: a dotted path, never a value. */
export const fieldName = Type.String({ pattern: '^[A-Za-z][A-Za-z0-9_.[\\]-]{0,127}$' })
export const errorCode = Type.String({ pattern: '^SCHLEUSE_[A-Z_]{1,48}$' })
export const entityType = Type.String({ pattern: '^(?=.{1,24}$)[A-Z]+(_[A-Z]+)*$' })
/** A country, a group, `self`, `world` (anywhere the provider runs) or `unknown`. */
export const place = Type.String({ pattern: '^([A-Z]{2}|EU|EEA|self|world|unknown)$' })
export const country = Type.String({ pattern: '^[A-Z]{2}$' })
export const region = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,39}$' })
/** Host and port as URLs write them, or `in-process` for a provider inside the gateway. */
export const host = Type.String({ pattern: '^[a-z0-9[][a-z0-9.:[\\]-]{0,259}$' })
/** A configured model pattern that matched, or an allow-listed model id; never the text of the request. */
export const model = Type.String({ pattern: '^(\\*|[A-Za-z0-9@][A-Za-z0-9._:/@-]{0,127}\\*?)$' })
/** ISO 4217. */
export const currency = Type.String({ pattern: '^[A-Z]{3}$' })
/** LEI (ISO 17442) or EUID. */
export const entityCode = Type.String({ pattern: '^[A-Z0-9][A-Z0-9._-]{0,63}$' })
export const tlsVersion = oneOf(['1.2', '1.3'])
/** C2SP tlog origin: a URL without scheme. */
export const origin = Type.String({ pattern: '^[a-z0-9][a-z0-9._/-]{0,199}$' })
export const ANCHOR_NAME = '^[A-Za-z0-9[][A-Za-z0-9._:/[\\]-]{0,254}$'
/** Name of a witness's key, or host and port. */
export const anchor = Type.String({ pattern: ANCHOR_NAME })
/** Root of a Merkle tree, commitment: 32 bytes in lower-case hex. */
export const hash32 = Type.String({ pattern: '^[0-9a-f]{64}$' })
/** A time span of keys, e.g. `2026Q4`. */
export const epoch = Type.String({ pattern: '^[0-9]{4}(Q[1-4]|-[0-9]{2})?$' })
export const traceId = Type.String({ pattern: '^[0-9a-f]{32}$' })
