import { SECRET_TYPES } from '../core/entity-classes.ts'
import type { RequestFacts } from './facts.ts'
import type { WhenFile } from './rule-schema.ts'

/** Whether a rule speaks of a request. */
export type Condition = (request: RequestFacts) => boolean

/** Compiles `when`: all keys that are given must be met, within a list one suffices; without keys every request. */
export function compileCondition(when: WhenFile): Condition {
  const tests: Condition[] = []
  const { apps, purposes, endpoints, payload, types, clearTypes, flags } = when
  if (apps) tests.push(has(apps, request => request.app))
  if (purposes) tests.push(has(purposes, request => request.purpose))
  if (endpoints) tests.push(has(endpoints, request => request.endpoint))
  if (payload) tests.push(has(payload, request => request.payload))
  if (types) tests.push(hasAny(expandTypes(types), request => request.types))
  if (clearTypes) tests.push(hasAny(expandTypes(clearTypes), request => request.clearTypes))
  if (flags?.includes('any')) tests.push(request => request.flags.length > 0)
  else if (flags) tests.push(hasAny(flags, request => request.flags))
  return request => {
    for (const test of tests) if (!test(request)) return false
    return true
  }
}

function has(allowed: readonly string[], read: (request: RequestFacts) => string | null): Condition {
  const set = new Set<string | null>(allowed)
  return request => set.has(read(request))
}

function hasAny(allowed: readonly string[], read: (request: RequestFacts) => readonly string[]): Condition {
  const set = new Set(allowed)
  return request => {
    for (const one of read(request)) if (set.has(one)) return true
    return false
  }
}

function expandTypes(types: readonly string[]): string[] {
  return types.flatMap(type => (type === 'secrets' ? SECRET_TYPES : [type]))
}
