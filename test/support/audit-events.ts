import { createRandom, type Random } from './random.ts'

/**
 * Records of a company's traffic, as the gateway would write them, without a gateway: fast enough for millions.
 * A test holds them to the event schema.
 */

interface Deployment {
  readonly provider: string
  readonly deployment: string
  readonly code: string
  readonly contract: string | null
  readonly host: string
  readonly countries: readonly string[]
  readonly mechanism: string
  readonly third: boolean
}

const deployments: readonly Deployment[] = [
  [
    'mistral-api',
    'mistral-eu',
    '969500ABCDEFGHIJKL12',
    'C-2026-014',
    'api.mistral.ai',
    ['FR'],
    'none_eea',
    false
  ],
  [
    'openai',
    'openai-eu',
    '549300QWERTZUIOPAS34',
    'C-2026-015',
    'eu.api.openai.com',
    ['IE', 'NL'],
    'none_eea',
    false
  ],
  [
    'openai',
    'openai-us',
    '549300QWERTZUIOPAS34',
    'C-2026-015',
    'api.openai.com',
    ['US'],
    'adequacy_dpf',
    true
  ],
  [
    'anthropic',
    'anthropic-us',
    '549300YXCVBNMASDFG56',
    'C-2026-021',
    'api.anthropic.com',
    ['US'],
    'scc_m2',
    true
  ],
  [
    'azure',
    'azure-de',
    '529900HJKLQWERTZUI78',
    'C-2025-007',
    'west.openai.azure.com',
    ['DE'],
    'none_eea',
    false
  ],
  ['trial', 'trial-in', '335800POIUZTREWQAS90', null, 'api.trial.example', ['IN'], 'unknown', true]
].map(([provider, deployment, code, contract, host, countries, mechanism, third]) => ({
  provider: String(provider),
  deployment: String(deployment),
  code: String(code),
  contract: contract === null ? null : String(contract),
  host: String(host),
  countries: countries as readonly string[],
  mechanism: String(mechanism),
  third: Boolean(third)
}))

/** App, purpose, function, entity, risk class. */
const apps = Array.from({ length: 24 }, (_, at) => ({
  app: `app-${at}`,
  purpose: `p-${at % 9}`,
  function: `F${at % 7}`,
  critical: at % 3 === 0,
  entity: ['5299000J2N45DDNE4Y28', '529900T8BM49AURSDO55', '391200FLYQBIVPDWGN60'][at % 3] ?? '',
  risk: ['minimal', 'limited', 'high_annexIII_5b'][at % 5 === 0 ? 2 : at % 2] ?? ''
}))

const classes = ['PERSON', 'EMAIL', 'IBAN', 'PHONE', 'ADDRESS', 'BIRTH_DATE', 'API_KEY', 'TAX_ID'] as const
const art9 = ['health', 'religion', 'union'] as const
const head = `"config_hash":"sha256:${'c'.repeat(64)}","instance":"gw-1","version":"0.1.0"`
const policy = `"hash":"sha256:${'d'.repeat(64)}","id":"default"`

const KEPT = '"retention_class":"std_13m","schema":"audit-event/1.0"'

export interface Traffic {
  readonly seed: number
  /** Milliseconds since the epoch. */
  readonly fromMs: number
  readonly stepMs: number
}

/** An endless sequence of events in canonical JSON, their times `stepMs` apart. */
export function* auditEvents({ seed, fromMs, stepMs }: Traffic): Generator<string, never> {
  const random = createRandom(seed)
  const ends: string[] = []
  for (let at = 0; ; at++) {
    const time = new Date(fromMs + at * stepMs).toISOString()
    const end = ends.length > 20 || (ends.length > 0 && random.int(2) === 0) ? ends.shift() : undefined
    if (end !== undefined)
      yield end.replaceAll('#time#', time).replace('#id#', uuid(random, fromMs + at * stepMs))
    else yield begin(random, time, fromMs + at * stepMs, ends)
  }
}

