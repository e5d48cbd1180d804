import { isMap, showValue } from './config-check.ts'
import { dialects } from './dialects/index.ts'
import { ANSWER_OPERATORS } from './policy/field-schema.ts'

/** Rules about `fields` of a policy that need more than one field or more than a pattern. */

type Report = (path: string, message: string) => void

/** Endpoints as records name them. */
const endpoints = new Set<string>(dialects.flatMap(dialect => dialect.endpoints.map(({ api }) => api)))

/** Adds a problem for rules that decide nothing, endpoints that are not there, and operators answers don't know. */
export function checkFields(fields: unknown, report: Report): void {
  for (const [i, rule] of (Array.isArray(fields) ? (fields as readonly unknown[]) : []).entries()) {
    if (!isMap(rule)) continue
    const path = `fields[${i}]`
    if (rule['operators'] === undefined && rule['thresholds'] === undefined)
      report(path, 'decides nothing; it must have operators or thresholds.')
    const named = Array.isArray(rule['endpoints']) ? (rule['endpoints'] as readonly unknown[]) : []
    for (const [e, endpoint] of named.entries()) {
      if (typeof endpoint === 'string' && !endpoints.has(endpoint))
        report(
          `${path}.endpoints[${e}]`,
          `${showValue([], endpoint)}; it must be one of ${[...endpoints].join(', ')}.`
        )
    }
    if (rule['direction'] !== 'answer') continue
    if (!isMap(rule['operators'])) continue
    for (const [type, operator] of Object.entries(rule['operators'])) {
      if (typeof operator === 'string' && !ANSWER_OPERATORS.some(one => one === operator))
        report(
          `${path}.operators.${type}`,
          `${showValue([], operator)}; in answers it must be ${ANSWER_OPERATORS.join(', ')}.`
        )
    }
  }
}
