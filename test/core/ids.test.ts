import t from 'tap'
import { createUuidV7 } from '../../src/core/ids.ts'

const V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

t.test('the example of RFC 9562 appendix A.6', async t => {
  // unix_ts_ms 0x017F22E279B0, rand_a 0xCC3, rand_b 0b01 ‖ 0x8C4DC0C0C07398F
  const bytes = [0x18, 0x03, 0x98, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f]
  const next = createUuidV7({ now: () => 0x017f22e279b0 }, pool => {
    for (let i = 0; i < pool.length; i++) pool[i] = bytes[i % bytes.length] as number
  })
  // the counter starts below 2048, so the example's rand_a 0xCC3 appears without its highest bit: 0x0c3
  t.equal(next(), '017f22e2-79b0-70c3-98c4-dc0c0c07398f')
  t.equal(next(), '017f22e2-79b0-70c4-98c4-dc0c0c07398f')
})

t.test('ids grow within a millisecond, past the counter, and when the clock steps back', async t => {
  const clock = { ms: 1_000_000.7, now: () => clock.ms }
  const next = createUuidV7(clock)
  let last = ''
  let wrong = 0
  const take = () => {
    const id = next()
    if (!V7.test(id) || id <= last) wrong++
    last = id
  }
  for (let i = 0; i < 10_000; i++) take()
  t.equal(last.slice(0, 12), '0000000f-424', 'thousands of ids in one millisecond run a few ms ahead')
  clock.ms = 5
  for (let i = 0; i < 10_000; i++) take()
  clock.ms = 2_000_000
  take()
  t.equal(last.slice(0, 13), '0000001e-8480')
  clock.ms = 2 ** 48 - 1
  take()
  t.match(last, /^ffffffff-ffff-7/)
  t.equal(wrong, 0)
})

t.test('random bytes are drawn in batches and differ', async t => {
  let draws = 0
  const next = createUuidV7({ now: () => 1 }, pool => {
    draws++
    crypto.getRandomValues(pool)
  })
  const tails = new Set(Array.from({ length: 256 }, () => next().slice(19)))
  t.equal(tails.size, 256)
  t.equal(draws, 2)
})
