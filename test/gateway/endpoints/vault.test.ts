import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { join } from 'node:path'
import t from 'tap'
import { localProvider, startGateway } from '../../support/gateway.ts'
import { startRawServer } from '../../support/raw-server.ts'

/** Look-up and erasure in the vault of a running gateway, over HTTP and on the command line. */

const provider = await startRawServer()
t.teardown(() => provider.close())
const gateway = await startGateway({ providers: [localProvider(provider.port, ['m'])] })
t.teardown(() => gateway.stop())

const person = 'Friederike Holbrunstedt'

async function respond(id: string, input: string): Promise<void> {
  provider.script = (_request, reply) => reply.json({ id, object: 'response', output: [] })
  await fetch(`${gateway.baseUrl}/responses`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'm', input })
  })
}

async function admin(action: string, body: unknown): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${gateway.origin}/admin/vault/${action}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body)
  })
  return { status: response.status, body: await response.json() }
}

async function cli(args: readonly string[], input: string): Promise<{ code: number | null; output: string }> {
  const file = join(import.meta.dirname, '..', '..', '..', 'src', 'cli.ts')
  const child = spawn(process.execPath, [file, 'vault', ...args, '--url', gateway.origin], {
    stdio: ['pipe', 'pipe', 'inherit']
  })
  child.stdin.end(input)
  const [output, [code]] = await Promise.all([
    text(child.stdout),
    once(child, 'exit') as Promise<[number | null]>
  ])
  return { code, output }
}

const reason = 'data_subject_request'

t.test('a person is found and erased; the record has reason and count, never the name', async t => {
  await respond('resp_1', `Sehr geehrte Frau Dr. ${person}, danke.`)
  await respond('resp_2', `Sehr geehrte Frau ${person},\n\nanna@beispielfirma.de schreibt.`)
  t.strictSame(await admin('find', { value: person, reason, case_ref: 'DSR-4711' }), {
    status: 200,
    body: { conversations: 2, entries: 2 }
  })
  t.strictSame((await admin('erase', { value: person, reason })).body, { erased: 2 })
  t.strictSame((await admin('find', { value: person, reason })).body, { conversations: 0, entries: 0 })
  t.strictSame((await admin('find', { value: 'anna@beispielfirma.de', reason })).body, {
    conversations: 1,
    entries: 1
  })
  const records = gateway.records().toString('latin1')
  t.match(
    records,
    /"case_ref":"DSR-4711"[^\n]*"event_type":"depseudonymised"[^\n]*"reason":"data_subject_request"/
  )
  t.match(records, /"count":2[^\n]*"event_type":"erasure"[^\n]*"store":"vault"/)
  t.notMatch(records, /Holbrunstedt|holbrunstedt/)
})

t.test('a conversation is erased by an object of it', async t => {
  await respond('resp_3', `Sehr geehrte Frau ${person},\n\nbitte an bruno@beispielfirma.de.`)
  t.match((await admin('erase', { object: 'resp_3', app: 'local', reason })).body, { erased: 3 })
  const gone = await fetch(`${gateway.baseUrl}/responses/resp_3`)
  t.equal(gone.status, 404)
  t.strictSame((await admin('erase', { object: 'resp_3', app: 'local', reason })).body, { erased: 0 })
})

t.test('without a reason, or with more than is known, nothing is done', async t => {
  for (const body of [
    { value: person },
    { value: person, reason: 'curious' },
    { reason },
    { value: person, reason, more: 1 },
    [],
    'x'
  ])
    t.equal((await admin('find', body)).status, 400)
  t.equal((await admin('erase', { object: 'resp_1', reason })).status, 400)
})

t.test('on the command line the value comes over stdin', async t => {
  await respond('resp_4', `Sehr geehrte Frau ${person},\n\ndanke.`)
  const found = await cli(['find', '--reason', 'audit'], `${person}\n`)
  t.strictSame(found, { code: 0, output: '{"conversations":1,"entries":1}\n' })
  const erased = await cli(['erase', '--reason', reason, '--object', 'resp_4', '--app', 'local'], '')
  t.match(erased, { code: 0, output: /"erased":2/ })
  t.equal((await cli(['find'], person)).code, 2)
  t.equal((await cli(['find', '--reason', 'audit'], '')).code, 1)
})
