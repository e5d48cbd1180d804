import type { Operator } from './field-schema.ts'

/** Which way a change goes. */
export type Effect = 'tightened' | 'loosened' | 'mixed'

/** One thing that changed. Values are names and numbers of the policy; never a listed word. */
export interface Change {
  /** Where in the policy file. */
  readonly path: string
  readonly from?: string
  readonly to?: string
  readonly effect: Effect
}

/**
 * What a provider gets to know, from most to least. A mask keeps length and shape and hides for good, a pseudonym keeps
 * neither but can be followed through a conversation, a coarser value tells something for good: which is stricter depends
 * on what one fears, so a change between them is both.
 */
const KNOWN: Readonly<Record<Operator, number>> = {
  keep: 0,
  pseudonymize: 1,
  surrogate: 1,
  generalize: 1,
  mask: 1,
  redact: 2,
  block: 3
}

export function operatorEffect(from: Operator, to: Operator): Effect {
  if (KNOWN[from] === KNOWN[to]) return 'mixed'
  return KNOWN[to] > KNOWN[from] ? 'tightened' : 'loosened'
}

/** Values from the freest to the strictest. */
export function ranked(values: readonly string[]) {
  return {
    changes(path: string, from: string, to: string): Change[] {
      if (from === to) return []
      return [
        { path, from, to, effect: values.indexOf(to) > values.indexOf(from) ? 'tightened' : 'loosened' }
      ]
    }
  }
}

/** @param more which way one entry more goes */
export function listChanges(
  path: string,
  old: readonly string[],
  next: readonly string[],
  more: 'tightened' | 'loosened'
): Change[] {
  const less: Effect = more === 'tightened' ? 'loosened' : 'tightened'
  const [before, after] = [new Set(old), new Set(next)]
  return [
    ...[...after].filter(one => !before.has(one)).map((to): Change => ({ path, to, effect: more })),
    ...[...before].filter(one => !after.has(one)).map((from): Change => ({ path, from, effect: less }))
  ]
}
