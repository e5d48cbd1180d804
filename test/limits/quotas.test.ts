import t from 'tap'
import { createRegistry, type App } from '../../src/apps/registry.ts'
import { MemoryCounters } from '../../src/limits/counters.ts'
import { Prices, type Spent } from '../../src/limits/prices.ts'
import { Quotas, type Ticket } from '../../src/limits/quotas.ts'
import { duration } from '../../src/limits/refusal.ts'
import type { AppLimits, PriceConfig } from '../../src/limits/schema.ts'

const DAY = 86_400_000
const start = Date.UTC(2026, 10, 30, 12)

function setUp(limits: Partial<AppLimits>, prices: readonly PriceConfig[] = []) {
  const time = { now: start }
  const clock = { now: () => time.now, monotonic: () => time.now }
  const refused: string[] = []
  const quotas = new Quotas({
    counters: new MemoryCounters(clock),
    prices: new Prices(prices),
    clock,
    onFault: () => t.fail('no fault'),
    onRefused: (_app, limit) => refused.push(limit)
  })
  const app = createRegistry(
    [{ id: 'crm', keys: [], limits: { currency: 'EUR', ...limits } }],
    [],
    Buffer.alloc(32)
  ).app('crm') as App
  const begin = async (bytes = 4000, stream = false, targets = [{ deployment: 'd', model: 'gpt-5' }]) =>
    quotas.begin({ app, targets, stream, bytes })
  const known = new Prices(prices)
  /** Used at a deployment, and priced as there. */
  const spend = (ticket: Ticket | null, usage: Spent, deployment = 'd') =>
    ticket?.spent(usage, known.costOf(deployment, 'gpt-5', usage, time.now))
  return { time, refused, begin, spend }
}

interface Refused {
  readonly code: string
  readonly headers: Readonly<Record<string, string>>
}

const refusal = async (begun: Promise<unknown>): Promise<Refused> => {
  try {
    await begun
  } catch (error) {
    return error as Refused
  }
  return { code: 'none', headers: {} }
}

t.test('a budget of tokens: set aside, corrected by what was used, anew the next day', async t => {
  const { time, begin, spend, refused } = setUp({ tokensPerDay: 10_000 })
  const first = await begin() // 1000 in, 1000 set aside for the answer
  spend(first, { inputTokens: 4000, outputTokens: 3000 })
  first?.end()
  const second = await begin()
  t.match(await refusal(begin()), {
    code: 'SCHLEUSE_BUDGET_EXCEEDED',
    headers: {
      'retry-after': '43200',
      'retry-after-ms': '43200000',
      'x-should-retry': 'false',
      'x-ratelimit-limit-tokens': '10000',
      'x-ratelimit-remaining-tokens': '1000',
      'x-ratelimit-reset-tokens': '12h0m0s'
    }
  })
  second?.end() // was never sent
  t.ok(await begin(), 'what was not used is given back')
  t.same(refused, ['tokens'])
  time.now += DAY / 2
  t.ok(await begin(28_000))
})

t.test('what an answer used unknown, the estimate stays; months end with the month', async t => {
  const { time, begin, spend } = setUp({ tokensPerMonth: 3000 })
  const aborted = await begin()
  spend(aborted, {})
  aborted?.end()
  t.match(await refusal(begin()), { headers: { 'retry-after': '43200' } })
  time.now += DAY / 2
  t.ok(await begin())
})

t.test('a budget of money, with dated prices', async t => {
  const price = (from: string, input: number, models = ['gpt-*']): PriceConfig => ({
    models,
    from,
    currency: 'EUR',
    input,
    output: 10
  })
  const { begin, spend } = setUp({ costPerDay: 0.05 }, [
    price('2026-01-01', 1),
    price('2026-11-30', 10),
    price('2026-12-01', 99)
  ])
  const first = await begin() // 1000 tokens at 10 per million, 1000 at 10: 0.02
  spend(first, { inputTokens: 1000, outputTokens: 500, cachedInputTokens: 1000 })
  first?.end()
  await begin()
  t.match(await refusal(begin()), {
    code: 'SCHLEUSE_BUDGET_EXCEEDED',
    headers: { 'x-should-retry': 'false' }
  })
  t.match(await refusal(setUp({ costPerDay: 1 }).begin()), { code: 'SCHLEUSE_PRICE_UNKNOWN' })
  const dollars = { ...price('2026-01-01', 1), currency: 'USD' }
  t.match(await refusal(setUp({ costPerDay: 1 }, [dollars]).begin()), { code: 'SCHLEUSE_PRICE_UNKNOWN' })
})

