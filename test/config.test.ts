import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import t, { type Test } from 'tap'
import { ConfigError } from '../src/config-check.ts'
import { loadConfig } from '../src/config.ts'
import { createPolicy } from '../src/policy.ts'
import { DEFAULT_RULES } from '../src/residency/rule-schema.ts'

const minimalPolicy = 'id: p\nversion: 1\nplaces: { allowed: [self] }\n'
const demo = '{ id: demo, provider: demo, models: [demo/echo] }'
const minimal = `policy: policy.yaml\ndeployments:\n  - ${demo}\n`

/** Writes both files into a fresh folder; returns the environment that names them. */
function files(t: Test, config: string, policy = minimalPolicy) {
  const dir = t.testdir({ 'gateway.yaml': config, 'policy.yaml': policy })
  return { dir, env: { SCHLEUSE_CONFIG: join(dir, 'gateway.yaml') } }
}

/** The problems as `file path message` with bare file names. */
function problemsOf(t: Test, config: string, policy?: string, more: Record<string, string> = {}): string[] {
  const { dir, env } = files(t, config, policy)
  try {
    loadConfig({ ...env, ...more }, dir)
  } catch (error) {
    t.type(error, ConfigError)
    if (!(error instanceof ConfigError)) throw error
    return error.problems.map(
      ({ file, path, message }) => `${file.replace(`${dir}/`, '')}: ${path} ${message}`
    )
  }
  return []
}

/** Every pattern matches the problem at its place, and there are no others. */
function expectProblems(t: Test, problems: readonly string[], expected: readonly RegExp[]) {
  t.equal(problems.length, expected.length, problems.join('\n'))
  for (const [i, pattern] of expected.entries()) t.match(problems[i] ?? '', pattern)
}

t.test('the shipped files load with the documented values', async t => {
  const config = loadConfig({}, '/srv')
  const root = fileURLToPath(new URL('../config/', import.meta.url))
  t.equal(config.file, join(root, 'gateway.yaml'))
  t.equal(config.policies[0].file, join(root, 'policies/default.yaml'))
  t.equal(config.dataDir, '/srv/data')
  t.same(config.server, { host: '127.0.0.1', port: 8080 })
  t.same(
    config.deployments.map(({ id, kind }) => [id, kind]),
    [
      ['demo', 'demo'],
      ['openai', 'openai']
    ]
  )
  t.match(config.hash, /^sha256:[0-9a-f]{64}$/)
  const policy = createPolicy(config.policies[0].policy)
  t.equal(policy.operatorFor('EMAIL'), 'pseudonymize')
  t.same(
    policy.residency.rules.map(({ id }) => id),
    DEFAULT_RULES.map(({ id }) => id)
  )
})

t.test('keys that are left out take the values the shipped file shows', async t => {
  const { dir, env } = files(t, minimal)
  const least = loadConfig(env, dir)
  const shipped = loadConfig({}, dir)
  for (const key of ['server', 'dataDir', 'limits', 'timeouts', 'vault', 'apps'] as const)
    t.same(least[key], shipped[key], key)
  const written = readFileSync(shipped.policies[0].file, 'utf8')
  const { operators, thresholds, opaque, providerTools, answers, scope, residency } =
    shipped.policies[0].policy
  t.same(Object.keys(operators).sort(), ['LOCATION', 'ORGANIZATION', 'default'], 'it keeps two types besides')
  t.match(least.policies[0].policy, {
    operators: { default: operators['default'] },
    thresholds,
    opaque,
    providerTools,
    answers,
    scope,
    residency
  })
  t.match(written, /lookBackChars: 256/)
})

t.test('paths: policy beside the config, dataDir in the working folder; env overrides; frozen', async t => {
  const dir = t.testdir({ conf: { 'g.yaml': minimal, 'policy.yaml': minimalPolicy }, run: {} })
  const config = loadConfig(
    {
      SCHLEUSE_CONFIG: '../conf/g.yaml',
      SCHLEUSE_PORT: '0',
      SCHLEUSE_HOST: '::1',
      SCHLEUSE_DATA_DIR: 'records'
    },
    join(dir, 'run')
  )
  t.same(config.server, { host: '::1', port: 0 })
  t.equal(config.dataDir, join(dir, 'run/records'))
  t.equal(config.policies[0].file, join(dir, 'conf/policy.yaml'))
  t.throws(() => Object.assign(config.server, { port: 1 }), TypeError)
  t.throws(() => Object.assign(config.policies[0].policy.operators, { EMAIL: 'keep' }), TypeError)
  const only = loadConfig(
    { SCHLEUSE_CONFIG: '../conf/g.yaml', SCHLEUSE_PORT: '9', SCHLEUSE_HOST: '' },
    join(dir, 'run')
  )
  t.same(only.server, { host: '127.0.0.1', port: 9 })
  t.not(config.hash, only.hash)
})

