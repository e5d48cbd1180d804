import { openSync, readFileSync, writeFileSync, constants, appendFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { openLogFile } from '../../src/audit/log-file.ts'
import { LogSpace } from '../../src/audit/log-space.ts'
import * as nodeFs from 'node:fs'
import { diskError, faultFs } from './fault-fs.ts'

const record = (n: number) => `{"event_type":"gateway.stopped","n":${n},"pad":"${'x'.repeat(900)}"}\n`

function space(t: Test, faulty = faultFs()) {
  const path = join(t.testdir(), 'audit.jsonl')
  const fd = openSync(path, constants.O_RDWR | constants.O_CREAT)
  const room = new LogSpace(faulty.fs, fd, 0)
  const append = (text: string) =>
    new Promise<void>((resolve, reject) => {
      const bytes = Buffer.from(text)
      room.append(bytes, bytes.length, error => (error === null ? resolve() : reject(error)))
    })
  return { path, room, append, calls: faulty.calls }
}

t.test('records follow each other over many steps of room', async t => {
  const { path, room, append } = space(t)
  let expected = ''
  for (let n = 0; n < 3000; n++) {
    await append(record(n))
    room.prepare()
    expected += record(n)
  }
  await new Promise<void>(resolve => room.settled(resolve))
  t.equal(readFileSync(path).subarray(0, room.end).toString(), expected)
  t.ok(
    readFileSync(path)
      .subarray(room.end)
      .every(byte => byte === 0),
    'behind them there is only room'
  )
})

t.test('a record larger than a step gets room of its own', async t => {
  const { path, append } = space(t)
  const big = 'y'.repeat(3 << 20)
  await append(big)
  await append('z\n')
  t.equal(
    readFileSync(path)
      .subarray(0, big.length + 2)
      .toString(),
    `${big}z\n`
  )
})

t.test('short writes of room and records are carried on', async t => {
  const half = (length: number) => Math.ceil(length / 2)
  const { path, append } = space(t, faultFs(half, {}, half))
  await append(record(1))
  await append(record(2))
  t.ok(
    readFileSync(path)
      .toString()
      .startsWith(record(1) + record(2))
  )
})

t.test('no room, no record: what fails stays failed', async t => {
  const { append } = space(
    t,
    faultFs(undefined, {}, () => diskError('ENOSPC'))
  )
  await t.rejects(append(record(1)), { code: 'ENOSPC' })
  await t.rejects(append(record(2)), { code: 'ENOSPC' })
})

t.test('opening: room and a write that was cut off are cut off, records never', async t => {
  const dir = t.testdir()
  const path = join(dir, 'audit.jsonl')
  writeFileSync(path, record(1) + record(2))
  appendFileSync(
    path,
    Buffer.concat([
      Buffer.from('{"event_type":"ga'),
      Buffer.alloc(5000),
      Buffer.from('rest"}\n'),
      Buffer.alloc(1 << 20)
    ])
  )
  const opened = openLogFile(dir, nodeFs)
  t.equal(opened.end, (record(1) + record(2)).length)
  nodeFs.closeSync(opened.fd)
  t.equal(readFileSync(path, 'utf8'), record(1) + record(2))
})

t.test('opening: records with a hole before them stop the start', async t => {
  const dir = t.testdir()
  const path = join(dir, 'audit.jsonl')
  const many = Array.from({ length: 3000 }, (_, n) => record(n)).join('')
  writeFileSync(path, many)
  const fd = openSync(path, 'r+')
  nodeFs.writeSync(fd, Buffer.alloc(4096), 0, 4096, 8192)
  nodeFs.closeSync(fd)
  t.throws(() => openLogFile(dir, nodeFs), /damaged or altered/)
  t.equal(readFileSync(path).length, many.length, 'nothing was cut off')
})
