import { Type, type Static } from 'typebox'
import { validatorNames } from './filters/rules/validators.ts'

/** The shape of one entry of `rules` in a policy file. What needs more than a shape is checked in policy-rules.ts. */

const closed = { additionalProperties: false } as const

const score = Type.Number({ minimum: 0, maximum: 1, description: 'a number from 0 to 1' })

function texts(maxItems: number, maxLength: number, what: string) {
  return Type.Array(
    Type.String({ minLength: 1, maxLength, description: `a text of 1 to ${maxLength} characters` }),
    {
      maxItems,
      description: `a list of up to ${maxItems} ${what}`
    }
  )
}

export const EntityTypeSchema = Type.String({
  pattern: '^(?=.{1,24}$)[A-Z]+(_[A-Z]+)*$',
  description: 'up to 24 capital letters and single underscores between them, such as CUSTOMER_NUMBER'
})

const keys =
  'id, type, one of pattern, words, wordsFile and format, and optionally case, wholeWords, context, validator, ' +
  'score, contextScore, examples, description'

export const RuleSchema = Type.Object(
  {
    id: Type.String({
      pattern: '^(?=.{1,40}$)[a-z0-9]+(-[a-z0-9]+)*$',
      description: 'up to 40 characters of a-z, 0-9 and single hyphens between them'
    }),
    type: EntityTypeSchema,
    pattern: Type.Optional(Type.String({ minLength: 1, description: 'a pattern' })),
    words: Type.Optional(texts(10_000, 256, 'words or phrases')),
    wordsFile: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 4096,
        description: 'the path of a file with one word or phrase a line'
      })
    ),
    format: Type.Optional(texts(100, 256, 'examples of a value, such as KD-4711-AB')),
    case: Type.Optional(Type.Enum(['exact', 'ignore'], { description: 'exact or ignore' })),
    wholeWords: Type.Boolean({ default: true, description: 'true or false' }),
    context: { ...texts(200, 100, 'words'), default: [] },
    validator: Type.Optional(Type.Enum([...validatorNames], { description: validatorNames.join(', ') })),
    score: Type.Optional(score),
    contextScore: { ...score, default: 0.95 },
    examples: Type.Object(
      {
        match: { ...texts(1000, 10_000, 'texts'), default: [] },
        noMatch: { ...texts(1000, 10_000, 'texts'), default: [] }
      },
      { ...closed, default: {}, description: 'a map with the keys match, noMatch' }
    ),
    description: Type.Optional(Type.String({ maxLength: 500, description: 'up to 500 characters' }))
  },
  { ...closed, description: `a map with the keys ${keys}` }
)

export type RuleFile = Static<typeof RuleSchema>
