import t from 'tap'
import { openJsonLinesLog } from '../../src/audit/log.ts'
import { openAuditReader } from '../../src/audit/reader.ts'
import { admitted, builder, clock } from './facts.ts'

t.test('entries come in order with their index, from any point, while the writer runs', async t => {
  const dir = t.testdir()
  const reader = openAuditReader(dir)
  t.match(await reader.logs(), [{ size: 0, first: 0, sealed: false }])
  const log = await openJsonLinesLog({ dir, clock, events: builder })
  t.teardown(() => log.close())
  const events = Array.from({ length: 5 }, () => admitted())
  for (const event of events) await log.admit(event)
  const [state] = await reader.logs()
  const name = state?.name ?? ''
  t.equal(state?.size, 5)
  t.same(
    await reader.read(name, 2, 2),
    [2, 3].map(index => ({ index, json: events[index]?.json }))
  )
  t.same(await reader.read(name, 5, 10), [])
  await t.rejects(reader.read('other', 0, 1), /no audit log other/)
})
