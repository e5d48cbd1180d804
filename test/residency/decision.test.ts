import t from 'tap'
import { Residency } from '../../src/residency/decision.ts'
import type { DeploymentFacts, RequestFacts } from '../../src/residency/facts.ts'
import type { ResidencyRules } from '../../src/residency/rules.ts'
import { contract, countries, deployment, NOW, request, rules } from './facts.ts'

const residency = new Residency(countries)
const codes = (
  request: RequestFacts,
  at: DeploymentFacts,
  by: ResidencyRules = rules(),
  now = NOW,
  contradicted = false
): string[] =>
  residency.decide(by, request, at, now, contradicted).reasons.map(({ rule, code }) => `${rule}: ${code}`)

const clear = request({ payload: 'clear', types: ['PERSON'], clearTypes: ['PERSON'] })
const masked = request({ payload: 'pseudonymised', types: ['PERSON'] })
const eu = deployment()
const us = deployment({ id: 'us', places: ['US'], storage: ['US'] })
const world = deployment({ id: 'world', places: ['world'], storage: null })
const unknown = deployment({ id: 'unknown', places: ['unknown'], storage: null })
const own = deployment({ id: 'own', places: ['self'], storage: ['self'] })

t.test('the default rules, each shown', async t => {
  t.same(codes(clear, eu), [])
  t.same(codes(clear, own), [])
  t.same(codes(clear, us), ['clear-in-eea: place_not_allowed', 'clear-in-eea: storage_not_allowed'])
  t.same(codes(clear, world), ['clear-in-eea: place_not_allowed', 'clear-in-eea: storage_unknown'])
  for (const at of [eu, us, world, own]) t.same(codes(masked, at), [], `pseudonymised to ${at.id}`)
  for (const at of [eu, us, world, own]) t.same(codes(request(), at), [], `nothing found to ${at.id}`)
  for (const what of [clear, masked, request()])
    t.ok(codes(what, unknown).includes('declared: place_unknown'), `${what.payload} to unknown`)
  const health = request({ payload: 'pseudonymised', flags: ['health'] })
  t.same(codes(health, eu), [])
  t.same(codes(health, own), [])
  t.same(codes(health, us), ['special-in-eea: place_not_allowed', 'special-in-eea: storage_not_allowed'])
  const key = request({ payload: 'clear', types: ['API_KEY'], clearTypes: ['API_KEY'] })
  for (const at of [eu, own]) t.same(codes(key, at), ['no-clear-secrets: refused'])
  t.same(codes(request({ payload: 'pseudonymised', types: ['API_KEY'] }), us), [], 'a masked secret')
})

t.test('missing papers are gaps, and refused where policy is strict', async t => {
  const gaps = (at: DeploymentFacts): readonly string[] =>
    residency.decide(rules(), masked, at, NOW, false).gaps
  t.same(gaps(us), ['contract_missing', 'dpa_missing', 'mechanism_missing'])
  t.same(gaps(eu), ['contract_missing', 'dpa_missing'])
  t.same(gaps(own), [])
  const signed = contract({ mechanism: { code: 'scc_m2', reference: 'SCC-1', checked: '2026-01-01' } })
  t.same(gaps({ ...us, contract: signed }), ['tia_missing'])
  t.same(gaps({ ...us, contract: { ...signed, tia: 'TIA-1' } }), [])
  t.same(gaps({ ...us, contract: { ...signed, to: '2026-11-21' } }), gaps(us), 'it ended yesterday')
  t.same(gaps({ ...eu, contract: contract({ reviewDue: '2026-11-21' }) }), ['review_overdue'])
  t.same(gaps({ ...eu, contract: contract(), reviewDue: '2026-11-21' }), ['review_overdue'])
  t.same(gaps({ ...eu, contract: contract({ reviewDue: '2026-11-22' }), reviewDue: '2026-11-22' }), [])
  t.same(codes(masked, us, rules({ strict: true })), [
    'papers: contract_missing',
    'papers: dpa_missing',
    'papers: mechanism_missing'
  ])
  t.same(codes(masked, { ...eu, contract: contract() }, rules({ strict: true })), [])
})

t.test('adequacy holds on days and for those it covers', async t => {
  const adequate = rules({ rules: [{ id: 'a', when: {}, require: { places: ['adequate', 'self'] } }] })
  const at = (place: string, over: object = {}): DeploymentFacts =>
    deployment({ places: [place], storage: [place], ...over })
  const dpf = contract({
    mechanism: { code: 'adequacy_dpf', reference: 'Example Inc.', checked: '2026-11-01', fallback: 'scc_m2' }
  })
  t.same(codes(masked, at('CH'), adequate), [])
  t.same(codes(masked, at('DE'), adequate), [])
  t.same(codes(masked, own, adequate), [])
  t.not(codes(masked, at('US'), adequate).length, 0, 'US without the framework')
  t.same(codes(masked, at('US', { contract: dpf }), adequate), [])
  t.not(codes(masked, at('CN'), adequate).length, 0)
  t.not(codes(masked, at('world'), adequate).length, 0)
  const day = (text: string): number => Date.parse(`${text}T12:00:00Z`)
  t.not(codes(masked, at('BR'), adequate, day('2026-01-25')).length, 0, 'Brazil, the day before')
  t.same(codes(masked, at('BR'), adequate, day('2026-01-26')), [])
  t.same(codes(masked, at('GB'), adequate, day('2031-12-27')), [])
  t.not(codes(masked, at('GB'), adequate, day('2031-12-28')).length, 0, 'the United Kingdom, the day after')
  const mechanism = (place: string, over: object, on: string): string =>
    residency.decide(adequate, masked, at(place, over), day(on), false).transfer.mechanism
  t.equal(mechanism('US', { contract: dpf }, '2026-11-22'), 'adequacy_dpf')
  const early = { ...dpf, from: '2020-01-01' }
  t.equal(mechanism('US', { contract: early }, '2023-07-09'), 'scc_m2', 'the fallback where it does not hold')
  t.equal(mechanism('CH', {}, '2026-11-22'), 'adequacy')
  t.equal(mechanism('DE', {}, '2026-11-22'), 'none_eea')
  t.equal(mechanism('self', {}, '2026-11-22'), 'none_self')
  t.equal(mechanism('US', {}, '2026-11-22'), 'unknown')
})

