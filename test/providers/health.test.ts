import t from 'tap'
import { Breaker } from '../../src/providers/breaker.ts'
import { Health, type Place, type Unavailable } from '../../src/providers/health.ts'
import { pauseMs } from '../../src/providers/rate-limit.ts'
import { RetryBudget } from '../../src/providers/retry-budget.ts'
import { fakeProvider } from './deployments.ts'

const limits = { minRequests: 4, failureShare: 0.5, windowMs: 1000, openMs: 500 }

/** One attempt that ends at once. */
const attempt = (breaker: Breaker, now: number, ok: boolean): void =>
  breaker.ended(breaker.claim(now) ?? Number.NaN, ok, now)

t.test('a breaker', async t => {
  const breaker = new Breaker(limits)
  const end = (now: number, ...results: readonly boolean[]): void => {
    for (const ok of results) attempt(breaker, now, ok)
  }
  end(0, false, false, false)
  t.equal(breaker.state, 'closed', 'three attempts say nothing')
  end(1200, false)
  t.equal(breaker.state, 'closed', 'what is older than the window counts no more')
  end(1300, true, true, false)
  t.equal(breaker.state, 'open', 'half of four failed')
  t.equal(breaker.claim(1799), null)
  const first = breaker.claim(1800)
  t.equal(breaker.state, 'half_open', 'one probes')
  t.equal(breaker.claim(1801), null, 'and only one')
  breaker.ended(first ?? 0, false, 1900)
  t.equal(breaker.state, 'open')
  t.equal(breaker.claim(2399), null)
  breaker.abandoned(breaker.claim(2400) ?? 0)
  const third = breaker.claim(2401)
  t.ok(third, 'a probe that told nothing makes room for another')
  breaker.ended(third ?? 0, true, 2500)
  t.equal(breaker.state, 'closed')
  end(2500, false, false, false)
  t.equal(breaker.state, 'closed', 'counted anew')
})

t.test('results that come in late', async t => {
  const opened = (): { breaker: Breaker; early: readonly number[] } => {
    const breaker = new Breaker(limits)
    const early = Array.from({ length: 6 }, () => breaker.claim(0) ?? Number.NaN)
    for (const claim of early.slice(0, 4)) breaker.ended(claim, false, 10)
    t.equal(breaker.state, 'open')
    return { breaker, early: early.slice(4) }
  }

  t.test('do not close an open breaker', async t => {
    const { breaker, early } = opened()
    breaker.ended(early[0] ?? 0, true, 20)
    t.equal(breaker.state, 'open')
    t.equal(breaker.claim(509), null)
  })

  t.test('are not taken for the result of a probe, and do not take its place', async t => {
    for (const ok of [true, false]) {
      const { breaker, early } = opened()
      const probe = breaker.claim(600) ?? 0
      breaker.ended(early[0] ?? 0, ok, 700)
      t.equal(breaker.state, 'half_open')
      breaker.abandoned(early[1] ?? 0)
      t.equal(breaker.claim(701), null, 'the probe is still under way')
      breaker.ended(probe, !ok, 800)
      t.equal(breaker.state, ok ? 'open' : 'closed', 'only the probe decides')
    }
  })

  t.test('do not count in the window that follows', async t => {
    const { breaker, early } = opened()
    breaker.ended(breaker.claim(600) ?? 0, true, 700)
    t.equal(breaker.state, 'closed')
    for (let i = 0; i < 3; i++) attempt(breaker, 750, false)
    breaker.ended(early[0] ?? 0, false, 800)
    t.equal(breaker.state, 'closed')
    attempt(breaker, 800, false)
    t.equal(breaker.state, 'open')
  })
})

t.test('a budget of retries', async t => {
  const spendAll = (budget: RetryBudget): number => {
    let spent = 0
    while (budget.spend()) spent++
    return spent
  }
  const budget = new RetryBudget(0.2)
  t.equal(spendAll(budget), 10)
  for (let i = 0; i < 5; i++) budget.earn()
  t.equal(spendAll(budget), 1)
  for (let i = 0; i < 1000; i++) budget.earn()
  t.equal(spendAll(budget), 10, 'what is saved is bounded')
  const none = new RetryBudget(0)
  for (let i = 0; i < 100; i++) none.earn()
  t.equal(spendAll(none), 0)
})

