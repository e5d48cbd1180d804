import { appendFileSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import * as fc from 'fast-check'
import t, { type Test } from 'tap'
import type { AuditEvent } from '../../src/audit/event/builder.ts'
import { openJsonLinesLog, type AuditLog, type LogOptions } from '../../src/audit/log.ts'
import { admitted, attempt, builder, clock, completed, failed, policy } from './facts.ts'
import { diskError, faultFs } from './fault-fs.ts'

const failure = { code: 'SCHLEUSE_RECORD_FAILED', statusCode: 503 }

/** A log in `dir` that closes itself when the test ends. */
async function open(t: Test, dir: string, more: Partial<LogOptions> = {}): Promise<AuditLog> {
  const log = await openJsonLinesLog({ dir, clock, events: builder, ...more })
  t.teardown(() => log.close())
  return log
}

function linesOf(dir: string): string[] {
  return readFileSync(join(dir, 'audit.jsonl'), 'utf8').split('\n').slice(0, -1)
}

/** How many of the promises are rejected as records that failed. */
async function rejections(promises: Promise<void>[]): Promise<number> {
  const settled = await Promise.allSettled(promises)
  return settled.filter(
    ({ status, ...rest }) => status === 'rejected' && 'reason' in rest && rest.reason.code === failure.code
  ).length
}

/** Something that ends when told. */
function gate<T>() {
  return Promise.withResolvers<T>()
}

t.test('an admitted record is a line of the file, readable by its owner only', async t => {
  const dir = join(t.testdir(), 'a', 'b')
  const log = await open(t, dir)
  const event = admitted()
  await log.admit(event)
  t.same(linesOf(dir), [event.json])
  t.equal(statSync(join(dir, 'audit.jsonl')).mode & 0o777, 0o600)
  t.equal(statSync(dir).mode & 0o777, 0o700)
  t.ok(log.healthy)
})

t.test('writes are synchronous to the disk and new names are made durable', async t => {
  const root = t.testdir()
  const { fs, calls } = faultFs()
  await open(t, join(relative(process.cwd(), root), 'a', 'b', '/'), { fs })
  const file = join(root, 'a/b/audit.jsonl')
  t.ok(calls.includes(`open ${file} dsync`))
  const order = calls.filter(call => call.startsWith('fsync') || call.includes('audit.jsonl'))
  t.same(order, [`fsync ${root}`, `fsync ${root}/a`, `open ${file} dsync`, `fsync ${root}/a/b`])
})

t.test('group commit: one write for all of a turn, and for all that waits meanwhile', async t => {
  const first = gate<number>()
  const { fs, writes } = faultFs(length => (writes() === 1 ? first.promise.then(() => length) : length))
  const groups: [number, number][] = []
  const dir = t.testdir()
  const log = await open(t, dir, { fs, onCommit: (ms, events) => groups.push([ms, events]) })
  const events = Array.from({ length: 150 }, admitted)
  const early = events.slice(0, 100).map(event => log.admit(event))
  await new Promise(resolve => setImmediate(resolve))
  const late = events.slice(100).map(event => log.admit(event))
  t.equal(writes(), 1)
  first.resolve(0)
  await Promise.all([...early, ...late])
  t.equal(writes(), 2)
  t.same(groups, [
    [0, 100],
    [0, 50]
  ])
  t.same(
    linesOf(dir),
    events.map(({ json }) => json)
  )
})

t.test('a group larger than the buffer goes out in several writes, in order', async t => {
  const { fs, writes } = faultFs()
  const dir = t.testdir()
  const log = await open(t, dir, { fs })
  const events = Array.from({ length: 1500 }, admitted)
  await Promise.all(events.map(event => log.admit(event)))
  t.equal(writes(), 2)
  t.same(
    linesOf(dir),
    events.map(({ json }) => json)
  )
})

t.test('short writes are completed', async t => {
  const { fs, writes } = faultFs(length => Math.min(length, 100))
  const dir = t.testdir()
  const log = await open(t, dir, { fs })
  const events = [admitted(), admitted(), admitted()]
  await Promise.all(events.map(event => log.admit(event)))
  t.ok(writes() > 20)
  t.same(
    linesOf(dir),
    events.map(({ json }) => json)
  )
})

t.test('append rides with the next admission, else follows soon; close writes what is left', async t => {
  const { fs, writes } = faultFs()
  const dir = t.testdir()
  const log = await open(t, dir, { fs, lingerMs: 3_600_000 })
  const [a, b, c, d] = [admitted(), admitted(), admitted(), admitted()]
  const appended = log.append(a)
  await new Promise(resolve => setImmediate(resolve))
  t.equal(writes(), 0)
  await Promise.all([appended, log.admit(b)])
  t.equal(writes(), 1)
  const left = [log.append(c), log.append(d)]
  await log.close()
  await Promise.all(left)
  t.same(
    linesOf(dir),
    [a, b, c, d].map(({ json }) => json)
  )
  const soon = await open(t, t.testdir({ soon: {} }), { lingerMs: 0 })
  await soon.append(admitted())
  const usual = await open(t, join(t.testdirName, 'usual'))
  await usual.append(admitted())
})

t.test('an append during a write goes with the next group', async t => {
  const first = gate<number>()
  const { fs, writes } = faultFs(length => (writes() === 1 ? first.promise.then(() => length) : length))
  const log = await open(t, t.testdir(), { fs, lingerMs: 3_600_000 })
  const admission = log.admit(admitted())
  await new Promise(resolve => setImmediate(resolve))
  const append = log.append(admitted())
  first.resolve(0)
  await Promise.all([admission, append])
  t.equal(writes(), 2)
})

for (const [name, fault] of [
  ['EIO', () => diskError('EIO')],
  ['ENOSPC', () => diskError('ENOSPC')],
  ['a write that takes nothing', () => 0]
] as const) {
  t.test(`${name}: nothing is acknowledged from then on, nothing is retried`, async t => {
    let failing = false
    const broken = gate<undefined>()
    const { fs, writes } = faultFs(length => (failing ? broken.promise.then<number | Error>(fault) : length))
    const failures: Error[] = []
    const dir = t.testdir()
    const log = await open(t, dir, { fs, lingerMs: 3_600_000, onFailure: cause => failures.push(cause) })
    await log.admit(admitted())
    failing = true
    const writing = [log.append(admitted()), log.admit(admitted()), log.admit(admitted())]
    await new Promise(resolve => setImmediate(resolve))
    const waiting = [log.admit(admitted()), log.append(admitted())]
    broken.resolve(undefined)
    t.equal(await rejections([...writing, ...waiting]), 5)
    failing = false
    t.notOk(log.healthy)
    t.equal(await rejections([log.admit(admitted()), log.append(admitted())]), 2)
    t.equal(writes(), 2)
    t.equal(failures.length, 1)
    await log.close()
    const again = await open(t, dir)
    t.ok(again.healthy)
    t.equal(linesOf(dir).length, 2, 'the acknowledged record, and its attempt closed as orphaned')
  })
}

t.test('the error names its cause, for the log of the operator', async t => {
  const cause = diskError('EIO')
  const { fs } = faultFs(() => cause)
  const log = await open(t, t.testdir(), { fs })
  await t.rejects(log.admit(admitted()), { ...failure, cause })
})

t.test('close while a write fails waits for it and lets go of everything', async t => {
  const broken = gate<Error>()
  const { fs } = faultFs(() => broken.promise)
  const dir = t.testdir()
  const log = await open(t, dir, { fs })
  const admission = log.admit(admitted())
  await new Promise(resolve => setImmediate(resolve))
  const closed = log.close()
  broken.resolve(diskError('EIO'))
  t.equal(await rejections([admission]), 1)
  await closed
  t.ok((await open(t, dir)).healthy)
})

t.test('torn write: part of a group reached the disk before the fault', async t => {
  const { fs, writes } = faultFs(length =>
    writes() === 2 ? length - 7 : writes() === 3 ? diskError('EIO') : length
  )
  const dir = t.testdir()
  const log = await open(t, dir, { fs })
  const kept = admitted()
  await log.admit(kept)
  await t.rejects(log.admit(admitted()), failure)
  await log.close()
  t.not(readFileSync(join(dir, 'audit.jsonl'), 'utf8').at(-1), '\n')
  await open(t, dir)
  t.equal(linesOf(dir)[0], kept.json)
  t.equal(linesOf(dir).length, 2)
})

t.test('any mix of short, failing and slow writes: what was acknowledged is what comes back', async t => {
  const step = fc.oneof(
    { weight: 6, arbitrary: fc.constant('all' as const) },
    { weight: 3, arbitrary: fc.integer({ min: 1, max: 3000 }) },
    { weight: 1, arbitrary: fc.constant('EIO' as const) }
  )
  t.testdir()
  let run = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 12 }),
      fc.array(fc.boolean(), { maxLength: 30 }),
      async (plan, turns) => {
        const dir = join(t.testdirName, String(run++))
        const { fs, writes } = faultFs(length => {
          const take = plan[writes() - 1] ?? 'all'
          if (take === 'EIO') return diskError(take)
          return take === 'all' ? length : Math.min(take, length)
        })
        const log = await openJsonLinesLog({ dir, clock, events: builder, fs, lingerMs: 0 })
        const acknowledged: string[] = []
        const events: Promise<unknown>[] = []
        for (const pause of turns) {
          const event = admitted()
          const done = pause ? log.append(event) : log.admit(event)
          const noted = done.then(() => void acknowledged.push(event.json))
          events.push(noted.catch(() => 'refused'))
          if (pause) await new Promise(resolve => setImmediate(resolve))
        }
        await Promise.all(events)
        await log.close()
        await (await openJsonLinesLog({ dir, clock, events: builder })).close()
        const kept = linesOf(dir)
        t.same(kept.slice(0, acknowledged.length), acknowledged)
      }
    ),
    { numRuns: 40 }
  )
})

