/**
 * A leaf is one piece of a request or answer that may carry text: a JSON string, a number, an object key.
 * Dialects say which leaves a body has and of what kind; filters read and edit them; neither knows the other.
 */

/**
 * How a leaf is treated (classes of the field maps):
 * - `text`        free text; replaced in place
 * - `json`        JSON source inside a string (tool arguments of an answer); restored values are escaped for it
 * - `key`         an object key chosen by the caller; structured recognizers only, replaced in place
 * - `identifier`  a name with a charset rule (user, metadata); replaced in place, pseudonyms satisfy the rules
 * - `fixed`       must reach the provider as written (tool names, regular expressions, model names): a finding refuses
 * - `url`         percent-encoded text; `text` holds the decoded form
 * - `number`      a JSON number in free-form JSON; a finding turns it into a string
 * - `fixed-number` a JSON number where a number is demanded: a finding refuses
 * - `unknown`     a string in a field no map knows; rewritten when it reads like text, refused when it looks opaque
 */
export const LEAF_KINDS = [
  'text',
  'json',
  'key',
  'identifier',
  'fixed',
  'url',
  'number',
  'fixed-number',
  'unknown'
] as const

export type LeafKind = (typeof LEAF_KINDS)[number]

/** What detectors see of a leaf. All of it is attacker-controlled. */
export interface Segment {
  readonly kind: LeafKind
  /** Decoded text, UTF-16. */
  readonly text: string
  /** The nearest object key, decoded; context for recognizers (`{"iban": …}`). May be empty. */
  readonly label: string
}

/** A replacement of [start, end) in some text; edits of one text are sorted and do not overlap. */
export interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
}
