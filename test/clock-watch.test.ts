import { mock } from 'node:test'
import Fastify from 'fastify'
import t from 'tap'
import type { AuditEvent } from '../src/audit/event/builder.ts'
import { ClockWatch, watchClock } from '../src/clock-watch.ts'
import { builder } from './audit/facts.ts'

const time = { wall: 1_800_000_000_000, run: 0 }
const clock = { now: () => time.wall, monotonic: () => time.run }

function pass(ms: number, setMs = 0): void {
  time.run += ms
  time.wall += ms + setMs
}

t.test('a clock that runs is not told, one that is set is, once', async t => {
  const watch = new ClockWatch(clock)
  pass(3_600_000)
  t.equal(watch.look(), null)
  pass(10, 249)
  t.equal(watch.look(), null, 'less than what counts')
  pass(10, 1)
  t.equal(watch.look(), 250, 'small steps add up')
  t.equal(watch.look(), null)
  pass(1000, -7_200_000)
  t.equal(watch.look(), -7_200_000)
})

t.test('it is on the record until the gateway closes', async t => {
  mock.timers.enable({ apis: ['setInterval'] })
  t.teardown(() => mock.timers.reset())
  const app = Fastify()
  const written: AuditEvent[] = []
  watchClock(app, { clock, events: builder, audit: { append: async event => void written.push(event) } })
  mock.timers.tick(10_000)
  pass(10_000, -4000)
  mock.timers.tick(10_000)
  t.match(
    written.map(({ json }) => JSON.parse(json)),
    [{ event_type: 'clock.drift', offset_ms: -4000 }]
  )
  await app.close()
  pass(10_000, -4000)
  mock.timers.tick(10_000)
  t.equal(written.length, 1)
})

t.test('a record that fails is said, not thrown', async t => {
  mock.timers.enable({ apis: ['setInterval'] })
  t.teardown(() => mock.timers.reset())
  const lines: string[] = []
  const app = Fastify({ logger: { level: 'error', stream: { write: (line: string) => lines.push(line) } } })
  t.teardown(() => app.close())
  watchClock(app, { clock, events: builder, audit: { append: () => Promise.reject(new Error('full')) } })
  pass(0, 5000)
  mock.timers.tick(10_000)
  await new Promise(resolve => setImmediate(resolve))
  t.match(lines, [/could not be written/])
})
