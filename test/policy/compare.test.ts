import t from 'tap'
import * as fc from 'fast-check'
import { compare, directionOf } from '../../src/policy/compare.ts'
import type { PolicyFile } from '../../src/policy-schema.ts'
import { policyFile } from '../support/policy-file.ts'

const of = (old: Partial<PolicyFile>, next: Partial<PolicyFile>, digests = ['d', 'd']) =>
  compare(
    { file: policyFile(old), digest: digests[0] ?? '' },
    { file: policyFile(next), digest: digests[1] ?? '' }
  )

const cases: [name: string, old: Partial<PolicyFile>, next: Partial<PolicyFile>, path: string][] = [
  [
    'a stricter operator',
    { operators: { default: 'pseudonymize' } },
    { operators: { default: 'pseudonymize', EMAIL: 'block' } },
    'operators.EMAIL'
  ],
  [
    'a stricter default',
    { operators: { default: 'keep' } },
    { operators: { default: 'redact' } },
    'operators.default'
  ],
  ['a lower threshold', {}, { thresholds: { default: 0.5, PERSON: 0.3 } }, 'thresholds.PERSON'],
  ['a country more', { countries: ['DE'] }, { countries: ['DE', 'PL'] }, 'countries'],
  ['a flag that blocks', {}, { flags: { default: 'allow', health: 'block' } }, 'flags.health'],
  [
    'pictures refused',
    { opaque: { image: 'allow', audio: 'refuse', file: 'refuse', tokens: 'refuse' } },
    {},
    'opaque.image'
  ],
  ['provider tools refused', { providerTools: 'allow' }, {}, 'providerTools'],
  ['answers masked', {}, { answers: { operator: 'mask', lookBackChars: 256 } }, 'answers.operator'],
  ['a shorter scope', {}, { scope: 'request' }, 'scope'],
  ['strict', {}, { strict: true }, 'strict'],
  [
    'a place less',
    { places: { allowed: ['EEA', 'US'] } },
    { places: { allowed: ['EEA'] } },
    'places.allowed'
  ],
  ['a list of places at all', {}, { places: { allowed: ['EEA'] } }, 'places.allowed'],
  ['a value denied', {}, { deny: ['Nachtfalter'] }, 'deny'],
  ['a value no longer exempt', { allow: ['info@example.org'] }, {}, 'allow'],
  [
    'a field rule that is stricter there',
    {},
    { fields: [{ direction: 'request', fields: ['tools'], operators: { IBAN: 'block' } }] },
    'fields(request tools).operators.IBAN'
  ],
  [
    'a lower threshold somewhere',
    { fields: [{ direction: 'request', kinds: ['key'], thresholds: { default: 0.9 } }] },
    {},
    'fields(request key).thresholds.default'
  ]
]

for (const [name, old, next, path] of cases) {
  t.test(`${name} is tighter, and looser the other way round`, async t => {
    const there = of(old, next)
    t.equal(there.direction, 'tightened', JSON.stringify(there.changes))
    t.same(
      there.changes.map(change => change.path),
      [path]
    )
    t.equal(of(next, old).direction, 'loosened')
  })
}

t.test('what goes both ways, or may, is mixed', async t => {
  const rule = {
    id: 'a',
    type: 'A',
    wholeWords: true,
    context: [],
    contextScore: 0.9,
    examples: { match: [], noMatch: [] }
  }
  const both = of({ scope: 'request' }, { scope: 'conversation', strict: true })
  t.equal(both.direction, 'mixed')
  t.equal(
    of({ operators: { default: 'mask' } }, {}).direction,
    'mixed',
    'a mask shows shape, a pseudonym can be followed'
  )
  t.equal(
    of({ rules: [{ ...rule, words: ['a'] }] }, { rules: [{ ...rule, words: ['b'] }] }).direction,
    'mixed'
  )
  t.equal(of({}, {}, ['one', 'two']).direction, 'mixed', 'a file of words changed')
  t.equal(of({}, { rules: [{ ...rule, words: ['a'] }] }, ['one', 'two']).direction, 'tightened')
})

t.test('words of lists are not shown', async t => {
  t.notMatch(
    JSON.stringify(of({ allow: ['geheim@firma.de'] }, { deny: ['Operation Nachtfalter'] })),
    /geheim|Nachtfalter/
  )
})

t.test('a rule above a field is held against one below it', async t => {
  const wide = { direction: 'request' as const, fields: ['messages'], operators: { IBAN: 'block' as const } }
  const narrow = {
    direction: 'request' as const,
    fields: ['messages[].content'],
    operators: { IBAN: 'keep' as const }
  }
  t.equal(of({ fields: [wide] }, { fields: [narrow, wide] }).direction, 'loosened')
  t.equal(of({ fields: [wide] }, { fields: [wide, narrow] }).direction, 'neutral', 'the first decides')
  t.equal(of({ fields: [narrow, wide] }, { fields: [wide] }).direction, 'tightened')
})

t.test('the same is neutral, and the other way round is the other direction', async t => {
  const operator = fc.constantFrom('pseudonymize', 'redact', 'block', 'keep')
  const file = fc.record({
    operators: fc.dictionary(fc.constantFrom('EMAIL', 'IBAN', 'default'), operator),
    thresholds: fc.dictionary(fc.constantFrom('EMAIL', 'default'), fc.constantFrom(0.1, 0.5, 0.9)),
    countries: fc.array(fc.constantFrom('DE', 'FR', 'EU')),
    strict: fc.boolean()
  }) as fc.Arbitrary<Partial<PolicyFile>>
  const opposite = { tightened: 'loosened', loosened: 'tightened', mixed: 'mixed', neutral: 'neutral' }
  fc.assert(
    fc.property(
      file,
      file,
      (a, b) => of(a, a).direction === 'neutral' && opposite[of(a, b).direction] === of(b, a).direction
    )
  )
  t.equal(directionOf([]), 'neutral')
})
