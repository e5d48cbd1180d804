import { isMap, showValue, stringsOf } from './config-check.ts'
import { isPlace } from './core/places.ts'
import { PLACE_TOKENS } from './residency/rule-schema.ts'

/** Rules about `residency` of a policy that need more than one field or more than a pattern. */

type Report = (path: string, message: string) => void

/** Adds a problem for ids that repeat, rules that say not exactly one thing, and codes that are no country. */
export function checkResidency(residency: unknown, report: Report): void {
  if (!isMap(residency)) return
  for (const list of ['rules', 'reroute'] as const) {
    const entries = residency[list]
    const ids = new Set<unknown>()
    for (const [i, entry] of (Array.isArray(entries) ? (entries as readonly unknown[]) : []).entries()) {
      if (!isMap(entry)) continue
      const path = `residency.${list}[${i}]`
      if (ids.has(entry['id'])) report(`${path}.id`, 'repeats the id of one before it; each may stand once.')
      ids.add(entry['id'])
      if (list === 'rules') checkRule(entry, path, report)
    }
  }
}

function checkRule(rule: Record<string, unknown>, path: string, report: Report): void {
  const { require, refuse } = rule
  if ((require === undefined) === (refuse === undefined))
    report(
      path,
      `has ${require === undefined ? 'neither' : 'both'} of require and refuse; it must have one of them.`
    )
  if (!isMap(require)) return
  for (const [i, place] of stringsOf(require['places']).entries()) {
    if (place !== undefined && place !== 'adequate' && place !== 'declared' && !isPlace(place))
      report(`${path}.require.places[${i}]`, `${showValue([], place)}; it must be ${PLACE_TOKENS}.`)
  }
}
