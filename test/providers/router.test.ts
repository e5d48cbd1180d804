import t from 'tap'
import type { Provider } from '../../src/providers/provider.ts'
import { Router } from '../../src/providers/router.ts'

function provider(id: string, models: string[], places: string[]): Provider {
  return {
    deployment: {
      id,
      kind: 'test',
      host: 'h',
      places,
      storage: places,
      retentionDays: null,
      training: null,
      contract: null,
      models,
      credential: 'none'
    },
    send: () => ({ resume() {}, abort() {} }),
    close: async () => {}
  }
}

const router = new Router([
  provider('any', ['*'], ['US']),
  provider('gpt', ['gpt-*', 'o3'], ['US']),
  provider('gpt4', ['gpt-4*', 'gpt-*', 'o3', 'o3'], ['DE', 'FR']),
  provider('exact', ['gpt-4.1', 'mistral-small'], ['FR'])
])

const order = (model: string): string[] => router.candidates(model).map(({ deployment }) => deployment.id)

t.test('exact names, then longer patterns, then config order, each provider once', async t => {
  t.same(order('gpt-4.1'), ['exact', 'gpt4', 'gpt', 'any'])
  t.same(order('gpt-5'), ['gpt', 'gpt4', 'any'])
  t.same(order('o3'), ['gpt', 'gpt4', 'any'])
  t.same(order('llama'), ['any'])
})

t.test('unknown models, also those named like object members', async t => {
  const narrow = new Router([provider('p', ['a', 'b-*'], ['DE'])])
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
