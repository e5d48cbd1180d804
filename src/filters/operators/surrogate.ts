import type { Operator } from './operator.ts'

/**
 * Another value of the same form in the place of the value (`surrogates/`); the answer gets the value back. A code where the
 * type has no such form.
 */
export const surrogate: Operator = {
  name: 'surrogate',
  reversible: true,
  refuses: false,
  apply: context => context.surrogate() ?? context.pseudonym()
}
