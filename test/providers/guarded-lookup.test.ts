import t from 'tap'
import { FORBIDDEN_ADDRESS, guardedLookup, type Network } from '../../src/providers/guarded-lookup.ts'
import { HttpClient } from '../../src/providers/http.ts'
import { Recorder, rawServer } from './raw-server.ts'

/** Names that point where a deployment may not send: DNS rebinding, a slip in a zone. */

const looked = (network: Network, addresses: readonly string[], all: boolean) =>
  new Promise<unknown>(resolve => {
    const lookup = guardedLookup(network, (_host, callback) =>
      callback(
        null,
        addresses.map(address => ({ address, family: address.includes(':') ? 6 : 4 }))
      )
    )
    lookup('api.example.com', { all }, (error, address) => resolve(error?.code ?? address))
  })

t.test('one forbidden address among several refuses the name', async t => {
  t.equal(await looked('public', ['1.1.1.1', '2606:4700::1111'], false), '1.1.1.1')
  t.same(await looked('public', ['1.1.1.1'], true), [{ address: '1.1.1.1', family: 4 }])
  for (const bad of ['10.0.0.1', '127.0.0.1', '169.254.169.254', '::1', 'fd00::1', '::ffff:10.0.0.1'])
    for (const all of [true, false])
      t.equal(await looked('public', ['1.1.1.1', bad], all), FORBIDDEN_ADDRESS, bad)
  t.equal(await looked('public', [], false), FORBIDDEN_ADDRESS, 'a name without an address')
})

t.test('what a deployment declares is let through, and no more', async t => {
  t.equal(await looked('private', ['10.0.0.1'], false), '10.0.0.1')
  t.equal(await looked('private', ['1.1.1.1'], false), '1.1.1.1')
  for (const bad of ['127.0.0.1', '169.254.169.254', '::1', 'fe80::1'])
    t.equal(await looked('private', [bad], false), FORBIDDEN_ADDRESS, bad)
  t.equal(await looked('loopback', ['127.0.0.1'], false), '127.0.0.1')
  for (const bad of ['1.1.1.1', '10.0.0.1'])
    t.equal(await looked('loopback', [bad], false), FORBIDDEN_ADDRESS)
})

t.test('an error of the resolver stays one', async t => {
  const failed = Object.assign(new Error('no'), { code: 'ENOTFOUND' })
  const lookup = guardedLookup('public', (_host, callback) => callback(failed, []))
  const error = await new Promise(resolve => lookup('x.example', {}, resolve))
  t.equal(error, failed)
})

t.test('a client never connects to such a name', async t => {
  const server = await rawServer(t, () => {})
  const { port } = new URL(server.url)
  const client = new HttpClient({
    id: 'p1',
    baseUrl: `https://rebound.example.com:${port}`,
    timeouts: { connectMs: 20_000, headersMs: 20_000, idleMs: 20_000 },
    resolve: (_host, callback) => callback(null, [{ address: '127.0.0.1', family: 4 }])
  })
  t.teardown(() => client.close())
  const recorder = new Recorder()
  client.send({ path: '/x', method: 'POST', headers: {}, body: 'text', stream: false }, recorder)
  await recorder.done.promise
  t.equal(recorder.error?.code, 'SCHLEUSE_UPSTREAM_ADDRESS')
  t.equal(server.sockets.length, 0)
})
