import type { AuditIndex } from '../../src/audit/index/audit-index.ts'
import { type FilterParams, parseFilter } from '../../src/audit/index/filter.ts'
import type { Order } from '../../src/audit/index/page.ts'

/** Where the generated traffic lies, and some of its ids. */
export interface Ground {
  readonly fromMs: number
  readonly toMs: number
  /** Ids of events all over the period. */
  readonly eventIds: readonly string[]
  readonly requestIds: readonly string[]
}

/** One question of an auditor. Asked many times, each time a little differently, so that nothing is only remembered. */
export interface Query {
  readonly name: string
  /** @returns number of rows, for a check that it answered something */
  readonly ask: (index: AuditIndex, ground: Ground, round: number) => Promise<number>
  /** True when no rows may be the right answer. */
  readonly mayBeEmpty?: true
}

const PAGE = 100
const DAY_MS = 86_400_000

const page = async (index: AuditIndex, params: FilterParams, order: Order = 'desc'): Promise<number> =>
  (await index.events(parseFilter(params), { limit: PAGE, order })).events.length

const date = (ms: number): string => new Date(ms).toISOString().slice(0, 10)
const providers = ['mistral-api', 'openai', 'anthropic', 'azure'] as const
const classes = ['PERSON', 'EMAIL', 'IBAN', 'PHONE', 'ADDRESS', 'BIRTH_DATE', 'API_KEY', 'TAX_ID'] as const

/** Nearly all of the period, beginning and ending within a month. */
function most({ fromMs, toMs }: Ground, round: number): FilterParams {
  return { from: date(fromMs + (1 + (round % 9)) * DAY_MS), to: date(toMs - (1 + (round % 7)) * DAY_MS) }
}

export const QUERIES: readonly Query[] = [
  { name: 'newest', ask: index => page(index, {}) },
  {
    name: 'provider_in_period',
    ask: (index, ground, round) => page(index, { ...most(ground, round), provider: providers[round % 4] })
  },
  {
    name: 'blocked_of_app',
    ask: (index, _, round) => page(index, { type: 'ai.request.blocked', app: `app-${round % 24}` })
  },
  {
    name: 'clear_to_third_country',
    ask: (index, ground, round) =>
      page(index, {
        ...most(ground, round),
        payload_state: 'clear',
        third_country: 'true',
        type: 'ai.request.admitted'
      })
  },
  {
    name: 'health_of_provider_that_failed',
    ask: (index, _, round) =>
      page(index, { flag: 'health', provider: providers[round % 4], outcome: 'timeout' }),
    mayBeEmpty: true
  },
  {
    name: 'unknown_mechanism_oldest_first',
    ask: index => page(index, { mechanism: 'unknown' }, 'asc'),
    mayBeEmpty: true
  },
  {
    name: 'without_contract',
    ask: index => page(index, { missing: 'contract', type: 'ai.request.admitted' }),
    mayBeEmpty: true
  },
  {
    name: 'class_from_the_middle',
    ask: (index, { fromMs, toMs }, round) =>
      page(index, {
        class: classes[round % 8],
        to: new Date((fromMs + toMs) / 2 - round * 3_600_000).toISOString()
      })
  },
  {
    name: 'event_and_its_request',
    async ask(index, { eventIds, requestIds }, round) {
      const found = await index.event(eventIds[round % eventIds.length] ?? '')
      return found.length + (await page(index, { request_id: requestIds[round % requestIds.length] }))
    }
  },
  {
    name: 'dora_b_02_02',
    ask: async (index, ground, round) =>
      (
        await index.aggregate(parseFilter({ ...most(ground, round), type: 'ai.request.admitted' }), [
          'contract',
          'entity',
          'provider_code',
          'function',
          'service',
          'provision',
          'storage',
          'processing'
        ])
      ).length
  },
  {
    name: 'transfer_register',
    ask: async (index, ground, round) =>
      (
        await index.aggregate(parseFilter(most(ground, round)), [
          'country',
          'provider',
          'mechanism',
          'purpose',
          'payload_state'
        ])
      ).length
  },
  {
    name: 'classes_and_actions',
    ask: async (index, ground, round) =>
      (await index.findings(parseFilter(most(ground, round)), ['class', 'action', 'provider'])).length
  }
]
