import t from 'tap'
import { systemClock } from '../../src/core/clock.ts'
import { credentialHeaders } from '../../src/providers/http-provider.ts'
import { createProvider, providerKinds } from '../../src/providers/index.ts'
import type { ProviderConfig } from '../../src/providers/kind.ts'
import { Recorder, rawServer } from './raw-server.ts'

const deps = { clock: systemClock, timeouts: { connectMs: 20_000, headersMs: 20_000, idleMs: 20_000 } }
const base = { id: 'p', places: ['DE'], models: ['m'], baseUrl: 'https://127.0.0.1/v1' }

for (const { kind } of providerKinds) {
  t.test(`${kind}: its deployment says what the config says`, async t => {
    const baseUrl = kind === 'openai' ? 'https://eu.api.openai.com/v1' : base.baseUrl
    const provider = createProvider({ ...base, kind, baseUrl }, deps)
    t.match(provider.deployment, { id: 'p', kind, places: ['DE'], models: ['m'] })
    await provider.close()
    await provider.close()
  })
}

t.test('kinds and base URLs that are not allowed are refused, with what is', async t => {
  const refused: [over: Partial<ProviderConfig>, field: string, says: RegExp][] = [
    [{ kind: 'constructor' }, 'kind', /^must be one of demo, openai, openai-compatible$/],
    [{ kind: 'openai', baseUrl: 'https://api.openai.com.evil.example/v1' }, 'baseUrl', /openai-compatible/],
    [
      { kind: 'openai', baseUrl: 'http://api.openai.com/v1' },
      'baseUrl',
      /must be https:\/\/api\.openai\.com/
    ],
    [{ kind: 'openai', baseUrl: 'https://api.openai.com/v1/..//x' }, 'baseUrl', /must be/],
    [{ kind: 'openai-compatible', baseUrl: undefined }, 'baseUrl', /is required/],
    [{ kind: 'openai-compatible', baseUrl: 'nonsense' }, 'baseUrl', /must be a URL/],
    [{ kind: 'openai-compatible', baseUrl: 'http://192.168.0.1/v1' }, 'baseUrl', /https/],
    [{ kind: 'openai-compatible', baseUrl: 'http://127.0.0.1.evil.example/v1' }, 'baseUrl', /https/],
    [{ kind: 'openai-compatible', baseUrl: 'ftp://127.0.0.1/' }, 'baseUrl', /https/],
    [{ kind: 'openai-compatible', baseUrl: 'https://u:p@h/v1' }, 'baseUrl', /credentials/],
    [{ kind: 'openai-compatible', baseUrl: 'https://h/v1?a=b' }, 'baseUrl', /query/],
    [{ kind: 'openai-compatible', baseUrl: 'https://h/v1#a' }, 'baseUrl', /fragment/]
  ]
  for (const [over, field, message] of refused) {
    t.throws(() => createProvider({ ...base, kind: 'demo', ...over }, deps), {
      name: 'ProviderConfigError',
      field,
      message
    })
  }
})

t.test('loopback may be plain, and hosts are named with their port', async t => {
  for (const [baseUrl, host] of [
    ['http://localhost:11434/v1', 'localhost:11434'],
    ['http://[::1]:8000', '[::1]:8000'],
    ['http://127.9.9.9/', '127.9.9.9'],
    ['https://API.example.com:443/v1/', 'api.example.com']
  ] as const) {
    const provider = createProvider({ ...base, kind: 'openai-compatible', baseUrl }, deps)
    t.equal(provider.deployment.host, host)
    t.equal(provider.deployment.credential, 'none')
    await provider.close()
  }
  const openai = createProvider({ ...base, kind: 'openai', baseUrl: undefined }, deps)
  t.match(openai.deployment, { host: 'api.openai.com', credential: 'passthrough' })
  await openai.close()
})

t.test('credentials of the caller', async t => {
  t.same(
    credentialHeaders({
      authorization: 'Bearer k',
      'openai-organization': 'o',
      'openai-project': ['a', 'b'],
      'x-api-key': 'x',
      cookie: 'c'
    }),
    { authorization: 'Bearer k', 'openai-organization': 'o' }
  )
  t.same(credentialHeaders({}), {})
})

t.test('passthrough sends the credential, none sends nothing of the kind', async t => {
  for (const credential of ['passthrough', 'none'] as const) {
    let seen = ''
    const server = await rawServer(t, (socket, text) => {
      seen = text
      socket.write('HTTP/1.1 204 No Content\r\n\r\n')
    })
    const provider = createProvider(
      { ...base, kind: 'openai-compatible', baseUrl: server.url, credential },
      deps
    )
    const headers = {
      ...credentialHeaders({ authorization: 'Bearer key' }),
      'x-api-key': 'key2',
      accept: 'a/b'
    }
    const recorder = new Recorder()
    provider.send({ path: '/x', method: 'GET', headers, body: null, stream: false }, recorder)
    await recorder.done.promise
    t.equal(seen.includes('key'), credential === 'passthrough')
    t.match(seen, 'accept: a/b\r\n')
    await provider.close()
  }
})