t.test('every problem of both files and the environment at once', async t => {
  const config = `
server: { host: 0.0.0.0, port: 99999, tls: true }
policy: policy.yaml
limits: { maxJsonDepth: 1.5, maxJsonLeaves: { most: 1 }, maxBufferedBytes: 2048 }
apps: []
colour: red
deployments:
  - { id: demo, provider: demo, places: [DE], models: [demo/echo, demo/echo] }
  - { id: demo, provider: openai-compatible, baseUrl: 'http://api.example.com/v1', credential: none, places: [UK, self, self], models: [gpt] }
  - { id: x, provider: moon, credential: 3, models: ['*gpt'], places: [] }
  - 7
  - { provider: openai, sku: moon, credential: none, models: [m], id: y }
  - { id: z, provider: azure-openai, sku: regional, region: moon, baseUrl: 'https://a.openai.azure.com', credential: { env: NOT_SET }, models: [m] }
  - { id: w, provider: openai, sku: eu, baseUrl: 'https://api.openai.com/v1', places: [DE], models: [m], tls: { ca: missing.pem } }
contracts:
  - { provider: moon, reference: C-1, from: 2026-01-01 }
`
  const policy = `
id: Default
operators: { EMAIL: hash, email: mask }
thresholds: { default: 2 }
opaque: { video: allow }
places: { allowed: [EUROPE, 4, DE, DE] }
`
  expectProblems(t, problemsOf(t, config, policy, { SCHLEUSE_PORT: 'http' }), [
    /^SCHLEUSE_PORT: {2}must be an integer from 0 to 65535/,
    /gateway.yaml: colour is not known here; allowed is a map/,
    /server\.tls is not known here; allowed is a map with the keys host, port/,
    /server\.port is 99999; it must be an integer from 0 to 65535/,
    /limits\.maxJsonDepth is 1\.5; it must be an integer from 8 to 1000/,
    /limits\.maxJsonLeaves is a map; it must be an integer/,
    /deployments\[0\]\.models\[1\] repeats models\[0\]; each may stand once/,
    /deployments\[0\]\.places follow from the offer built-in of demo/,
    /deployments\[1\]\.places\[0\] is "UK"; .* the United Kingdom is GB/,
    /deployments\[1\]\.places\[2\] repeats places\[1\]/,
    /deployments\[1\]\.baseUrl must be https/,
    /deployments\[2\]\.provider is "moon"; it must be a provider with a profile: azure-openai, demo,/,
    /deployments\[2\]\.credential has a value that is not shown; it must be passthrough .* or the key of the gateway/,
    /deployments\[2\]\.places is a list of 0; it must be a list of places/,
    /deployments\[2\]\.models\[0\] is "\*gpt"; it must be a model name/,
    /deployments\[3\] is 7; it must be a map/,
    /deployments\[4\]\.sku is no offer of this provider; it must be one of global, eu/,
    /deployments\[5\]\.region is not known; it must be one of australiaeast/,
    /deployments\[5\]\.credential\.env names a variable that is not set/,
    /deployments\[6\]\.places follow from the offer eu of openai/,
    /deployments\[6\]\.baseUrl must be https:\/\/eu\.api\.openai\.com\/v1 for the offer eu/,
    /deployments\[6\]\.credential is missing/,
    /deployments\[6\]\.tls\.ca can't be read \(ENOENT\)/,
    /server\.host is "0\.0\.0\.0"; without apps it must be a loopback address/,
    /limits\.maxBufferedBytes is 2048; it must be at least maxBodyBytes \+ maxAnswerBytes/,
    /policy.yaml: version is missing; it must be an integer from 1 up/,
    /policy.yaml: id is "Default"; it must be 1 to 64/,
    /operators\.EMAIL is "hash"; it must be pseudonymize, surrogate, generalize, mask, redact, block, keep/,
    /operators\.email is not known here; allowed is "default" or an entity type/,
    /thresholds\.default is 2; it must be a number from 0 to 1/,
    /opaque\.video is not known here; allowed is a map with the keys image, audio, file/,
    /places\.allowed\[1\] is 4; it must be/,
    /places\.allowed\[0\] is "EUROPE"; it must be self, a country code/,
    /places\.allowed\[3\] repeats places\.allowed\[2\]/
  ])
})

