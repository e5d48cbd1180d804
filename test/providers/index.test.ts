import t from 'tap'
import { systemClock } from '../../src/core/clock.ts'
import { createProvider, providerKinds } from '../../src/providers/index.ts'
import type { DeploymentConfig } from '../../src/providers/kind.ts'
import { deploymentConfig } from './deployments.ts'
import { azurePath } from '../../src/providers/azure-openai.ts'
import { type CredentialSource, HeldSecret } from '../../src/providers/credential-source.ts'
import { HttpProvider } from '../../src/providers/http-provider.ts'
import { Recorder, rawServer } from './raw-server.ts'

const deps = { clock: systemClock, timeouts: { connectMs: 20_000, headersMs: 20_000, idleMs: 20_000 } }
const base = deploymentConfig({ baseUrl: 'https://127.0.0.1/v1' })
const baseUrls = new Map([
  ['openai', 'https://eu.api.openai.com/v1'],
  ['azure-openai', 'https://contoso.openai.azure.com']
])

for (const { kind } of providerKinds) {
  t.test(`${kind}: its deployment says what the config says`, async t => {
    const baseUrl = baseUrls.get(kind) ?? base.baseUrl
    const provider = createProvider({ ...base, kind, baseUrl }, deps)
    t.match(provider.deployment, { id: 'p', kind, places: ['DE'], models: ['m'] })
    await provider.close()
    await provider.close()
  })
}

t.test('kinds and base URLs that are not allowed are refused, with what is', async t => {
  const refused: [over: Partial<DeploymentConfig>, field: string, says: RegExp][] = [
    [{ kind: 'constructor' }, 'kind', /^must be one of demo, openai, azure-openai, openai-compatible$/],
    [{ kind: 'openai', baseUrl: 'https://api.openai.com.evil.example/v1' }, 'baseUrl', /openai-compatible/],
    [
      { kind: 'openai', baseUrl: 'http://api.openai.com/v1' },
      'baseUrl',
      /must be https:\/\/api\.openai\.com/
    ],
    [{ kind: 'openai', baseUrl: 'https://api.openai.com/v1/..//x' }, 'baseUrl', /must be/],
    [
      { kind: 'azure-openai', baseUrl: 'https://contoso.openai.azure.com.evil.example' },
      'baseUrl',
      /resource/
    ],
    [
      { kind: 'azure-openai', baseUrl: 'https://c.openai.azure.com', apiVersion: '1&x=' },
      'apiVersion',
      /2024-10-21/
    ],
    [
      { kind: 'azure-openai', baseUrl: 'https://c.openai.azure.com', credential: { from: 'passthrough' } },
      'credential',
      /of the gateway/
    ],
    [{ kind: 'openai-compatible', baseUrl: 'https://10.0.0.1/v1' }, 'baseUrl', /privateNetwork/],
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
    t.ok(Object.isFrozen(provider.deployment))
    await provider.close()
  }
  const openai = createProvider({ ...base, kind: 'openai', baseUrl: undefined }, deps)
  t.match(openai.deployment, { host: 'api.openai.com' })
  await openai.close()
})

t.test('a deployment gets its own credential and no other, whatever the caller sends', async t => {
  const secret = (value: string) => new HeldSecret(value)
  const sources: [CredentialSource, expected: RegExp | null][] = [
    [{ from: 'none' }, null],
    [{ from: 'passthrough' }, /authorization: Bearer callers-key\r\nopenai-organization: o\r\n/],
    [{ from: 'value', value: secret('own-key'), as: 'bearer' }, /authorization: Bearer own-key\r\n/],
    [{ from: 'value', value: secret('own-key'), as: 'api-key' }, /\r\napi-key: own-key\r\n/]
  ]
  for (const [source, expected] of sources) {
    let seen = ''
    const server = await rawServer(t, (socket, text) => {
      seen = text
      socket.write('HTTP/1.1 204 No Content\r\n\r\n')
    })
    const provider = createProvider({ ...base, baseUrl: server.url, credential: source }, deps)
    const caller = {
      authorization: 'Bearer callers-key',
      'openai-organization': 'o',
      'openai-project': ['a', 'b']
    }
    const credential = await provider.credential.headers(caller)
    const headers = {
      authorization: 'Bearer smuggled-key',
      'x-api-key': 'key2',
      cookie: 'key3',
      accept: 'a/b'
    }
    const recorder = new Recorder()
    const request = { path: '/x', method: 'GET', body: null, stream: false, model: 'm' } as const
    provider.send({ ...request, headers, credential }, recorder)
    await recorder.done.promise
    t.match(seen, 'accept: a/b\r\n')
    t.notMatch(seen, /smuggled|key2|key3/)
    if (expected === null) t.notMatch(seen, /key/)
    else t.match(seen, expected)
    if (source.from !== 'passthrough') t.notMatch(seen, 'callers-key')
    await provider.close()
  }
})

t.test('both generations of Azure paths', async t => {
  const paths: string[] = []
  const server = await rawServer(t, (socket, text) => {
    paths.push(text.split(' ')[1] ?? '')
    socket.write('HTTP/1.1 204 No Content\r\n\r\n')
  })
  const send = async (model: string, apiVersion?: string): Promise<void> => {
    const provider = new HttpProvider(base, server.url, deps, request => azurePath(request, apiVersion))
    const recorder = new Recorder()
    const request = { path: '/chat/completions', method: 'GET', body: null, stream: false, model } as const
    provider.send({ ...request, headers: {}, credential: {} }, recorder)
    await recorder.done.promise
    await provider.close()
  }
  await send('gpt-5-se')
  await send('gpt-5-se', '2024-10-21')
  await send('a/b?c', '2024-10-21')
  t.same(paths, [
    '/openai/v1/chat/completions',
    '/openai/deployments/gpt-5-se/chat/completions?api-version=2024-10-21',
    '/openai/deployments/a%2Fb%3Fc/chat/completions?api-version=2024-10-21'
  ])
})
