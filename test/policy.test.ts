import t from 'tap'
import * as fc from 'fast-check'
import { expandPlaces, isPlace } from '../src/core/places.ts'
import { createPolicy, type Policy } from '../src/policy.ts'
import type { PolicyFile } from '../src/policy-schema.ts'
import { Residency } from '../src/residency/decision.ts'
import { DEFAULT_RULES } from '../src/residency/rule-schema.ts'
import { countries, deployment, NOW, request } from './residency/facts.ts'

type Rules = PolicyFile['residency']['rules']

const base: PolicyFile = {
  id: 'default',
  version: 1,
  operators: { default: 'pseudonymize' },
  thresholds: { default: 0.5 },
  fields: [],
  countries: ['DE'],
  rules: [],
  allow: [],
  deny: [],
  flags: { default: 'allow' },
  opaque: { image: 'refuse', audio: 'refuse', file: 'allow', tokens: 'refuse' },
  providerTools: 'refuse',
  instruction: false,
  answers: { operator: 'keep', lookBackChars: 256 },
  scope: 'conversation',
  strict: false,
  places: { allowed: ['self', 'EEA', 'CH'] },
  residency: { contradiction: 'stop', rules: structuredClone(DEFAULT_RULES) as Rules, reroute: [] }
}

t.test('operators and thresholds per type, else the default', async t => {
  const policy = createPolicy({
    ...base,
    operators: { default: 'mask', EMAIL: 'keep', PRIVATE_KEY: 'block' },
    thresholds: { default: 0.4, PERSON: 0.8, EMAIL: 0 }
  })
  t.equal(policy.operatorFor('EMAIL'), 'keep')
  t.equal(policy.operatorFor('PRIVATE_KEY'), 'block')
  t.equal(policy.operatorFor('IBAN'), 'mask')
  t.equal(policy.operatorFor('default'), 'mask')
  t.equal(policy.operatorFor('constructor'), 'mask')
  t.equal(policy.thresholdFor('PERSON'), 0.8)
  t.equal(policy.thresholdFor('EMAIL'), 0)
  t.equal(policy.thresholdFor('__proto__'), 0.4)
})

t.test('without a default the strict one holds', async t => {
  const policy = createPolicy({ ...base, operators: {}, thresholds: {} })
  t.equal(policy.operatorFor('EMAIL'), 'pseudonymize')
  t.equal(policy.thresholdFor('EMAIL'), 0.5)
})

t.test('flags are allowed unless one, or all, are blocked', async t => {
  t.equal(createPolicy(base).flagAction('health'), 'allow')
  t.equal(createPolicy({ ...base, flags: {} }).flagAction('health'), 'allow')
  const one = createPolicy({ ...base, flags: { default: 'allow', health: 'block' } })
  t.equal(one.flagAction('health'), 'block')
  t.equal(one.flagAction('union'), 'allow')
  const all = createPolicy({ ...base, flags: { default: 'block', union: 'allow' } })
  t.equal(all.flagAction('criminal'), 'block')
  t.equal(all.flagAction('union'), 'allow')
})

t.test('opaque parts are refused while anything is masked, unless allowed', async t => {
  const masking = createPolicy(base)
  t.ok(masking.masksAnything)
  t.notOk(masking.allowsOpaque('image'))
  t.ok(masking.allowsOpaque('file'))
  const one = createPolicy({ ...base, operators: { default: 'keep', EMAIL: 'redact' } })
  t.ok(one.masksAnything)
  t.notOk(one.allowsOpaque('audio'))
  const keeping = createPolicy({ ...base, operators: { default: 'keep', EMAIL: 'keep' } })
  t.notOk(keeping.masksAnything)
  t.ok(keeping.allowsOpaque('image'))
})

t.test('the rest is passed on', async t => {
  const policy = createPolicy({
    ...base,
    providerTools: 'allow',
    answers: { operator: 'mask', lookBackChars: 99 }
  })
  t.match(policy, {
    id: 'default',
    version: 1,
    scope: 'conversation',
    answerLookBackChars: 99,
    allowsProviderTools: true
  })
})

const residency = new Residency(countries)
const allows = (policy: Policy, places: readonly string[], clear = false): boolean => {
  const facts = request(clear ? { payload: 'clear', types: ['PERSON'], clearTypes: ['PERSON'] } : {})
  return residency.decide(policy.residency, facts, deployment({ places, storage: places }), NOW, false)
    .allowed
}

t.test('places: all that are declared must be allowed', async t => {
  const policy = createPolicy(base)
  const cases: [string[], boolean][] = [
    [['self'], true],
    [['DE'], true],
    [['DE', 'FR', 'CH'], true],
    [['EU'], true],
    [['EEA'], true],
    [['NO'], true],
    [['US'], false],
    [['DE', 'US'], false],
    [['GB'], false],
    [['unknown'], false],
    [[], false]
  ]
  for (const [places, allowed] of cases) t.equal(allows(policy, places), allowed, places.join() || 'none')
  const german = createPolicy({ ...base, places: { allowed: ['DE', 'FR'] } })
  t.notOk(allows(german, ['EU']), 'somewhere in the EU is not surely in DE or FR')
  t.notOk(allows(createPolicy({ ...base, places: { allowed: [] } }), ['self']))
  t.notOk(allows(createPolicy({ ...base, places: { allowed: ['EU'] } }), ['NO']))
  const { places: _, ...anywhere } = base
  t.ok(allows(createPolicy(anywhere), ['US']), 'without a list the rules alone decide')
  t.notOk(allows(createPolicy(anywhere), ['US'], true))
})

t.test('groups expand to assigned codes', async t => {
  t.equal(expandPlaces(['EU']).size, 27)
  t.equal(expandPlaces(['EEA', 'DE']).size, 30)
  for (const place of expandPlaces(['EEA'])) t.ok(isPlace(place), place)
  for (const place of ['UK', 'EL', 'de', 'XX', '', 'SELF', 'Europe']) t.notOk(isPlace(place), place)
})

t.test('the hash names the content, not its order, and later changes do not reach the snapshot', async t => {
  const reordered = Object.fromEntries(Object.entries(base).reverse()) as PolicyFile
  t.equal(createPolicy(reordered).hash, createPolicy(base).hash)
  t.not(createPolicy({ ...base, version: 2 }).hash, createPolicy(base).hash)
  const file = structuredClone(base)
  const policy = createPolicy(file)
  file.operators['default'] = 'keep'
  file.places?.allowed.push('US')
  file.residency.rules.pop()
  t.equal(policy.operatorFor('EMAIL'), 'pseudonymize')
  t.notOk(allows(policy, ['US']))
  t.throws(() => Object.assign(policy, { masksAnything: false }), TypeError)
})

t.test('allowing one more place never forbids another', async t => {
  const place = fc.constantFrom('self', 'DE', 'FR', 'US', 'CH', 'EU', 'EEA', 'NO')
  fc.assert(
    fc.property(fc.array(place), fc.array(place), place, (allowed, declared, more) => {
      const before = allows(createPolicy({ ...base, places: { allowed } }), declared)
      const after = allows(createPolicy({ ...base, places: { allowed: [...allowed, more] } }), declared)
      return !before || after
    })
  )
  t.pass()
})
