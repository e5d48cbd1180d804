import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { ByteBudget } from '../../src/core/budget.ts'
import { bytesOf } from '../../src/core/byte-source.ts'
import { Spool, Spools } from '../../src/core/spool.ts'
import { createRandom } from '../support/random.ts'

const MIB = 1_048_576

function optionsOf(folder: string, memory = 1e9, disk = 1e9) {
  return { folder, memory: new ByteBudget(memory), disk: new ByteBudget(disk), randomBytes }
}

t.test('any bytes, written in any pieces, come back from any place', async t => {
  const random = createRandom(5)
  for (const size of [0, 1, 65_535, 65_536, 65_537, MIB, MIB + 1, 2 * MIB + 77]) {
    const options = optionsOf(t.testdir())
    const spool = new Spool(options)
    const bytes = randomBytes(size)
    for (let at = 0; at < size; ) {
      const length = 1 + random.int(200_000)
      await spool.write(bytes.subarray(at, at + length))
      at += length
    }
    t.equal(spool.length, size)
    t.ok((await bytesOf(spool, 0, size)).equals(bytes), `${size}`)
    for (let round = 0; round < (size === 0 ? 0 : 20); round++) {
      const start = random.int(size)
      const end = start + random.int(size - start)
      t.ok((await bytesOf(spool, start, end)).equals(bytes.subarray(start, end)), `${size} ${start} ${end}`)
    }
    await spool.close()
    await spool.close()
    t.equal(options.memory.used, 0)
    t.equal(options.disk.used, 0)
  }
})

t.test('what lies on the disk has no name and can not be read', async t => {
  const folder = join(t.testdir(), 'spool')
  const spool = new Spool(optionsOf(folder))
  await spool.write(Buffer.alloc(3 * MIB, 'Anna Weber '))
  t.strictSame(readdirSync(folder), [])
  const open = readdirSync('/proc/self/fd')
    .map(fd => join('/proc/self/fd', fd))
    .filter(fd => isIn(fd, folder))
  t.equal(open.length, 1, 'it is there')
  t.notOk(readFileSync(open[0] ?? '').includes('Anna'))
  t.ok(readFileSync(open[0] ?? '').length >= 2 * MIB)
  await spool.close()
})

t.test('budgets bound it, and everything is given back', async t => {
  const small = optionsOf(t.testdir(), 100_000)
  const inMemory = new Spool(small)
  await t.rejects(inMemory.write(Buffer.alloc(200_000)), { code: 'SCHLEUSE_OVERLOADED' })
  await inMemory.close()
  t.equal(small.memory.used, 0)
  const full = optionsOf(t.testdir(), 1e9, 100_000)
  const spools = new Spools(full)
  const onDisk = spools.create()
  await t.rejects(onDisk.write(Buffer.alloc(2 * MIB)), { code: 'SCHLEUSE_OVERLOADED' })
  await spools.close()
  t.equal(full.memory.used + full.disk.used, 0)
  await t.rejects(onDisk.write(Buffer.alloc(1)), { code: 'SCHLEUSE_OVERLOADED' }, 'closed')
})

function isIn(fd: string, folder: string): boolean {
  try {
    return readlinkSync(fd).startsWith(folder)
  } catch {
    return false
  }
}
