import t from 'tap'
import { MemoryStore } from '../../../src/filters/vault/memory.ts'
import { testClock, vaultContract } from './contract.ts'

vaultContract({
  name: 'memory',
  shared: false,
  open: async clock => new MemoryStore({ clock, maxBytes: 1_000_000 }),
  pass: async (clock, ms) => clock.add(ms)
})

t.test('a bound on bytes: scopes written to longest ago go, never the one being written', async t => {
  const store = new MemoryStore({ clock: testClock(), maxBytes: 10_000 })
  const entry = (name: string, size: number) => ({ name, value: Buffer.alloc(size), terms: [] })
  for (let at = 0; at < 20; at++) await store.set(`s${at}`, [entry('a', 1000)], 1000)
  t.equal((await store.read('s0')).size, 0)
  t.equal((await store.read('s19')).size, 1)
  await store.set('s19', [entry('big', 50_000)], 1000)
  t.equal((await store.read('s19')).size, 2)
  t.equal((await store.read('s18')).size, 0)
})

t.test('a bound on entries of one scope', async t => {
  const store = new MemoryStore({ clock: testClock(), maxBytes: 1e12 })
  const entries = Array.from({ length: 100_001 }, (_, at) => ({
    name: String(at),
    value: Buffer.alloc(0),
    terms: []
  }))
  await t.rejects(store.set('s', entries, 1000))
  t.equal((await store.read('s')).size, 0)
})
