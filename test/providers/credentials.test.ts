import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inspect } from 'node:util'
import t from 'tap'
import { HeldSecret } from '../../src/providers/credential-source.ts'
import { createCredential, withoutSecrets } from '../../src/providers/credentials.ts'

/** Keys of the gateway go to their deployment, the caller's own only where it says so, and both nowhere else. */

const caller = { authorization: 'Bearer mine', 'openai-project': 'p', cookie: 'c', 'x-api-key': 'k' }
let now = 0
const clock = { now: () => now, monotonic: () => now }

t.test('the caller, the config, or none', async t => {
  t.same(await createCredential('d', { from: 'none' }, clock).headers(caller), {})
  const own = createCredential('d', { from: 'passthrough' }, clock)
  t.same(await own.headers(caller), { authorization: 'Bearer mine', 'openai-project': 'p' })
  await t.rejects(own.headers({ cookie: 'c' }), { code: 'SCHLEUSE_CREDENTIAL_MISSING' })
  const value = new HeldSecret('sk-1')
  const bearer = createCredential('d', { from: 'value', value, as: 'bearer' }, clock)
  t.same(await bearer.headers(caller), { authorization: 'Bearer sk-1' })
  const key = createCredential('d', { from: 'value', value, as: 'api-key' }, clock)
  t.same(await key.headers(caller), { 'api-key': 'sk-1' })
  t.same(withoutSecrets({ ...caller, accept: '*/*' }), { accept: '*/*' })
})

t.test('a held secret shows itself to nobody', async t => {
  const secret = new HeldSecret('sk-hidden')
  for (const shown of [JSON.stringify({ secret }), inspect(secret, { depth: 5 })])
    t.notMatch(shown, 'sk-hidden')
})

t.test('a file: read again after a minute, and when the provider refuses it', async t => {
  const path = join(t.testdir({ key: 'sk-1\n' }), 'key')
  const credential = createCredential('d', { from: 'file', path, as: 'bearer' }, clock)
  const current = async () => (await credential.headers({}))['authorization']
  t.equal(await current(), 'Bearer sk-1')
  writeFileSync(path, 'sk-2')
  t.equal(await current(), 'Bearer sk-1')
  now += 60_000
  t.equal(await current(), 'Bearer sk-2')
  writeFileSync(path, 'sk-3')
  credential.refused()
  t.equal(await current(), 'Bearer sk-3')
  for (const bad of ['', 'two words', 'a\nb', 'ü', 'x'.repeat(9000)]) {
    writeFileSync(path, bad)
    credential.refused()
    const error: Error = await credential.headers({}).then(
      () => new Error('read'),
      (caught: Error) => caught
    )
    t.match(error, { code: 'SCHLEUSE_CREDENTIAL_UNAVAILABLE' }, 'no header can hold it')
    if (bad !== '') t.notMatch(inspect(error, { depth: 5 }), bad)
  }
  writeFileSync(path, 'sk-4')
  t.equal(await current(), 'Bearer sk-4', 'a failure is not kept')
})

t.test('a program, without a shell', async t => {
  const dir = t.testdir({
    token: '#!/bin/sh\nprintf "%s" "$1"\n',
    fails: '#!/bin/sh\necho sk-secret >&2\nexit 3\n'
  })
  for (const name of ['token', 'fails']) chmodSync(join(dir, name), 0o755)
  const of = (...command: readonly string[]) =>
    createCredential('d', { from: 'command', command, as: 'api-key' }, clock).headers({})
  t.same(await of(join(dir, 'token'), '$(id);`id`'), { 'api-key': '$(id);`id`' })
  for (const command of [[join(dir, 'fails')], [join(dir, 'nothing')]]) {
    const error: unknown = await of(...command).catch((caught: unknown) => caught)
    t.match(error, { code: 'SCHLEUSE_CREDENTIAL_UNAVAILABLE' })
    t.notMatch(inspect(error, { depth: 5 }), 'sk-secret')
  }
})
