import t from 'tap'
import { allSecretRules } from '../../../src/filters/recognizers/secrets/index.ts'
import { prefixesOf } from '../../../src/filters/recognizers/secrets/rule.ts'

t.test('prefixes are the strings a pattern can begin with', async t => {
  t.same(prefixesOf('ghp_[A-Za-z0-9]{36}'), ['ghp_'])
  t.same(prefixesOf('gh[po]_[A-Za-z0-9]{36}'), ['ghp_', 'gho_'])
  t.same(prefixesOf('(?:AKIA|ASIA)[A-Z2-7]{16}'), ['AKIA', 'ASIA'])
  t.same(prefixesOf('hooks\\.slack\\.com/'), ['hooks.slac'])
  t.same(prefixesOf('sk-(?:proj-)?[A-Z]{4}'), ['sk-'])
})

t.test('patterns are bounded: no *, no +, no open quantifier, no group repeated without bound', async t => {
  for (const { id, pattern } of allSecretRules) {
    const plain = pattern.replace(/\\./g, '').replace(/\[[^\]]*\]/g, 'x')
    t.notMatch(plain, /[*+]|\{\d+,\}/, id)
  }
})

t.test('what the scanner looks for is long enough to be rare', async t => {
  for (const { id, pattern, keywords } of allSecretRules) {
    if (keywords === undefined)
      for (const prefix of prefixesOf(pattern)) t.ok(prefix.length >= 3, `${id}: ${prefix}`)
  }
})
