import type { Recognizer } from '../../recognizer.ts'
import type { Form } from '../../scanner/forms.ts'
import { phraseList } from '../word-list.ts'
import { north } from './person-numbers-north.ts'
import { southEast } from './person-numbers-south-east.ts'
import { west } from './person-numbers-west.ts'

/** One national number: masks with the group lengths in which it is written. */
export interface PersonNumber {
  readonly country: string
  readonly id: string
  readonly type: string
  readonly words: string
  readonly masks: readonly string[]
  readonly groups: readonly (readonly number[])[]
  readonly check: (codes: Uint8Array, length: number) => boolean
  /** Without context; 0 where chance alone would meet the check too often. */
  readonly score: number
  /** True when it needs its separators to be told without context. */
  readonly grouped?: true
  /** As in `Form`. */
  readonly separators?: string
  readonly match: readonly string[]
  readonly noMatch: readonly string[]
  readonly source: string
}

function personNumber(spec: PersonNumber): Recognizer {
  const forms: Form[] = spec.masks.map(mask => ({
    mask,
    groups: spec.groups,
    check: spec.check,
    score: spec.score,
    contextScore: 0.95,
    ...(spec.separators === undefined ? {} : { separators: spec.separators }),
    ...(spec.grouped === true ? { pieceScore: 0 } : {}),
    ...(spec.score === 0 ? {} : { upperCase: /A/.test(mask) })
  }))
  return {
    id: spec.id,
    types: [spec.type],
    countries: [spec.country],
    context: phraseList(spec.words),
    forms,
    examples: {
      match: spec.match.map(text => ({ text, found: text.slice(text.indexOf(': ') + 1).trim() })),
      noMatch: spec.noMatch
    },
    source: spec.source
  }
}

/** Personal and tax numbers of the European Union, Switzerland, Norway, the United Kingdom and the United States. */
export const personNumbers: readonly Recognizer[] = [...north, ...southEast, ...west].map(personNumber)