t.test('rules for fields decide something, where they can', async t => {
  const policy = `${minimalPolicy}
fields:
  - { endpoints: [openai.chats], operators: { EMAIL: hash } }
  - { fields: ['messages[0].content'], operators: { MAIL: mask } }
  - { direction: answer, fields: ['choices[].message'], operators: { EMAIL: redact } }
  - { kinds: [word] }
`
  expectProblems(t, problemsOf(t, minimal, policy), [
    /fields\[0\]\.operators\.EMAIL is "hash"; it must be pseudonymize, surrogate/,
    /fields\[1\]\.fields\[0\] is "messages\[0\]\.content"; it must be a field as GET \/v1\/coverage names it/,
    /fields\[3\]\.kinds\[0\] is "word"; it must be text, json/,
    /fields\[0\]\.endpoints\[0\] is "openai\.chats"; it must be one of openai\.chat_completions/,
    /fields\[2\]\.operators\.EMAIL is "redact"; in answers it must be keep, mask, block/,
    /fields\[3\] decides nothing; it must have operators or thresholds/
  ])
  const unknown = `${minimalPolicy}fields: [{ operators: { MAIL: mask } }]\n`
  expectProblems(t, problemsOf(t, minimal, unknown), [/fields\[0\]\.operators\.MAIL is no entity type/])
})

t.test('apps: needed beyond loopback, unique ids and keys, the local id is reserved', async t => {
  const hash = (c: string) => `sha256:${c.repeat(64)}`
  const apps = (list: string) => `server: { host: 0.0.0.0 }\napps: ${list}\n${minimal}`
  const { dir, env } = files(t, apps(`[{ id: crm, keys: ['${hash('a')}', '${hash('b')}'] }]`))
  t.equal(loadConfig(env, dir).apps[0]?.keys.length, 2)
  const list = `[{ id: crm, keys: ['${hash('a')}'] }, { id: crm, keys: ['${hash('a')}'] }, { id: local }, 5]`
  expectProblems(t, problemsOf(t, apps(list)), [
    /apps\[3\] is 5; it must be a map with the keys id, keys/,
    /apps\[1\]\.id repeats apps\[0\]\.id/,
    /apps\[2\]\.id is "local", which stands for callers without an app/,
    /apps\[1\]\.keys\[0\] repeats apps\[0\]\.keys\[0\]/
  ])
})

t.test('apps: keys as maps, purpose records, and the policy each is bound to', async t => {
  const hash = (c: string) => `sha256:${c.repeat(64)}`
  const apps = (list: string) => `apps: ${list}\n${minimal}`
  expectProblems(
    t,
    problemsOf(
      t,
      apps(`
  - { id: a, keys: [4711, { hash: '${hash('a')}' }, { hash: '${hash('a')}', expires: 2027-13-01 }, { expires: soon }] }
  - { id: b, policy: p }
  - { id: c, policy: q }
  - { id: d, purpose: { id: x, legalBasis: 6_1, useCase: { id: u, role: deployer, riskClass: prohibited } } }`)
    ),
    [
      /apps\[0\]\.keys\[0\] has a value that is not shown; it must be sha256: and 64 hex digits/,
      /apps\[0\]\.keys\[3\] is a map; it must be sha256: .*, or a map with the keys id, hash, expires/,
      /apps\[0\]\.keys\[3\]\.hash is missing; it must be sha256:/,
      /apps\[0\]\.keys\[3\]\.expires has a value that is not shown; it must be a date such as/,
      /apps\[3\]\.purpose\.legalBasis is "6_1"; it must be 6_1_a, /,
      /apps\[3\]\.purpose\.useCase\.riskClass is "prohibited"; it must be minimal, .*not served/,
      /apps\[0\]\.keys\[2\]\.expires is "2027-13-01"; there is no such day/,
      /apps\[0\]\.keys\[3\]\.expires is "soon"; there is no such day/,
      /apps\[0\]\.keys\[2\]\.hash repeats apps\[0\]\.keys\[1\]\.hash/,
      /apps\[2\]\.policy is "q"; it must be the id of one of the policies: p/
    ]
  )
  const { dir } = files(t, `${minimal}policies: [policy.yaml]\n`)
  t.throws(
    () => loadConfig({ SCHLEUSE_CONFIG: join(dir, 'gateway.yaml') }, dir),
    /policy.yaml: id is "p", as in/
  )
})

