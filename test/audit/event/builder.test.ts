import { readFileSync } from 'node:fs'
import { Compile } from 'typebox/compile'
import * as fc from 'fast-check'
import t from 'tap'
import { EventBuilder } from '../../../src/audit/event/builder.ts'
import { sizeBucket, tokenUsage, wholeMs } from '../../../src/audit/event/measures.ts'
import { EVENT_SCHEMAS, type EventFields, type EventType } from '../../../src/audit/event/schema.ts'
import { SIZE_BUCKETS } from '../../../src/audit/event/values.ts'
import { canonicalJson } from '../../../src/core/canonical-json.ts'
import {
  admission,
  admitted,
  attempt,
  block,
  builder,
  clock,
  ending,
  gateway,
  newId,
  policy
} from '../facts.ts'
import { eventTypes, exampleOf, type Schema } from './examples.ts'

/** The fields of an example event; the builder adds the envelope. */
const fieldsOf = (type: EventType, size: 'least' | 'most') =>
  exampleOf(EVENT_SCHEMAS[type] as Schema, size) as never

t.test(
  'each event, with and without what is optional, fits its schema and is canonical JSON in ASCII',
  async t => {
    for (const type of eventTypes) {
      for (const size of ['least', 'most'] as const) {
        const event = builder.create(type, fieldsOf(type, size))
        const body: unknown = JSON.parse(event.json)
        if (!Compile(EVENT_SCHEMAS[type]).Check(body)) t.fail(`${type} does not fit`)
        if (event.json !== canonicalJson(body)) t.fail(`${type} is not canonical`)
        t.match(event.json, /^[\x20-\x7e]+$/, type)
      }
    }
  }
)

