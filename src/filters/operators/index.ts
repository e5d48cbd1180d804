import { errors } from '../../errors.ts'
import { block } from './block.ts'
import { generalize } from './generalize.ts'
import { keep } from './keep.ts'
import { mask } from './mask.ts'
import type { Operator } from './operator.ts'
import { pseudonymize } from './pseudonymize.ts'
import { redact } from './redact.ts'
import { surrogate } from './surrogate.ts'

/** Every operator a policy may name. */
export const operators: readonly Operator[] = [pseudonymize, surrogate, generalize, mask, redact, block, keep]

const byName = new Map(operators.map(operator => [operator.name, operator]))

/** @throws errors.ScanFailed for a name no operator has: an unknown wish must not mean "keep". */
export function operatorNamed(name: string): Operator {
  const operator = byName.get(name)
  if (operator === undefined) throw new errors.ScanFailed()
  return operator
}
