import t from 'tap'
import type { ShipEvent } from '../../../src/audit/ship/view.ts'
import { VIEWS } from '../../../src/audit/ship/views/index.ts'
import { traffic } from '../../support/audit-index.ts'

/** What every view owes, and what each standard asks for. */

const events: ShipEvent[] = traffic(300).map((json, leaf) => ({
  log: 'log-a',
  leaf,
  json,
  body: JSON.parse(json) as unknown
}))
const administrative: ShipEvent = {
  log: 'log-a',
  leaf: 300,
  body: {
    event_type: 'audit.queried',
    event_id: '01a20106-3eb7-76d3-b055-2918c278c5ec',
    occurred_at: '2026-11-22T02:11:56.215Z',
    recorded_at: '2026-11-22T02:11:56.215Z',
    rows: 3,
    by: { type: 'api', role: 'auditor', credential_id: 'key_1' }
  },
  json: '{}'
}
const all = [...events, administrative]

/** All strings and numbers of a value; strings that are JSON or lists of words count in parts. */
function leaves(value: unknown): (string | number)[] {
  if (typeof value === 'string' || typeof value === 'number') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : []
}

type Json = { readonly [key: string]: Json } & readonly Json[]

const of = (name: string, event: ShipEvent): Json =>
  VIEWS.find(view => view.name === name)?.of(event) as unknown as Json

const blocked = events.find(({ json }) => json.includes('ai.request.blocked')) ?? administrative
const admitted = events.find(({ json }) => json.includes('"payload_state":"pseudonymised"')) ?? administrative
const completed = events.find(({ json }) => json.includes('ai.request.completed')) ?? administrative
const failed = events.find(({ json }) => json.includes('ai.request.failed')) ?? administrative

for (const view of VIEWS) {
  t.test(`${view.name}: JSON without holes, the same for the same event`, async t => {
    for (const event of all) {
      const made = view.of(event)
      t.same(JSON.parse(JSON.stringify(made)), made)
      t.same(view.of(event), made)
      t.notMatch(JSON.stringify(made), /null|undefined|NaN/)
    }
  })

  t.test(`${view.name}: names the event and its request`, async t => {
    for (const event of events) {
      const { event_id: id, request_id: request } = event.body as { event_id: string; request_id: string }
      const values = leaves(view.of(event))
      t.ok(values.includes(id) && values.includes(request))
    }
  })

  t.test(`${view.name}: anything else than an event does not break it`, async t => {
    for (const body of [
      {},
      { event_type: 1, occurred_at: 'x', findings: 'y', usage: [] },
      [],
      { findings: [null] }
    ])
      t.type(view.of({ log: 'log-a', leaf: 1, json: JSON.stringify(body), body }), 'object')
  })
}

t.test('ocsf: API Activity', async t => {
  t.match(of('ocsf', completed), {
    category_uid: 6,
    class_uid: 6003,
    activity_id: 99,
    type_uid: 600399,
    status_id: 1,
    severity_id: 1,
    metadata: { version: '1.8.0', product: { name: 'Schleuse' } },
    api: { operation: 'chat' },
    src_endpoint: Object,
    actor: Object,
    message_context: { prompt_tokens: Number, completion_tokens: Number }
  })
  t.match(of('ocsf', blocked), { action_id: 2, disposition_id: 2, status_id: 2, severity_id: 3 })
  t.match(of('ocsf', admitted), { action_id: 1, disposition_id: 11 })
  t.equal(of('ocsf', failed)['status_code'], 'SCHLEUSE_UPSTREAM_TIMEOUT')
  for (const event of all) {
    const made = of('ocsf', event)
    const required = [
      'activity_id',
      'category_uid',
      'class_uid',
      'type_uid',
      'time',
      'severity_id',
      'metadata',
      'api'
    ]
    for (const name of required) t.ok(name in made, name)
    t.notMatch(JSON.stringify(made), /prompt_text|response_text/)
  }
})

t.test('ecs: dates, outcome, nanoseconds, the hash of the entry', async t => {
  const duration = (completed.body as { duration_ms: number }).duration_ms
  t.match(of('ecs', completed), {
    '@timestamp': (completed.body as { occurred_at: string }).occurred_at,
    event: {
      outcome: 'success',
      duration: duration * 1e6,
      category: ['api'],
      kind: 'event',
      hash: /^[0-9a-f]{64}$/
    },
    gen_ai: { operation: { name: 'chat' }, usage: { input_tokens: Number } }
  })
  t.match(of('ecs', blocked), { event: { type: ['denied'], outcome: 'failure' }, error: { code: String } })
})

t.test('cloudevents: required attributes, names that the format allows', async t => {
  for (const event of all) {
    const made = of('cloudevents', event)
    t.match(made, {
      specversion: '1.0',
      id: String,
      source: /^\/schleuse\//,
      type: /^de\.schleuse\.[a-z._]+$/
    })
    for (const name of Object.keys(made)) t.match(name, /^[a-z0-9]{1,20}$/)
    t.same(made['data'], event.body)
  }
  t.equal(of('cloudevents', completed)['sequence'], String(completed.leaf).padStart(16, '0'))
})

t.test('otel: OTLP/JSON with GenAI attributes and none that carry content', async t => {
  const record = of('otel', completed)['resourceLogs']?.[0]?.['scopeLogs']?.[0]?.['logRecords']?.[0]
  t.match(record, {
    eventName: 'gen_ai.client.inference.operation.details',
    severityNumber: 9,
    timeUnixNano: /^\d{19}$/
  })
  const list = (record?.['attributes'] ?? []) as unknown as { key: string; value: object }[]
  const attributes = new Map(list.map(({ key, value }) => [key, value]))
  t.same(attributes.get('gen_ai.operation.name'), { stringValue: 'chat' })
  t.match(attributes.get('gen_ai.usage.input_tokens'), { intValue: /^\d+$/ })
  t.match(attributes.get('gen_ai.response.time_to_first_chunk'), Object)
  for (const event of all)
    t.notMatch(
      JSON.stringify(of('otel', event)),
      /gen_ai\.(input|output)\.messages|system_instructions|tool\.call\.(arguments|result)/
    )
  const other = of('otel', administrative)['resourceLogs']?.[0]?.['scopeLogs']?.[0]?.['logRecords']?.[0]
  t.match(other, { eventName: 'audit.queried' })
})