t.test('the queue is bounded in events and bytes; ends may take twice as much', async t => {
  const held = gate<number>()
  const { fs } = faultFs(() => held.promise)
  const log = await open(t, t.testdir(), { fs, maxQueuedEvents: 2 })
  const writing = log.admit(admitted())
  await new Promise(resolve => setImmediate(resolve))
  const queued = [log.admit(admitted()), log.admit(admitted())]
  await t.rejects(log.admit(admitted()), failure)
  queued.push(log.append(admitted()), log.append(admitted()))
  await t.rejects(log.append(admitted()), failure)
  t.ok(log.healthy, 'a full queue is no fault of the disk')
  held.resolve(0)
  t.equal(await rejections([writing, ...queued]), 5)

  const size = admitted().json.length
  const free = faultFs()
  const small = await open(t, join(t.testdirName, 'bytes'), { fs: free.fs, maxQueuedBytes: 2 * size + 10 })
  const two = [small.admit(admitted()), small.admit(admitted())]
  await t.rejects(small.admit(admitted()), failure)
  await Promise.all(two)
  await small.admit(admitted())
})

t.test('close: everything queued is written, later records are refused, twice is once', async t => {
  const dir = t.testdir()
  const log = await open(t, dir)
  const pending = [log.admit(admitted()), log.append(admitted())]
  await Promise.all([log.close(), log.close()])
  await Promise.all(pending)
  t.equal(linesOf(dir).length, 2)
  t.notOk(log.healthy)
  await t.rejects(log.admit(admitted()), failure)
})

