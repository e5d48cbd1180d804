import { readFileSync } from 'node:fs'
import { Compile } from 'typebox/compile'
import * as fc from 'fast-check'
import t from 'tap'
import type { AuditEvent } from '../../src/audit/event.ts'
import { EventBuilder, sizeBucket } from '../../src/audit/event.ts'
import type { AttemptFacts } from '../../src/audit/event-facts.ts'
import { EVENT_SCHEMAS, SIZE_BUCKETS, type EventType } from '../../src/audit/event-schema.ts'
import { canonicalJson } from '../../src/core/canonical-json.ts'
import { admission, attemptFacts, block, builder, clock, ending, newId, policy } from './facts.ts'

const gateway = { version: '0.1.0', configHash: `sha256:${'b'.repeat(64)}` }
const full = { ...ending, httpStatus: 200, ttfbMs: 3.7, errorCode: 'SCHLEUSE_UPSTREAM_BROKEN' }

/** One of each type, with and without what is optional. */
const { pseudonymScope: _, ...nothingFound } = admission
const events: AuditEvent[] = [
  builder.admitted(attemptFacts(), admission),
  builder.admitted(attemptFacts({ host: 'in-process', model: '*' }), { ...nothingFound, decision: 'allow' }),
  builder.completed(attemptFacts(), {
    ...ending,
    outcome: 'ok',
    usage: { input_tokens: 5, output_tokens: 0 }
  }),
  builder.failed(attemptFacts({ host: '[::1]:8000' }), { ...full, outcome: 'timeout' }),
  builder.blocked(attemptFacts(), block),
  builder.blocked(attemptFacts(), { ...block, stream: false, model: '@cf/meta/llama-3' }),
  builder.admitted(attemptFacts(), { ...admission, flags: { art9: ['health', 'union'], art10: false } }),
  builder.blocked(attemptFacts(), { ...block, flags: { art9: [], art10: true } }),
  builder.orphaned({ requestId: newId(), attempt: 2, appId: 'local' }),
  builder.started(gateway, policy),
  builder.stopped(gateway)
]

t.test('each event fits its schema and is canonical JSON in ASCII', async t => {
  for (const event of events) {
    const body: unknown = JSON.parse(event.json)
    t.ok(Compile(EVENT_SCHEMAS[event.type]).Check(body), event.type)
    t.equal(event.json, canonicalJson(body))
    t.match(event.json, /^[\x20-\x7e]+$/)
  }
  t.same(new Set(events.map(({ type }) => type)), new Set(Object.keys(EVENT_SCHEMAS)))
})

t.test('an admission record, whole', async t => {
  const on = attemptFacts()
  const event = builder.admitted(on, admission)
  const { event_id: id, ...body } = JSON.parse(event.json)
  t.match(id, /^[0-9a-f-]{36}$/)
  t.equal(event.attemptKey, `${on.requestId}/1`)
  t.same(body, {
    schema: 'audit-event/1.0',
    event_type: 'ai.request.admitted',
    occurred_at: '2026-11-21T09:14:03.120Z',
    request_id: on.requestId,
    attempt: 1,
    app_id: 'crm',
    api: 'openai.chat_completions',
    operation: 'chat',
    stream: true,
    model: { requested: 'gpt-*' },
    provider: { id: 'openai' },
    endpoint: { host: 'api.openai.com' },
    location: { processing: ['US'] },
    policy: { id: 'default', version: 3, hash: policy.hash, decision: 'allow_masked' },
    detector: { version: '1.0.0' },
    findings: [{ class: 'EMAIL', count: 2, side: 'request', action: 'pseudonymised' }],
    coverage: { request: 'full', skipped: [] },
    transfer: { decision: 'allow', payload_state: 'pseudonymised' },
    pseudonym: { scheme: 'keyed_code', scope: 'conversation' },
    size_in_bucket: '1k-4k'
  })
})

t.test('integers only: durations are rounded, odd token counts of a provider are left out', async t => {
  const usage = {
    input_tokens: 1.5,
    output_tokens: '7',
    reasoning_tokens: -1,
    cached_input_tokens: 3,
    prompt: 'x'
  }
  const body = JSON.parse(builder.failed(attemptFacts(), { ...full, durationMs: -0.2, usage }).json)
  t.same(body.usage, { cached_input_tokens: 3 })
  t.equal(body.duration_ms, 0)
  t.equal(body.ttfb_ms, 4)
})

t.test('size buckets', async t => {
  const cases: [number, string][] = [
    [0, '0-1k'],
    [1023, '0-1k'],
    [1024, '1k-4k'],
    [4096, '4k-16k'],
    [16 * 1024 * 1024 - 1, '4m-16m'],
    [16 * 1024 * 1024, '16m+'],
    [2 ** 40, '16m+']
  ]
  for (const [bytes, bucket] of cases) t.equal(sizeBucket(bytes), bucket)
  t.equal(
    new Set(Array.from({ length: 9 }, (_, i) => sizeBucket(1024 * 4 ** i - 1))).size,
    SIZE_BUCKETS.length
  )
})

