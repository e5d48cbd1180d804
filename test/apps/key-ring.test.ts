import { randomBytes } from 'node:crypto'
import t from 'tap'
import { isValid, KeyRing, type StoredKey } from '../../src/apps/key-ring.ts'
import { keyHash, newKey } from '../../src/apps/key.ts'

const stored = (id: string, key: string): StoredKey => ({ id, appId: 'crm', hash: keyHash(key) })

t.test('a key is found by itself only', async t => {
  const made = newKey(randomBytes)
  const ring = new KeyRing(
    [stored('a', 'first'), { ...stored('b', 'second'), revokedAt: 1 }, { ...made, appId: 'chat' }],
    randomBytes(32)
  )
  t.equal(ring.find('first')?.id, 'a')
  t.equal(ring.find('second')?.id, 'b', 'also when it is revoked: its holder is told so')
  t.equal(ring.find(made.key)?.appId, 'chat')
  for (const other of ['', 'First', 'first ', keyHash('first'), `${made.key}x`, '__proto__'])
    t.equal(ring.find(other), null, other)
})

t.test('keys can be told from others, and no two are alike', async t => {
  const keys = Array.from({ length: 100 }, () => newKey(randomBytes))
  for (const { key, id } of keys) {
    t.match(key, /^schleuse_[0-9a-hjkmnp-tv-z]{8}_[A-Za-z0-9_-]{43}$/)
    t.equal(`key_${key.slice(9, 17)}`, id)
  }
  t.equal(new Set(keys.map(({ key }) => key)).size, 100)
})

t.test('a key ends with its last moment, or when it is revoked', async t => {
  const key = { ...stored('a', 'x'), expiresAt: 1000 }
  t.ok(isValid(key, 999))
  t.notOk(isValid(key, 1000))
  t.notOk(isValid({ ...key, revokedAt: 5 }, 10))
  t.ok(isValid(stored('a', 'x'), Number.MAX_SAFE_INTEGER))
  t.notOk(isValid({ ...key, expiresAt: Number.NaN }, 0), 'a date that is none opens nothing')
})
