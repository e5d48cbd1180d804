import type { Segment } from '../core/leaf.ts'
import type { Operator } from './operators/operator.ts'
import { keepsNumber } from './surrogates/issuer.ts'
import { isUnalterable } from './unalterable.ts'

/** A finding, or a lookalike as one, with what is done about it. */
export interface Task {
  readonly start: number
  readonly end: number
  readonly type: string
  readonly operator: Operator
}

/** Why no task may be done in its segment. */
export interface Refused {
  /** `blocked`: policy blocks the type. `fixed`: the leaf can't be altered. */
  readonly kind: 'blocked' | 'fixed'
  readonly type: string
}

/** Null where all tasks may be done. */
export function refusalOf(segment: Segment, tasks: readonly Task[]): Refused | null {
  const blocked = tasks.find(task => task.operator.refuses)
  if (blocked !== undefined) return { kind: 'blocked', type: blocked.type }
  if (!isUnalterable(segment)) return null
  const altered = tasks.find(task => task.operator.name !== 'keep' && !staysNumber(segment, task))
  return altered === undefined ? null : { kind: 'fixed', type: altered.type }
}

/** A surrogate of a whole number is a number, unless it is one of the few that would lose digits as one. */
function staysNumber({ kind, text }: Segment, { operator, type, start, end }: Task): boolean {
  return (
    kind === 'fixed-number' &&
    operator.name === 'surrogate' &&
    end - start === text.length &&
    keepsNumber(type, text)
  )
}

/** Part of a number can't be replaced: the first finding that alters anything stands for all of it. */
export function wholeNumber({ text }: Segment, tasks: readonly Task[]): readonly Task[] {
  const altering = tasks.find(task => task.operator.name !== 'keep')
  return altering === undefined ? tasks : [{ ...altering, start: 0, end: text.length }]
}
