import type { Operator } from './operator.ts'

/** The type in the place of the value: `[EMAIL]`. Identifiers must not hold brackets and get `EMAIL`. */
export const redact: Operator = {
  name: 'redact',
  reversible: false,
  refuses: false,
  apply: ({ type, kind }) => (kind === 'identifier' ? type : `[${type}]`)
}