/** A file with `count` ended attempts; returns its text. */
async function filled(t: Test, dir: string, count: number): Promise<string> {
  const log = await open(t, dir)
  for (let i = 0; i < count; i++) {
    const on = attempt()
    await log.admit(admitted(on))
    await log.append(failed(on))
  }
  await log.close()
  return readFileSync(join(dir, 'audit.jsonl'), 'utf8')
}

t.test('a last line that is torn at any byte is cut off, what was before stays', async t => {
  const dir = t.testdir()
  const text = await filled(t, dir, 1)
  const torn = admitted().json
  for (let length = 1; length <= torn.length; length += 7) {
    writeFileSync(join(dir, 'audit.jsonl'), text + torn.slice(0, length))
    const { fs, calls } = faultFs()
    const log = await open(t, dir, { fs })
    if (readFileSync(join(dir, 'audit.jsonl'), 'utf8') !== text) t.fail(`cut at ${length}`)
    if (!calls.join().includes(`truncate ${text.length},fsync`)) t.fail('the cut is made durable')
    await log.close()
  }
  writeFileSync(join(dir, 'audit.jsonl'), text + '\0'.repeat(5000))
  await open(t, dir)
  t.equal(readFileSync(join(dir, 'audit.jsonl'), 'utf8'), text)
})

