/**
 * What events can be filtered and counted by (audit-event.md §5, and the keys that registers need).
 *
 * Add one: an entry here. The index notes which dimensions it was built with and is rebuilt when they change; filters,
 * aggregates, the OpenAPI document and the command line follow the list.
 */
export interface Dimension {
  /** Query parameter and column name. */
  readonly name: string
  /** For the OpenAPI document. */
  readonly about: string
  /** Paths in the event; `[]` goes through a list. Values of all of them count. */
  readonly paths: readonly string[]
  /**
   * The end of an attempt takes over the value of its admission where it has none of its own, so that
   * `country=US&outcome=timeout` finds something.
   */
  readonly inherited: boolean
  /** True for what was found in the text: it varies within one context far more than anything else. */
  readonly content: boolean
}

function own(name: string, about: string, ...paths: string[]): Dimension {
  return { name, about, paths, inherited: false, content: false }
}

function inherited(name: string, about: string, ...paths: string[]): Dimension {
  return { name, about, paths, inherited: true, content: false }
}

function found(name: string, about: string, path: string): Dimension {
  return { name, about, paths: [path], inherited: false, content: true }
}

export const DIMENSIONS: readonly Dimension[] = [
  own('log', 'origin of the log that holds the event'), // known from outside the event
  own('type', 'event type, e.g. ai.request.admitted', 'event_type'),
  own('outcome', 'how it ended: ok, provider_error, blocked_policy, …', 'outcome'),
  own('error', 'SCHLEUSE_… code', 'error_code'),
  found('class', 'class of personal data or secret found, e.g. IBAN', 'findings[].class'),
  found('action', 'what was done about findings: pseudonymised, masked, kept, …', 'findings[].action'),
  own('coverage', 'what could be read: full, partial, none', 'coverage.request', 'coverage.response'),
  own('skipped', 'parts that were not read, e.g. image', 'coverage.skipped[]'),
  own('observed', 'place where the answer says it was made', 'location_observed.places[]'),
  inherited('tenant', 'tenant', 'tenant_id'),
  inherited('gateway', 'instance of the gateway', 'gateway.instance'),
  inherited('app', 'id of the calling app', 'app_id'),
  inherited('actor_type', 'employee, service, agent, customer', 'actor.type'),
  inherited('org_unit', 'unit of the caller', 'actor.org_unit'),
  inherited('auth_method', 'how the caller proved itself', 'auth_method'),
  inherited('entity', 'legal entity of the caller (LEI or EUID)', 'legal_entity.code'),
  inherited('branch', 'branch code', 'branch_code'),
  inherited('purpose', 'purpose of processing (Art. 30 GDPR)', 'purpose.id'),
  inherited('purpose_gap', 'what the purpose record lacks', 'purpose_gaps[]'),
  inherited('legal_basis', 'legal basis, e.g. 6_1_f', 'legal_basis'),
  inherited('special_basis', 'basis for special categories, e.g. 9_2_h', 'special_basis'),
  inherited('function', 'business function (DORA B_06.01)', 'function.id'),
  inherited('critical', 'true when the function is critical or important', 'function.critical'),
  inherited('use_case', 'AI use case', 'ai.use_case_id'),
  inherited('risk_class', 'risk class under the AI Act', 'ai.risk_class'),
  inherited('ai_role', 'provider or deployer (AI Act)', 'ai.role'),
  inherited('human_review', 'none, required, done', 'ai.human_review'),
  inherited('disclosure', 'notice that it is an AI', 'ai.disclosure_ref'),
  inherited('dpia', 'data-protection impact assessment', 'dpia_ref'),
  inherited('provider', 'provider id', 'provider.id'),
  inherited('deployment', 'deployment of the provider', 'deployment.id'),
  inherited('provider_entity', 'legal entity of the provider', 'provider.entity'),
  inherited('provider_code', 'LEI or other code of the provider', 'provider.code'),
  inherited('profile_version', 'version of the provider profile', 'provider.profile_version'),
  inherited('trains_on_data', 'whether the provider trains on the data', 'provider.trains_on_data'),
  inherited('contract', 'contract reference (DORA B_02.01)', 'contract_ref'),
  inherited('dpa', 'data-processing agreement (Art. 28 GDPR)', 'dpa_ref'),
  inherited('service', 'type of ICT service, S01 to S19', 'ict_service_type'),
  inherited('model', 'configured model pattern', 'model.requested'),
  inherited('host', 'host of the endpoint', 'endpoint.host'),
  inherited('region', 'region of the endpoint', 'endpoint.region'),
  inherited('provision', 'country the service is provided from', 'location.provision'),
  inherited('processing', 'country of processing', 'location.processing[]'),
  inherited('storage', 'country of storage', 'location.storage[]'),
  inherited(
    'country',
    'country of provision, processing or storage',
    'location.provision',
    'location.processing[]',
    'location.storage[]'
  ),
  inherited('evidence', 'how sure the location is', 'location.evidence'),
  inherited('storage_mode', 'zero_retention, …', 'storage.mode'),
  inherited('third_country', 'true when data go to a third country', 'transfer.third_country'),
  inherited('importer', 'importer of the transfer', 'transfer.importer'),
  inherited('transfer_country', 'country of the importer', 'transfer.country'),
  inherited('mechanism', 'transfer mechanism, e.g. adequacy_dpf', 'transfer.mechanism'),
  inherited('mechanism_ref', 'decision, clauses or list entry it rests on', 'transfer.mechanism_ref'),
  inherited('mechanism_checked', 'day on which someone saw that it holds', 'transfer.checked_on'),
  inherited('tia', 'transfer impact assessment', 'transfer.tia_ref'),
  inherited('payload_state', 'clear, pseudonymised, nothing_found', 'transfer.payload_state'),
  inherited('flag', 'special category or secret, e.g. health, art10', 'flags.art9[]'),
  inherited('sensitivity', 'low, medium, high', 'sensitivity'),
  inherited('decision', 'decision of the policy: allow, allow_masked, block', 'policy.decision'),
  inherited('policy', 'policy id', 'policy.id'),
  inherited('policy_version', 'version of the policy', 'policy.version'),
  inherited('rule', 'rule of the policy that fired', 'policy.rules[]'),
  inherited('would', 'what a policy that only watches would have done', 'monitor.would'),
  inherited('detector', 'version of the detectors', 'detector.version'),
  inherited('api', 'endpoint, e.g. openai.chat_completions', 'api'),
  inherited('operation', 'chat, embeddings, …', 'operation'),
  inherited('attempt_reason', 'first, retry, fallback, hedge', 'attempt_cause.reason'),
  inherited('fallback_from', 'deployment that failed before', 'attempt_cause.fallback_from'),
  inherited('currency', 'currency of the cost', 'cost.currency'),
  inherited('retention', 'retention class', 'retention_class')
]

