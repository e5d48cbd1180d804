import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { join } from 'node:path'
import { writeFileSync } from 'node:fs'
import t from 'tap'
import { gate } from '../support/cuts.ts'
import { localProvider, startGateway } from '../support/gateway.ts'
import { startRawServer } from '../support/raw-server.ts'

const root = join(import.meta.dirname, '..', '..')

async function start(env: Record<string, string>): Promise<{ code: number; output: string }> {
  const child = spawn(process.execPath, [join(root, 'src', 'server.ts')], {
    cwd: root,
    env: { ...process.env, ...env }
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data: Buffer) => (output += data.toString()))
  const [code] = (await once(child, 'exit')) as [number]
  return { code, output }
}

t.test('the start-up line names config, policy hash, providers and address', async t => {
  const gateway = await startGateway({ providers: [localProvider(1, ['m'])] })
  t.teardown(() => gateway.stop())
  const line =
    gateway
      .output()
      .split('\n')
      .find(line => line.includes('is listening')) ?? ''
  t.match(JSON.parse(line), {
    config: /gateway\.yaml$/,
    policies: [/^default v1 sha256:[0-9a-f]{64}$/],
    deployments: ['sim'],
    address: /^http:\/\/127\.0\.0\.1:\d+$/
  })
})

t.test('a wrong config stops the start with every error at once', async t => {
  const dir = t.testdir({
    'policy.yaml': 'id: x\nversion: 1\noperators: { default: erase, MOON: keep }\nplaces: { allowed: [XX] }\n'
  })
  const file = join(dir, 'gateway.yaml')
  writeFileSync(
    file,
    'server: { port: 99999 }\npolicy: policy.yaml\ndeployments: [{ id: a, provider: moon, places: [], models: [m] }]\nunknown: 1\n'
  )
  const { code, output } = await start({ SCHLEUSE_CONFIG: file })
  t.equal(code, 1)
  for (const part of [
    'server.port',
    '99999',
    '65535',
    'provider',
    'moon',
    'unknown',
    'operators',
    'erase',
    'XX'
  ])
    t.match(output, part)
  t.notMatch(output, '    at ', 'no stack')
})

t.test('an entity type that no recognizer reports stops the start', async t => {
  const dir = t.testdir({
    'policy.yaml': 'id: x\nversion: 1\noperators: { MOON_PHASE: keep }\nplaces: { allowed: [self] }\n'
  })
  const file = join(dir, 'gateway.yaml')
  writeFileSync(
    file,
    `dataDir: ${dir}/data\nserver: { port: 0 }\npolicy: policy.yaml\ndeployments: [{ id: demo, provider: demo, models: [demo/echo] }]\n`
  )
  const { code, output } = await start({ SCHLEUSE_CONFIG: file })
  t.equal(code, 1)
  t.match(output, 'MOON_PHASE')
  t.match(output, 'EMAIL')
})

t.test('an OpenAI key can not be sent elsewhere by a slip in the config', async t => {
  const dir = t.testdir({
    'policy.yaml': 'id: x\nversion: 1\nplaces: { allowed: [self] }\n',
    'gateway.yaml':
      'server: { port: 0 }\npolicy: policy.yaml\ndeployments: [{ id: openai, provider: openai, sku: eu, baseUrl: "https://api.openai.example/v1", credential: passthrough, models: [m] }]\n'
  })
  const { code, output } = await start({
    SCHLEUSE_CONFIG: join(dir, 'gateway.yaml'),
    SCHLEUSE_DATA_DIR: join(dir, 'data')
  })
  t.equal(code, 1)
  t.match(output, /deployments\[0\]\.baseUrl/)
  t.match(output, 'https://eu.api.openai.com/v1')
  t.notMatch(output, '    at ')
})

t.test('SIGTERM lets a running answer end and refuses new ones', async t => {
  const go = gate()
  const provider = await startRawServer(async (_request, reply) => {
    await go.opened
    await reply.json({ choices: [] })
  })
  t.teardown(() => provider.close())
  const gateway = await startGateway({ providers: [localProvider(provider.port, ['m'])] })
  const asked = provider.next()
  const pending = fetch(`${gateway.baseUrl}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'm', messages: [{ role: 'user', content: 'x' }] })
  })
  await asked
  const stopped = gateway.stop()
  go.open()
  t.equal((await pending).status, 200)
  t.equal(await stopped, 0)
})

t.test('SIGTERM does not wait for a connection that never sent a request', async t => {
  const gateway = await startGateway({
    providers: [localProvider(1, ['m'])],
    settings: { timeouts: { drainMs: 86_400_000 } }
  })
  const socket = connect(Number(new URL(gateway.origin).port), '127.0.0.1')
  await once(socket, 'connect')
  t.equal(await gateway.stop(), 0)
  socket.destroy()
})