t.test('base URLs', async t => {
  const provider = (baseUrl: string) =>
    `policy: policy.yaml\ndeployments:\n  - { id: x, provider: openai-compatible, baseUrl: '${baseUrl}', credential: none, places: [self], models: [m] }\n`
  const good: [string, string][] = [
    ['https://api.openai.com/v1', 'https://api.openai.com/v1'],
    ['https://api.openai.com/v1///', 'https://api.openai.com/v1'],
    ['https://llm.internal:8443', 'https://llm.internal:8443'],
    ['https://8.8.8.8/v1', 'https://8.8.8.8/v1'],
    ['http://127.0.0.1:8000/v1', 'http://127.0.0.1:8000/v1'],
    ['http://[::1]:8000/v1', 'http://[::1]:8000/v1'],
    ['http://localhost/v1/', 'http://localhost/v1']
  ]
  for (const [written, used] of good) {
    const { dir, env } = files(t, provider(written))
    t.match(loadConfig(env, dir).deployments[0], { baseUrl: used }, written)
  }
  const bad: [string, RegExp][] = [
    ['api.openai.com/v1', /baseUrl must be a URL/],
    ['http://api.openai.com/v1', /must be https/],
    ['http://localhost.example.com/v1', /must be https/],
    ['ftp://127.0.0.1/v1', /must be https/],
    ['https://192.168.1.4/v1', /private address; set privateNetwork/],
    ['https://[fd00::1]/v1', /private address; set privateNetwork/],
    ['https://user:hunter2@api.openai.com/v1', /must not hold credentials/],
    ['https://api.openai.com/v1?key=hunter2', /must not hold credentials, a query/],
    ['http://u:hunter2@x.y/v1#f', /must be https/]
  ]
  for (const [written, message] of bad) {
    const problems = problemsOf(t, provider(written))
    expectProblems(t, problems, [message])
    t.notMatch(problems.join('\n'), /hunter2/)
  }
})

t.test('no value that may be a secret is printed', async t => {
  const secret = 'sk-proj-hunter2hunter2hunter2'
  const config = `
server: { host: 'https://${secret}@x', apiKey: ${secret}, ${secret}: 1 }
${secret}: 1
dataDir: ''
policy: [${secret}]
apps: [{ id: ${secret}X, keys: [${secret}, 'plain hunter2'] }]
timeouts:
deployments: [{ id: a, provider: ${secret} }, { id: 'b c', provider: openai, credential: hunter2, baseUrl: '${'hunter2'.repeat(400)}' }]
`
  const text = problemsOf(t, config).join('\n')
  t.notMatch(text, /hunter2/)
  t.match(text, /\(a key that is not shown\) is not known here/)
  t.match(text, /apps\[0\]\.keys\[1\] has a value that is not shown; it must be sha256: and 64 hex digits/)
  t.match(text, /timeouts is empty; it must be a map with the keys connectMs/)
  t.match(text, /dataDir is empty/)
  t.match(text, /policy is a list of 1/)
  t.notMatch(problemsOf(t, `a: [${secret}\n`).join('\n'), /hunter2/)
  t.match(problemsOf(t, `server: { host: '${'x y '.repeat(50)}' }\n${minimal}`), [
    /server\.host is a long text/
  ])
})

t.test('files that are no plain YAML map', async t => {
  const cases: [string, string, RegExp][] = [
    [
      'duplicate keys',
      `dataDir: a\ndataDir: b\n${minimal}`,
      /line 2, column 1 is not valid YAML \(DUPLICATE_KEY\)/
    ],
    ['syntax', 'server: {', /line 1, column \d+ is not valid YAML/],
    ['unknown tag', `dataDir: !secret x\n${minimal}`, /TAG_RESOLVE_FAILED/],
    ['several documents', `${minimal}---\n${minimal}`, /MULTIPLE_DOCS/],
    ['aliases', `dataDir: &d ./data\n${minimal}colour: *d\n`, /uses YAML aliases/],
    ['empty', '', /gateway\.yaml: {2}is empty; it must be a map/],
    ['a list', '[1]', /gateway\.yaml: {2}is a list of 1; it must be a map/],
    ['prototype keys', `__proto__: { x: 1 }\n${minimal}`, /not known here/]
  ]
  for (const [name, text, expected] of cases) {
    t.match(problemsOf(t, text, undefined, { SCHLEUSE_PORT: '1', SCHLEUSE_DATA_DIR: 'x' })[0], expected, name)
  }
  t.match(problemsOf(t, `server: 3\n${minimal}`, undefined, { SCHLEUSE_HOST: '::1' }), [
    /server is 3; it must be a map/
  ])
  t.match(problemsOf(t, 'policy: missing.yaml\ndeployments: 3\n'), [
    /deployments is 3/,
    /missing\.yaml: {2}can't be read \(ENOENT\)/
  ])
  t.match(problemsOf(t, minimal, 'operators:\n'), [/id is missing/, /version/, /operators is empty/])
  t.match(problemsOf(t, minimal, '3'), [/policy\.yaml: {2}is 3; it must be a map/])
})

