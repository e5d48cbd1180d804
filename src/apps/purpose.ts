import { Type, type Static, type TSchema } from 'typebox'
import { LEGAL_BASES, SPECIAL_BASES } from '../core/legal-bases.ts'
import { RETENTION_CLASSES } from '../core/retention-classes.ts'

/**
 * The purpose record of an app: what auditors ask of every use of an AI service. Every part may be missing; what is
 * missing is a gap that `schleuse apps check` and the records report, and that a policy with `strict` refuses.
 * Sources: Art. 6, 9, 30, 35 GDPR; Art. 3, 6, 26, 27, 50 Regulation (EU) 2024/1689; Regulation (EU) 2022/2554 (DORA).
 */

/** Art. 3 AI Act: who uses a system, who offers one under its own name, or both. */
export const AI_ROLES = ['deployer', 'provider', 'both'] as const

/** Parts of a purpose record that can be missing, as records and `apps check` name them. */
export const PURPOSE_GAPS = [
  'purpose',
  'controller',
  'function',
  'legal_basis',
  'special_basis',
  'data_subjects',
  'dpia',
  'ropa',
  'use_case',
  'fria',
  'disclosure'
] as const
export type PurposeGap = (typeof PURPOSE_GAPS)[number]

const RISK_CLASS = '^(minimal|gpai_only|transparency_art50|high_annexI|high_annexIII_[1-8][a-d]?)$'

function closed<T extends Record<string, TSchema>>(properties: T) {
  const keys = Object.keys(properties).join(', ')
  return Type.Object(properties, { additionalProperties: false, description: `a map with the keys ${keys}` })
}

/** Charset of references: they stand in records and in spreadsheets made of them. */
const reference = Type.String({
  pattern: '^[A-Za-z0-9][A-Za-z0-9._:/-]{0,63}$',
  description: '1 to 64 characters of A-Z, a-z, 0-9 and . _ : / -, the first a letter or digit'
})
const id = Type.String({
  pattern: '^[a-z0-9][a-z0-9._-]{0,63}$',
  description: '1 to 64 characters of a-z, 0-9 and . _ -, the first a letter or digit'
})
const title = Type.String({ minLength: 1, maxLength: 200, description: 'a text of 1 to 200 characters' })

function oneOf<T extends readonly string[]>(values: T) {
  return Type.Enum([...values] as T[number][], { description: values.join(', ') })
}

export const PurposeSchema = closed({
  id,
  version: Type.Integer({ minimum: 1, maximum: 1_000_000, default: 1, description: 'an integer from 1 up' }),
  title: Type.Optional(title),
  /** Who decides on purpose and means, Art. 4(7) GDPR; the code is what the DORA register names it by. */
  controller: Type.Optional(
    closed({
      name: title,
      codeType: Type.Optional(oneOf(['LEI', 'EUID'] as const)),
      code: Type.Optional(
        Type.String({
          pattern: '^[A-Z0-9][A-Z0-9._-]{3,63}$',
          description: '4 to 64 characters of A-Z, 0-9 and . _ -'
        })
      )
    })
  ),
  /** The business function that depends on it, and whether it is critical or important (Art. 3(22) DORA). */
  function: Type.Optional(
    closed({
      id: reference,
      name: Type.Optional(title),
      critical: Type.Boolean({ description: 'true or false' })
    })
  ),
  legalBasis: Type.Optional(oneOf(LEGAL_BASES)),
  /** How long the records of this purpose are kept; left out: 13 months. */
  retention: Type.Optional(oneOf(RETENTION_CLASSES)),
  specialBasis: Type.Optional(oneOf(SPECIAL_BASES)),
  dataSubjects: Type.Optional(
    Type.Array(id, { minItems: 1, maxItems: 20, description: 'a list of 1 to 20 words such as customers' })
  ),
  /** Reference of the impact assessment, or `not_required` when it was examined and is none. */
  dpia: Type.Optional(reference),
  /** Entry in the record of processing activities, Art. 30 GDPR. */
  ropa: Type.Optional(reference),
  fria: Type.Optional(reference),
  /** The notice that tells persons they talk to an AI, Art. 50 AI Act. */
  disclosure: Type.Optional(reference),
  useCase: Type.Optional(
    closed({
      id,
      role: oneOf(AI_ROLES),
      riskClass: Type.String({
        pattern: RISK_CLASS,
        description:
          'minimal, gpai_only, transparency_art50, high_annexI or high_annexIII_ with number and letter, such as ' +
          'high_annexIII_5b (practices that Art. 5 AI Act prohibits are not served)'
      })
    })
  )
})

export type PurposeRecord = Static<typeof PurposeSchema>

/** What a purpose record leaves open, sorted as in PURPOSE_GAPS. */
export function purposeGaps(purpose: PurposeRecord | undefined): readonly PurposeGap[] {
  if (purpose === undefined) return ['purpose']
  const riskClass = purpose.useCase?.riskClass ?? ''
  const missing: Readonly<Record<PurposeGap, boolean>> = {
    purpose: false,
    controller: purpose.controller === undefined,
    function: purpose.function === undefined,
    legal_basis: purpose.legalBasis === undefined,
    special_basis: purpose.specialBasis === undefined,
    data_subjects: purpose.dataSubjects === undefined,
    dpia: purpose.dpia === undefined,
    ropa: purpose.ropa === undefined,
    use_case: purpose.useCase === undefined,
    // Art. 27 AI Act: credit scoring, and pricing of life and health insurance
    fria: /^high_annexIII_5[bc]$/.test(riskClass) && purpose.fria === undefined,
    disclosure: riskClass === 'transparency_art50' && purpose.disclosure === undefined
  }
  return PURPOSE_GAPS.filter(gap => missing[gap])
}
