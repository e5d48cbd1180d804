import { EventBuilder, type AuditEvent } from '../../event/builder.ts'
import type { EventFields } from '../../event/schema.ts'
import { createUuidV7 } from '../../../core/ids.ts'
import { APPS, type DemoApp, PROVIDERS } from './company.ts'

/**
 * A quarter of the made-up group: some thousand records as the gateway would write them. Each fault is planted: a provider
 * without a contract, a contract that ended and is used on, an answer from another country than declared, special
 * categories, fallbacks, an erased person, a deleted month. The same every time.
 */

type Admitted = EventFields<'ai.request.admitted'>

const DAY_MS = 86_400_000
const START = Date.UTC(2026, 6, 1)
const DAYS = 92
/** Working hours, so that the sample looks like a company. */
const FIRST_HOUR_MS = 8 * 3_600_000
const STEP_MS = 900_000
const POLICY = { hash: `sha256:${'d'.repeat(64)}`, id: 'default' }

/** A clock that the sample moves. */
export interface MovedClock {
  now(): number
  monotonic(): number
  set(ms: number): void
}

export function movedClock(): MovedClock {
  let now = START
  return {
    now: () => now,
    monotonic: () => now,
    set: ms => {
      now = ms
    }
  }
}

/** Linear congruential numbers (Numerical Recipes): a sample needs no better ones. */
function numbers(): (below: number) => number {
  let state = 20_260_701
  return below => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 0x1_0000_0000) * below)
  }
}

/** Builder of the sample's records, whose ids are the same every time. */
export function demoBuilder(clock: MovedClock): EventBuilder {
  const random = numbers()
  const newId = createUuidV7(clock, bytes => {
    for (const at of bytes.keys()) bytes[at] = random(256)
  })
  const gateway = { config_hash: `sha256:${'c'.repeat(64)}`, instance: 'gw-1', version: '1.0.0' }
  return new EventBuilder(clock, newId, { gateway })
}

/** All records, oldest first; the clock stands at the time of each while it is handed out. */
export function* demoTraffic(clock: MovedClock, events: EventBuilder): Generator<AuditEvent> {
  const random = numbers()
  const requestId = createUuidV7(clock, bytes => {
    for (const at of bytes.keys()) bytes[at] = random(256)
  })
  for (let day = 0; day < DAYS; day++) {
    clock.set(START + day * DAY_MS + FIRST_HOUR_MS)
    const step = (): void => clock.set(clock.now() + STEP_MS)
    yield* special(day, events)
    for (const app of APPS) {
      for (let n = 1 + random(4); n > 0; n--) {
        yield* exchange(app, { day, random, requestId: requestId(), events, step })
        step()
      }
    }
  }
}

interface Turn {
  readonly day: number
  readonly random: (below: number) => number
  readonly requestId: string
  readonly events: EventBuilder
  readonly step: () => void
}

function* exchange(app: DemoApp, turn: Turn): Generator<AuditEvent> {
  const { random, events } = turn
  if (random(25) === 0) {
    yield refused(app, turn)
    return
  }
  const first = attemptOf(app, app.provider, turn, 1)
  yield events.create('ai.request.admitted', first.admitted)
  const fails = random(20) === 0
  if (!fails) {
    yield events.create('ai.request.completed', { ...ended(first, turn), http_status: 200, outcome: 'ok' })
    return
  }
  const failed = {
    ...ended(first, turn),
    error_code: 'SCHLEUSE_UPSTREAM_TIMEOUT',
    outcome: 'timeout' as const
  }
  yield events.create('ai.request.failed', failed)
  // the way out of the group's main provider leads to the United States
  if (app.provider !== 'nordlicht') return
  const second = attemptOf(app, 'pacific', turn, 2)
  yield events.create('ai.request.admitted', second.admitted)
  yield events.create('ai.request.completed', { ...ended(second, turn), http_status: 200, outcome: 'ok' })
}

function providerOf(id: string) {
  const found = PROVIDERS.find(provider => provider.id === id)
  if (found === undefined) throw new TypeError(`the sample has no provider ${id}`)
  return found
}

function callerOf({ app, purpose, entity, function: served, critical, basis, special, risk }: DemoApp) {
  return {
    ai: {
      disclosure_ref: risk === 'transparency_art50' ? 'notice-12' : undefined,
      human_review: risk.startsWith('high_') ? ('required' as const) : undefined,
      risk_class: risk,
      role: 'deployer' as const,
      use_case_id: `uc-${app}`
    },
    api: 'openai.chat_completions' as const,
    app_id: app,
    function: served === null ? undefined : { critical, id: served },
    legal_basis: basis,
    legal_entity: { code: entity, code_type: 'LEI' as const },
    operation: 'chat' as const,
    purpose: { id: purpose, version: 1 },
    special_basis: special
  }
}

