import t from 'tap'
import * as fc from 'fast-check'
import { ByteBudget } from '../../src/core/budget.ts'

t.test('reserve up to the limit, refuse beyond, release', async t => {
  const budget = new ByteBudget(10)
  t.ok(budget.reserve(4))
  t.ok(budget.reserve(6))
  t.notOk(budget.reserve(1))
  t.ok(budget.reserve(0))
  t.equal(budget.used, 10)
  budget.release(6)
  t.equal(budget.used, 4)
  t.ok(budget.reserve(6))
  t.notOk(new ByteBudget(0).reserve(1))
})

t.test('faults of the caller throw and change nothing', async t => {
  const budget = new ByteBudget(10)
  budget.reserve(3)
  for (const bytes of [4, -1, 0.5, NaN, Infinity]) t.throws(() => budget.release(bytes), RangeError)
  for (const bytes of [-1, 0.5, NaN, Infinity]) t.throws(() => budget.reserve(bytes), RangeError)
  for (const limit of [-1, 0.5, NaN]) t.throws(() => new ByteBudget(limit), RangeError)
  t.equal(budget.used, 3)
})

t.test('a lease gives everything back once', async t => {
  const budget = new ByteBudget(10)
  const one = budget.lease()
  const two = budget.lease()
  t.ok(one.grow(6))
  t.notOk(two.grow(5))
  t.ok(two.grow(4))
  one.shrink(2)
  t.throws(() => one.shrink(5), RangeError)
  t.equal(one.bytes, 4)
  one.close()
  one.close()
  t.notOk(one.grow(1))
  t.equal(one.bytes, 0)
  t.equal(budget.used, 4)
  two.close()
  t.equal(budget.used, 0)
})

t.test('used is the sum of the leases and stays within the limit', async t => {
  const step = fc.record({ lease: fc.nat(3), by: fc.integer({ min: -20, max: 20 }) })
  fc.assert(
    fc.property(fc.array(step), steps => {
      const budget = new ByteBudget(50)
      const leases = Array.from({ length: 4 }, () => budget.lease())
      for (const { lease: index, by } of steps) {
        const lease = leases[index]
        if (by >= 0) lease?.grow(by)
        else if (lease !== undefined && lease.bytes >= -by) lease.shrink(-by)
        const sum = leases.reduce((total, { bytes }) => total + bytes, 0)
        if (budget.used !== sum || sum > 50) return false
      }
      return true
    })
  )
  t.pass()
})
