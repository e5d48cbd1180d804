import t from 'tap'
import { GroupQueue } from '../../src/audit/group-queue.ts'
import { frameBytes } from '../../src/audit/storage/wal-format.ts'
import { admitted, builder } from './facts.ts'

const event = admitted()
const bytes = frameBytes('std_13m/2026-11'.length, event.json.length, event.personal?.length ?? 0)

t.test('entries go in order, in groups that fit one write', async t => {
  const queue = new GroupQueue(2 * bytes)
  const events = [event, event, event, builder.create('gateway.stopped', {}), event]
  const promises = events.map(one => queue.push(one))
  t.same([queue.events, queue.bytes], [5, events.reduce((sum, { json }) => sum + json.length, 0)])
  t.equal(promises[0], promises[1], 'a group has one promise')
  t.not(promises[1], promises[2])
  const groups = [queue.take(), queue.take(), queue.take()]
  t.same(
    groups.map(group => group?.events.length),
    [2, 2, 1]
  )
  t.equal(groups[1]?.events[1], events[3])
  t.same([queue.events, queue.bytes, queue.take()], [0, 0, undefined])
  groups[0]?.resolve()
  groups[1]?.reject(new Error('full'))
  await promises[0]
  await t.rejects(Promise.resolve(promises[3]), { message: 'full' })
  queue.push(event).catch(() => undefined)
  t.equal(queue.take()?.events.length, 1, 'a group that was taken takes nothing more')
})
