import type { PolicyFile } from '../policy-schema.ts'
import { type Change, operatorEffect } from './effect.ts'
import { isBelow, segmentsOf } from './field-rules.ts'
import type { AnswerOperator, FieldRuleFile, Operator } from './field-schema.ts'

/** One place that rules speak of: a single endpoint, field and kind; null stands for any. */
interface Place {
  readonly direction: FieldRuleFile['direction']
  readonly endpoint: string | null
  readonly field: string | null
  readonly kind: string | null
}

/**
 * Compares `fields`: at every place that either policy names, what each type gets there under both. What neither names is
 * compared by the operators and thresholds that hold everywhere.
 */
export function fieldChanges(old: PolicyFile, next: PolicyFile): Change[] {
  const changes = new Map<string, Change>()
  for (const place of placesOf([...old.fields, ...next.fields])) {
    const matching = [old, next].map(file => file.fields.filter(rule => covers(rule, place)))
    const rules = matching.flat()
    const types = new Set(rules.flatMap(({ operators }) => Object.keys(operators ?? {})))
    for (const type of types) {
      const from = operatorAt(old, place, type)
      const to = operatorAt(next, place, type)
      if (from === to) continue
      const path = `${nameOf(place)}.operators.${type}`
      changes.set(path, { path, from, to, effect: operatorEffect(from, to) })
    }
    for (const type of new Set(rules.flatMap(({ thresholds }) => Object.keys(thresholds ?? {})))) {
      const from = thresholdAt(old, place, type)
      const to = thresholdAt(next, place, type)
      if (from === to) continue
      const path = `${nameOf(place)}.thresholds.${type}`
      const effect = to < from ? 'tightened' : 'loosened'
      changes.set(path, { path, from: String(from), to: String(to), effect })
    }
  }
  return [...changes.values()]
}

function placesOf(rules: readonly FieldRuleFile[]): Place[] {
  return rules.flatMap(({ direction, endpoints, fields, kinds }) =>
    (endpoints ?? [null]).flatMap(endpoint =>
      (fields ?? [null]).flatMap(field =>
        (kinds ?? [null]).map(kind => ({ direction, endpoint, field, kind }))
      )
    )
  )
}

/** True when the rule speaks of all of the place. */
function covers(rule: FieldRuleFile, place: Place): boolean {
  const { endpoint, field, kind } = place
  return (
    rule.direction === place.direction &&
    (rule.endpoints === undefined || (endpoint !== null && rule.endpoints.includes(endpoint))) &&
    (rule.kinds === undefined || rule.kinds.some(one => one === kind)) &&
    (rule.fields === undefined ||
      (field !== null && rule.fields.some(pattern => isBelow(segmentsOf(field), segmentsOf(pattern)))))
  )
}

function operatorAt(file: PolicyFile, place: Place, type: string): Operator | AnswerOperator {
  for (const rule of file.fields) {
    const operator = covers(rule, place) ? (rule.operators?.[type] ?? rule.operators?.['default']) : undefined
    if (operator !== undefined) return operator
  }
  if (place.direction === 'answer') return file.answers.operator
  return file.operators[type] ?? file.operators['default'] ?? 'pseudonymize'
}

function thresholdAt(file: PolicyFile, place: Place, type: string): number {
  for (const rule of file.fields) {
    const threshold = covers(rule, place)
      ? (rule.thresholds?.[type] ?? rule.thresholds?.['default'])
      : undefined
    if (threshold !== undefined) return threshold
  }
  return file.thresholds[type] ?? file.thresholds['default'] ?? 0.5
}

function nameOf({ direction, endpoint, field, kind }: Place): string {
  const parts = [direction, endpoint, field, kind].filter(part => part !== null)
  return `fields(${parts.join(' ')})`
}
