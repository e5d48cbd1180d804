import { Residency } from '../../src/residency/decision.ts'
import { contract, countries, deployment, NOW, request, rules } from '../../test/residency/facts.ts'

/** A clock read costs about as much as a decision. */
const BATCH = 100

/**
 * What one decision on places costs with the default rules, over deployments and requests that are allowed and refused.
 * @returns microseconds per decision, by round
 */
export function decisionUs(rounds: number): number[] {
  const residency = new Residency(countries)
  const by = rules()
  const places = [deployment(), deployment({ id: 'us', places: ['US'], contract: contract() })]
  const facts = [
    request(),
    request({ payload: 'pseudonymised', types: ['PERSON', 'IBAN'], flags: ['health'] }),
    request({ payload: 'clear', types: ['PERSON'], clearTypes: ['PERSON'] })
  ]
  const pairs = places.flatMap(at => facts.map(what => ({ at, what })))
  let allowed = 0
  const times = Array.from({ length: rounds }, () => {
    const started = performance.now()
    for (let i = 0; i < BATCH; i++) {
      const pair = pairs[i % pairs.length]
      if (pair && residency.decide(by, pair.what, pair.at, NOW, false).allowed) allowed++
    }
    return ((performance.now() - started) * 1000) / BATCH
  })
  // Four of the six pairs are allowed.
  const perRound = Array.from({ length: BATCH }, (_, i) => [0, 1, 2, 3].includes(i % 6)).filter(
    Boolean
  ).length
  if (allowed !== rounds * perRound) throw new Error(`${allowed} decisions allowed something`)
  return times
}
