import type { LeafKind } from '../../core/leaf.ts'

/** One finding on its way out. */
export interface OperatorContext {
  /** Entity type, e.g. `EMAIL`. */
  readonly type: string
  /** What stands in the text; attacker-controlled. */
  readonly surface: string
  /** Where it stands. */
  readonly kind: LeafKind
  /** Issues the code for this surface, which restoring will turn back. Only reversible operators call it. */
  pseudonym(): string
  /** Issues a value of the same form, which restoring will turn back; null where there is none. Only reversible operators call it. */
  surrogate(): string | null
}

/** What is done with a finding. Adding one: a file here and a line in index.ts. */
export interface Operator {
  /** As policies name it. */
  readonly name: string
  /** True when the answer gets the value back. */
  readonly reversible: boolean
  /** True when a finding refuses the whole request. */
  readonly refuses: boolean
  /** What stands in the place of the finding; null leaves it as it is. */
  apply(context: OperatorContext): string | null
}
