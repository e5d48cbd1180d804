import { randomBytes } from 'node:crypto'
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import t from 'tap'
import { type Gateway, localProvider, startGateway } from '../../support/gateway.ts'
import { startRawServer } from '../../support/raw-server.ts'
import { contentsOf } from '../../support/records.ts'
import { startRedis } from '../../support/services/redis.ts'

/** The drill: Redis is backed up, loses everything, is restored, and conversations go on. */

const redis = await startRedis()
t.teardown(() => redis.stop())
process.env['SCHLEUSE_PSEUDONYM_KEY'] = randomBytes(32).toString('hex')
process.env['SCHLEUSE_VAULT_KEYS'] = randomBytes(32).toString('hex')
const backup = mkdtempSync(join(tmpdir(), 'schleuse-backup-'))
t.teardown(() => rmSync(backup, { recursive: true, force: true }))

let turn = 0
/** Says again what it was told first. */
let first = ''
const provider = await startRawServer((request, reply) => {
  const { input } = JSON.parse(request.text) as { input: string }
  first ||= input
  const content = [{ type: 'output_text', text: `${first} ${input}`, annotations: [] }]
  const output = [{ type: 'message', id: 'm', role: 'assistant', content }]
  return reply.json({ id: `resp_${++turn}`, object: 'response', output })
})
t.teardown(() => provider.close())

const start = (): Promise<Gateway> =>
  startGateway({
    providers: [localProvider(provider.port, ['m'])],
    settings: { vault: { store: 'redis', redis: { url: redis.url } } }
  })

async function ask(gateway: Gateway, input: string, previous?: string) {
  const response = await fetch(`${gateway.baseUrl}/responses`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'm', input, ...(previous && { previous_response_id: previous }) })
  })
  const body = (await response.json()) as {
    id?: string
    output?: { content: { text: string }[] }[]
    error?: { code: string }
  }
  return {
    status: response.status,
    code: body.error?.code,
    id: body.id,
    text: body.output?.[0]?.content[0]?.text
  }
}

/** A gateway sees that Redis is back after a moment. */
async function askUntil(gateway: Gateway, input: string, previous: string | undefined, status: number) {
  for (;;) {
    const answer = await ask(gateway, input, previous)
    if (answer.status === status || answer.status !== 503) return answer
  }
}

const mail = 'anna.weber@kanzlei-weber.de'

t.test(
  'backed up, lost, restored: the conversation goes on, on the same gateway and on a new one',
  async t => {
    const gateway = await start()
    t.teardown(() => gateway.stop())
    const { id } = await ask(gateway, `Schreib an ${mail}.`)
    t.equal(id, 'resp_1')
    const client = new Redis(redis.url)
    await client.save()
    cpSync(redis.folder, backup, { recursive: true })
    const files = contentsOf(backup)
    t.ok([...files.keys()].some(file => file.endsWith('dump.rdb')))
    for (const [file, bytes] of files) t.notOk(bytes.includes('kanzlei'), file)

    await client.flushall()
    t.match(await ask(gateway, 'weiter', id), { status: 404, code: 'SCHLEUSE_STATE_UNKNOWN' })
    client.disconnect()
    await redis.kill()
    for (const name of readdirSync(redis.folder)) rmSync(join(redis.folder, name), { recursive: true })
    cpSync(backup, redis.folder, { recursive: true })
    await redis.restart()
    const again = await askUntil(gateway, 'weiter', id, 200)
    t.match(again, { status: 200, text: `Schreib an ${mail}. weiter` })
    const other = await start()
    t.teardown(() => other.stop())
    t.match(await ask(other, 'und weiter', again.id), { text: `Schreib an ${mail}. und weiter` })
    t.notMatch(provider.bytes().toString('utf8'), 'kanzlei')
  }
)

t.test('with another key nothing is opened, and what needs it is refused', async t => {
  process.env['SCHLEUSE_VAULT_KEYS'] = randomBytes(32).toString('hex')
  const stranger = await start()
  t.teardown(() => stranger.stop())
  provider.forget()
  t.match(await ask(stranger, 'weiter', 'resp_1'), { status: 404, code: 'SCHLEUSE_STATE_UNKNOWN' })
  t.equal(provider.bytes().length, 0)
})