t.test('the error lists one problem per line under a count', async t => {
  const dir = t.testdir({})
  mkdirSync(join(dir, 'c'))
  writeFileSync(join(dir, 'c/g.yaml'), minimal)
  t.throws(() => loadConfig({ SCHLEUSE_CONFIG: 'c/g.yaml' }, dir), {
    name: 'ConfigError',
    message: /^The configuration has 1 problem:\n {2}\/.*policy\.yaml: can't be read \(ENOENT\)/
  })
  t.throws(() => loadConfig({ SCHLEUSE_CONFIG: 'none.yaml' }, dir), { message: /none\.yaml: can't be read/ })
  t.throws(() => loadConfig({ SCHLEUSE_CONFIG: 'c/g.yaml', SCHLEUSE_PORT: '65536' }, dir), {
    message: /2 problems:\n {2}\S+ server\.port is 65536/
  })
})

t.test('the vault: exactly one way to Redis, keys of 64 hex digits', async t => {
  const vault = (text: string) => `${minimal}vault: ${text}\n`
  expectProblems(t, problemsOf(t, vault('{ store: redis }')), [/vault\.redis is missing/])
  expectProblems(t, problemsOf(t, vault('{ store: redis, redis: {} }')), [/exactly one of url/])
  expectProblems(
    t,
    problemsOf(t, vault('{ store: redis, redis: { url: "redis://h:1", nodes: [{ host: h }] } }')),
    [/exactly one of url/]
  )
  expectProblems(t, problemsOf(t, vault('{ store: redis, redis: { sentinels: [{ host: h }] } }')), [
    /redis\.name belongs to sentinels/
  ])
  expectProblems(t, problemsOf(t, vault('{ store: redis, redis: { url: "redis://:secret@h:1" } }')), [
    /without a password/
  ])
  const key = 'ab'.repeat(32)
  expectProblems(t, problemsOf(t, minimal, undefined, { SCHLEUSE_VAULT_KEYS: `${key},short` }), [
    /8 keys of 64 hex/
  ])
  expectProblems(t, problemsOf(t, minimal, undefined, { SCHLEUSE_PSEUDONYM_KEY: `${key},${key}` }), [
    /64 hex/
  ])
  const { dir, env } = files(t, vault('{ store: redis, redis: { url: "rediss://h:6380/2" } }'))
  const config = loadConfig(
    { ...env, SCHLEUSE_VAULT_KEYS: `${key},${key}`, SCHLEUSE_REDIS_PASSWORD: 'p' },
    dir
  )
  t.match(config.vault, {
    store: 'redis',
    redis: { url: 'rediss://h:6380/2', prefix: 'schleuse:', timeoutMs: 1000 }
  })
  t.match(config.secrets, { pseudonymKey: undefined, vaultKeys: [key, key], redisPassword: 'p' })
})

t.test('counters on Redis: one way at most', async t => {
  const quotas = (text: string) => `${minimal}quotas: ${text}\n`
  expectProblems(t, problemsOf(t, quotas('{ store: redis, url: "redis://h:1", nodes: [{ host: h }] }')), [
    /quotas must have exactly one of url/
  ])
  expectProblems(t, problemsOf(t, quotas('{ store: redis, sentinels: [{ host: h }] }')), [
    /quotas\.name belongs to sentinels/
  ])
})

t.test('a second approver needs a second key', async t => {
  const key = `sha256:${'a'.repeat(64)}`
  const admin = (keys: readonly string[]) =>
    `${minimal}admin: { secondApprover: true, keys: [${keys.join(', ')}] }\n`
  expectProblems(t, problemsOf(t, admin([key])), [/admin\.secondApprover needs two keys/])
})

t.test('residency: one thing per rule, ids once, places that exist', async t => {
  const policy = `${minimalPolicy}residency:
  rules:
    - { id: a, require: { places: [XX, adequate] } }
    - { id: a, refuse: true }
    - { id: b }
    - { id: c, refuse: true, require: { training: false } }
    - { id: d, when: { colour: [red] }, refuse: true }
  reroute:
    - { id: r, model: local/a }
    - { id: r, model: local/b }
`
  expectProblems(t, problemsOf(t, minimal, policy), [
    /rules\[4\]\.when\.colour is not known here; allowed is a map with the keys apps/,
    /rules\[0\]\.require\.places\[0\] is "XX"; it must be self, a country code/,
    /rules\[1\]\.id repeats/,
    /rules\[2\] has neither of require and refuse/,
    /rules\[3\] has both of require and refuse/,
    /reroute\[1\]\.id repeats/
  ])
})
