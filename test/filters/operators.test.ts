import t from 'tap'
import type { LeafKind } from '../../src/core/leaf.ts'
import { operatorNamed, operators } from '../../src/filters/operators/index.ts'

function apply(name: string, surface: string, kind: LeafKind = 'text'): string | null {
  return operatorNamed(name).apply({ type: 'EMAIL', surface, kind, pseudonym: () => 'EMAIL_00000000' })
}

t.test('the list', async t => {
  t.same(
    operators.map(({ name, reversible, refuses }) => [name, reversible, refuses]),
    [
      ['pseudonymize', true, false],
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
