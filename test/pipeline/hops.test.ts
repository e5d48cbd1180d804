import t from 'tap'
import { HopSimulation } from '../support/hop-simulation.ts'

/** Random failures, breakers, pauses and reloads, in 100,000 requests. */

t.test('no forbidden hop, none before its admission, none after the first byte', async t => {
  for (const seed of [1, 2]) {
    const done = await new HopSimulation(seed).run(50_000)
    t.same(done.faults, {
      forbidden: 0,
      unadmitted: 0,
      afterFirstByte: 0,
      overCapacity: 0,
      tooManyAttempts: 0
    })
    t.equal(done.requests, 50_000)
    for (const count of ['hops', 'fallbacks', 'refused', 'reloads', 'breakerChanges'] as const)
      t.ok(done[count] > 10, `${count} happened: ${done[count]}`)
  }
})
