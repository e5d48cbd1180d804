import { type Static, Type } from 'typebox'

/**
 * The dated table of countries: who belongs to the EU and the EEA, and which adequacy decisions (Art. 45 GDPR) hold
 * on which day. Data, not code: `config/countries.yaml` is shipped and may be replaced.
 */

const closed = { additionalProperties: false } as const
const date = Type.String({
  pattern: '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$',
  description: 'a date such as 2026-11-21'
})
const code = Type.String({ pattern: '^[A-Z]{2}$', description: 'a country code of ISO 3166-1 alpha-2' })
const codes = Type.Array(code, { minItems: 1, maxItems: 300, description: 'a list of country codes' })
const text = Type.String({ minLength: 1, maxLength: 500, description: 'a text of up to 500 characters' })
const source = Type.String({ pattern: '^https://[!-~]{1,500}$', description: 'an https URL' })
const scope = Type.String({
  pattern: '^[a-z0-9_]{1,32}$',
  description: 'up to 32 characters of a-z, 0-9 and _'
})

const membership = Type.Object(
  { countries: codes, from: date, to: Type.Optional(date) },
  { ...closed, description: 'a map with the keys countries, from, to' }
)
const memberships = Type.Array(membership, {
  minItems: 1,
  maxItems: 100,
  description: 'a list of memberships'
})

const decision = Type.Object(
  {
    country: code,
    decision: Type.Optional(text),
    from: date,
    to: Type.Optional(date),
    scope: Type.Optional(scope),
    limits: Type.Optional(text)
  },
  { ...closed, description: 'a map with the keys country, decision, from, to, scope, limits' }
)

export const CountriesSchema = Type.Object(
  {
    version: Type.Integer({ minimum: 1, maximum: 1_000_000, description: 'an integer from 1 up' }),
    checked: date,
    sources: Type.Array(source, { minItems: 1, maxItems: 20, description: 'a list of https URLs' }),
    eu: memberships,
    eea: memberships,
    adequacy: Type.Array(decision, { maxItems: 1000, description: 'a list of adequacy decisions' })
  },
  { ...closed, description: 'a map with the keys version, checked, sources, eu, eea, adequacy' }
)

export type CountriesFile = Static<typeof CountriesSchema>

interface Term {
  readonly from: string
  /** Last day; `9999-12-31` when open. */
  readonly to: string
  readonly scope: string | null
}

const OPEN_END = '9999-12-31'

/** Looks days up in the table. ISO dates compare as text. Pure. */
export class Countries {
  readonly version: number
  readonly #eu: ReadonlyMap<string, readonly Term[]>
  readonly #eea: ReadonlyMap<string, readonly Term[]>
  readonly #adequate: ReadonlyMap<string, readonly Term[]>

  constructor(file: CountriesFile) {
    this.version = file.version
    this.#eu = termsOf(file.eu)
    this.#eea = termsOf([...file.eu, ...file.eea])
    this.#adequate = termsOf(
      file.adequacy.map(({ country, from, to, scope }) => ({ countries: [country], from, to, scope }))
    )
  }

  isEu(country: string, day: string): boolean {
    return holds(this.#eu.get(country), day)
  }

  isEea(country: string, day: string): boolean {
    return holds(this.#eea.get(country), day)
  }

  /**
   * Whether an adequacy decision covers the country on that day.
   * @param scopes what the importer can show, such as `dpf`: a decision with a scope counts for those only
   */
  isAdequate(country: string, day: string, scopes: readonly string[] = []): boolean {
    const terms = this.#adequate.get(country) ?? []
    return terms.some(term => inTerm(term, day) && (term.scope === null || scopes.includes(term.scope)))
  }
}

function termsOf(
  entries: readonly {
    readonly countries: readonly string[]
    readonly from: string
    readonly to?: string | undefined
    readonly scope?: string | undefined
  }[]
): Map<string, Term[]> {
  const terms = new Map<string, Term[]>()
  for (const { countries, from, to = OPEN_END, scope = null } of entries) {
    for (const country of countries) {
      terms.set(country, [...(terms.get(country) ?? []), { from, to, scope }])
    }
  }
  return terms
}

function holds(terms: readonly Term[] | undefined, day: string): boolean {
  return terms?.some(term => inTerm(term, day)) ?? false
}

function inTerm({ from, to }: Term, day: string): boolean {
  return from <= day && day <= to
}
