import t from 'tap'
import { stateForRecord } from '../../src/cli/audit-state.ts'
import { startGateway } from '../support/gateway.ts'

/** What operators say for the record: reviews by people, and what may be a breach. */

const gateway = await startGateway({
  providers: [{ id: 'demo', provider: 'demo', models: ['demo/echo'] } as never],
  settings: { audit: { checkpointMs: 100 } }
})
t.teardown(() => gateway.stop())
const deps = { origin: gateway.origin, adminKey: undefined }

const recorded = (type: string) =>
  gateway
    .records()
    .toString()
    .split('\n')
    .filter(line => line.includes(`"event_type":"${type}"`))
    .map(line => JSON.parse(line) as Record<string, unknown>)

t.test('a review is on the record when the command says so', async t => {
  const response = await fetch(`${gateway.baseUrl}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'demo/echo', messages: [{ role: 'user', content: 'Hallo' }] })
  })
  await response.text()
  const id = String(recorded('ai.request.admitted')[0]?.['request_id'])
  const more = ['--decision', id, '--case', 'HR-7']
  t.match(await stateForRecord('review', [id, '--result', 'changed', ...more], deps), { code: 0 })
  t.match(recorded('human_review.recorded'), [
    { request_id: id, decision_id: id, case_ref: 'HR-7', result: 'changed', by: { type: 'api' } }
  ])
  t.match(await stateForRecord('review', [id, '--result', 'fine'], deps), { code: 1, text: /confirmed/ })
  t.match(await stateForRecord('review', ['Frau Weber', '--result', 'confirmed'], deps), { code: 1 })
  t.equal(await stateForRecord('review', [], deps), undefined)
  t.equal(recorded('human_review.recorded').length, 1)
})

t.test('what may be a breach too; nothing but ids, types and counts', async t => {
  const args = ['leak_found_later', '--case', 'DS-1', '--class', 'IBAN', '--class', 'PERSON', '--count', '3']
  t.match(await stateForRecord('breach', [...args, '--deployment', 'demo'], deps), { code: 0 })
  t.match(recorded('breach_candidate'), [
    {
      kind: 'leak_found_later',
      case_ref: 'DS-1',
      classes: ['IBAN', 'PERSON'],
      count: 3,
      deployment: { id: 'demo' },
      by: { type: 'api' }
    }
  ])
  t.match(await stateForRecord('breach', ['something'], deps), { code: 1, text: /key_exposed/ })
  const asText = ['key_exposed', '--case', 'the key of Anna Weber']
  t.match(await stateForRecord('breach', asText, deps), { code: 1 })
  t.equal(recorded('breach_candidate').length, 1)
})
