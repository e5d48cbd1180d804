import t from 'tap'
import { openAuditLog } from '../../src/audit/log.ts'
import { openAuditReader } from '../../src/audit/reader.ts'
import { admitted, builder, clock } from './facts.ts'
import { ORIGIN, SEED } from './storage/run.ts'

t.test('entries come in order with their index, from any point, as checkpoints cover them', async t => {
  const dir = t.testdir()
  const reader = openAuditReader(dir)
  t.same(await reader.logs(), [])
  const published = Promise.withResolvers<void>()
  const log = await openAuditLog({
    dir,
    origin: ORIGIN,
    seed: SEED,
    clock,
    events: builder,
    checkpointMs: 50,
    onPublished: () => published.resolve()
  })
  t.teardown(() => log.close())
  const events = Array.from({ length: 5 }, () => admitted())
  await Promise.all(events.map(event => log.admit(event)))
  t.same(await reader.logs(), [], 'nothing that could still be taken back')
  await published.promise
  const [state] = await reader.logs()
  const name = state?.name ?? ''
  t.equal(state?.size, 6)
  t.same(
    await reader.read(name, 2, 2),
    [2, 3].map(index => ({ index, json: events[index - 1]?.json }))
  )
  t.same(await reader.read(name, 6, 10), [])
  await t.rejects(reader.read('other', 0, 1), /no audit log other/)
  await log.admit(admitted())
  await log.close()
  t.equal((await reader.read(name, 0, 100)).length, 7)
})
