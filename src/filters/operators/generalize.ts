import type { Operator } from './operator.ts'
import { redact } from './redact.ts'

type Generalize = (surface: string) => string | null

const RULES = new Map<string, Generalize>([
  ['AGE', ageBand],
  ['DATE_OF_BIRTH', yearOf],
  ['ADDRESS', postalArea]
])

/**
 * The value in a coarser form, which is not restored: an age becomes its decade (`34` → `30-39`), a date of birth its year,
 * an address the area of its postcode (`47xxx`). What has no coarser form is redacted.
 */
export const generalize: Operator = {
  name: 'generalize',
  reversible: false,
  refuses: false,
  apply: context => RULES.get(context.type)?.(context.surface) ?? redact.apply(context)
}

/** From 90 on there are so few that a decade would tell who it is (45 CFR 164.514(b)(2)(i)(C)). */
const OLDEST = 90

function ageBand(surface: string): string | null {
  const digits = /(?<!\d)\d{1,3}(?!\d)/.exec(surface)
  if (digits === null) return null
  const age = Number(digits[0])
  const from = age - (age % 10)
  const band = age >= OLDEST ? `${OLDEST}-120` : `${from}-${from + 9}`
  return surface.slice(0, digits.index) + band + surface.slice(digits.index + digits[0].length)
}

function yearOf(surface: string): string | null {
  return (
    /(?<!\d)(?:1[89]|20)\d\d(?!\d)/.exec(surface)?.[0] ??
    /^(?:19|20)\d\d(?=\d{4}$)/.exec(surface)?.[0] ??
    null
  )
}

/** The last number of four or five digits is the postcode: house numbers stand before it. */
function postalArea(surface: string): string | null {
  const postcode = [...surface.matchAll(/(?<!\d)\d{4,5}(?!\d)/g)].at(-1)?.[0]
  return postcode === undefined ? null : postcode.slice(0, 2) + 'x'.repeat(postcode.length - 2)
}
