import type { Cluster } from './scanner/cluster.ts'
import type { Form } from './scanner/forms.ts'
import type { Scan } from './scanner/scan.ts'

/** A text and the part of it that must be found, or the whole text where `found` is left out. */
export interface Match {
  readonly text: string
  readonly found?: string
  /** Default: the recognizer's first type. */
  readonly type?: string
  /** Key of the JSON value the text stands in. */
  readonly label?: string
}

/** A text in which the recognizer must find nothing. */
export interface NoMatch {
  readonly text: string
  readonly label?: string
}

export interface Examples {
  readonly match: readonly (string | Match)[]
  readonly noMatch: readonly (string | NoMatch)[]
}

/** Where to look closer: see `scanner/automaton.ts` for how literals are compared. */
export interface Anchor {
  readonly text: string
  readonly wordStart: boolean
  readonly wordEnd: boolean
}

/**
 * One kind of personal data or secret: what it looks like, where to look, how to be sure.
 *
 * `recognize` and `number` look at a bounded window only and do a bounded amount of work, so that the whole scan is
 * linear in the text whatever an attacker writes. They report through `scan.report`.
 */
export interface Recognizer {
  /** Kebab-case, stable: it is written into findings and records. */
  readonly id: string
  /** Entity types it reports: `[A-Z]+(_[A-Z]+)*`, at most 24 characters. */
  readonly types: readonly string[]
  /** ISO 3166-1 alpha-2. On when the policy chose one of them; left out: always on. */
  readonly countries?: readonly string[]
  /** Runs on prose only, never on keys and numbers. */
  readonly scope?: 'prose'
  /** Left out where the caller asks for a quick look. */
  readonly costly?: true
  /** Words that make a candidate likelier; compared like anchors, at the start of a word. */
  readonly context?: readonly string[]
  readonly anchors?: readonly Anchor[]
  /** Called where an anchor was read; [start, end) is the anchor. */
  readonly recognize?: (scan: Scan, start: number, end: number) => void
  /** Called at each word that starts in upper case while persons are known in this call. */
  readonly mention?: (scan: Scan, at: number) => void
  /**
   * Called once for each text, before the anchors: for rules that have none. Must go from left to right and call
   * `scan.forgetContextBefore`, so that looking for context words stays linear.
   */
  readonly text?: (scan: Scan) => void
  /** Called once for a text that is the value of a JSON key (`scan.label`). */
  readonly labelled?: (scan: Scan) => void
  /** Called at each token of letters and digits that holds a digit. */
  readonly number?: (scan: Scan, cluster: Cluster) => void
  /** What the token begins with for `number` to be called; left out: either. */
  readonly numberStart?: 'digit' | 'letter'
  /** Identifiers of fixed length, told by their layout and check digits. */
  readonly forms?: readonly Form[]
  /** The check that every finding has passed, where it is none of a form: for explanations. */
  readonly validates?: string
  /** The `check` of its forms asks for letters and ranges in use only, and is no evidence: for explanations. */
  readonly shapeOnly?: true
  readonly examples: Examples
  /** Where the format is laid down: law, standard, vendor page. */
  readonly source: string
}

/** Anchors that are whole words; a digit may follow. */
export function words(...texts: readonly string[]): Anchor[] {
  return texts.map(text => ({ text, wordStart: true, wordEnd: true }))
}

/** Anchors at the start of a word. */
export function prefixes(...texts: readonly string[]): Anchor[] {
  return texts.map(text => ({ text, wordStart: true, wordEnd: false }))
}

/** Anchors that end a word, also a compound: `straße` of `Hauptstraße 5`. */
export function endings(...texts: readonly string[]): Anchor[] {
  return texts.map(text => ({ text, wordStart: false, wordEnd: true }))
}

/** Anchors anywhere, also inside words. */
export function anywhere(...texts: readonly string[]): Anchor[] {
  return texts.map(text => ({ text, wordStart: false, wordEnd: false }))
}