t.test('for how long a provider asks to be left alone', async t => {
  const cases: readonly (readonly [status: number, headers: Record<string, string>, ms: number])[] = [
    [429, { 'retry-after': '2' }, 2000],
    [503, { 'retry-after': '1.5' }, 1500],
    [429, { 'retry-after-ms': '250' }, 250],
    [429, { 'retry-after-ms': '250', 'retry-after': '1' }, 1000],
    [500, { 'retry-after': '2' }, 0],
    [200, { 'retry-after': '2' }, 0],
    [429, {}, 0],
    [429, { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' }, 0],
    [429, { 'retry-after': '-5' }, 0],
    [429, { 'retry-after': '1e9' }, 0],
    [429, { 'retry-after': '999999999' }, 60_000],
    [200, { 'x-ratelimit-remaining-requests': '0', 'x-ratelimit-reset-requests': '1m2s' }, 60_000],
    [200, { 'x-ratelimit-remaining-tokens': '0', 'x-ratelimit-reset-tokens': '6s250ms' }, 6250],
    [200, { 'x-ratelimit-remaining-tokens': '0', 'x-ratelimit-reset-tokens': '3' }, 3000],
    [200, { 'x-ratelimit-remaining-tokens': '1', 'x-ratelimit-reset-tokens': '6s' }, 0],
    [200, { 'x-ratelimit-remaining-tokens': '0', 'x-ratelimit-reset-tokens': '1s'.repeat(30) }, 0],
    [200, { 'x-ratelimit-remaining-tokens': '0' }, 0]
  ]
  for (const [status, headers, ms] of cases)
    t.equal(pauseMs(status, new Map(Object.entries(headers))), ms, `${status} ${JSON.stringify(headers)}`)
  t.equal(pauseMs(undefined, new Map()), 0)
})

t.test('the health of a deployment', async t => {
  let now = 0
  const changes: string[] = []
  const of = (over: object = {}) => {
    const { deployment } = fakeProvider({ id: 'd', maxConcurrent: 2, credential: 'managed', ...over })
    const clock = { now: () => now, monotonic: () => now }
    return new Health([deployment], limits, clock, ({ id }, state) => changes.push(`${id} ${state}`)).of(
      deployment
    )
  }
  const ended = { ok: true, aborted: false, headers: new Map<string, string>() }
  const failed = { ...ended, ok: false }

  const taken = (place: Place | Unavailable): Place => {
    if (typeof place === 'string') throw new Error(place)
    return place
  }
  const free = (place: Place | Unavailable) => typeof place !== 'string'

  t.test('no more than maxConcurrent at once', async t => {
    const health = of()
    const [first, second, third] = [taken(health.claim()), taken(health.claim()), health.claim()]
    t.equal(third, 'busy')
    first.released()
    t.ok(free(health.claim()))
    t.equal(health.claim(), 'busy')
    second.ended(ended)
    t.match(health.snapshot(), { inFlight: 1, requests: 1, failures: 0, state: 'closed' })
  })

  t.test('left alone as long as it asks, by the clock of the gateway', async t => {
    const health = of()
    taken(health.claim()).ended({ ...ended, status: 429, headers: new Map([['retry-after', '2']]) })
    t.equal(health.snapshot().pausedMs, 2000)
    t.equal(health.claim(), 'rate_limited')
    t.ok(free(health.claim(true)), 'unless nobody else is left')
    now += 2000
    t.ok(free(health.claim()))
  })

  t.test("a limit of the caller's own key says nothing about others", async t => {
    const health = of({ credential: 'passthrough' })
    taken(health.claim()).ended({ ...ended, status: 429, headers: new Map([['retry-after', '2']]) })
    t.ok(free(health.claim()))
  })

  t.test('its breaker, told when it changes; what clients break off is no failure', async t => {
    changes.length = 0
    const health = of({ maxConcurrent: 100 })
    for (let i = 0; i < 10; i++) taken(health.claim()).ended({ ...failed, aborted: true })
    t.ok(free(health.claim()))
    for (let i = 0; i < 4; i++) taken(health.claim()).ended(failed)
    t.equal(health.claim(), 'breaker_open')
    t.equal(health.claim(true), 'breaker_open', 'also as the last resort')
    now += 500
    const probe = taken(health.claim())
    t.equal(health.claim(), 'breaker_open', 'one probes')
    probe.ended(ended)
    t.same(changes, ['d open', 'd half_open', 'd closed'])
  })
})
