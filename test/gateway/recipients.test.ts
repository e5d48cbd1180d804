import { PassThrough } from 'node:stream'
import t from 'tap'
import { askAboutActor } from '../../src/cli/audit-actor.ts'
import { startGateway } from '../support/gateway.ts'
import { findLeaks } from '../support/leaks.ts'

/** To whom the data of one person went (Art. 15 GDPR): by the keyed reference, the look-up on the record. */

const gateway = await startGateway({
  providers: [{ id: 'demo', provider: 'demo', models: ['demo/echo'] } as never],
  settings: { audit: { checkpointMs: 100 } }
})
t.teardown(() => gateway.stop())

async function call(actor: string, content: string): Promise<void> {
  await fetch(`${gateway.baseUrl}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-schleuse-actor': actor },
    body: JSON.stringify({ model: 'demo/echo', messages: [{ role: 'user', content }] })
  })
}

async function command(action: 'recipients' | 'erase', actor: string, ...args: string[]) {
  const input = new PassThrough()
  input.end(`${actor}\n`)
  return askAboutActor(action, ['--reason', 'data_subject_request', '--case', 'DSR-7', ...args], {
    input,
    origin: gateway.origin,
    adminKey: undefined
  })
}

interface Answer {
  readonly rows: readonly Record<string, { readonly value: unknown; readonly provenance: string }>[]
}

/** Asks until a checkpoint covers so many requests; the test's time limit bounds it. */
async function rowsOf(actor: string, requests: number): Promise<Answer['rows']> {
  for (;;) {
    const { text } = await command('recipients', actor, '--format', 'json')
    const { rows } = JSON.parse(text) as Answer
    if (rows.reduce((sum, row) => sum + Number(row['requests']?.value), 0) >= requests) return rows
  }
}

t.test('recipients of one person, nobody else’s requests among them', async t => {
  await call('u-4711', 'Bitte an anna.weber@example.org schreiben.')
  await call('u-4711', 'Bitte an anna.weber@example.org schreiben.')
  await call('u-4711', 'Guten Tag')
  await call('u-0815', 'Die IBAN ist DE89 3704 0044 0532 0130 00.')
  const rows = await rowsOf('u-4711', 3)
  t.strictSame(
    rows.map(row => [
      row['deployment']?.value,
      row['payload_state']?.value,
      row['data_classes']?.value,
      row['requests']?.value
    ]),
    [
      ['demo', 'nothing_found', '', 1],
      ['demo', 'pseudonymised', 'EMAIL', 2]
    ]
  )
  t.match(rows[0], {
    country: { value: 'self' },
    third_country: { value: 'false' },
    mechanism: { value: 'none_eea' }
  })
  t.match(
    (await command('recipients', 'u-4711', '--format', 'html', '--lang', 'en')).text,
    /Recipients of a person/
  )
})

t.test('each look-up is recorded with its reason, and no record names the person', async t => {
  const records = gateway.records().toString()
  const lookups = records.split('\n').filter(line => line.includes('"event_type":"depseudonymised"'))
  t.ok(lookups.length >= 2)
  t.match(JSON.parse(lookups.at(-1) ?? '{}'), { case_ref: 'DSR-7', reason: 'data_subject_request', count: 3 })
  t.same(findLeaks([{ kind: 'person', needles: ['u-4711'] }] as never, await gateway.places()), [])
})

t.test('an erased person has no recipients any more; what is asked wrongly is refused', async t => {
  await command('erase', 'u-4711')
  t.strictSame(
    (JSON.parse((await command('recipients', 'u-4711', '--format', 'json')).text) as Answer).rows,
    []
  )
  t.equal((await command('recipients', 'u-4711', '--format', 'pdf')).code, 1)
})
