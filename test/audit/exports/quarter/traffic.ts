import { openAuditReader } from '../../../../src/audit/reader.ts'

/** The events of a trail, read plainly: what expectations are computed from, without the index or the records' own code. */

interface Named {
  readonly id: string
}

export interface Event {
  readonly event_type: string
  readonly event_id: string
  readonly occurred_at: string
  readonly request_id: string
  readonly app_id: string
  readonly attempt: number
  readonly contract_ref?: string
  readonly dpa_ref?: string
  readonly deployment: Named
  readonly provider: Named & { readonly code: string }
  readonly model: { readonly requested: string }
  readonly purpose: Named
  readonly legal_basis?: string
  readonly legal_entity: { readonly code: string }
  readonly function?: Named & { readonly critical: boolean }
  readonly ai: {
    readonly use_case_id: string
    readonly risk_class: string
    readonly role: string
    readonly disclosure_ref?: string
    readonly human_review?: string
  }
  readonly location: { readonly processing: readonly string[]; readonly storage: readonly string[] }
  readonly transfer: {
    readonly third_country: boolean
    readonly mechanism?: string
    readonly mechanism_ref?: string
    readonly checked_on?: string
    readonly payload_state: string
  }
  readonly findings: readonly {
    readonly class: string
    readonly action: string
    readonly count: number
    readonly side: string
  }[]
  readonly flags?: { readonly art9: readonly string[] }
  readonly policy: Named & { readonly version: number; readonly rules?: readonly string[] }
  readonly detector: { readonly version: string }
  readonly attempt_cause?: { readonly reason: string; readonly fallback_from: string }
  readonly outcome: string
  readonly error_code: string
  readonly usage?: { readonly input_tokens: number; readonly output_tokens: number }
  readonly cost?: { readonly micro: number }
  readonly duration_ms: number
  readonly location_observed?: { readonly places: readonly string[] }
}

export async function eventsIn(dir: string): Promise<Event[]> {
  const reader = openAuditReader(dir)
  const events: Event[] = []
  for (const { name, size } of await reader.logs())
    events.push(...(await reader.read(name, 0, size)).map(({ json }) => JSON.parse(json) as Event))
  return events
}

export const day = ({ occurred_at: at }: Event): string => at.slice(0, 10)

/** Groups by text, each with its events. */
export function groups<T>(values: readonly T[], keyOf: (value: T) => readonly (string | undefined)[]): T[][] {
  const all = new Map<string, T[]>()
  for (const value of values) {
    const key = keyOf(value)
      .map(part => part ?? '')
      .join('|')
    const group = all.get(key) ?? []
    all.set(key, group)
    group.push(value)
  }
  return [...all.values()]
}

/** Several values of one cell. */
export const set = (values: readonly (string | undefined)[], separator = ' '): string =>
  [...new Set(values.flatMap(value => (value === undefined || value === '' ? [] : [value])))]
    .sort()
    .join(separator)

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

/** First and last day, and how many. */
export function span(events: readonly Event[]) {
  const days = events.map(day).sort()
  return { requests: events.length, first_seen: days[0] ?? '', last_seen: days.at(-1) ?? '' }
}
