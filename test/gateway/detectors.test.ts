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

t.test('a service sees what the pass has not found, in allowed places, on the record', async t => {
  const analyzer = await startRawServer((request, reply) => {
    const { text } = JSON.parse(request.body.toString('utf8')) as { text: string }
    const start = Array.from(text.slice(0, text.indexOf('Nachbar'))).length
    reply.json([{ entity_type: 'PERSON', start, end: start + 7, score: 0.9 }])
  })
  t.teardown(() => analyzer.close())
  const service = {
    id: 'presidio',
    kind: 'presidio',
    baseUrl: `http://127.0.0.1:${analyzer.port}`,
    places: ['self']
  }
  const gateway = await startGateway({ providers, settings: { detectors: [service] } })
  t.teardown(() => gateway.stop())
  const content = '😀 Nachbar wohnt hier, zoe.klein@beispielfirma.de, IBAN DE89 3704 0044 0532 0130 00'
  const answer = (await (await ask(gateway.origin, content)).json()) as {
    choices: [{ message: { content: string } }]
  }
  t.equal(answer.choices[0].message.content, content)
  t.match(provider.requests.at(-1)?.body.toString('utf8'), /😀 PERSON_[0-9A-Z]{8} wohnt hier, EMAIL_/)
  const asked = analyzer.requests[0]
  t.equal(asked?.target, '/analyze')
  t.notMatch(asked?.body.toString('utf8'), /beispielfirma|3704/)
  const records = (await gateway.recordsAtStop()).toString('utf8')
  const admitted = records.indexOf('"event_type":"ai.detector.admitted"')
  t.ok(admitted >= 0 && admitted < records.indexOf('"event_type":"ai.request.admitted"'), 'recorded before')
  t.match(records, /"outcome":"ok"[^]*ai\.detector\.ended|ai\.detector\.ended[^]*"outcome":"ok"/)
  t.notMatch(records, /Nachbar|klein/)
})

t.test('clear text goes to no service in a place that policy forbids, nor to one that is gone', async t => {
  const closed = await startRawServer((_request, reply) => reply.json([]))
  const { port } = closed
  const at = (places: readonly string[]) => ({
    id: 'presidio',
    kind: 'presidio',
    baseUrl: `http://127.0.0.1:${port}`,
    places
  })
  const abroad = await startGateway({ providers, settings: { detectors: [at(['US'])] } })
  t.teardown(() => abroad.stop())
  const before = provider.requests.length
  const refused = await ask(abroad.origin, 'Hallo Welt')
  t.equal(refused.status, 403)
  t.match(await refused.json(), { error: { code: 'SCHLEUSE_DETECTOR_PLACE_REFUSED' } })
  t.equal(closed.requests.length, 0)
  await closed.close()
  const alone = await startGateway({ providers, settings: { detectors: [at(['self'])] } })
  t.teardown(() => alone.stop())
  const failed = await ask(alone.origin, 'Hallo Welt')
  t.equal(failed.status, 503)
  t.match(await failed.json(), { error: { code: 'SCHLEUSE_DETECTOR_FAILED' } })
  t.equal(provider.requests.length, before)
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
    { id: 'names', kind: 'onnx', directory: '', budgetMs: 0 },
    { id: 'names', kind: 'presidio', baseUrl: 'http://10.0.0.1:3000', places: ['Mars'] }
  ]
  await t.rejects(
    startGateway({ providers, settings: { detectors: wrong } }),
    /detectors\[0\].kind is "magic"; it must be onnx, presidio[^]*detectors\[1\].directory[^]*detectors\[1\].budgetMs[^]*detectors\[2\].id[^]*detectors\[2\].places\[0\][^]*detectors\[2\].baseUrl/
  )
})
