import * as fc from 'fast-check'
import t from 'tap'
import { scanLookalikes } from '../../src/filters/lookalike.ts'
import { TYPES } from './support.ts'

function strict(text: string): string[] {
  return scanLookalikes(text, TYPES)
    .filter(lookalike => lookalike.strict)
    .map(({ start, end }) => text.slice(start, end))
}

t.test('text that looks like a code', async t => {
  for (const text of [
    'PERSON_K7Q2MX4A',
    'person_k7q2mx4a',
    'DE_TAX_ID_0ZZ9ABCD',
    'LITERAL_0ZZ9ABCD',
    'PERSON\\_K7Q2MX4A',
    'PERSON%5FK7Q2MX4A',
    'PERSON&#95;K7Q2MX4A',
    'PERSON\\u005fK7Q2MX4A',
    '**PERSON**_K7Q2MX4A'
  ]) {
    const start = text.startsWith('**') ? 2 : 0
    t.same(strict(`an ${text}.`), [text.slice(start)], text)
    t.same(strict(text), [text.slice(start)], text)
  }
  t.same(strict('_PERSON_K7Q2MX4A_ PERSON_K7Q2MX4As'), ['PERSON_K7Q2MX4A', 'PERSON_K7Q2MX4A'])
})

t.test('text that does not', async t => {
  for (const text of [
    'EMAIL_SERVER',
    'EMAIL_ABCDEFGH',
    'FOO_K7Q2MX4A',
    'PERSON_K7Q2MX4',
    'PERSON_K7Q2MX4I',
    'person_k7q2mx4ab',
    'EMAIL_SERVERX1',
    'der Person',
    'IP',
    ''
  ]) {
    t.same(scanLookalikes(text, TYPES), [], text)
  }
})

t.test('loose spellings are reported, but not strict', async t => {
  for (const text of ['Person 12345678', 'Phone-20240101', 'person\nk7q2mx4a']) {
    t.match(scanLookalikes(text, TYPES), [{ start: 0, end: text.length, strict: false }])
    t.same(strict(text), [])
  }
})

t.test('exact codes are seen inside longer words', async t => {
  t.same(strict('xPERSON_K7Q2MX4A'), ['PERSON_K7Q2MX4A'])
  t.same(strict('PERSON_K7Q2MX4AB'), ['PERSON_K7Q2MX4A'])
  t.same(strict('xDE_TAX_ID_0ZZ9ABCDx, xDE_TAX_ID_0ZZ9ABCD'), ['DE_TAX_ID_0ZZ9ABCD', 'DE_TAX_ID_0ZZ9ABCD'])
  t.same(strict('PERSON_K7Q2MX4APERSON_K7Q2MX4A'), ['PERSON_K7Q2MX4A', 'PERSON_K7Q2MX4A'])
  t.same(strict('xperson_k7q2mx4a'), [], 'glued codes count in their exact form only')
  t.same(strict('xPERSON_0000000A_0000000A'), ['PERSON_0000000A'])
})

t.test('the code it would be read as', async t => {
  t.equal(scanLookalikes('de-tax-id 0zz9abcd', TYPES)[0]?.code, 'DE_TAX_ID_0ZZ9ABCD')
})

t.test('types that begin with a single letter', async t => {
  const types = ['X_RAY', 'IP']
  t.match(scanLookalikes('an x_ray_k7q2mx4a, IP\\_K7Q2MX4A', types), [
    { start: 3, end: 17, strict: true },
    { start: 19, end: 31, strict: true }
  ])
})

t.test('results are sorted, inside the text and free of overlaps', async () => {
  const part = fc.constantFrom(
    'PERSON',
    '_',
    'K7Q2MX4A',
    ' ',
    'x',
    'DE_TAX_ID',
    '-',
    '\n',
    '0000000A',
    'IP',
    '*',
    'LITERAL_1'
  )
  fc.assert(
    fc.property(fc.array(part, { maxLength: 20 }), parts => {
      const text = parts.join('')
      let from = 0
      return scanLookalikes(text, TYPES).every(({ start, end }) => {
        const isFine = start >= from && end > start && end <= text.length
        from = end
        return isFine
      })
    }),
    { numRuns: 500 }
  )
})

t.test('adversarial text takes linear time', async t => {
  for (const unit of [
    'PERSON ',
    'PERSON_',
    'PER',
    '_',
    'PERSON_K7Q2MX4',
    'DE_TAX_ID_',
    'PERSON\n> > > > ',
    'PERSON_K7Q2MX4A_'
  ]) {
    t.ok(scanLookalikes(unit.repeat(20_000), TYPES).length >= 0)
  }
})