t.test('money is set aside by the dearest deployment and corrected by the one that was used', async t => {
  const of = (deployment: string, input: number): PriceConfig => ({
    deployment,
    models: ['gpt-5'],
    from: '2026-01-01',
    currency: 'EUR',
    input,
    output: 0
  })
  const targets = ['cheap', 'dear'].map(deployment => ({ deployment, model: 'gpt-5' }))
  const prices = [of('cheap', 1), of('dear', 10)]
  const { begin, spend } = setUp({ costPerDay: 0.012 }, prices)
  const first = await begin(4000, false, targets) // 1000 tokens at 10 per million: 0.01
  t.equal((await refusal(begin(4000, false, targets))).code, 'SCHLEUSE_BUDGET_EXCEEDED')
  spend(first, { inputTokens: 1000, outputTokens: 1000 }, 'cheap')
  first?.end()
  t.ok(await begin(4000, false, targets), 'what it cost where it went, not where it might have gone')
  const unpriced = [...targets, { deployment: 'free', model: 'gpt-5' }]
  t.match(await refusal(begin(4000, false, unpriced)), { code: 'SCHLEUSE_PRICE_UNKNOWN' })
})

t.test('prices: the deployment, the exact name, the longest pattern, the latest day', async t => {
  const of = (from: string, input: number, models: string[], deployment?: string): PriceConfig => ({
    models,
    from,
    currency: 'EUR',
    input,
    output: 0,
    ...(deployment === undefined ? {} : { deployment })
  })
  const prices = new Prices([
    of('2026-01-01', 1, ['*']),
    of('2026-01-01', 2, ['gpt-*']),
    of('2026-06-01', 3, ['gpt-*']),
    of('2026-01-01', 4, ['gpt-5']),
    of('2026-01-01', 5, ['*'], 'azure'),
    of('2027-01-01', 6, ['gpt-5'])
  ])
  const input = (deployment: string, model: string, day = '2026-11-22') =>
    prices.find(deployment, model, Date.parse(day))?.microOf({ inputTokens: 1 })
  t.equal(input('other', 'llama'), 1)
  t.equal(input('other', 'gpt-4', '2026-05-31'), 2)
  t.equal(input('other', 'gpt-4'), 3)
  t.equal(input('other', 'gpt-5'), 4)
  t.equal(input('azure', 'gpt-5'), 5)
  t.equal(input('other', 'gpt-5', '2027-01-01'), 6)
  t.equal(input('other', 'gpt-5', '2025-12-31'), undefined)
})

t.test('streams at once', async t => {
  const { begin } = setUp({ concurrentStreams: 2 })
  t.equal(await begin(1, false), null, 'only streams count')
  const tickets = [await begin(1, true), await begin(1, true)]
  t.match(await refusal(begin(1, true)), {
    code: 'SCHLEUSE_STREAMS_EXCEEDED',
    headers: { 'retry-after': '1', 'x-should-retry': 'true' }
  })
  tickets[0]?.end()
  t.ok(await begin(1, true))
  tickets[1]?.end()
})

t.test('apps without limits cost nothing', async t => {
  t.equal(await setUp({}).begin(1, true), null)
})

t.test('durations as OpenAI writes them', async t => {
  t.same([1, 850, 1000, 6500, 360_000, 46_920_000].map(duration), [
    '1ms',
    '850ms',
    '1s',
    '7s',
    '6m0s',
    '13h2m0s'
  ])
})
