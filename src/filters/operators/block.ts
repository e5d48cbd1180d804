import type { Operator } from './operator.ts'

/** Refuses the request. */
export const block: Operator = { name: 'block', reversible: false, refuses: true, apply: () => null }
