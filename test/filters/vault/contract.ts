import { randomBytes } from 'node:crypto'
import t from 'tap'
import type { Clock } from '../../../src/core/clock.ts'
import { HmacKey } from '../../../src/core/hmac.ts'
import { KeyRing } from '../../../src/filters/vault/key-ring.ts'
import type { VaultStore } from '../../../src/filters/vault/store.ts'
import { Vault } from '../../../src/filters/vault/vault.ts'

/** A clock that the tests move. */
export interface TestClock extends Clock {
  add(ms: number): void
}

export function testClock(): TestClock {
  let now = 1_800_000_000_000
  return { now: () => now, monotonic: () => now, add: ms => (now += ms) }
}

export interface StoreUnderTest {
  readonly name: string
  /** A second store over the same values, as another process has it; undefined for memory. */
  open(clock: Clock): Promise<VaultStore>
  /** Lets this much time pass; Redis has its own clock. */
  pass(clock: TestClock, ms: number): Promise<void>
  /** Everything at rest, to look for clear text. */
  bytes?(): Promise<Buffer>
  /** True when a second `open` sees what the first wrote. */
  readonly shared: boolean
}

const key = randomBytes(32)
const index = new HmacKey(randomBytes(32))
const TTL = 400

const vaultOver = (store: VaultStore, keys: readonly Buffer[] = [key]): Vault =>
  new Vault({ store, keys: new KeyRing(keys), index, ttlMs: TTL })

const person = (surface: string) => ({ type: 'PERSON', surface })

