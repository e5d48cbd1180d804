/**
 * What makes two spellings the same entity. Entities share the stem of their codes, so that the model sees one person or
 * account; each spelling is still restored as it was written. So a merge too few costs the model a little sense, a merge
 * too many tells it something wrong: only what is certain is merged. Persons need memory and live in persons.ts.
 *
 * Types without a rule, secrets above all, are compared character by character.
 */

type Normalize = (surface: string) => string

const RULES = new Map<string, Normalize>([
  ['EMAIL', lower],
  ['IP', lower],
  ['PHONE', phone],
  ['IBAN', compact],
  ['CARD', compact]
])

/** National numbers begin with their country, as DE_TAX_ID, and are written with and without separators. */
const NUMBER_TYPE = /^[A-Z]{2}_/

/**
 * The key of the entity a surface names.
 * @param surface attacker-controlled, any length.
 */
export function normalizeEntity(type: string, surface: string): string {
  const rule = RULES.get(type)
  if (rule !== undefined) return rule(surface)
  return NUMBER_TYPE.test(type) ? compact(surface) : surface
}

function lower(surface: string): string {
  return surface.trim().toLowerCase()
}

/** Letters and digits only, in capitals. */
function compact(surface: string): string {
  return surface.replace(/[^\p{L}\p{N}]+/gu, '').toUpperCase() || surface
}

/**
 * Digits, and a plus where the country is named: `0049 (0)30 123` and `+49 30 123` are one number. A number without a
 * country is kept apart from those with one, because which country is meant is not certain.
 */
function phone(surface: string): string {
  const digits = surface.replace(/\(0\)/g, '').replace(/[^\d+]+/g, '')
  return digits.replace(/^00(?=[1-9])/, '+') || surface
}
