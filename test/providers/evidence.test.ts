import t from 'tap'
import { contradicts, Evidence } from '../../src/providers/evidence.ts'

const regions = new Map([
  ['swedencentral', 'SE'],
  ['eastus', 'US']
])

t.test('a header', async t => {
  const evidence = new Evidence({ header: 'x-ms-region', regions })
  const of = (value: string) => evidence.ofHead(new Map([['x-ms-region', value]]))
  for (const name of ['swedencentral', 'Sweden Central', 'sweden-central', 'SWEDEN_CENTRAL'])
    t.same(of(name), { evidence: 'response_header', place: 'SE' }, name)
  t.same(of('atlantis'), { evidence: 'response_header', place: 'unknown' })
  for (const no of ['', 'x'.repeat(65)]) t.equal(of(no), null)
  t.equal(evidence.ofHead(new Map()), null)
  t.equal(evidence.ofBody('{"x-ms-region":"eastus"}'), null)
})

t.test('a field of the body', async t => {
  const evidence = new Evidence({ body: ['usage', 'inference_geo'], regions })
  const us = { evidence: 'response_body', place: 'US' }
  t.same(evidence.ofBody('{"usage":{"inference_geo":"eastus"}}'), us)
  const none = [
    '{"inference_geo":"eastus"}',
    '{"usage":{"inference_geo":1}}',
    '{"usage":["inference_geo"]}',
    '{"usage":null,"x":"inference_geo"}',
    '{"usage":{"inference_geo":"eastus"}',
    '{"__proto__":{"inference_geo":"eastus"}}',
    ''
  ]
  for (const text of none) t.equal(evidence.ofBody(text), null, text)
  t.equal(evidence.ofHead(new Map([['inference_geo', 'eastus']])), null)
})

t.test('what contradicts what', async t => {
  const seen = (place: string, ...declared: readonly string[]) =>
    contradicts({ evidence: 'response_header', place }, declared)
  t.ok(seen('US', 'DE'))
  t.ok(seen('US', 'EU'))
  t.ok(seen('CH', 'EEA'))
  t.ok(seen('US', 'self'))
  t.notOk(seen('SE', 'EU'))
  t.notOk(seen('NO', 'EEA'))
  t.ok(seen('NO', 'EU'))
  t.notOk(seen('US', 'US', 'DE'))
  t.notOk(seen('US', 'world'))
  t.notOk(seen('US', 'unknown'))
  t.notOk(seen('unknown', 'DE'), 'a name that nobody listed proves nothing')
})
