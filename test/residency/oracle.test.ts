import t from 'tap'
import { MECHANISMS } from '../../src/core/mechanisms.ts'
import { SPECIAL_CATEGORIES } from '../../src/core/special-categories.ts'
import { Residency } from '../../src/residency/decision.ts'
import type { DeploymentFacts, RequestFacts } from '../../src/residency/facts.ts'
import type { RequirementFile, ResidencyFile, WhenFile } from '../../src/residency/rule-schema.ts'
import { createRandom } from '../support/random.ts'
import { countries, countriesFile, rules } from './facts.ts'

type PolicyPart = ResidencyFile & { readonly strict: boolean }

/**
 * The rules restated without looking at how they are built: sets of countries are spelled out for the day, everything is
 * tried for every hop, nothing is prepared. Shares only the table of countries with the code under test.
 */
function restated(
  file: PolicyPart,
  allowed: readonly string[] | undefined,
  request: RequestFacts,
  at: DeploymentFacts,
  day: string,
  contradicted: boolean
): boolean {
  const contract =
    at.contract && at.contract.from <= day && (at.contract.to ?? '9999') >= day ? at.contract : null
  const term = (one: { from: string; to?: string | undefined }): boolean =>
    one.from <= day && (one.to === undefined || one.to >= day)
  const eu = new Set(countriesFile.eu.filter(term).flatMap(one => one.countries))
  const eea = new Set([...eu, ...countriesFile.eea.filter(term).flatMap(one => one.countries), 'EU', 'EEA'])
  const scopes = [
    contract?.mechanism?.scope,
    contract?.mechanism?.code === 'adequacy_dpf' ? 'dpf' : undefined
  ]
  const adequate = (shown: readonly unknown[]): Set<string> =>
    new Set(
      countriesFile.adequacy
        .filter(one => term(one) && (one.scope === undefined || shown.includes(one.scope)))
        .map(one => one.country)
    )
  const meets = (place: string, tokens: readonly string[]): boolean =>
    place !== 'unknown' &&
    (tokens.includes(place) ||
      tokens.includes('declared') ||
      (place !== 'self' && tokens.includes('EU') && eu.has(place)) ||
      (tokens.includes('EEA') && eea.has(place)) ||
      (tokens.includes('adequate') && (eea.has(place) || adequate(scopes).has(place))))
  const own = [...at.places, ...(at.storage ?? [])].every(place => place === 'self')
  const stores = at.retentionDays !== 0
  const outside = [...at.places, ...(stores ? (at.storage ?? []) : [])].filter(
    place => place !== 'self' && !eea.has(place)
  )
  let ground = 'none'
  if (outside.length > 0) {
    const declared = contract?.mechanism ?? null
    const stands = (shown: readonly unknown[]): boolean => outside.every(place => adequate(shown).has(place))
    if (declared && !declared.code.startsWith('adequacy')) ground = declared.code
    else if (declared && stands(scopes)) ground = declared.code
    else if (declared?.fallback) ground = declared.fallback
    else ground = stands([]) ? 'adequacy' : 'unknown'
  }
  const fulfils = (require: RequirementFile): boolean => {
    if (require.places) {
      const { places } = require
      if (!at.places.every(place => meets(place, places))) return false
      const matters = stores && !places.includes('declared')
      if (matters && !(at.storage !== null && at.storage.every(place => meets(place, places)))) return false
    }
    if (require.mechanisms && outside.length > 0 && !require.mechanisms.some(code => code === ground))
      return false
    if (
      require.maxRetentionDays !== undefined &&
      !(at.retentionDays !== null && at.retentionDays <= require.maxRetentionDays)
    )
      return false
    if (require.training === false && at.training !== 'no' && at.training !== 'opted_out') return false
    if (require.contract && !own && !contract) return false
    return !(require.dpa && !own && !contract?.dpa)
  }
  const secrets = ['API_KEY', 'PASSWORD', 'PRIVATE_KEY', 'TOKEN', 'URL_CREDENTIALS']
  const among = (listed: readonly string[], types: readonly string[]): boolean =>
    types.some(type => listed.includes(type) || (listed.includes('secrets') && secrets.includes(type)))
  const speaks = (when: WhenFile): boolean =>
    (!when.apps || when.apps.includes(request.app)) &&
    (!when.purposes || (request.purpose !== null && when.purposes.includes(request.purpose))) &&
    (!when.endpoints || when.endpoints.includes(request.endpoint)) &&
    (!when.payload || when.payload.includes(request.payload)) &&
    (!when.types || among(when.types, request.types)) &&
    (!when.clearTypes || among(when.clearTypes, request.clearTypes)) &&
    (!when.flags || request.flags.some(flag => when.flags?.includes('any') || when.flags?.includes(flag)))
  for (const rule of file.rules)
    if (speaks(rule.when) && (!rule.require || !fulfils(rule.require))) return false
  if (allowed !== undefined && !fulfils({ places: [...allowed] })) return false
  if (contradicted && file.contradiction === 'stop') return false
  if (!file.strict || own) return true
  const assessed = !/^(scc|bcr|adhoc|code_of|certification|sa_)/.test(ground) || Boolean(contract?.tia)
  const late = (due: string | null): boolean => due !== null && due < day
  const reviewed = contract !== null && !late(contract.reviewDue) && !late(at.reviewDue)
  return Boolean(contract?.dpa) && ground !== 'unknown' && assessed && reviewed
}

const random = createRandom(20261122)
const chance = (share: number): boolean => random.int(1_000_000) < share * 1_000_000
const pick = <T>(list: readonly T[]): T => list[random.int(list.length)] as T
const some = <T>(list: readonly T[], most: number): T[] => [
  ...new Set(Array.from({ length: 1 + random.int(most) }, () => pick(list)))
]
const maybe = <T>(share: number, make: () => T): T | undefined => (chance(share) ? make() : undefined)
const defined = <T extends object>(object: T): T =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T