t.test('conditions on mechanism, retention, training, contract', async t => {
  const by = (require: object): ResidencyRules => rules({ rules: [{ id: 'r', when: {}, require }] })
  const scc = {
    ...us,
    contract: contract({ mechanism: { code: 'scc_m2', reference: 'S', checked: '2026-01-01' } })
  }
  t.same(codes(masked, us, by({ mechanisms: ['adequacy_dpf'] })), ['r: mechanism_missing'])
  t.same(codes(masked, scc, by({ mechanisms: ['adequacy_dpf'] })), ['r: mechanism_not_allowed'])
  t.same(codes(masked, scc, by({ mechanisms: ['adequacy_dpf', 'scc_m2'] })), [])
  t.same(codes(masked, eu, by({ mechanisms: ['scc_m2'] })), [], 'no transfer, no mechanism')
  t.same(codes(masked, eu, by({ maxRetentionDays: 30 })), ['r: retention_unknown'])
  t.same(codes(masked, { ...eu, retentionDays: 31 }, by({ maxRetentionDays: 30 })), ['r: retention_too_long'])
  t.same(codes(masked, { ...eu, retentionDays: 30 }, by({ maxRetentionDays: 30 })), [])
  t.same(codes(masked, eu, by({ training: false })), ['r: training_unknown'])
  t.same(codes(masked, { ...eu, training: 'yes' }, by({ training: false })), ['r: training'])
  t.same(codes(masked, { ...eu, training: 'opted_out' }, by({ training: false })), [])
  t.same(codes(masked, eu, by({ contract: true, dpa: true })), ['r: contract_missing', 'r: dpa_missing'])
  t.same(codes(masked, { ...eu, contract: contract({ dpa: null }) }, by({ dpa: true })), ['r: dpa_missing'])
  t.same(codes(masked, own, by({ contract: true, dpa: true })), [], 'nobody to make a contract with')
  t.same(
    codes(masked, { ...us, storage: null, retentionDays: 0 }, by({ places: ['US'] })),
    [],
    'what is not stored has no place'
  )
})

t.test('conditions on who asks what for', async t => {
  const by = (when: object): ResidencyRules => rules({ rules: [{ id: 'r', when, refuse: true }] })
  const speaks = (when: object, over: Partial<RequestFacts>): boolean =>
    !residency.decide(by(when), request(over), eu, NOW, false).allowed
  t.ok(speaks({}, {}))
  t.ok(speaks({ apps: ['hr', 'crm'] }, { app: 'hr' }))
  t.notOk(speaks({ apps: ['hr'] }, { app: 'crm' }))
  t.ok(speaks({ purposes: ['p-1'] }, { purpose: 'p-1' }))
  t.notOk(speaks({ purposes: ['p-1'] }, { purpose: null }))
  t.ok(speaks({ endpoints: ['openai.chat_completions'] }, {}))
  t.ok(speaks({ types: ['IBAN'] }, { types: ['EMAIL', 'IBAN'] }))
  t.notOk(speaks({ types: ['IBAN'] }, { types: ['EMAIL'] }))
  t.ok(speaks({ types: ['secrets'] }, { types: ['TOKEN'] }))
  t.notOk(speaks({ clearTypes: ['IBAN'] }, { types: ['IBAN'] }))
  t.ok(speaks({ flags: ['any'] }, { flags: ['criminal'] }))
  t.notOk(speaks({ flags: ['health'] }, { flags: ['criminal'] }))
  t.notOk(speaks({ apps: ['crm'], flags: ['health'] }, { app: 'crm' }), 'all keys must be met')
})

t.test('an answer that proved another place stops a deployment, unless policy only records', async t => {
  t.same(codes(masked, eu, rules(), NOW, true), ['evidence: place_contradicted'])
  t.same(codes(masked, eu, rules({ contradiction: 'record' }), NOW, true), [])
})

t.test('places.allowed of a policy is one more rule', async t => {
  t.same(codes(masked, us, rules({}, ['self', 'EEA'])), [
    'places-allowed: place_not_allowed',
    'places-allowed: storage_not_allowed'
  ])
  t.same(codes(masked, deployment({ places: ['EU'], storage: ['SE'] }), rules({}, ['EEA'])), [])
  t.not(codes(masked, deployment({ places: ['EU'], storage: ['EU'] }), rules({}, ['DE', 'FR'])).length, 0)
  t.not(codes(masked, eu, rules({}, [])).length, 0)
})

t.test('the rule that reroutes is the first that speaks of the request', async t => {
  const by = rules({
    reroute: [
      { id: 'health', when: { flags: ['health'] }, model: 'local/a' },
      { id: 'all-special', when: { flags: ['any'] }, model: 'local/b' }
    ]
  })
  t.same(by.reroute(request({ flags: ['health', 'union'] })), { id: 'health', model: 'local/a' })
  t.same(by.reroute(request({ flags: ['union'] })), { id: 'all-special', model: 'local/b' })
  t.equal(by.reroute(request()), null)
})
