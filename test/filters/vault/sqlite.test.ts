import { copyFileSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import t from 'tap'
import { SqliteStore } from '../../../src/filters/vault/sqlite.ts'
import { testClock, vaultContract } from './contract.ts'

const folder = t.testdir()
const path = join(folder, 'vault.sqlite')
const maxBytes = 1_000_000

vaultContract({
  name: 'sqlite',
  shared: true,
  open: async clock => new SqliteStore({ path, clock, maxBytes }),
  pass: async (clock, ms) => clock.add(ms),
  bytes: async () =>
    Buffer.concat(
      readdirSync(folder)
        .filter(name => name.startsWith('vault.sqlite'))
        .map(name => readFileSync(join(folder, name)))
    )
})

const entry = (name: string, size = 10) => ({ name, value: Buffer.alloc(size, 7), terms: [`t-${name}`] })

t.test('only its owner can read the file', async t => {
  t.equal(statSync(path).mode & 0o777, 0o600)
})

t.test('values outlive the process that wrote them', async t => {
  const clock = testClock()
  const first = new SqliteStore({ path, clock, maxBytes })
  await first.set('kept', [entry('a')], 1000)
  await first.close()
  const second = new SqliteStore({ path, clock, maxBytes })
  t.equal((await second.read('kept')).size, 1)
  await second.close()
})

t.test('drill: a backup taken while in use, restored after the file is lost', async t => {
  const clock = testClock()
  const file = join(folder, 'drill.sqlite')
  const copy = join(folder, 'drill.backup')
  const store = new SqliteStore({ path: file, clock, maxBytes })
  await store.set('s', [entry('a'), entry('b')], 1000)
  await store.backup(copy)
  await store.set('s', [entry('after')], 1000)
  await store.close()
  t.equal(statSync(copy).mode & 0o777, 0o600)
  for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true })
  copyFileSync(copy, file)
  const restored = new SqliteStore({ path: file, clock, maxBytes })
  t.strictSame([...(await restored.read('s')).keys()].sort(), ['a', 'b'])
  t.strictSame(await restored.find('t-b'), [{ scope: 's', name: 'b' }])
  await restored.close()
})

t.test('a file of another version, or none of ours, is left alone', async t => {
  const file = join(folder, 'older.sqlite')
  const older = new DatabaseSync(file)
  older.exec('CREATE TABLE entry (scope TEXT); PRAGMA user_version = 1')
  older.close()
  const options = { path: file, clock: testClock(), maxBytes }
  t.throws(() => new SqliteStore(options), { message: /another version of Schleuse/ })
  writeFileSync(file, 'a letter')
  t.throws(() => new SqliteStore(options), { message: /not a database/ })
  t.equal(readFileSync(file, 'utf8'), 'a letter')
})

t.test('a bound on bytes: scopes that expire first go', async t => {
  const clock = testClock()
  const store = new SqliteStore({ path: join(folder, 'bound.sqlite'), clock, maxBytes: 100_000 })
  for (let at = 0; at < 600; at++) {
    await store.set(`s${at}`, [entry('a', 1000)], 1000)
    clock.add(1)
  }
  t.equal((await store.read('s599')).size, 1)
  t.equal((await store.read('s300')).size, 0)
  await store.close()
})
