/** One place in one leaf where a detector saw personal data or a secret. Never holds the text itself. */
export interface Finding {
  /** UTF-16 offset into the leaf's decoded text, inclusive. */
  readonly start: number
  /** UTF-16 offset, exclusive. */
  readonly end: number
  /** Entity type, `[A-Z]+(_[A-Z]+)*`, at most 24 characters, e.g. `EMAIL`, `DE_TAX_ID`; it prefixes the pseudonym. */
  readonly type: string
  /** Certainty 0–1: pattern, checksum and context combined. Thresholds live in policy. */
  readonly score: number
  /** Id of the recognizer that made it, e.g. `de-tax-id`. */
  readonly recognizer: string
}
