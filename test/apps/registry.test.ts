import { randomBytes } from 'node:crypto'
import t from 'tap'
import { createRegistry } from '../../src/apps/registry.ts'
import { keyHash } from '../../src/apps/key.ts'
import { type PurposeRecord, purposeGaps } from '../../src/apps/purpose.ts'

const whole: PurposeRecord = {
  id: 'support-replies',
  version: 2,
  controller: { name: 'Muster AG', codeType: 'LEI', code: '529900T8BM49AURSDO55' },
  function: { id: 'F12', critical: true },
  legalBasis: '6_1_b',
  specialBasis: 'none',
  dataSubjects: ['customers'],
  dpia: 'not_required',
  ropa: 'vvt-017',
  useCase: { id: 'uc-3', role: 'deployer', riskClass: 'minimal' }
}

t.test('a purpose record lacks what it does not say', async t => {
  t.same(purposeGaps(undefined), ['purpose'])
  t.same(purposeGaps(whole), [])
  t.same(purposeGaps({ id: 'x', version: 1 }), [
    'controller',
    'function',
    'legal_basis',
    'special_basis',
    'data_subjects',
    'dpia',
    'ropa',
    'use_case'
  ])
  const inClass = (riskClass: string): PurposeRecord => ({
    ...whole,
    useCase: { id: 'uc', role: 'deployer', riskClass }
  })
  t.same(purposeGaps(inClass('high_annexIII_5b')), ['fria'], 'Art. 27 AI Act')
  t.same(purposeGaps(inClass('high_annexIII_4')), [])
  t.same(purposeGaps(inClass('transparency_art50')), ['disclosure'])
  t.same(purposeGaps({ ...inClass('transparency_art50'), disclosure: 'notice-12' }), [])
})

t.test('keys of the config and of the key file; one whose app is gone opens nothing', async t => {
  const hash = keyHash('one')
  const registry = createRegistry(
    [
      {
        id: 'crm',
        keys: [hash, { hash: keyHash('two'), expires: '2027-01-01' }, { id: 'ci', hash: keyHash('three') }]
      }
    ],
    [
      { id: 'key_00000000', app: 'crm', hash: keyHash('four'), created: '' },
      { id: 'key_11111111', app: 'gone', hash: keyHash('five'), created: '' }
    ],
    randomBytes(32)
  )
  const idOf = (key: string) => registry.keys?.find(key)?.id
  t.same(['one', 'two', 'three', 'four'].map(idOf), ['config-1', 'config-2', 'ci', 'key_00000000'])
  t.equal(registry.keys?.find('two')?.expiresAt, Date.UTC(2027, 0, 1))
  t.equal(registry.app(registry.keys?.find('five')?.appId ?? ''), undefined)
  t.equal(createRegistry([], [], randomBytes(32)).keys, null, 'without apps there is nobody to have a key')
})

t.test('models: all, or those that are named', async t => {
  const mayUse = (models: string[] | undefined, model: string) =>
    createRegistry([{ id: 'a', keys: [], ...(models && { models }) }], [], randomBytes(32))
      .app('a')
      ?.mayUse(model)
  t.ok(mayUse(undefined, 'anything'))
  t.ok(mayUse(['gpt-5', 'llama-*'], 'gpt-5'))
  t.ok(mayUse(['gpt-5', 'llama-*'], 'llama-4'))
  t.notOk(mayUse(['gpt-5', 'llama-*'], 'gpt-5-mini'))
  t.notOk(mayUse(['gpt-5', 'llama-*'], 'constructor'))
})