export const DIMENSION_NAMES: readonly string[] = DIMENSIONS.map(({ name }) => name)
/** Dimensions that contexts don't have. */
export const CONTENT_NAMES: ReadonlySet<string> = new Set(
  DIMENSIONS.filter(({ content }) => content).map(({ name }) => name)
)

/**
 * One combination of values of all dimensions, as one text: dimensions in the order of the list, the values of each
 * sorted and without duplicates.
 */
export type FacetKey = string

/** Flags that are not lists but booleans: they count as values of `flag` under their own name. */
const BOOLEAN_FLAGS = ['art10', 'minor', 'secret'] as const
/** Longer than any field of the event schema; a longer value comes from no gateway. */
const MAX_VALUE_CHARS = 300
const BETWEEN_VALUES = '\x1f'
const BETWEEN_DIMENSIONS = '\n'

/** One step of a path: a key, and whether it holds a list whose items go on. */
interface Step {
  readonly key: string
  readonly isList: boolean
}

const paths = DIMENSIONS.map(({ paths }) => paths.map(path => path.split('.').map(stepOf)))

function stepOf(step: string): Step {
  return step.endsWith('[]') ? { key: step.slice(0, -2), isList: true } : { key: step, isList: false }
}

const FLAG = DIMENSION_NAMES.indexOf('flag')
const LOG = DIMENSION_NAMES.indexOf('log')

/**
 * Reads all dimensions of an event.
 * @param event as parsed from the log; its shape is not trusted
 */
