import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { createSigner, publicKeyOf } from '../src/audit/tlog/keys.ts'
import { loadConfig } from '../src/config.ts'
import { keyChanges, keyIdsOf } from '../src/keys-in-force.ts'
import { builder } from './audit/facts.ts'

t.test('every key has an id that fits its records, whatever its bytes are', async t => {
  const dataDir = t.testdir()
  const config = { ...loadConfig({}), dataDir }
  let plus = 0
  for (let at = 0; at < 64; at++) {
    const seed = createHash('sha256').update(`seed ${at}`).digest()
    const { vkey } = createSigner('schleuse.invalid', seed)
    if (/^[^+]+\+[^+]+\+.{0,11}\+/.test(vkey)) plus++
    writeFileSync(join(dataDir, 'audit.key'), seed, { mode: 0o600 })
    const ids = keyIdsOf(config)
    t.same(ids.log, [publicKeyOf(vkey).subarray(0, 8).toString('hex')], String(at))
    t.equal(keyChanges(undefined, ids, builder).length, 3)
  }
  t.ok(plus > 0, 'some have a plus sign among the first characters of their base64')
})
