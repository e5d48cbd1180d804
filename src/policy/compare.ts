import { canonicalJson } from '../core/canonical-json.ts'
import { expandPlaces } from '../core/places.ts'
import { SPECIAL_CATEGORIES } from '../core/special-categories.ts'
import { OPAQUE_KINDS, type PolicyFile } from '../policy-schema.ts'
import { fieldChanges } from './compare-fields.ts'
import { type Change, type Effect, listChanges, operatorEffect, ranked } from './effect.ts'

export interface Comparison {
  /** `neutral`: nothing that decides changed (title, version, order of words). */
  readonly direction: Effect | 'neutral'
  readonly changes: readonly Change[]
}

/** A policy with what stands behind it: words of files are told apart by their digest. */
export interface Comparable {
  readonly file: PolicyFile
  /** Hash of all that detection is made of. */
  readonly digest: string
}

const refusing = ranked(['allow', 'refuse'])
const flagging = ranked(['allow', 'block'])
const answering = ranked(['keep', 'mask', 'block'])
/** How far pseudonyms can be followed: a shorter scope links less. */
const linking = ranked(['app', 'conversation', 'request'])

/**
 * What a new policy changes, and in which direction. Pure. Tightened: no request is treated more freely than before;
 * loosened: none more strictly; mixed: there are both, or it can't be told, as with a rule whose pattern changed.
 */
export function compare(before: Comparable, after: Comparable): Comparison {
  const [old, next] = [before.file, after.file]
  const changes: Change[] = [
    ...typeChanges(old, next),
    ...fieldChanges(old, next),
    ...detectionChanges(before, after),
    ...flagChanges(old, next),
    ...refusing.changes('providerTools', old.providerTools, next.providerTools),
    ...OPAQUE_KINDS.flatMap(kind => refusing.changes(`opaque.${kind}`, old.opaque[kind], next.opaque[kind])),
    ...answering.changes('answers.operator', old.answers.operator, next.answers.operator),
    ...numberChanges(
      'answers.lookBackChars',
      old.answers.lookBackChars,
      next.answers.lookBackChars,
      'tightened'
    ),
    ...linking.changes('scope', old.scope, next.scope),
    ...ranked(['false', 'true']).changes('strict', String(old.strict), String(next.strict)),
    ...placeChanges(old, next),
    ...residencyChanges(old, next)
  ]
  return { direction: directionOf(changes), changes }
}

export function directionOf(changes: readonly Change[]): Comparison['direction'] {
  const effects = new Set(changes.map(({ effect }) => effect))
  if (effects.size === 0) return 'neutral'
  if (effects.has('mixed') || effects.size > 1) return 'mixed'
  return effects.has('tightened') ? 'tightened' : 'loosened'
}

/** Operators and thresholds that hold everywhere, for every type that either policy names, and for all others. */
function typeChanges(old: PolicyFile, next: PolicyFile): Change[] {
  const changes: Change[] = []
  for (const type of new Set([...Object.keys(old.operators), ...Object.keys(next.operators), 'default'])) {
    const from = old.operators[type] ?? old.operators['default'] ?? 'pseudonymize'
    const to = next.operators[type] ?? next.operators['default'] ?? 'pseudonymize'
    if (from !== to) changes.push({ path: `operators.${type}`, from, to, effect: operatorEffect(from, to) })
  }
  for (const type of new Set([...Object.keys(old.thresholds), ...Object.keys(next.thresholds), 'default'])) {
    const from = old.thresholds[type] ?? old.thresholds['default'] ?? 0.5
    const to = next.thresholds[type] ?? next.thresholds['default'] ?? 0.5
    changes.push(...numberChanges(`thresholds.${type}`, from, to, 'loosened'))
  }
  return changes
}

function numberChanges(path: string, from: number, to: number, more: Effect): Change[] {
  if (from === to) return []
  const less: Effect = more === 'tightened' ? 'loosened' : 'tightened'
  return [{ path, from: String(from), to: String(to), effect: to > from ? more : less }]
}

/** Countries, rules and lists. What is looked for more is tighter, what is exempted more is looser. */
function detectionChanges(before: Comparable, after: Comparable): Change[] {
  const [old, next] = [before.file, after.file]
  const rule = ({ id }: { id: string }): string => id
  const changed = next.rules.filter(one => {
    const was = old.rules.find(({ id }) => id === one.id)
    return was !== undefined && canonicalJson(was) !== canonicalJson(one)
  })
  const changes = [
    ...listChanges(
      'countries',
      [...expandPlaces(old.countries)],
      [...expandPlaces(next.countries)],
      'tightened'
    ),
    ...listChanges('rules', old.rules.map(rule), next.rules.map(rule), 'tightened'),
    ...changed.map(({ id }): Change => ({ path: `rules.${id}`, effect: 'mixed' })),
    // The values themselves are what the lists protect; a change names how many.
    ...countChanges('allow', old.allow, next.allow, 'loosened'),
    ...countChanges('deny', old.deny, next.deny, 'tightened')
  ]
  if (changes.length === 0 && before.digest !== after.digest)
    changes.push({ path: 'rules.wordsFile', effect: 'mixed' })
  return changes
}

function countChanges(
  path: string,
  old: readonly string[],
  next: readonly string[],
  more: 'tightened' | 'loosened'
): Change[] {
  return listChanges(path, old, next, more).map(({ effect, from, to }) => ({
    path,
    effect,
    ...(from === undefined ? {} : { from: 'a value' }),
    ...(to === undefined ? {} : { to: 'a value' })
  }))
}

function flagChanges(old: PolicyFile, next: PolicyFile): Change[] {
  const of = (file: PolicyFile, flag: string): string => file.flags[flag] ?? file.flags['default'] ?? 'allow'
  return SPECIAL_CATEGORIES.flatMap(flag => flagging.changes(`flags.${flag}`, of(old, flag), of(next, flag)))
}

/** Without a list every declared place passes it. */
function placeChanges(old: PolicyFile, next: PolicyFile): Change[] {
  const path = 'places.allowed'
  const [from, to] = [old.places?.allowed, next.places?.allowed]
  if (from === undefined || to === undefined) {
    if (from === to) return []
    return [{ path, effect: from === undefined ? 'tightened' : 'loosened' }]
  }
  return listChanges(path, [...expandPlaces(from)], [...expandPlaces(to)], 'loosened')
}

/** Each rule can only refuse, so one more is tighter; a rule that changed may be either. */
function residencyChanges(old: PolicyFile, next: PolicyFile): Change[] {
  const rule = ({ id }: { id: string }): string => id
  const [from, to] = [old.residency, next.residency]
  const changed = to.rules.filter(one => {
    const was = from.rules.find(({ id }) => id === one.id)
    return was !== undefined && canonicalJson(was) !== canonicalJson(one)
  })
  const sameRoutes = canonicalJson(from.reroute) === canonicalJson(to.reroute)
  return [
    ...listChanges('residency.rules', from.rules.map(rule), to.rules.map(rule), 'tightened'),
    ...changed.map(({ id }): Change => ({ path: `residency.rules.${id}`, effect: 'mixed' })),
    ...ranked(['record', 'stop']).changes('residency.contradiction', from.contradiction, to.contradiction),
    ...(sameRoutes ? [] : [{ path: 'residency.reroute', effect: 'mixed' } as const])
  ]
}
