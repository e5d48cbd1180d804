import type { SpecialCategory } from '../../core/special-categories.ts'

/**
 * The words of one special category of personal data, German and English. Categories are flags on a text, never spans
 * to replace: "she has been off sick since the operation" has no word whose removal would help.
 *
 * One phrase a line or between commas; case, accents and the kind of
 * blank or hyphen do not count. `diabet*` is the beginning of a word; `=Ich` begins exactly so, upper or lower case.
 */
export interface FlagCategory {
  readonly id: SpecialCategory
  /** Said of a person by themselves: `vorbestraft`, `HIV-positiv`. Only talk of people in general speaks against them. */
  readonly says: string
  /** Count with one cue in the same sentence: that somebody is meant, or that it is said of them. */
  readonly topics: string
  /** Also stand in every newspaper: count with both cues. */
  readonly weak: string
  /** What ties a topic to somebody: `leidet an`, `diagnosed with`. */
  readonly relations: string
  /** Article of the GDPR, and where the words are from if not general knowledge. */
  readonly source: string
}

/** A special category of personal data that a text probably holds. Never the text. */
export interface Flag {
  /** Index of the segment. */
  readonly segment: number
  readonly category: SpecialCategory
  /** Certainty, 0.5 to 1. */
  readonly score: number
  /** Which kind of evidence: `health.says`, `health.topic`, `health.weak`. */
  readonly rule: string
}