t.test('attempts without end are closed as orphaned, once', async t => {
  const dir = t.testdir()
  const log = await open(t, dir)
  const one = attempt({ app_id: 'one' })
  const two = attempt({ app_id: 'two' })
  const ended: AuditEvent[] = [admitted(one), completed(one), admitted(two), failed(two)]
  for (const event of ended) await log.admit(event)
  const open2 = { ...two, attempt: 2 }
  await log.admit(admitted(open2))
  await log.admit(builder.create('gateway.started', { policy }))
  await log.close()
  await (await open(t, dir)).close()
  t.match(JSON.parse(linesOf(dir).at(-1) ?? ''), {
    event_type: 'ai.request.orphaned',
    request_id: two.request_id,
    attempt: 2,
    app_id: 'two'
  })
  t.equal(linesOf(dir).length, 7)
  await open(t, dir)
  t.equal(linesOf(dir).length, 7)
})

t.test('thousands of orphans and a file of several chunks', async t => {
  const dir = t.testdir()
  const log = await open(t, dir)
  await Promise.all(Array.from({ length: 2500 }, () => log.admit(admitted())))
  await log.close()
  await open(t, dir)
  const types = linesOf(dir).map(line => JSON.parse(line).event_type as string)
  t.equal(types.filter(type => type === 'ai.request.orphaned').length, 2500)
  t.equal(types.length, 5000)
})

t.test('a damaged file is refused with the place, and left as it is', async t => {
  const dir = t.testdir()
  const file = join(dir, 'audit.jsonl')
  const text = await filled(t, dir, 2)
  const lines = text.split('\n')
  const damaged: [string, RegExp][] = [
    [text.replace('"api"', '"api'), /Line 1 of .*audit\.jsonl \(byte 0\) is no audit record/],
    [`${lines[0]}\n\n${lines[1]}\n`, new RegExp(`Line 2 of .*\\(byte ${(lines[0] ?? '').length + 1}\\)`)],
    [`${text}[1]\n`, /Line 5 /],
    [`${text}null\n`, /Line 5 /],
    [`${text}{"a":1}\n`, /Line 5 /],
    [`${text}${'x'.repeat(3 << 20)}`, /Line 5 /]
  ]
  for (const [content, message] of damaged) {
    writeFileSync(file, content)
    await t.rejects(openJsonLinesLog({ dir, clock, events: builder }), { message })
    t.equal(readFileSync(file, 'utf8').length, content.length)
  }
  writeFileSync(file, text)
  await open(t, dir)
})

t.test('one writer: a second one in this process is refused, after close it may', async t => {
  const dir = t.testdir()
  const log = await open(t, dir)
  await t.rejects(openJsonLinesLog({ dir, clock, events: builder }), {
    message: /Another gateway writes the audit log in /
  })
  await log.admit(admitted())
  await t.rejects(openJsonLinesLog({ dir, clock, events: builder }), 'still locked after a refused attempt')
  await log.close()
  t.ok((await open(t, dir)).healthy)
  t.equal(statSync(join(dir, 'audit.lock')).mode & 0o777, 0o600)
})

t.test('a start that fails leaves nothing locked', async t => {
  const dir = t.testdir()
  await filled(t, dir, 1)
  appendFileSync(join(dir, 'audit.jsonl'), `${admitted().json}\n`)
  const { fs, calls } = faultFs(() => diskError('ENOSPC'))
  await t.rejects(
    openJsonLinesLog({ dir, clock, events: builder, fs }),
    failure,
    'the orphan can not be written'
  )
  t.ok(calls.at(-1)?.startsWith('close'))
  const sync = faultFs(undefined, {
    fsyncSync() {
      throw diskError('EIO')
    }
  })
  await t.rejects(openJsonLinesLog({ dir, clock, events: builder, fs: sync.fs }), { code: 'EIO' })
  t.equal(sync.calls.filter(call => call.startsWith('close')).length, 2)
  t.ok((await open(t, dir)).healthy)
  const file = join(t.testdirName, 'file')
  writeFileSync(file, '')
  await t.rejects(openJsonLinesLog({ dir: file, clock, events: builder }), { code: 'EEXIST' })
  mkdirSync(join(t.testdirName, 'd', 'audit.jsonl'), { recursive: true })
  await t.rejects(openJsonLinesLog({ dir: join(t.testdirName, 'd'), clock, events: builder }), {
    code: 'EISDIR'
  })
  t.notOk(existsSync(join(t.testdirName, 'd', 'audit.jsonl', 'x')))
})
