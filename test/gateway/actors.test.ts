import { mkdirSync, writeFileSync } from 'node:fs'
import { PassThrough } from 'node:stream'
import { dirname, join } from 'node:path'
import t from 'tap'
import { askAboutActor } from '../../src/cli/audit-actor.ts'
import { showRoster } from '../../src/cli/audit-roster.ts'
import { verifyAudit } from '../../src/cli/audit-verify.ts'
import { folderOf } from '../support/audit-index.ts'
import { startGateway } from '../support/gateway.ts'
import { findLeaks } from '../support/leaks.ts'
import { contentsOf } from '../support/records.ts'

/** Persons that an app names: in personal parts only, found again, and erased without a trace but the record of it. */

const gateway = await startGateway({
  providers: [{ id: 'demo', provider: 'demo', models: ['demo/echo'] } as never],
  settings: { audit: { checkpointMs: 100 } }
})
t.teardown(() => gateway.stop())

async function ask(actor: string | undefined, content = 'Hallo', more: Record<string, string> = {}) {
  const { status } = await fetch(`${gateway.baseUrl}/chat/completions`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(actor === undefined ? {} : { 'x-schleuse-actor': actor }),
      ...more
    },
    body: JSON.stringify({ model: 'demo/echo', messages: [{ role: 'user', content }] })
  })
  return status
}

interface Found {
  readonly records: { readonly log: string; readonly eventId: string; readonly conversation?: string }[]
}

/** `schleuse audit find|erase`, the person on standard input. */
async function command(action: 'find' | 'erase', actor: string, ...args: string[]) {
  const input = new PassThrough()
  input.end(`${actor}\n`)
  const { text, code } = await askAboutActor(action, ['--reason', 'data_subject_request', ...args], {
    input,
    origin: gateway.origin,
    adminKey: undefined
  })
  return { code, answer: JSON.parse(text) as Found & { readonly erased?: number } }
}

const found = async (actor: string) => (await command('find', actor)).answer.records

/** Asks until a checkpoint covers so many records; the test's time limit bounds it. */
async function wait(actor: string, count: number): Promise<Found['records']> {
  for (;;) {
    const records = await found(actor)
    if (records.length >= count) return records
  }
}

const recorded = (type: string) =>
  gateway
    .records()
    .toString()
    .split('\n')
    .filter(line => line.includes(`"event_type":"${type}"`))
    .map(line => JSON.parse(line) as Record<string, unknown>)

t.test('who asked is found, also when the request was blocked; no one else is', async t => {
  await ask('anna.weber', 'Hallo', { 'x-schleuse-conversation': 'case-1' })
  await ask('anna.weber')
  await ask('jürgen')
  await ask(undefined)
  const secret = `Der Schlüssel ist sk-proj-${'aB3dE5fG7hJ9'.repeat(4)}`
  await ask('anna.weber', secret)
  const records = await wait('anna.weber', 3)
  t.equal(records.length, 3)
  t.equal(records.filter(({ conversation }) => conversation !== undefined).length, 1)
  t.match(records[0]?.conversation ?? records.map(one => one.conversation).join(''), /^c_[0-9a-f]{32}$/)
  t.equal((await wait('jürgen', 1)).length, 1, 'whatever the client made of the ü')
  t.same(await found('nobody'), [])
  const event = recorded('ai.request.admitted')[0]
  t.match(event, { detachable: { commitment: /^[0-9a-f]{64}$/ } })
  const { by, reason, count } = recorded('depseudonymised')[0] ?? {}
  t.match({ by, reason, count }, { by: { type: 'api' }, reason: 'data_subject_request', count: Number })
})

t.test('who the request itself names counts where the app says nothing', async t => {
  const send = (more: object, headers: Record<string, string> = {}) =>
    fetch(`${gateway.baseUrl}/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ model: 'demo/echo', messages: [{ role: 'user', content: 'Hallo' }], ...more })
    })
  await send({ user: 'old-field' })
  await send({ user: 'old-field', safety_identifier: 'new-field' })
  await send({ user: 'old-field' }, { 'x-schleuse-actor': 'by-header' })
  await send({ user: 'x'.repeat(257), metadata: { user: 'no-person' } })
  await send({ user: 'last' })
  t.equal((await wait('last', 1)).length, 1)
  t.equal((await found('old-field')).length, 1)
  t.equal((await found('new-field')).length, 1)
  t.equal((await found('by-header')).length, 1, 'the header comes first')
  t.same(await found('x'.repeat(257)), [])
  t.same(await found('no-person'), [])
})

t.test('erasing one person leaves the others, all records and proofs, and is on the record', async t => {
  t.same((await command('erase', 'anna.weber', '--case', 'DSR-7')).answer, { erased: 1 })
  t.same((await command('erase', 'anna.weber')).answer, { erased: 0 })
  t.same(await found('anna.weber'), [])
  t.equal((await found('jürgen')).length, 1)
  t.match(recorded('actor.erased'), [
    { reason: 'data_subject_request', case_ref: 'DSR-7', key_commitment: /^[0-9a-f]{64}$/ }
  ])
  await ask('anna.weber')
  t.equal((await wait('anna.weber', 1)).length, 1, 'who comes again is a new person')
  const wrong = await fetch(`${gateway.origin}/admin/actors/erase`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ actor: 'x', reason: 'because' })
  })
  t.equal(wrong.status, 400)
  await t.rejects(askAboutActor('erase', [], { input: new PassThrough(), origin: '', adminKey: undefined }), {
    name: 'UsageError'
  })
})

t.test('verify says erased, not broken; no name is anywhere', async t => {
  const copy = folderOf(t)
  const data = join(gateway.folder, 'data')
  const files = contentsOf(data)
  const names = ['anna.weber', 'jürgen', 'case-1', 'old-field', 'new-field', 'by-header']
  t.same(
    findLeaks(
      names.map(value => ({ kind: 'actor', value, needles: [value], sentence: value })),
      { ...Object.fromEntries(files), output: gateway.output() }
    ),
    []
  )
  for (const [path, bytes] of files) {
    const to = join(copy, path.slice(data.length))
    mkdirSync(dirname(to), { recursive: true })
    writeFileSync(to, bytes)
  }
  const verified = verifyAudit(
    join(copy, 'audit'),
    { 'actor-keys': join(copy, 'actor-keys.sqlite') },
    Date.now(),
    () => undefined
  )
  t.equal(verified.code, 0, verified.text)
  t.match(verified.text, /9 records have a personal part; 3 of them erased/)
  const roster = await showRoster(join(copy, 'audit'), undefined)
  t.match(roster, { code: 0, text: /std_13m\/\d{4}-\d\d +open +\d+ +all/ })
})
