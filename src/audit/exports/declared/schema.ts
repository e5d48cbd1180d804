import { type Static, Type, type TSchema } from 'typebox'

/**
 * The shape of the file that `records` in the gateway config names: what laws ask for and no request shows. Every part may
 * be left out; what is left out is a gap in the records that need it.
 */

function closed<T extends Record<string, TSchema>>(properties: T) {
  const keys = Object.keys(properties).join(', ')
  return Type.Object(properties, { additionalProperties: false, description: `a map with the keys ${keys}` })
}

const text = Type.String({ minLength: 1, maxLength: 1000, description: 'a text of 1 to 1000 characters' })
const date = Type.String({
  pattern: '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$',
  description: 'a date such as 2026-11-21'
})
const id = Type.String({
  pattern: '^[a-z0-9][a-z0-9._-]{0,63}$',
  description: '1 to 64 characters of a-z, 0-9 and . _ -, the first a letter or digit'
})
const country = Type.String({ pattern: '^[A-Z]{2}$', description: 'a country code such as DE' })
const code = Type.String({
  pattern: '^[A-Z0-9][A-Za-z0-9._-]{3,63}$',
  description: '4 to 64 characters of A-Z, a-z, 0-9 and . _ -'
})
const milliseconds = Type.Integer({
  minimum: 1,
  maximum: 3_600_000,
  description: 'an integer from 1 to 3600000'
})
const texts = Type.Array(text, { minItems: 1, maxItems: 100, description: 'a list of texts' })
const ids = Type.Array(id, { minItems: 1, maxItems: 1000, description: 'a list of ids' })
const party = closed({ name: text, contact: Type.Optional(text) })
const list = <T extends TSchema>(items: T) =>
  Type.Array(items, { default: [], maxItems: 10_000, description: 'a list' })

/** One entry of the register of AI use, as people describe it; by the id of the purpose. */
const useCase = closed({
  title: Type.Optional(text),
  /** Why this tool: origin, function, how it treats data. */
  why: Type.Optional(text),
  /** Why this risk class and role. */
  reasons: Type.Optional(text),
  author: Type.Optional(text),
  date: Type.Optional(date),
  reviewDue: Type.Optional(date),
  /** What the use means for customers. */
  effect: Type.Optional(text),
  customerData: Type.Optional(texts),
  oversight: Type.Optional(text),
  disclosure: Type.Optional(text),
  training: Type.Optional(text),
  /** Examined against Art. 5 AI Act on this day. */
  screened: Type.Optional(date),
  /** Papers in which the provider shows that it keeps its own duties. */
  evidence: Type.Optional(text),
  incidents: Type.Optional(text),
  /** In the list of AI use that is published. */
  published: Type.Optional(Type.Boolean({ description: 'true or false' }))
})

const purpose = closed({
  id,
  /** When data are erased, in words or as a period. */
  retention: Type.Optional(text),
  /** Where the technical and organisational measures are described. */
  measures: Type.Optional(text),
  /** Reference of the notice of Art. 13, 14. */
  notice: Type.Optional(text),
  /** For Art. 6(1)(f): the interest, and where the balancing is. */
  interest: Type.Optional(text),
  dataCategories: Type.Optional(texts),
  validFrom: Type.Optional(date),
  /** Day on which the data protection officer released it. */
  released: Type.Optional(date),
  /** Whether a decision rests on it alone (Art. 22), and its logic. */
  logic: Type.Optional(text),
  useCase: Type.Optional(useCase)
})

const provider = closed({
  id,
  parent: Type.Optional(closed({ name: text, code: Type.Optional(code) })),
  /** Of the global operating headquarters. */
  headquarters: Type.Optional(country),
  /** What was agreed: availability in percent, time of an answer in milliseconds as mean or percentile. */
  sla: Type.Optional(
    closed({
      availabilityPercent: Type.Optional(
        Type.Number({ minimum: 0, maximum: 100, description: 'a number from 0 to 100' })
      ),
      meanMs: Type.Optional(milliseconds),
      p50Ms: Type.Optional(milliseconds),
      p95Ms: Type.Optional(milliseconds),
      p99Ms: Type.Optional(milliseconds)
    })
  ),
  exit: Type.Optional(
    closed({
      plan: Type.Optional(text),
      tested: Type.Optional(date),
      alternatives: Type.Optional(ids),
      noticeDays: Type.Optional(
        Type.Integer({ minimum: 0, maximum: 3650, description: 'an integer from 0 to 3650' })
      )
    })
  ),
  /** Day of the last assessment of its data protection and security, and where it is. */
  assessed: Type.Optional(date),
  assessment: Type.Optional(text),
  /** Those behind it that underpin the service; 2 stands directly behind it. */
  subcontractors: Type.Optional(
    Type.Array(
      closed({
        name: text,
        code,
        codeType: Type.Enum(['LEI', 'EUID'], { description: 'LEI or EUID' }),
        country: Type.Optional(country),
        rank: Type.Integer({ minimum: 2, maximum: 100, description: 'an integer from 2 to 100' })
      }),
      { maxItems: 1000, description: 'a list of subcontractors' }
    )
  )
})

/** For whom the company processes (Art. 30(2) GDPR). */
const client = closed({
  name: text,
  contact: Type.Optional(text),
  representative: Type.Optional(party),
  dpo: Type.Optional(party),
  categories: Type.Optional(texts),
  purposes: ids
})

const fallbackTest = closed({
  from: id,
  to: id,
  date,
  result: Type.Enum(['passed', 'failed'], { description: 'passed or failed' }),
  reference: Type.Optional(text)
})

export const RecordsSchema = closed({
  organisation: Type.Optional(
    closed({
      name: text,
      contact: Type.Optional(text),
      representative: Type.Optional(party),
      dpo: Type.Optional(party),
      lei: Type.Optional(code),
      country: Type.Optional(country),
      /** Of the supervision of the register of DORA. */
      authority: Type.Optional(text)
    })
  ),
  clients: list(client),
  purposes: list(purpose),
  providers: list(provider),
  fallbackTests: list(fallbackTest),
  /** The register of information that the company keeps: a zip of plain CSV, an Excel workbook, or a folder of CSV files. */
  register: Type.Optional(
    Type.String({ minLength: 1, maxLength: 4096, description: 'the path of a zip, an xlsx or a folder' })
  )
})

export type RecordsFile = Static<typeof RecordsSchema>
export type RecordsPurpose = RecordsFile['purposes'][number]
export type RecordsProvider = RecordsFile['providers'][number]

/** Where nobody declared anything. */
export const NO_RECORDS: RecordsFile = { clients: [], purposes: [], providers: [], fallbackTests: [] }
