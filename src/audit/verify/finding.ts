/** What a check found, in plain words. */
export interface Finding {
  /** `note`: worth knowing, no fault. */
  readonly kind: 'fault' | 'note'
  /** Name of the log, or undefined for the trail as a whole. */
  readonly log?: string
  readonly text: string
}

/** As many as a person reads; a log that is broken throughout has one fault per entry. */
const MAX_FINDINGS = 1000

/** Collects findings; of each kind the first thousand, and how many more there are. */
export class Findings {
  readonly #all: Finding[] = []
  readonly #count = { fault: 0, note: 0 }

  add(kind: Finding['kind'], text: string, log?: string): void {
    this.#count[kind]++
    if (this.#count[kind] <= MAX_FINDINGS)
      this.#all.push(log === undefined ? { kind, text } : { kind, text, log })
  }

  all(): readonly Finding[] {
    const more = this.#count.fault - MAX_FINDINGS
    return more > 0 ? [...this.#all, { kind: 'fault', text: `and ${more} more faults` }] : this.#all
  }
}
