import t from 'tap'
import type { LeafKind } from '../../src/core/leaf.ts'
import { operatorNamed, operators } from '../../src/filters/operators/index.ts'

function apply(name: string, surface: string, kind: LeafKind = 'text', type = 'EMAIL'): string | null {
  return operatorNamed(name).apply({
    type,
    surface,
    kind,
    pseudonym: () => 'EMAIL_00000000',
    surrogate: () => (surface === '' ? null : 'anna@example.org')
  })
}

t.test('the list', async t => {
  t.same(
    operators.map(({ name, reversible, refuses }) => [name, reversible, refuses]),
    [
      ['pseudonymize', true, false],
      ['surrogate', true, false],
      ['generalize', false, false],
      ['mask', false, false],
      ['redact', false, false],
      ['block', false, true],
      ['keep', false, false]
    ]
  )
  t.throws(
    () => operatorNamed('nothing'),
    { code: 'SCHLEUSE_SCAN_FAILED' },
    'an unknown operator fails closed'
  )
  t.throws(() => operatorNamed('constructor'), { code: 'SCHLEUSE_SCAN_FAILED' })
})

t.test('each operator', async t => {
  t.equal(apply('pseudonymize', 'a@b.de'), 'EMAIL_00000000')
  t.equal(apply('keep', 'a@b.de'), null)
  t.equal(apply('block', 'a@b.de'), null)
  t.equal(apply('redact', 'a@b.de'), '[EMAIL]')
  t.equal(apply('redact', 'a@b.de', 'identifier'), 'EMAIL')
})

t.test('surrogate falls back on a code', async t => {
  t.equal(apply('surrogate', 'a@b.de'), 'anna@example.org')
  t.equal(apply('surrogate', ''), 'EMAIL_00000000')
})

t.test('generalize makes ages, dates and addresses coarser, and redacts the rest', async t => {
  for (const [type, surface, coarse] of [
    ['AGE', '34', '30-39'],
    ['AGE', '65 años', '60-69 años'],
    ['AGE', '7', '0-9'],
    ['AGE', '93', '90-120'],
    ['AGE', 'fünf', '[AGE]'],
    ['DATE_OF_BIRTH', '12.03.1985', '1985'],
    ['DATE_OF_BIRTH', 'March 12, 2001', '2001'],
    ['DATE_OF_BIRTH', '19850312', '1985'],
    ['DATE_OF_BIRTH', '12.03.85', '[DATE_OF_BIRTH]'],
    ['ADDRESS', 'Korekamp 15\n47809 Krefeld', '47xxx'],
    ['ADDRESS', 'Almosen 10, 4843 Innerleiten', '48xx'],
    ['ADDRESS', 'Korekamp 15', '[ADDRESS]'],
    ['EMAIL', 'a@b.de', '[EMAIL]']
  ])
    t.equal(apply('generalize', surface ?? '', 'text', type), coarse, `${type} ${surface}`)
})

t.test('mask keeps the length, the separators and the last four of long values', async t => {
  t.equal(apply('mask', 'DE89 3704 0044 0532 0130 00'), '**** **** **** **** **30 00')
  t.equal(apply('mask', '4111-1111-1111-1234'), '****-****-****-1234')
  t.equal(apply('mask', 'a@b.de'), '*@*.**')
  t.equal(apply('mask', '123456789'), '*********')
  t.equal(apply('mask', '1234567890'), '******7890')
  t.equal(apply('mask', 'Jürgen 😀 𝔐'), '****** 😀 **')
  t.equal(apply('mask', '\ud83d x'), '\ud83d *')
  t.equal(apply('mask', 'max_muster', 'identifier'), 'XXX_XXXXXX')
})
