import type { Operator } from './operator.ts'

/** A keyed code in the place of the value; the answer gets the value back. */
export const pseudonymize: Operator = {
  name: 'pseudonymize',
  reversible: true,
  refuses: false,
  apply: context => context.pseudonym()
}
