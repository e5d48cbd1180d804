import t from 'tap'
import { normalizeEntity } from '../../src/filters/entity.ts'

function same(type: string, ...surfaces: string[]): boolean {
  return new Set(surfaces.map(surface => normalizeEntity(type, surface))).size === 1
}

t.test('spellings of one entity', async t => {
  t.ok(same('EMAIL', 'Max@Example.org', 'max@example.org'))
  t.ok(same('IBAN', 'DE89 3704 0044 0532 0130 00', 'de89370400440532013000'))
  t.ok(same('CARD', '4111-1111-1111-1111', '4111 1111 1111 1111'))
  t.ok(same('DE_TAX_ID', '86 095 742 719', '86095742719'))
  t.ok(same('DE_SOCIAL_SECURITY', '65 070649 C 103', '65070649c103'))
  t.ok(same('PHONE', '+49 170 1234567', '0049 170 1234567', '+49 (0)170/1234567', '0049-170-123 45 67'))
})

t.test('what is not certain is kept apart', async t => {
  t.notOk(same('PHONE', '0170 1234567', '+49 170 1234567'), 'which country?')
  t.notOk(same('API_KEY', 'sk-Abc', 'sk-abc'), 'secrets are compared exactly')
  t.notOk(same('PASSWORD', 'a b', 'ab'))
  t.notOk(same('PHONE', '+49 1', '+49 2'))
})

t.test('nothing becomes empty', async t => {
  t.equal(normalizeEntity('IBAN', '---'), '---')
  t.equal(normalizeEntity('PHONE', 'abc'), 'abc')
})