t.test('an admission record, whole', async t => {
  const on = attempt()
  const event = admitted(on)
  const { event_id: id, ...body } = JSON.parse(event.json)
  t.match(id, /^[0-9a-f-]{36}$/)
  t.same(event.attempt, { requestId: on.request_id, attempt: 1, appId: 'crm' })
  t.equal(event.retentionClass, 'std_13m')
  t.same(body, {
    schema: 'audit-event/1.0',
    event_type: 'ai.request.admitted',
    occurred_at: '2026-11-21T09:14:03.120Z',
    recorded_at: '2026-11-21T09:14:03.120Z',
    retention_class: 'std_13m',
    gateway,
    request_id: on.request_id,
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

t.test('the envelope: tenant, clock, class and an earlier time', async t => {
  const other = new EventBuilder(clock, newId, {
    gateway,
    clock: { state: 'synced', source: 'ptbtime1.ptb.de', offset_ms: -3 },
    tenant_id: 't-1'
  })
  const event = other.create('gateway.stopped', {}, { retentionClass: 'fin_5y', occurredAt: 0 })
  t.equal(event.retentionClass, 'fin_5y')
  t.match(JSON.parse(event.json), {
    clock: { offset_ms: -3 },
    tenant_id: 't-1',
    retention_class: 'fin_5y',
    occurred_at: '1970-01-01T00:00:00.000Z',
    recorded_at: '2026-11-21T09:14:03.120Z'
  })
  t.throws(
    () => new EventBuilder(clock, newId, { gateway: { ...gateway, instance: 'Host Name' } }),
    TypeError
  )
})

t.test('what is undefined is absent', async t => {
  const event = builder.create('ai.request.blocked', {
    ...attempt(),
    ...block,
    flags: undefined,
    model: undefined
  })
  t.notMatch(event.json, /flags|"model"/)
  t.throws(
    () => builder.create('ai.request.blocked', { ...attempt(), ...block, findings: undefined as never }),
    /at \/findings$/
  )
})

t.test('integers only: durations are rounded, odd token counts of a provider are left out', async t => {
  const odd = {
    input_tokens: 1.5,
    output_tokens: '7',
    reasoning_tokens: -1,
    cached_input_tokens: 3,
    prompt: 'x'
  }
  t.same(tokenUsage(odd), { cached_input_tokens: 3 })
  t.equal(wholeMs(-0.2), 0)
  t.equal(wholeMs(3.7), 4)
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
  const broken: [object, RegExp][] = [
    [{ request_id: canary }, /\/request_id$/],
    [{ app_id: canary }, /\/app_id$/],
    [{ api: canary }, /\/api$/],
    [{ operation: canary }, /\/operation$/],
    [{ model: { requested: canary } }, /\/model\/requested$/],
    [{ provider: { id: canary } }, /\/provider\/id$/],
    [{ endpoint: { host: canary } }, /\/endpoint\/host$/],
    [{ endpoint: canary }, /\/endpoint$/],
    [{ attempt: 1.5 }, /\/attempt$/],
    [{ stream: 'yes' }, /\/stream$/],
    [{ findings: [{ class: canary, count: 1, side: 'request', action: 'kept' }] }, /\/findings\/0\/class$/],
    [{ findings: Array.from({ length: 301 }, () => admission.findings[0]) }, /\/findings$/],
    [{ location: { processing: ['Frankfurt'] } }, /\/location\/processing\/0$/],
    [{ location: { processing: [] } }, /\/location\/processing$/],
    [{ detector: null }, /\/detector$/]
  ]
  for (const [change, message] of broken) {
    const create = () => builder.create('ai.request.admitted', { ...attempt(), ...admission, ...change })
    t.throws(create, { name: 'TypeError', message })
    t.throws(create, { message: /^audit event ai\.request\.admitted does not fit its schema at [^@]*$/ })
  }
  const codes = { ...attempt(), ...block, error_code: 'rate_limit_exceeded' }
  t.throws(() => builder.create('ai.request.blocked', codes), /error_code/)
})

t.test('what is not in the schema never reaches the record', async t => {
  const smuggle = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(smuggle)
    if (typeof value !== 'object' || value === null) return value
    const inner = Object.entries(value).map(([key, child]) => [key, smuggle(child)])
    return { ...Object.fromEntries(inner), prompt: canary, content: [canary], event_id: canary }
  }
  for (const type of eventTypes) {
    const event = builder.create(type, smuggle(fieldsOf(type, 'most')) as never)
    t.notMatch(event.json, /Erika|"prompt"|"content":/, type)
  }
})

t.test('any string in any string field of any event: refused, or an id or enum value', async t => {
  const paths: [EventType, string[], unknown][] = eventTypes.flatMap(type => {
    const body: unknown = fieldsOf(type, 'most')
    return stringPaths(body).map(path => [type, path, body] as [EventType, string[], unknown])
  })
  const safe = /^[A-Za-z0-9*@[][A-Za-z0-9._:/@*+\][-]*$/
  fc.assert(
    fc.property(
      fc.constantFrom(...paths),
      fc.string({ unit: 'binary', maxLength: 80 }),
      ([type, path, body], text) => {
        const copy = structuredClone(body)
        const holder = path
          .slice(0, -1)
          .reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], copy)
        ;(holder as Record<string, unknown>)[path.at(-1) ?? ''] = text
        try {
          const { json } = builder.create(type, copy as never)
          // also holds for the fields of the envelope, which are not taken from here
          return safe.test(text) || !json.includes(JSON.stringify(text))
        } catch (error) {
          return error instanceof TypeError
        }
      }
    ),
    { numRuns: 600 }
  )
  t.pass()
})

t.test('the schema knows only closed objects and bounded lists and strings', async t => {
  const walk = (schema: unknown, path: string) => {
    const node = schema as Record<string, unknown>
    if (node['type'] === 'object') {
      if (node['additionalProperties'] !== false) t.fail(`${path} is open`)
      for (const [key, child] of Object.entries(node['properties'] ?? {})) walk(child, `${path}/${key}`)
    } else if (node['type'] === 'array') {
      if (typeof node['maxItems'] !== 'number') t.fail(`${path} has no bound`)
      walk(node['items'], `${path}[]`)
    } else if (node['type'] === 'string' && node['const'] === undefined) {
      const pattern = String(node['pattern'])
      if (!/^\^.*\$$/.test(pattern) || /[^\\]\.[*+]|\}\*|\+\)\*$/.test(pattern)) t.fail(`${path}: ${pattern}`)
    } else if (node['type'] === 'number') t.fail(`${path} is a fraction`)
  }
  for (const [type, schema] of Object.entries(EVENT_SCHEMAS)) walk(schema, type)
  t.equal(eventTypes.length, new Set(eventTypes).size)
})

t.test('the largest events fit into an entry of a log', async t => {
  const many = <T>(length: number, item: T) => Array.from({ length }, () => item)
  const rules = many(50, 'r'.repeat(64))
  const fields = {
    ...attempt(),
    ...admission,
    policy: { ...admission.policy, rules },
    decision: { reasons: rules },
    monitor: { rules, would: 'block' },
    findings: many(300, { ...admission.findings[0], class: 'A'.repeat(24), count: Number.MAX_SAFE_INTEGER }),
    location: { processing: many(300, 'self'), storage: many(300, 'self') },
    passed_over: many(50, { deployment: 'd'.repeat(64), reason: 'r'.repeat(64), rule: 'x'.repeat(64) })
  } as const
  const event = builder.create('ai.request.admitted', fields)
  t.ok(event.json.length > 40_000 && event.json.length < 65_535, String(event.json.length))
})

t.test('the codes of errors.ts fit', async t => {
  const source = readFileSync(new URL('../../../src/errors.ts', import.meta.url), 'utf8')
  for (const [code] of source.matchAll(/SCHLEUSE_[A-Z_]+(?=')/g)) {
    if (code === 'SCHLEUSE_') continue
    const fields: EventFields<'ai.request.failed'> = {
      ...attempt(),
      ...ending,
      outcome: 'timeout',
      error_code: code
    }
    t.doesNotThrow(() => builder.create('ai.request.failed', fields))
  }
})

function stringPaths(value: unknown): string[][] {
  if (typeof value === 'string') return [[]]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, child]) => stringPaths(child).map(path => [key, ...path]))
}