const places = [
  'self',
  'DE',
  'FR',
  'NO',
  'CH',
  'GB',
  'US',
  'BR',
  'CA',
  'JP',
  'CN',
  'EU',
  'EEA',
  'world',
  'unknown',
  'AQ'
]
const tokens = ['self', 'EU', 'EEA', 'adequate', 'declared', 'DE', 'US', 'CH']
const types = ['PERSON', 'EMAIL', 'IBAN', 'API_KEY', 'TOKEN', 'PASSWORD']
const days = [
  '2018-05-24',
  '2019-06-01',
  '2020-12-31',
  '2021-01-01',
  '2023-07-10',
  '2026-01-26',
  '2026-11-22',
  '2031-12-28'
]
const apps = ['crm', 'hr', 'web']
const purposes = ['p-1', 'p-2']

const anyRequest = (): RequestFacts => {
  const found = chance(0.3) ? [] : some(types, 3)
  const clear = found.filter(() => chance(0.4))
  const payload =
    clear.length > 0 || chance(0.05) ? 'clear' : found.length > 0 ? 'pseudonymised' : 'nothing_found'
  return {
    app: pick(apps),
    purpose: pick([...purposes, null]),
    endpoint: pick(['openai.chat_completions', 'openai.embeddings']),
    payload,
    types: found,
    clearTypes: clear,
    flags: chance(0.6) ? [] : some(SPECIAL_CATEGORIES, 2)
  }
}

const anyDeployment = (): DeploymentFacts => ({
  id: 'd',
  places: some(places, 2),
  storage: chance(0.2) ? null : some(places, 2),
  retentionDays: pick([null, 0, 1, 30, 55]),
  training: pick([null, 'no', 'opted_out', 'yes'] as const),
  reviewDue: pick([null, null, '2026-06-01', '2027-06-01']),
  contract: chance(0.3)
    ? null
    : {
        reference: 'C',
        from: pick(['2018-01-01', '2026-01-01', '2026-11-22']),
        to: pick([null, null, '2026-11-21', '2027-12-31']),
        dpa: pick([null, 'A']),
        tia: pick([null, 'T']),
        reviewDue: pick([null, '2026-06-01', '2027-06-01']),
        mechanism: chance(0.3)
          ? null
          : {
              code: pick(MECHANISMS),
              reference: 'M',
              checked: '2026-01-01',
              scope: maybe(0.2, () => pick(['pipeda', 'appi', 'dpf'])),
              fallback: maybe(0.4, () => pick(['scc_m2', 'scc_m3'] as const))
            }
      }
})

const anyWhen = (): WhenFile =>
  defined({
    apps: maybe(0.2, () => some(apps, 2)),
    purposes: maybe(0.2, () => some(purposes, 2)),
    endpoints: maybe(0.1, () => ['openai.chat_completions']),
    payload: maybe(0.4, () => some(['clear', 'pseudonymised', 'nothing_found'] as const, 2)),
    types: maybe(0.2, () => some([...types, 'secrets'], 2)),
    clearTypes: maybe(0.2, () => some([...types, 'secrets'], 2)),
    flags: maybe(0.3, () => some(['any', ...SPECIAL_CATEGORIES] as const, 2))
  }) as WhenFile

const anyRule = (_: unknown, at: number): ResidencyFile['rules'][number] => {
  const require = defined({
    places: maybe(0.7, () => some(tokens, 3)),
    mechanisms: maybe(0.2, () => some(MECHANISMS, 8)),
    maxRetentionDays: maybe(0.15, () => pick([0, 30])),
    training: maybe(0.15, () => false as const),
    contract: maybe(0.1, () => true as const),
    dpa: maybe(0.1, () => true as const)
  }) as RequirementFile
  return { id: `r-${at}`, when: anyWhen(), ...(chance(0.1) ? { refuse: true as const } : { require }) }
}

const defaults: ResidencyFile['rules'] = [
  { id: 'declared', when: {}, require: { places: ['declared'] } },
  { id: 'clear', when: { payload: ['clear'] }, require: { places: ['EEA', 'self'] } },
  { id: 'special', when: { flags: ['any'] }, require: { places: ['EEA', 'self'] } },
  { id: 'secrets', when: { clearTypes: ['secrets'] }, refuse: true }
]

t.test('10,000 generated decisions agree with the rules restated naively', async t => {
  const residency = new Residency(countries)
  let allowedCount = 0
  const different: unknown[] = []
  for (let round = 0; round < 2500; round++) {
    const file: PolicyPart = {
      strict: chance(0.2),
      contradiction: pick(['stop', 'record']),
      rules: chance(0.3) ? structuredClone(defaults) : Array.from({ length: random.int(4) }, anyRule),
      reroute: []
    }
    const allowed = maybe(0.2, () => some(tokens, 3))
    const compiled = rules(file, allowed)
    const at = anyDeployment()
    for (let one = 0; one < 4; one++) {
      const [request, day, contradicted] = [anyRequest(), pick(days), chance(0.05)]
      const now = Date.parse(`${day}T${pick(['00:00:00.000', '23:59:59.999'])}Z`)
      const decision = residency.decide(compiled, request, at, now, contradicted)
      const expected = restated(file, allowed, request, at, day, contradicted)
      if (decision.allowed) allowedCount++
      if (decision.allowed !== expected) different.push({ file, allowed, request, at, day, expected })
    }
  }
  t.same(different.slice(0, 2), [])
  t.equal(different.length, 0)
  t.ok(allowedCount > 2000 && allowedCount < 8000, `${allowedCount} of 10,000 were allowed`)
})
