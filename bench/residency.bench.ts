import { Residency } from '../src/residency/decision.ts'
import { contract, countries, deployment, NOW, request, rules } from '../test/residency/facts.ts'

/** What one decision on places costs, with the default rules: `residency.decision_us_p50`. One JSON line. */

const residency = new Residency(countries)
const by = rules()
const places = [deployment(), deployment({ id: 'us', places: ['US'], contract: contract() })]
const facts = [
  request(),
  request({ payload: 'pseudonymised', types: ['PERSON', 'IBAN'], flags: ['health'] }),
  request({ payload: 'clear', types: ['PERSON'], clearTypes: ['PERSON'] })
]
const BATCH = 100
const times: number[] = []
let allowed = 0
for (let round = 0; round < 5000; round++) {
  const started = performance.now()
  for (let i = 0; i < BATCH; i++) {
    const at = places[i % 2] ?? places[0]
    const what = facts[i % 3] ?? facts[0]
    if (at && what && residency.decide(by, what, at, NOW, false).allowed) allowed++
  }
  times.push(((performance.now() - started) * 1000) / BATCH)
}
if (allowed === 0) throw new Error('no decision allowed anything')
const value = times.sort((a, b) => a - b)[times.length / 2]
console.log(JSON.stringify({ figure: 'residency.decision_us_p50', unit: 'µs', value }))
