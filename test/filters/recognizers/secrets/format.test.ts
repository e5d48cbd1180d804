import t from 'tap'
import { compileFormat } from '../../../../src/filters/recognizers/secrets/format.ts'
import { allSecretRules } from '../../../../src/filters/recognizers/secrets/index.ts'

/** The text the format finds first in `text`, undefined when it finds none. */
function find(source: string, text: string): string | undefined {
  const format = compileFormat(source)
  for (let at = 0; at < text.length; at++) {
    const start = format.start(text, at)
    if (start < 0 || !format.anchors.some(anchor => same(text, at, anchor))) continue
    const end = format.end(text, start)
    if (end > 0) return text.slice(start, end)
  }
  return undefined
}

function same(text: string, at: number, anchor: string): boolean {
  return (
    text
      .slice(at, at + anchor.length)
      .toLowerCase()
      .replaceAll('_', '-') === anchor
  )
}

t.test('runs have their lengths and classes', async t => {
  t.equal(find('abc_{d3}', 'x abc_123.'), 'abc_123')
  t.equal(find('abc_{d3}', 'abc_12'), undefined)
  t.equal(find('abc_{d3}', 'abc_1234'), undefined, 'no part of a longer run')
  t.equal(find('abc_{h2-4}', 'abc_12af'), 'abc_12af')
  t.equal(find('abc_{h2-4}', 'abc_12AF'), 'abc_12')
  t.equal(
    find('abc_{U}', 'abc_123e4567-e89b-12d3-a456-426614174000'),
    'abc_123e4567-e89b-12d3-a456-426614174000'
  )
})

t.test('alternatives, and a run that ends before a literal of its own characters', async t => {
  t.equal(find('sk_(live|test)_{a4}', 'sk_test_ab12'), 'sk_test_ab12')
  t.equal(find('sk_(live|test)_{a4}', 'sk_prod_ab12'), undefined)
  t.equal(find('sk-{b2-20}MARK{b2}', 'sk-abMARKcd'), 'sk-abMARKcd')
  t.equal(find('sk-(x-|){a3}', 'sk-x-abc'), 'sk-x-abc')
  t.equal(find('sk-(x-|){a3}', 'sk-abc'), 'sk-abc')
})

t.test('a format may begin with a run', async t => {
  t.equal(find('{d3-4}:AA{a2}', 'bot 1234:AAxy'), '1234:AAxy')
  t.equal(find('{d3-4}:AA{a2}', '12:AAxy'), undefined)
})

t.test('mistakes in rules are told', async t => {
  t.throws(() => compileFormat('abc{j3}'), RangeError)
  t.throws(() => compileFormat('{d3}'), RangeError)
})

t.test('at least 200 formats, ids unique, each found by what the scanner looks for', async t => {
  t.ok(allSecretRules.length >= 200, String(allSecretRules.length))
  t.equal(new Set(allSecretRules.map(rule => rule.id)).size, allSecretRules.length)
  for (const rule of allSecretRules) {
    t.match(rule.source, /^https:\/\//, rule.id)
    const format = compileFormat(rule.format)
    t.match(
      format.sample(() => 0.37),
      new RegExp(`^${format.pattern}$`),
      rule.id
    )
  }
})
