import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { changeKeys, type KeyEntry, keyFileOf, readKeys } from '../../src/apps/key-store.ts'

const entry = (id: string): KeyEntry => ({
  id: `key_${id.padEnd(8, '0')}`,
  app: 'crm',
  hash: `sha256:${'0'.repeat(64)}`,
  created: '2026-11-22T00:00:00.000Z'
})

t.test('what was written is read, by the owner only', async t => {
  const path = keyFileOf(join(t.testdir({}), 'new', 'data'))
  t.same(readKeys(path), [])
  changeKeys(path, keys => [...keys, entry('a')])
  changeKeys(path, keys => [...keys, entry('b')])
  t.same(
    readKeys(path).map(({ id }) => id),
    ['key_a0000000', 'key_b0000000']
  )
  t.equal(statSync(path).mode & 0o777, 0o600)
})

t.test('a change that fails, and one beside another, leave the file as it was', async t => {
  const path = keyFileOf(t.testdir({}))
  changeKeys(path, () => [entry('a')])
  const before = readFileSync(path, 'utf8')
  const fail = (): never => {
    throw new Error('no such key')
  }
  t.throws(() => changeKeys(path, fail), /no such key/)
  t.notOk(existsSync(`${path}.new`))
  changeKeys(path, keys => {
    t.throws(() => changeKeys(path, () => []), /another change of the keys is under way/i)
    return keys
  })
  t.equal(readFileSync(path, 'utf8'), before)
})

t.test('a file that is not whole is no file of keys: a revocation could be missing', async t => {
  for (const wrong of ['', '{', '{"keys":[{}]}', '{"keys":[],"more":1}', '[]']) {
    const path = join(t.testdir({ 'keys.json': wrong }), 'keys.json')
    t.throws(() => readKeys(path), /not as schleuse wrote it/, wrong)
  }
  const folder = t.testdir({})
  writeFileSync(join(folder, 'file'), '')
  t.throws(() => readKeys(join(folder, 'file', 'keys.json')), /can't be read \(ENOTDIR\)/)
})