export function facetKeyOf(event: unknown, origin: string): FacetKey {
  let key = ''
  const found: string[] = []
  for (let at = 0; at < paths.length; at++) {
    if (at > 0) key += BETWEEN_DIMENSIONS
    for (const path of paths[at] ?? []) collect(event, path, 0, found)
    if (at === LOG) found.push(origin)
    if (at === FLAG) {
      for (const flag of BOOLEAN_FLAGS) if (valueAt(event, 'flags', flag) === true) found.push(flag)
    }
    if (found.length === 1) key += found[0] ?? ''
    else if (found.length > 1) key += [...new Set(found)].sort().join(BETWEEN_VALUES)
    found.length = 0
  }
  return key
}

/** The facet of an attempt's end, completed by that of its admission. */
export function inheritFrom(admission: FacetKey, key: FacetKey): FacetKey {
  const from = admission.split(BETWEEN_DIMENSIONS)
  const own = key.split(BETWEEN_DIMENSIONS)
  for (const [at, { inherited }] of DIMENSIONS.entries())
    if (inherited && own[at] === '') own[at] = from[at] ?? ''
  return own.join(BETWEEN_DIMENSIONS)
}

/** Contexts and facets share a table; no dimension's value begins so. */
const CONTEXT = '\x1e'
const content = DIMENSIONS.map(dimension => dimension.content)

/**
 * The facet without what was found: its context. Sums by context answer all questions that don't ask for classes, from a
 * tenth of the rows.
 */
export function contextOf(key: FacetKey): FacetKey {
  const lists = key.split(BETWEEN_DIMENSIONS)
  return CONTEXT + lists.map((list, at) => (content[at] === true ? '' : list)).join(BETWEEN_DIMENSIONS)
}

/** What times of answers are counted by: few, because each combination has a hundred different times a day. */
export const TIMED_BY: ReadonlySet<string> = new Set([
  'log',
  'type',
  'outcome',
  'tenant',
  'provider',
  'deployment'
])
const TIMED = '\x1d'
const isTimedBy = DIMENSION_NAMES.map(name => TIMED_BY.has(name))

/** The facet by which times are counted. */
export function timedOf(key: FacetKey): FacetKey {
  const lists = key.split(BETWEEN_DIMENSIONS)
  return TIMED + lists.map((list, at) => (isTimedBy[at] === true ? list : '')).join(BETWEEN_DIMENSIONS)
}

/** Whose sums: those of events (0), of contexts (1), of times (2). */
export function levelNumberOf(key: FacetKey): number {
  return key.startsWith(CONTEXT) ? 1 : key.startsWith(TIMED) ? 2 : 0
}

/** Dimension and value, one pair for each value. */
export function valuesOf(key: FacetKey): [dimension: string, value: string][] {
  return (levelNumberOf(key) > 0 ? key.slice(1) : key)
    .split(BETWEEN_DIMENSIONS)
    .flatMap((list, at) =>
      list === ''
        ? []
        : list.split(BETWEEN_VALUES).map(value => [DIMENSION_NAMES[at] ?? '', value] as [string, string])
    )
}

function collect(event: unknown, path: readonly Step[], from: number, found: string[]): void {
  let value = event
  for (let at = from; at < path.length; at++) {
    if (typeof value !== 'object' || value === null) return
    const step = path[at] as Step
    value = (value as Record<string, unknown>)[step.key]
    if (step.isList) {
      if (Array.isArray(value)) for (const item of value) collect(item, path, at + 1, found)
      return
    }
  }
  const text = textOf(value)
  if (text !== undefined) found.push(text)
}

const CONTROL = /[\x00-\x1f]/

/** Values are written into keys with separators, so control characters would forge one. */
function textOf(value: unknown): string | undefined {
  if (typeof value === 'boolean' || Number.isSafeInteger(value)) return String(value)
  if (typeof value !== 'string' || value === '' || value.length > MAX_VALUE_CHARS) return undefined
  return CONTROL.test(value) ? undefined : value
}

export function valueAt(value: unknown, ...path: readonly string[]): unknown {
  let at = value
  for (const step of path) {
    if (typeof at !== 'object' || at === null) return undefined
    at = (at as Record<string, unknown>)[step]
  }
  return at
}