const canary = 'Erika Mustermann <erika@example.org>'

t.test('text in a field is refused, and the refusal does not repeat it', async t => {
  const fields: (keyof AttemptFacts)[] = [
    'requestId',
    'appId',
    'model',
    'providerId',
    'host',
    'api',
    'operation'
  ]
  for (const field of fields) {
    const broken = attemptFacts({ [field]: canary })
    const attempts = [
      () => builder.admitted(broken, admission),
      () => builder.failed(broken, { ...full, outcome: 'timeout' })
    ]
    for (const attempt of attempts) {
      t.throws(
        attempt,
        { name: 'TypeError', message: /^audit event ai\.request\.\w+ does not fit its schema at \// },
        field
      )
      t.throws(attempt, { message: /^[^@]*$/ })
    }
  }
  const finding = { class: canary, count: 1, side: 'request', action: 'kept' } as const
  t.throws(
    () => builder.admitted(attemptFacts(), { ...admission, findings: [finding] }),
    /findings\/0\/class/
  )
  t.throws(
    () => builder.blocked(attemptFacts(), { ...block, errorCode: 'rate_limit_exceeded' }),
    /error_code/
  )
  t.throws(
    () => builder.admitted(attemptFacts(), { ...admission, places: ['Frankfurt'] }),
    /location\/processing\/0/
  )
  t.throws(() => builder.admitted(attemptFacts({ attempt: 1.5 }), admission), /attempt/)
})

t.test('what is not in the schema never reaches the record', async t => {
  const smuggled = { prompt: canary, content: canary }
  const findings = [{ ...admission.findings[0], ...smuggled }] as (typeof admission)['findings']
  const restored = { ...ending.restored, ...smuggled }
  const more = [
    builder.admitted({ ...attemptFacts(), ...smuggled }, { ...admission, ...smuggled, findings }),
    builder.completed({ ...attemptFacts(), ...smuggled }, { ...ending, ...smuggled, findings, restored }),
    builder.blocked({ ...attemptFacts(), ...smuggled }, { ...block, policy: { ...policy, ...smuggled } }),
    builder.started({ ...gateway, ...smuggled }, { ...policy, ...smuggled })
  ]
  for (const event of more) t.notMatch(event.json, /Erika|prompt|content/)
  for (const event of events) {
    const open = Compile(EVENT_SCHEMAS[event.type])
    t.notOk(open.Check({ ...JSON.parse(event.json), note: 'x' }))
  }
})

t.test('any string in any string field of any event: refused, or an id or enum value', async t => {
  const paths: [EventType, string[], unknown][] = events.flatMap(event => {
    const body: unknown = JSON.parse(event.json)
    return stringPaths(body).map(path => [event.type, path, body] as [EventType, string[], unknown])
  })
  fc.assert(
    fc.property(
      fc.constantFrom(...paths),
      fc.string({ unit: 'binary', maxLength: 80 }),
      ([type, path, body], text) => {
        const copy = structuredClone(body)
        const last = path.at(-1) ?? ''
        const holder = path
          .slice(0, -1)
          .reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], copy)
        ;(holder as Record<string, unknown>)[last] = text
        return (
          !Compile(EVENT_SCHEMAS[type]).Check(copy) || /^[A-Za-z0-9*@[][A-Za-z0-9._:/@*+\][-]*$/.test(text)
        )
      }
    ),
    { numRuns: 300 }
  )
  t.pass()
})

t.test('the schema knows only closed objects and bounded lists and strings', async t => {
  const walk = (schema: unknown, path: string) => {
    const node = schema as Record<string, unknown>
    if (node['type'] === 'object') {
      t.equal(node['additionalProperties'], false, path)
      for (const [key, child] of Object.entries(node['properties'] ?? {})) walk(child, `${path}/${key}`)
    } else if (node['type'] === 'array') {
      t.type(node['maxItems'], 'number', path)
      walk(node['items'], `${path}[]`)
    } else if (node['type'] === 'string' && node['const'] === undefined) {
      t.match(node['pattern'], /^\^.*\$$/, path)
      t.notMatch(node['pattern'], /[^\\]\.[*+]|\}\*|\+\)\*$/, path)
    } else {
      t.not(node['type'], 'number', path)
    }
  }
  for (const [type, schema] of Object.entries(EVENT_SCHEMAS)) walk(schema, type)
})

t.test('the codes of errors.ts fit', async t => {
  const source = readFileSync(new URL('../../src/errors.ts', import.meta.url), 'utf8')
  for (const [code] of source.matchAll(/SCHLEUSE_[A-Z_]+(?=')/g)) {
    if (code !== 'SCHLEUSE_')
      t.doesNotThrow(() => builder.blocked(attemptFacts(), { ...block, errorCode: code }))
  }
})

t.test('two builders on one clock do not share state', async t => {
  const other = new EventBuilder(clock, newId)
  t.not(other.stopped(gateway).json, builder.stopped(gateway).json)
})

function stringPaths(value: unknown): string[][] {
  if (typeof value === 'string') return [[]]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, child]) => stringPaths(child).map(path => [key, ...path]))
}