function begin(random: Random, time: string, ms: number, ends: string[]): string {
  const app = apps[random.int(random.int(3) === 0 ? apps.length : 4)] ?? apps[0]
  // an app has one deployment and one for fallback; the last one of the list is rare: one of 100,000 events
  const usual = (Number(app?.app.slice(4)) + (random.int(10) === 0 ? 1 : 0)) % 5
  const to = deployments[random.int(100_000) === 0 ? 5 : usual] ?? deployments[0]
  if (app === undefined || to === undefined) throw new Error('the lists are empty')
  const request = uuid(random, ms)
  const found = findings(random, 'request', Number(app.app.slice(4)))
  const state = found === '' ? 'nothing_found' : random.int(20) === 0 ? 'clear' : 'pseudonymised'
  const flags = random.int(50) === 0 ? `"flags":{"art10":false,"art9":["${random.pick(art9)}"]},` : ''
  const version = ms > Date.UTC(2026, 8, 1) ? 4 : 3
  const caller = `"ai":{"risk_class":"${app.risk}","role":"deployer","use_case_id":"uc-${app.app}"},"api":"openai.chat_completions","app_id":"${app.app}"`
  const law = `"function":{"critical":${app.critical},"id":"${app.function}"},"gateway":{${head}}`
  const entity = `"legal_basis":"6_1_f","legal_entity":{"code":"${app.entity}","code_type":"LEI"}`
  const decided = (decision: string): string =>
    `"policy":{"decision":"${decision}",${policy},"version":${version}}`
  const received = `"recorded_at":"#time#","request_id":"${request}"`
  const envelope = `${received},${KEPT}`
  if (random.int(25) === 0) {
    return `{${caller},"coverage":{"request":"full","skipped":[]},"detector":{"version":"1.0.0"},"duration_ms":1,"error_code":"SCHLEUSE_POLICY_BLOCKED","event_id":"${uuid(random, ms)}","event_type":"ai.request.blocked","findings":[${found}],${flags}${law},"http_status":403,${entity},"model":{"requested":"gpt-*"},"occurred_at":"#time#","operation":"chat","outcome":"blocked_policy",${decided('block')},"purpose":{"id":"${app.purpose}","version":1},${envelope},"size_in_bucket":"1k-4k","stream":true}`.replaceAll(
      '#time#',
      time
    )
  }
  const contract = to.contract === null ? '' : `"contract_ref":"${to.contract}",`
  const dpa = to.contract === null ? '' : `"dpa_ref":"avv-${to.provider}",`
  const countries = to.countries.map(country => `"${country}"`).join(',')
  const names = `"model":{"requested":"${to.provider}-large"},"occurred_at":"#time#","operation":"chat"`
  const attempt = `${caller},"attempt":1,${contract}`
  const deployment = `"deployment":{"id":"${to.deployment}"}`
  const provider = `"provider":{"code":"${to.code}","code_type":"LEI","id":"${to.provider}","profile_version":2},"purpose":{"id":"${app.purpose}","version":1}`
  ends.push(
    ending(random, { attempt, deployment, dpa, host: to.host, law, entity, names, provider, received })
  )
  return `{${attempt}"coverage":{"request":"full","skipped":[]},${deployment},"detector":{"version":"1.0.0"},${dpa}"endpoint":{"host":"${to.host}"},"event_id":"${uuid(random, ms)}","event_type":"ai.request.admitted","findings":[${found}],${flags}${law},"ict_service_type":"S19",${entity},"location":{"evidence":"declared","processing":[${countries}],"provision":"${to.countries[0]}","storage":[${countries}]},${names},${decided(state === 'pseudonymised' ? 'allow_masked' : 'allow')},${provider},${envelope},"sensitivity":"low","size_in_bucket":"1k-4k","stream":true,"transfer":{"decision":"allow","mechanism":"${to.mechanism}","payload_state":"${state}","third_country":${to.third}}}`.replaceAll(
    '#time#',
    time
  )
}

type Parts = Readonly<
  Record<
    'attempt' | 'deployment' | 'dpa' | 'host' | 'law' | 'entity' | 'names' | 'provider' | 'received',
    string
  >
>

function ending(random: Random, part: Parts): string {
  const broken = random.int(40) === 0
  const usage = `{"cached_input_tokens":0,"input_tokens":${100 + random.int(900)},"output_tokens":${50 + random.int(400)}}`
  const how = broken
    ? `"error_code":"SCHLEUSE_UPSTREAM_TIMEOUT","event_id":"#id#","event_type":"ai.request.failed","findings":[]`
    : `"event_id":"#id#","event_type":"ai.request.completed","findings":[${random.int(30) === 0 ? findings(random, 'response', 0) : ''}]`
  const status = broken ? '' : '"http_status":200,'
  return `{${part.attempt}"cost":{"currency":"EUR","micro":${random.int(5000)},"pricelist_version":"2026-10"},"coverage":{"response":"full","skipped":[]},${part.deployment},${part.dpa}"duration_ms":${200 + random.int(4000)},"endpoint":{"host":"${part.host}"},${how},${part.law},${status}"ict_service_type":"S19",${part.entity},${part.names},"outcome":"${broken ? 'timeout' : 'ok'}",${part.provider},${part.received},"restored":{"altered":0,"exact":1,"invented":0,"issued":1,"unresolved":0},${KEPT},"size_out_bucket":"1k-4k","stream":true,"ttfb_ms":${random.int(400)},"usage":${usage}}`
}

/** None in a third of the requests, else one to three classes of the kind that the app works with. */
function findings(random: Random, side: string, app: number): string {
  if (side === 'request' && random.int(3) === 0) return ''
  const from = (app + (random.int(20) === 0 ? random.int(8) : 0)) % classes.length
  const list = classes.slice(from, from + 1 + random.int(3)).sort()
  return list
    .map(name => `{"action":"pseudonymised","class":"${name}","count":${1 + random.int(3)},"side":"${side}"}`)
    .join(',')
}

/** UUIDv7 of that millisecond; its random part need not be unguessable here. */
function uuid(random: Random, ms: number): string {
  const time = Math.floor(ms).toString(16).padStart(12, '0')
  const [a, b] = [random.int(0x1000000), random.int(0x1000000)].map(n => n.toString(16).padStart(6, '0'))
  return `${time.slice(0, 8)}-${time.slice(8)}-7${a?.slice(0, 3)}-8${a?.slice(3)}-${b}${(random.int(0x1000000) >>> 0).toString(16).padStart(6, '0')}`
}
