import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import type { AuditEvent } from '../src/audit/event/builder.ts'
import type { Deployment } from '../src/providers/provider.ts'
import { UseWatch } from '../src/use-watch.ts'
import { builder } from './audit/facts.ts'

const DAY_MS = 86_400_000

/** Only what the watch looks at. */
const deployment = (provider: string, to: string | null = null, reference = `C-${provider}`) =>
  ({ provider, contract: { reference, to } }) as unknown as Deployment

function world(dataDir: string, startMs = Date.parse('2026-11-21T12:00:00Z')) {
  const time = { now: startMs }
  const written: Record<string, unknown>[] = []
  let faults = 0
  const open = (record = async (event: AuditEvent) => void written.push(JSON.parse(event.json))) =>
    new UseWatch({
      dataDir,
      clock: { now: () => time.now },
      events: builder,
      record,
      onFault: () => faults++
    })
  const take = () =>
    written.splice(0).map(({ event_type: type, provider, contract_ref }) => [type, provider, contract_ref])
  return { time, open, take, faults: () => faults }
}

t.test('a provider is new once, over restarts', async t => {
  const { open, take } = world(t.testdir())
  const watch = open()
  watch.admitted(deployment('openai'))
  watch.admitted(deployment('openai'))
  watch.admitted({ ...deployment('mistral'), contract: null })
  await watch.close()
  t.same(take(), [
    ['new_provider_seen', { id: 'openai' }, undefined],
    ['new_provider_seen', { id: 'mistral' }, undefined]
  ])
  const again = open()
  again.admitted(deployment('mistral'))
  again.admitted(deployment('azure'))
  await again.close()
  t.same(take(), [['new_provider_seen', { id: 'azure' }, undefined]])
})

t.test('a contract is told once a day from the day after its end', async t => {
  const { time, open, take } = world(t.testdir())
  const watch = open()
  const used = deployment('openai', '2026-11-21')
  watch.admitted(used)
  watch.admitted(deployment('openai', null))
  t.same(take().length, 1, 'its last day is in it; without an end it has none')
  time.now += DAY_MS / 2
  watch.admitted(used)
  watch.admitted(used)
  watch.admitted(deployment('openai', '2026-11-01', 'C-2'))
  await watch.close()
  t.same(take(), [
    ['contract.expired_in_use', { id: 'openai' }, 'C-openai'],
    ['contract.expired_in_use', { id: 'openai' }, 'C-2']
  ])
  const again = open()
  again.admitted(used)
  t.same(take(), [], 'a restart tells it no second time')
  time.now += DAY_MS
  again.admitted(used)
  await again.close()
  t.equal(take().length, 1)
})

t.test('what is not on the record is not remembered', async t => {
  const dataDir = t.testdir()
  const { open, take, faults } = world(dataDir)
  const watch = open(() => Promise.reject(new Error('full')))
  watch.admitted(deployment('openai'))
  await watch.close()
  t.equal(faults(), 1)
  t.throws(() => readFileSync(join(dataDir, 'uses.json')))
  writeFileSync(join(dataDir, 'uses.json'), '{"providers":"openai"}')
  const again = open()
  again.admitted(deployment('openai'))
  await again.close()
  t.equal(take().length, 1, 'a file that is none counts as nothing')
})