/** What every store must do, as seen through the vault. */
export function vaultContract(under: StoreUnderTest): void {
  t.test(`${under.name}: values come back, in their scope only`, async t => {
    const vault = vaultOver(await under.open(testClock()))
    t.teardown(() => vault.close())
    const scope = vault.scope('chain', 'app', 'one')
    const other = vault.scope('chain', 'app', 'two')
    await vault.set(scope, [
      { name: 'a', value: 'Änne 😀 \u0000 "' },
      { name: '__proto__', value: 'b' }
    ])
    t.strictSame(
      await vault.read(scope, ['a', '__proto__', 'constructor']),
      new Map([
        ['a', 'Änne 😀 \u0000 "'],
        ['__proto__', 'b']
      ])
    )
    t.strictSame((await vault.all(scope)).sort(), ['b', 'Änne 😀 \u0000 "'])
    t.strictSame(await vault.read(other, ['a']), new Map())
    t.strictSame(await vault.all(other), [])
    t.not(vault.scope('chain', 'ap', 'pone'), scope, 'parts do not run into each other')
  })

  t.test(`${under.name}: what is set soon is read, found and erased like the rest`, async t => {
    const clock = testClock()
    const vault = vaultOver(await under.open(clock))
    const scope = vault.scope('soon', String(Math.random()))
    await vault.setSoon(scope, [{ name: 'a', value: 'old', about: [person('Frau Ilse Aichinger')] }])
    await vault.setSoon(scope, [{ name: 'a', value: 'new' }])
    t.strictSame(await vault.read(scope, ['a']), new Map([['a', 'new']]))
    await vault.setSoon(scope, [{ name: 'b', value: 'two', about: [person('Herr Paul Antschel')] }])
    t.strictSame(await vault.find('Paul Antschel'), new Map([[scope, 1]]))
    await vault.setSoon(scope, [{ name: 'c', value: 'three', about: [person('Herr Paul Antschel')] }])
    t.equal(await vault.eraseAbout('Paul Antschel'), 2)
    await vault.setSoon(scope, [{ name: 'd', value: 'four' }])
    t.strictSame(await vault.add(scope, [{ name: 'd', value: 'five' }]), new Map([['d', 'four']]))
    await vault.setSoon(scope, [{ name: 'e', value: 'five' }])
    t.equal(await vault.erase(scope), 3)
    await vault.setSoon(scope, [{ name: 'f', value: 'six' }])
    await vault.close()
    if (!under.shared) return
    const next = vaultOver(await under.open(clock))
    t.strictSame(await next.all(scope), ['six'])
    await next.close()
  })

  t.test(`${under.name}: set if absent, also when many do it at once`, async t => {
    const clock = testClock()
    const first = vaultOver(await under.open(clock))
    const second = under.shared ? vaultOver(await under.open(clock)) : first
    t.teardown(async () => {
      await first.close()
      if (second !== first) await second.close()
    })
    const scope = first.scope('race', String(Math.random()))
    const claims = Array.from({ length: 40 }, (_, at) => {
      const vault = at % 2 === 0 ? first : second
      return vault.add(scope, [{ name: 'code', value: `claim ${at}` }]).then(present => ({ at, present }))
    })
    const done = await Promise.all(claims)
    const winners = done.filter(({ present }) => present.size === 0)
    t.equal(winners.length, 1)
    const held = `claim ${winners[0]?.at}`
    for (const { present } of done.filter(one => one.present.size > 0)) t.equal(present.get('code'), held)
    t.strictSame(await second.read(scope, ['code']), new Map([['code', held]]))
    await first.set(scope, [{ name: 'code', value: 'new' }])
    t.equal((await second.read(scope, ['code'])).get('code'), 'new', 'set overwrites')
  })

  t.test(`${under.name}: a scope expires a TTL after it was last written to`, async t => {
    const clock = testClock()
    const vault = vaultOver(await under.open(clock))
    t.teardown(() => vault.close())
    const scope = vault.scope('ttl', String(Math.random()))
    await vault.set(scope, [{ name: 'a', value: '1', about: [person('Anna Weber-Ttl')] }])
    await under.pass(clock, TTL / 2)
    await vault.set(scope, [{ name: 'b', value: '2' }])
    await under.pass(clock, TTL / 2 + 20)
    t.strictSame((await vault.all(scope)).sort(), ['1', '2'], 'writing prolongs all of it')
    await under.pass(clock, TTL + 20)
    t.strictSame(await vault.all(scope), [])
    t.strictSame(await vault.find('Anna Weber-Ttl'), new Map())
    t.strictSame(await vault.add(scope, [{ name: 'a', value: 'again' }]), new Map(), 'as if it never was')
    await vault.purge()
    t.strictSame(await vault.all(scope), ['again'], 'purging takes only what has expired')
  })

  t.test(`${under.name}: look-up and erasure by person and by scope`, async t => {
    const vault = vaultOver(await under.open(testClock()))
    t.teardown(() => vault.close())
    const [one, two] = [vault.scope('p', '1', under.name), vault.scope('p', '2', under.name)]
    const mail = { type: 'EMAIL', surface: 'Anna.Weber@example.org' }
    await vault.set(one, [
      { name: 'x', value: 'x', about: [person('Frau Dr. Anna Weber')] },
      { name: 'y', value: 'y', about: [mail] },
      { name: 'z', value: 'z', about: [person('Bruno Koch')] }
    ])
    await vault.set(two, [{ name: 'x', value: 'x', about: [person('Anna Weber'), mail] }])
    t.strictSame(
      await vault.find('anna weber'),
      new Map([
        [one, 1],
        [two, 1]
      ])
    )
    t.strictSame(
      await vault.find('anna.weber@EXAMPLE.org'),
      new Map([
        [one, 1],
        [two, 1]
      ])
    )
    t.strictSame(await vault.find('Weber'), new Map(), 'nobody else of that name')
    t.equal(await vault.eraseAbout('Anna Weber'), 2)
    t.strictSame(await vault.find('Anna Weber'), new Map())
    t.strictSame((await vault.all(one)).sort(), ['y', 'z'])
    t.strictSame(await vault.all(two), [])
    t.equal(await vault.eraseAbout('anna.weber@example.org'), 1)
    t.equal(await vault.erase(one), 1)
    t.strictSame(await vault.all(one), [])
    t.strictSame(await vault.find('Bruno Koch'), new Map())
    t.equal(await vault.erase(one), 0)
  })

  t.test(`${under.name}: keys rotate; a key that is gone makes its values absent`, async t => {
    const next = randomBytes(32)
    const clock = testClock()
    const store = await under.open(clock)
    const scope = vaultOver(store).scope('keys', under.name, String(Math.random()))
    await vaultOver(store).set(scope, [{ name: 'old', value: 'sealed with the first' }])
    const rotated = vaultOver(store, [next, key])
    await rotated.set(scope, [{ name: 'new', value: 'sealed with the second' }])
    t.equal((await rotated.all(scope)).length, 2)
    const later = vaultOver(store, [next])
    t.strictSame(await later.all(scope), ['sealed with the second'])
    t.strictSame(await later.add(scope, [{ name: 'old', value: 'fresh' }]), new Map())
    t.equal((await later.read(scope, ['old'])).get('old'), 'fresh')
    await later.close()
  })

  t.test(`${under.name}: a value moved to another place does not open`, async t => {
    const store = await under.open(testClock())
    const vault = vaultOver(store)
    t.teardown(() => vault.close())
    const [from, to] = [vault.scope('move', 'a', under.name), vault.scope('move', 'b', under.name)]
    await vault.set(from, [{ name: 'n', value: 'secret' }])
    const entries = [...(await store.read(from))].map(([name, value]) => ({ name, value, terms: [] }))
    t.equal(entries.length, 1)
    await store.set(to, entries, TTL)
    t.strictSame(await vault.all(to), [])
  })

  if (under.bytes === undefined) return
  t.test(`${under.name}: nothing at rest is in clear`, async t => {
    const vault = vaultOver(await under.open(testClock()))
    t.teardown(() => vault.close())
    const scope = vault.scope('clear', 'max.app')
    await vault.set(scope, [
      {
        name: 'PERSON_K7Q2MX4A',
        value: 'Friederike Holbrunstedt',
        about: [person('Friederike Holbrunstedt')]
      }
    ])
    const held = ((await under.bytes?.()) ?? Buffer.alloc(0)).toString('latin1')
    t.ok(held.length > 100)
    for (const clear of ['Friederike', 'Holbrunstedt', 'holbrunstedt', 'K7Q2MX4A', 'max.app'])
      t.notOk(held.includes(clear), clear)
  })
}
