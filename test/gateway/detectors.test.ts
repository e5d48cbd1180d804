import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { localProvider, startGateway, writeConfig } from '../support/gateway.ts'
import { writeNameModel } from '../support/models/name-model.ts'
import { startRawServer } from '../support/raw-server.ts'

/** A model of the operator, at work in the gateway and on the command line. */

const directory = writeNameModel()
const folder = mkdtempSync(join(tmpdir(), 'schleuse-test-'))
const provider = await startRawServer((request, reply) => {
  const { messages } = JSON.parse(request.body.toString('utf8')) as { messages: [{ content: string }] }
  reply.json({ choices: [{ index: 0, message: { role: 'assistant', content: messages[0].content } }] })
})
t.teardown(async () => {
  await provider.close()
  rmSync(directory, { recursive: true })
  rmSync(folder, { recursive: true })
})

const detectors = [{ id: 'names', kind: 'onnx', directory, budgetMs: 20_000 }]
const providers = [localProvider(provider.port, ['m'])]

const ask = (origin: string, content: string): Promise<Response> =>
  fetch(`${origin}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'm', messages: [{ role: 'user', content }] })
  })

t.test('what the model finds leaves as a pseudonym and comes back restored', async t => {
  const gateway = await startGateway({ providers, settings: { detectors } })
  t.teardown(() => gateway.stop())
  const content = 'Was kostet die Messe, fragt Petra Muster, Telefon 030 23125 117'
  const answer = (await (await ask(gateway.origin, content)).json()) as {
    choices: [{ message: { content: string } }]
  }
  t.equal(answer.choices[0].message.content, content)
  const sent = provider.requests.at(-1)?.body.toString('utf8') ?? ''
  t.match(sent, /die Messe, fragt PERSON_[0-9A-Z]{8}, Telefon PHONE_[0-9A-Z]{8}/)
  t.notMatch(sent, /Petra|Muster|23125/)
})

t.test('a detector that does not finish in time refuses the request, and the record says so', async t => {
  const hasty = [{ ...detectors[0], budgetMs: 10 }]
  const gateway = await startGateway({ providers, settings: { detectors: hasty } })
  t.teardown(() => gateway.stop())
  const before = provider.requests.length
  const refused = await ask(gateway.origin, 'Petra in Bremen '.repeat(50_000))
  t.equal(refused.status, 503)
  t.match(await refused.json(), { error: { code: 'SCHLEUSE_DETECTOR_FAILED' } })
  t.equal(provider.requests.length, before)
  const records = (await gateway.recordsAtStop()).toString('utf8')
  t.match(records, /"outcome":"detector_failure"/)
})

t.test('the command line scans with it too', async t => {
  const config = writeConfig(folder, { providers, settings: { detectors } })
  const { stdout } = spawnSync(process.execPath, ['src/cli.ts', 'scan', '--explain'], {
    input: 'Ada und a@example.org',
    env: { ...process.env, SCHLEUSE_CONFIG: config },
    encoding: 'utf8'
  })
  t.match(JSON.parse(stdout), {
    findings: [
      { start: 0, end: 3, type: 'PERSON', recognizer: 'names' },
      { start: 8, end: 21, type: 'EMAIL' }
    ]
  })
})

t.test('a model that can not be used stops the start and says why', async t => {
  const missing = [{ ...detectors[0], directory: join(folder, 'nowhere') }]
  await t.rejects(
    startGateway({ providers, settings: { detectors: missing } }),
    /detectors\[0\].directory.*model.onnx/
  )
  const wrong = [
    { id: 'x', kind: 'magic' },
    { id: 'names', kind: 'onnx', directory: '', budgetMs: 0 }
  ]
  await t.rejects(
    startGateway({ providers, settings: { detectors: wrong } }),
    /detectors\[0\].kind is "magic"; it must be onnx[^]*detectors\[1\].directory[^]*detectors\[1\].budgetMs/
  )
})
