import t from 'tap'
import { Health } from '../../src/providers/health.ts'
import { type Alias, orderCandidates, Router } from '../../src/providers/router.ts'
import { fakeProvider } from './deployments.ts'

const router = new Router([
  fakeProvider({ id: 'any', models: ['*'], priority: 1 }),
  fakeProvider({ id: 'gpt', models: ['gpt-*', 'o3'], priority: 2 }),
  fakeProvider({ id: 'gpt4', models: ['gpt-4*', 'gpt-*', 'o3', 'o3'], priority: 3 }),
  fakeProvider({ id: 'exact', models: ['gpt-4.1', 'mistral-small'], priority: 4 })
])
const order = (model: string): string[] =>
  router.candidates(model).map(({ provider }) => provider.deployment.id)

t.test('exact names, then longer patterns, then config order, each provider once', async t => {
  t.same(order('gpt-4.1'), ['exact', 'gpt4', 'gpt', 'any'])
  t.same(order('gpt-5'), ['gpt', 'gpt4', 'any'])
  t.same(order('o3'), ['gpt', 'gpt4', 'any'])
  t.same(order('llama'), ['any'])
})

t.test('unknown models, also those named like object members', async t => {
  const narrow = new Router([fakeProvider({ id: 'p', models: ['a', 'b-*'] })])
  for (const model of ['c', 'b', 'constructor', '__proto__', '']) {
    t.same(narrow.candidates(model), [])
  }
  t.same(new Router([]).candidates('a'), [])
})

t.test('listed are explicit names, once, with everyone who serves them', async t => {
  const listed = router.listModels().map(model => [model.id, model.deployments.map(({ id }) => id)])
  t.same(listed, [
    ['o3', ['gpt', 'gpt4']],
    ['gpt-4.1', ['exact']],
    ['mistral-small', ['exact']]
  ])
})

t.test('priority comes before config order; the provider may know a model by another name', async t => {
  const two = new Router([
    fakeProvider({ id: 'later', models: ['m'], priority: 2 }),
    fakeProvider({
      id: 'first',
      models: ['m', 'x-*'],
      priority: 1,
      upstreamModels: new Map([['m', 'm-2026']])
    })
  ])
  t.match(two.candidates('m'), [
    { provider: { deployment: { id: 'first' } }, model: 'm-2026', pattern: 'm', rank: 0 },
    { provider: { deployment: { id: 'later' } }, model: 'm', pattern: 'm', rank: 1 }
  ])
  t.match(two.candidates('x-1'), [{ model: 'x-1', pattern: 'x-*' }])
})

t.test('an alias names models at deployments, and hides models of the same name', async t => {
  const providers = [
    fakeProvider({ id: 'a', models: ['gpt-5', 'chat'], upstreamModels: new Map([['gpt-5', 'dep-5']]) }),
    fakeProvider({ id: 'b', models: ['mistral'] })
  ]
  const aliases: Alias[] = [
    {
      name: 'chat',
      targets: [
        { deployment: 'b', model: 'mistral', weight: 1 },
        { deployment: 'a', model: 'gpt-5', weight: 1 }
      ]
    }
  ]
  const aliased = new Router(providers, aliases)
  t.match(aliased.candidates('chat'), [
    { provider: { deployment: { id: 'b' } }, model: 'mistral', pattern: 'chat', rank: 0 },
    { provider: { deployment: { id: 'a' } }, model: 'dep-5', pattern: 'chat', rank: 1 }
  ])
  t.same(
    aliased.listModels().map(({ id }) => id),
    ['chat', 'gpt-5', 'mistral']
  )
})

t.test('conversations stay, are shared by weight, and move only when they must', async t => {
  const providers = ['a', 'b', 'c'].map((id, at) =>
    fakeProvider({ id, models: ['m'], priority: 1, weight: at === 0 ? 2 : 1 })
  )
  let now = 0
  const clock = { now: () => now, monotonic: () => now }
  const limits = { minRequests: 20, failureShare: 0.5, windowMs: 30_000, openMs: 10_000 }
  const health = new Health(
    providers.map(({ deployment }) => deployment),
    limits,
    clock
  )
  const first = (of: typeof providers, session: string): string =>
    orderCandidates(new Router(of).candidates('m'), () => session, health, 3)[0]?.provider.deployment.id ?? ''
  const sessions = Array.from({ length: 4000 }, (_, at) => `s${at}`)
  const before = sessions.map(session => first(providers, session))
  const share = before.filter(id => id === 'a').length / sessions.length
  t.ok(share > 0.46 && share < 0.54, `half of the weight got ${share}`)
  t.same(
    sessions.map(session => first(providers, session)),
    before,
    'the same conversation, the same deployment'
  )
  const without = sessions.map(session => first(providers.slice(0, 2), session))
  const moved = before.filter((id, at) => id !== 'c' && id !== without[at]).length
  t.equal(moved, 0, 'when one goes, only its own conversations move')

  const answer = (at: number, ttfbMs: number): void => {
    const { deployment } = providers[at] as (typeof providers)[number]
    for (let i = 0; i < 10; i++) {
      const place = health.of(deployment).claim()
      if (typeof place !== 'string') place.ended({ ok: true, aborted: false, headers: new Map(), ttfbMs })
    }
  }
  answer(0, 1000)
  answer(1, 100)
  answer(2, 250)
  now += 1
  const after = sessions.map(session => first(providers, session))
  t.notOk(after.includes('a'), 'four times slower than the fastest')
  t.ok(after.includes('b') && after.includes('c'))
  t.equal(orderCandidates([], () => '', health, 3).length, 0)
  t.throws(() => health.of(fakeProvider({ id: 'other' }).deployment), RangeError)
})
