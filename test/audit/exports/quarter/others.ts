import { COMPANY } from '../../../../src/audit/exports/demo/company.ts'
import { day, type Event, groups, set, span, sum } from './traffic.ts'

/** What each record of the AI Act and DORA must hold for the sample quarter, counted plainly. */

type Expected = Readonly<Record<string, string | number>>
const { purposes, providers, contracts, records } = COMPANY
const nameOf = (id: string): string => providers.get(id)?.name ?? ''
const said = (id: string) => records.providers.find(one => one.id === id)
const percent = (part: number, whole: number): number => Math.round((part / whole) * 1000) / 10

export function useCases(admitted: readonly Event[]): Expected[] {
  return groups(admitted, ({ purpose, provider }) => [purpose.id, provider.id]).map(events => {
    const { ai, purpose, provider, function: served } = events[0] as Event
    const use = records.purposes.find(({ id }) => id === purpose.id)?.useCase
    const ofPurpose = admitted.filter(one => one.purpose.id === purpose.id)
    return {
      use_case: ai.use_case_id,
      title: use?.title ?? purposes.get(purpose.id)?.title ?? '',
      purpose: purpose.id,
      function: served?.id ?? '',
      provider: provider.id,
      provider_entity: nameOf(provider.id),
      models: set(events.map(({ model }) => model.requested)),
      why: use?.why ?? '',
      role: ai.role,
      risk_class: ai.risk_class,
      reasons: use?.reasons ?? '',
      author: use?.author ?? '',
      date: use?.date ?? '',
      review_due: use?.reviewDue ?? '',
      screened: use?.screened ?? '',
      customer_data: use?.customerData?.toSorted().join('; ') ?? '',
      effect: use?.effect ?? '',
      personal_data: set(ofPurpose.flatMap(({ findings }) => findings.map(one => one.class))),
      payload_states: set(events.map(({ transfer }) => transfer.payload_state)),
      oversight: use?.oversight ?? '',
      human_review: ai.human_review ?? 'none',
      disclosure: ai.disclosure_ref ?? '',
      training: use?.training ?? '',
      dpia: purposes.get(purpose.id)?.dpia ?? '',
      fria: '',
      provider_evidence: said(provider.id)?.assessment ?? '',
      incidents: '',
      // each purpose is used on the first day of the quarter
      log_days: 91,
      log_six_months: 'no',
      ...span(events)
    }
  })
}

export function deployerLog(events: readonly Event[]): Expected[] {
  const types = ['admitted', 'completed', 'failed', 'blocked'].map(type => `ai.request.${type}`)
  return events
    .filter(({ event_type: type, ai }) => types.includes(type) && ai.risk_class.startsWith('high_'))
    .map(event => ({
      at: event.occurred_at,
      what: event.event_type,
      use_case: event.ai.use_case_id,
      purpose: event.purpose.id,
      risk_class: event.ai.risk_class,
      provider: event.provider?.id ?? '',
      model: event.model?.requested ?? '',
      decision_id: '',
      request_id: event.request_id,
      policy: event.policy?.id ?? '',
      policy_version: event.policy?.version ?? '',
      detector: event.detector?.version ?? '',
      outcome: event.outcome ?? '',
      human_review: event.ai.human_review ?? '',
      event_id: event.event_id
    }))
}

export function concentration(admitted: readonly Event[]): Expected[] {
  const views: readonly [string, (event: Event) => string][] = [
    ['provider', ({ provider }) => provider.id],
    ['parent', ({ provider }) => said(provider.id)?.parent?.name ?? ''],
    ['country', ({ location }) => location.processing.join(' ')]
  ]
  return views.flatMap(([view, valueOf]) =>
    groups(admitted, event => [valueOf(event)]).map(events => ({
      view,
      [view === 'country' ? 'country' : 'whom']: valueOf(events[0] as Event),
      [view === 'country' ? 'whom' : 'country']: '',
      share_percent: percent(events.length, admitted.length),
      critical_requests: events.filter(one => one.function?.critical === true).length,
      fallback_requests: events.filter(one => one.attempt_cause !== undefined).length,
      ...span(events)
    }))
  )
}

export function evidence(all: readonly Event[], admitted: readonly Event[]): Expected[] {
  const key = ({ contract_ref: contract, legal_entity: entity, provider, function: served }: Event) => [
    contract,
    entity.code,
    provider.code,
    served?.id
  ]
  const ends = (type: string, first: Event): Event[] =>
    all.filter(one => one.event_type === `ai.request.${type}` && key(one).join() === key(first).join())
  return groups(admitted, key).map(events => {
    const first = events[0] as Event
    const [completed, failed] = [ends('completed', first), ends('failed', first)]
    const both = [...completed, ...failed]
    const refused = all.filter(
      one =>
        one.event_type === 'ai.request.blocked' &&
        one.legal_entity.code === first.legal_entity.code &&
        one.function?.id === first.function?.id
    )
    return {
      c0010: first.contract_ref ?? '',
      c0020: first.legal_entity.code,
      c0030: first.provider.code,
      c0050: first.function?.id ?? '',
      c0060: 'S19',
      c0130: '',
      c0150: first.location.storage.join(' '),
      c0160: first.location.processing.join(' '),
      completed: completed.length,
      failed: failed.length,
      blocked: 0,
      refused: refused.length,
      input_tokens: sum(both.map(one => one.usage?.input_tokens ?? 0)),
      output_tokens: sum(both.map(one => one.usage?.output_tokens ?? 0)),
      cost: Math.round(sum(both.map(one => one.cost?.micro ?? 0)) / 10_000) / 100,
      data_classes: set(events.flatMap(({ findings }) => findings.map(one => one.class))),
      ...span(events)
    }
  })
}

