import * as fc from 'fast-check'
import t from 'tap'
import { RowReader } from '../../../src/audit/index/row-reader.ts'
import { rowOf } from '../../../src/audit/index/row.ts'
import { auditEvents } from '../../support/audit-events.ts'

/** Whatever the reader remembers, it reads as `rowOf` does. */

const ORIGIN = 'audit.example/std_13m/2026-11'

/** Reads each text so often that it is remembered, then others of the same form between. */
function differences(texts: readonly string[]): string[] {
  const reader = new RowReader()
  return [...texts, ...texts, ...texts, ...texts].flatMap((json, index) => {
    const entry = { index, json }
    const [read, expected] = [reader.read(entry, ORIGIN, 7), rowOf(entry, ORIGIN, 7)]
    return JSON.stringify(read) === JSON.stringify(expected) ? [] : [json]
  })
}

t.test('traffic', async t => {
  const source = auditEvents({ seed: 7, fromMs: Date.UTC(2026, 10, 1), stepMs: 1000 })
  const texts = Array.from({ length: 3000 }, () => source.next().value)
  t.same(differences(texts), [])
  const reader = new RowReader()
  let parsed = 0
  const { parse } = JSON
  JSON.parse = (text: string) => {
    parsed++
    return parse(text) as unknown
  }
  t.teardown(() => (JSON.parse = parse))
  for (const [index, json] of texts.entries()) reader.read({ index, json }, ORIGIN, 0)
  t.ok(parsed < texts.length, `${parsed} of ${texts.length} were parsed`)
})

t.test('what only looks like an event, a hole or a number', async t => {
  const id = '0198f1aa-0000-7000-8000-00000000000'
  const texts = [1, 2, 3].flatMap(n => [
    `{"event_id":"${id}${n}","event_type":"a","occurred_at":"2026-11-0${n}T00:00:00.000Z"}`,
    `{"event_id":"${id}${n}","event_id":"${id}${n + 1}","event_type":"a"}`,
    `{"event_type":"event_id","x":{"event_id":"${id}${n}"}}`,
    `{"app_id":"\\"event_id\\":\\"${id}${n}\\"","event_id":"${id}${n}"}`,
    `{"duration_ms":0${n}}`,
    `{"duration_ms":${n}.5}`,
    `{"duration_ms":${n}e3,"usage":{"input_tokens":-${n}}}`,
    `{"usage":{"input_tokens":${n}},"input_tokens":${n + 1}}`,
    `{"duration_ms":${n},"usage":{"duration_ms":${n}},"count":${n}}`,
    `{"findings":[{"class":"A","count":${n}},{"class":"","count":9},{"class":"B","count":${n + 4}}]}`,
    `{"findings":[{"class":"A","count":"${n}"}],"occurred_at":"${n}"}`,
    `{"app_id":{"event_id":"${id}${n}"},"provider":{"id":{"count":${n}}}}`,
    `{"event_type":"retention.segment_deleted","part":"content","log":"l","from":${n},"to":9,"count":${n}}`,
    `{"request_id":"${id}${n}","attempt":${n},"event_type":"ai.request.admitted"}`,
    `{"request_id":"${n}","attempt":1,"event_type":"ai.request.admitted"}`,
    `\x01count\x01{"count":${n}}`,
    `{"a":\x01count\x01}`,
    `{"count":${n}`,
    '',
    '[]',
    `${n}`
  ])
  t.same(differences(texts), [])
})

t.test('generated', async t => {
  const key = fc.constantFrom(
    'event_id',
    'request_id',
    'occurred_at',
    'count',
    'duration_ms',
    'usage',
    'app_id'
  )
  const leaf = fc.oneof(
    fc.constantFrom('x', '0198f1aa-0000-7000-8000-000000000001', '2026-11-01T00:00:00.000Z'),
    fc.nat(9)
  )
  const { value } = fc.letrec<{ value: unknown; object: unknown }>(tie => ({
    value: fc.oneof({ depthSize: 'small' }, leaf, tie('object'), fc.array(leaf, { maxLength: 2 })),
    object: fc.dictionary(key, tie('value'), { maxKeys: 4 })
  }))
  const lists = fc.array(value, { minLength: 1, maxLength: 12 })
  t.doesNotThrow(() =>
    fc.assert(
      fc.property(lists, list => differences(list.map(one => JSON.stringify(one))).length === 0),
      { numRuns: 400 }
    )
  )
})
