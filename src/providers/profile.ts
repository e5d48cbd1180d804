import { type Static, Type, type TSchema } from 'typebox'
import { PLACE_RULE } from '../core/places.ts'

/**
 * The shape of config/providers/*.yaml: what is publicly known of a provider. Every value carries its source and the day
 * it was read; what is not known is left empty, never guessed. What was agreed with the provider stands in `contracts` of
 * the gateway config, because it is the company's own. `reviewDue` is the day by which somebody should read the sources
 * again: vendors change their terms every few months.
 */

const closed = { additionalProperties: false } as const

const id = Type.String({
  pattern: '^[a-z0-9][a-z0-9._-]{0,63}$',
  description: '1 to 64 characters of a-z, 0-9 and . _ -, the first a letter or digit'
})
const text = (maxLength: number) =>
  Type.String({ minLength: 1, maxLength, description: `a text of 1 to ${maxLength} characters` })
export const IsoDate = Type.String({
  pattern: '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$',
  description: 'a date such as 2026-11-21'
})

/** A value with where it was read and when; empty when nobody knows. */
function known<T extends TSchema>(value: T, what: string) {
  const described = {
    description: `empty, or a map with the keys value (${what}), source (an https URL), checked (a date), note`
  }
  return Type.Union(
    [
      Type.Null(described),
      Type.Object(
        {
          value,
          source: Type.String({ pattern: '^https://[!-~]{1,500}$' }),
          checked: IsoDate,
          note: Type.Optional(text(500))
        },
        closed
      )
    ],
    described
  )
}

/** Places a provider or deployment may declare. */
export const DECLARED_PLACES = `${PLACE_RULE}, world (anywhere the provider runs) or unknown`
export const DeclaredPlaces = Type.Array(
  Type.String({ pattern: '^(self|world|unknown|EU|EEA|[A-Z]{2})$', description: DECLARED_PLACES }),
  { minItems: 1, maxItems: 300, description: 'a list of places' }
)

const days = Type.Integer({ minimum: 0, maximum: 36_500, description: 'days, 0 when nothing is stored' })
const training = Type.Enum(['no', 'opted_out', 'yes'], { description: 'no, opted_out, yes' })

const evidence = Type.Object(
  {
    header: Type.Optional(
      Type.String({ pattern: '^[a-z0-9-]{1,64}$', description: 'a header name in lower case' })
    ),
    body: Type.Optional(
      Type.Array(text(64), { minItems: 1, maxItems: 8, description: 'a list of keys from the top' })
    )
  },
  { ...closed, description: 'a map with the keys header, body' }
)

const sku = Type.Object(
  {
    id,
    title: text(120),
    baseUrl: Type.Optional(Type.String({ maxLength: 2048, description: 'an https URL' })),
    baseUrlSource: Type.Optional(
      Type.Object(
        {
          source: Type.String({ pattern: '^https://[!-~]{1,500}$' }),
          checked: IsoDate,
          note: Type.Optional(text(500))
        },
        { ...closed, description: 'a map with the keys source (an https URL), checked (a date), note' }
      )
    ),
    placeFrom: Type.Enum(['profile', 'region', 'config', 'here'], {
      default: 'profile',
      description:
        'profile (its processing), region (of the deployment), config (places of the deployment) or here (this process)'
    }),
    processing: known(DeclaredPlaces, 'a list of places'),
    storage: known(DeclaredPlaces, 'a list of places'),
    retentionDays: Type.Optional(known(days, 'days')),
    dependsOn: Type.Array(
      Type.Enum(['host', 'model', 'body', 'account', 'deployment_sku', 'region'], {
        description: 'host, model, body, account, deployment_sku, region'
      }),
      { maxItems: 6, default: [], description: 'a list of what fixes the place' }
    ),
    notes: Type.Array(text(500), { maxItems: 20, default: [], description: 'a list of texts' }),
    evidence: Type.Optional(evidence)
  },
  {
    ...closed,
    description:
      'a map with the keys id, title, baseUrl, baseUrlSource, placeFrom, processing, storage, retentionDays, dependsOn, notes, evidence'
  }
)

const url = Type.String({ pattern: '^https://[!-~]{1,500}$', description: 'an https URL' })

export const ProfileSchema = Type.Object(
  {
    id,
    version: Type.Integer({ minimum: 1, maximum: 1_000_000, description: 'an integer from 1 up' }),
    name: text(120),
    reviewDue: Type.Optional(IsoDate),
    adapter: Type.Enum(['demo', 'openai', 'azure-openai', 'openai-compatible'], {
      description: 'demo, openai, azure-openai, openai-compatible'
    }),
    entity: Type.Object(
      {
        name: known(text(200), 'a text'),
        lei: known(Type.String({ pattern: '^[A-Z0-9]{18}[0-9]{2}$' }), 'an LEI of 20 characters'),
        euid: known(
          Type.String({ pattern: '^[A-Z]{2}[A-Za-z0-9]{1,20}\\.[A-Za-z0-9._-]{1,40}$' }),
          'an EUID'
        ),
        country: known(Type.String({ pattern: '^[A-Z]{2}$' }), 'a country code')
      },
      { ...closed, description: 'a map with the keys name, lei, euid, country' }
    ),
    ictService: known(Type.String({ pattern: '^S(0[1-9]|1[0-9])$' }), 'S01 to S19'),
    dpa: known(url, 'an https URL'),
    subprocessors: known(url, 'an https URL'),
    training: known(training, 'no, opted_out or yes'),
    retentionDays: known(days, 'days'),
    zeroRetention: known(text(300), 'a text'),
    skus: Type.Array(sku, { minItems: 1, maxItems: 50, description: 'a list of offers' }),
    regions: Type.Optional(
      Type.Object(
        {
          source: url,
          checked: IsoDate,
          countries: Type.Record(
            Type.String({ pattern: '^[a-z0-9]{1,40}$' }),
            Type.String({ pattern: '^([A-Z]{2}|world)$', description: 'a country code or world' }),
            { description: 'regions in lower case without blanks, each with its country' }
          )
        },
        { ...closed, description: 'a map with the keys source, checked, countries' }
      )
    )
  },
  {
    ...closed,
    description:
      'a map with the keys id, version, name, reviewDue, adapter, entity, ictService, dpa, subprocessors, training, retentionDays, zeroRetention, skus, regions'
  }
)

export type Profile = Static<typeof ProfileSchema>
export type Sku = Profile['skus'][number]

/** The value, or null when it is not known. */
export function valueOf<T>(known: { readonly value: T } | null | undefined): T | null {
  return known?.value ?? null
}
