import type { Operator } from './operator.ts'

/** Leaves the value as it is. */
export const keep: Operator = { name: 'keep', reversible: false, refuses: false, apply: () => null }