/** Nearest rank, of times to six binary digits. */
function percentile(answered: readonly Event[], percent: number): number {
  const times = answered.map(({ duration_ms: ms }) => {
    const step = ms < 64 ? 1 : 2 ** (Math.floor(Math.log2(ms)) - 5)
    return Math.round(ms / step) * step
  })
  return times.sort((a, b) => a - b)[Math.ceil((percent * times.length) / 100) - 1] ?? 0
}

export function serviceLevels(all: readonly Event[]): Expected[] {
  const ended = all.filter(({ event_type: type }) => /completed|failed/.test(type))
  return groups(ended, event => [event.deployment.id, event.occurred_at.slice(0, 7)]).map(events => {
    const { provider, deployment, occurred_at: at } = events[0] as Event
    const answered = events.filter(({ event_type: type }) => type.endsWith('completed'))
    const sla = said(provider.id)?.sla
    const share = Math.round((answered.length / events.length) * 100_000) / 1000
    const mean = Math.round(sum(answered.map(one => one.duration_ms)) / answered.length)
    return {
      provider: provider.id,
      deployment: deployment.id,
      month: at.slice(0, 7),
      attempts: events.length,
      answered: answered.length,
      failed: events.length - answered.length,
      availability_percent: share,
      agreed_percent: sla?.availabilityPercent ?? '',
      availability_met:
        sla?.availabilityPercent === undefined ? '' : share >= sla.availabilityPercent ? 'yes' : 'no',
      mean_ms: mean,
      p50_ms: percentile(answered, 50),
      p95_ms: percentile(answered, 95),
      p99_ms: percentile(answered, 99),
      agreed_times:
        { nordlicht: 'mean ≤ 2500 ms; p95 ≤ 4000 ms', pacific: 'mean ≤ 900 ms' }[provider.id] ?? '',
      time_met:
        sla === undefined
          ? ''
          : mean <= (sla.meanMs ?? 0) && percentile(answered, 95) <= (sla.p95Ms ?? Infinity)
            ? 'yes'
            : 'no'
    }
  })
}

export function fallbacks(all: readonly Event[], admitted: readonly Event[]): Expected[] {
  const taken = admitted.filter(one => one.attempt_cause !== undefined)
  const ids = new Set(taken.map(({ request_id: id }) => id))
  const answered = all.filter(
    one => one.event_type === 'ai.request.completed' && one.attempt === 2 && ids.has(one.request_id)
  )
  const { requests, ...days } = span(taken)
  const way = { from: 'nordlicht-de', to: 'pacific-us' }
  return [
    {
      kind: 'taken',
      ...way,
      attempts: requests,
      succeeded: answered.length,
      result: '',
      reference: '',
      ...days
    },
    {
      kind: 'tested',
      ...way,
      attempts: '',
      succeeded: '',
      result: 'passed',
      reference: 'TEST-7',
      first_seen: '2026-08-15',
      last_seen: '2026-08-15'
    }
  ]
}

export function exitReadiness(admitted: readonly Event[]): Expected[] {
  const alternatives: Readonly<Record<string, string>> = { nordlicht: 'pacific', pacific: 'nordlicht' }
  return groups(admitted, ({ provider }) => [provider.id]).map(events => {
    const { provider } = events[0] as Event
    const contract = [...contracts.values()].find(one => one.provider === provider.id)
    const exit = said(provider.id)?.exit
    const { requests, last_seen } = span(events)
    return {
      provider: provider.id,
      provider_entity: nameOf(provider.id),
      contract: contract?.reference ?? '',
      contract_to: contract?.to ?? '',
      notice_days: exit?.noticeDays ?? '',
      critical_functions: set(
        events.flatMap(one => (one.function?.critical === true ? [one.function.id] : []))
      ),
      share_percent: percent(requests, admitted.length),
      plan: exit?.plan ?? '',
      tested: exit?.tested ?? '',
      alternatives: exit?.alternatives?.join(' ') ?? '',
      configured: alternatives[provider.id] ?? '',
      used_instead: provider.id === 'nordlicht' ? 'pacific' : '',
      requests,
      last_seen
    }
  })
}

/** Each planted contradiction, once. */
export function contradictions(all: readonly Event[], admitted: readonly Event[]): Expected[] {
  const of = (provider: string, from = '', served?: string): Event[] =>
    admitted.filter(
      one =>
        one.provider.id === provider &&
        day(one) >= from &&
        (served === undefined || one.function?.id === served)
    )
  const late = of('atlantique', '2026-09-01')
  const proved = all.filter(
    one => one.event_type === 'ai.request.completed' && one.location_observed?.places.includes('US')
  )
  return [
    {
      kind: 'traffic_without_contract',
      subject: 'tryout',
      said: '',
      seen: '5299001TESTLEAS00046',
      ...span(of('tryout'))
    },
    {
      kind: 'contract_without_traffic',
      subject: 'C-2026-005',
      said: '2026-07-01 – 2026-09-30',
      seen: '',
      requests: 0,
      first_seen: '',
      last_seen: ''
    },
    { kind: 'other_region', subject: 'C-2026-004', said: 'IE', seen: 'US', ...span(of('pacific')) },
    { kind: 'other_region', subject: 'shamrock-ie', said: 'IE', seen: 'US', ...span(proved) },
    { kind: 'ended_contract', subject: 'C-2025-007', said: '2026-08-31', seen: '2026-09-30', ...span(late) },
    { kind: 'critical_unassessed', subject: 'C-2026-003', said: '', seen: 'F2', ...span(of('shamrock')) }
  ]
}