function decided(app: DemoApp, day: number, random: Turn['random']) {
  const findings = app.classes
    .filter(() => random(3) > 0)
    .map(name => ({
      action: name === 'EMAIL' && app.app === 'campaigns' ? ('kept' as const) : ('pseudonymised' as const),
      class: name,
      count: 1 + random(3),
      side: 'request' as const
    }))
  // health data in claims, now and then
  const flags =
    app.app === 'claims' && random(6) === 0 ? { art10: false, art9: ['health' as const] } : undefined
  return {
    coverage: { request: 'full' as const, skipped: [] },
    detector: { version: '1.0.0' },
    findings,
    flags,
    policy: { ...POLICY, version: day < 45 ? 3 : 4 },
    size_in_bucket: '1k-4k' as const
  }
}

function attemptOf(app: DemoApp, to: string, { day, random, requestId }: Turn, number: number) {
  const { id, deployment, code, model, contract, dpa, places, host, mechanism } = providerOf(to)
  const decision = decided(app, day, random)
  const kept = decision.findings.some(({ action }) => action === 'kept')
  const state = decision.findings.length === 0 ? 'nothing_found' : kept ? 'clear' : 'pseudonymised'
  const attempt = {
    ...callerOf(app),
    attempt: number,
    attempt_cause:
      number === 1
        ? undefined
        : { after_attempt: 1, fallback_from: 'nordlicht-de', reason: 'fallback' as const },
    contract_ref: contract ?? undefined,
    deployment: { id: deployment },
    dpa_ref: dpa ?? undefined,
    endpoint: { host },
    ict_service_type: 'S19',
    model: { requested: model },
    provider: { code, code_type: 'LEI' as const, id, profile_version: 2, trains_on_data: 'no' as const },
    request_id: requestId,
    storage: { days: 30, mode: 'limited' as const },
    stream: true
  }
  const known = mechanism === 'adequacy_dpf'
  const transfer = {
    checked_on: known ? '2026-06-01' : undefined,
    decision: 'allow' as const,
    mechanism,
    mechanism_ref: known ? 'DPF-2026' : undefined,
    payload_state: state,
    third_country: mechanism !== undefined
  } as const
  const admitted: Admitted = {
    ...attempt,
    ...decision,
    location: { evidence: 'declared', processing: places, storage: places },
    policy: { ...decision.policy, decision: state === 'pseudonymised' ? 'allow_masked' : 'allow' },
    transfer
  }
  return { attempt, admitted }
}

function ended({ attempt }: ReturnType<typeof attemptOf>, { day, random }: Turn) {
  // once, an answer of the Irish deployment proves another country
  const elsewhere = attempt.provider.id === 'shamrock' && day === 70
  return {
    ...attempt,
    cost: { currency: 'EUR', micro: 1000 + random(4000), pricelist_version: '2026-07' },
    coverage: { response: 'full' as const, skipped: [] },
    duration_ms: 400 + random(3000),
    findings: [],
    location_observed: elsewhere ? { evidence: 'response_header' as const, places: ['US'] } : undefined,
    restored: { altered: 0, exact: 1, invented: 0, issued: 1, unresolved: 0 },
    size_out_bucket: '1k-4k' as const,
    usage: { input_tokens: 100 + random(900), output_tokens: 50 + random(400) }
  }
}

function refused(app: DemoApp, { day, random, requestId, events }: Turn): AuditEvent {
  const decision = decided(app, day, random)
  return events.create('ai.request.blocked', {
    ...callerOf(app),
    ...decision,
    duration_ms: 2,
    error_code: 'SCHLEUSE_POLICY_BLOCKED',
    http_status: 403,
    outcome: 'blocked_policy',
    policy: {
      ...decision.policy,
      decision: 'block',
      rules: [decision.flags === undefined ? 'no-bulk-lists' : 'no-art9-abroad']
    },
    request_id: requestId,
    stream: true
  })
}

/** What was done to the gateway, by day of the quarter. */
function* special(day: number, events: EventBuilder): Generator<AuditEvent> {
  const by = { credential_id: 'key_admin', role: 'security' as const, type: 'api' as const }
  if (day === 0) yield events.create('gateway.started', { policy: { ...POLICY, version: 3 } })
  if (day === 45)
    yield events.create('policy.changed', {
      approved_by: { credential_id: 'key_dpo', role: 'dpo' },
      by,
      direction: 'tightened',
      fields: ['residency.rules'],
      policy: { ...POLICY, version: 4 },
      previous: { ...POLICY, version: 3 }
    })
  if (day === 60)
    yield events.create('erasure', {
      by,
      case_ref: 'DSR-2026-14',
      count: 12,
      reason: 'data_subject_request',
      store: 'vault'
    })
  if (day === 62)
    yield events.create('retention.segment_deleted', {
      from: 0,
      log: 'demo.example/audit/std_13m/2025-07',
      part: 'content',
      reason: 'retention_expired',
      to: 4211
    })
  if (day === 70)
    yield events.create('deployment.contradicted', {
      declared: ['IE'],
      deployment: { id: 'shamrock-ie' },
      evidence: 'response_header',
      observed: 'US'
    })
  if (day === 71)
    yield events.create('breach_candidate', {
      case_ref: 'INC-2026-3',
      classes: ['IBAN'],
      count: 2,
      kind: 'leak_found_later'
    })
}
