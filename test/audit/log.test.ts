import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { EventBuilder } from '../../src/audit/event/builder.ts'
import { openAuditLog, type AuditLog, type LogOptions } from '../../src/audit/log.ts'
import { openAuditReader } from '../../src/audit/reader.ts'
import { readState } from '../../src/audit/storage/state.ts'
import { admission, admitted, attempt, builder, clock, completed, gateway, newId } from './facts.ts'
import {
  DIR,
  entriesOn,
  faultsOn,
  nothing,
  openOn,
  ORIGIN,
  SEED,
  tickingClock,
  VKEY,
  work
} from './storage/run.ts'
import { fault, SimFs } from './storage/sim-fs.ts'

const failure = { code: 'SCHLEUSE_RECORD_FAILED', statusCode: 503 }
const base = { origin: ORIGIN, seed: SEED, clock, events: builder }

/** A log on the real disk that closes itself when the test ends. */
async function open(t: Test, dir: string, more: Partial<LogOptions> = {}): Promise<AuditLog> {
  const log = await openAuditLog({ ...base, dir, ...more })
  t.teardown(() => log.close())
  return log
}

async function entriesOf(dir: string): Promise<{ event_type: string; [field: string]: unknown }[]> {
  const reader = openAuditReader(dir)
  const logs = await reader.logs()
  const entries = await Promise.all(logs.map(({ name, size }) => reader.read(name, 0, size)))
  return entries.flat().map(({ json }) => JSON.parse(json))
}

t.test('records are entries of the log of their class and month, readable by the owner only', async t => {
  const dir = join(t.testdir(), 'a', 'b')
  const log = await open(t, dir)
  const event = admitted()
  await log.admit(event)
  await log.admit(builder.create('gateway.stopped', {}, { retentionClass: 'fin_5y' }))
  await log.close()
  const reader = openAuditReader(dir)
  t.match(await reader.logs(), [
    { name: 'fin_5y/2026-11', origin: `${ORIGIN}/fin_5y/2026-11`, first: 0, sealed: false },
    { name: 'std_13m/2026-11', size: 2, first: 0 }
  ])
  t.same((await reader.read('std_13m/2026-11', 1, 1))[0], { index: 1, json: event.json })
  for (const path of ['state', 'roster', 'wal.0', 'logs/std_13m/2026-11/checkpoint'])
    t.equal(statSync(join(dir, path)).mode & 0o777, 0o600, path)
  t.equal(statSync(dir).mode & 0o777, 0o700)
})

t.test('what waits in the same turn goes out with one write; ends wait for company', async t => {
  const groups: number[] = []
  const log = await open(t, t.testdir(), { onCommit: (_ms, events) => groups.push(events) })
  await Promise.all([log.append(admitted()), log.admit(admitted()), log.admit(admitted())])
  t.same(groups, [4], 'the entry that opens the log besides')
  await log.append(admitted())
  t.same(groups, [4, 1], 'also without company, after a while')
})

t.test('checkpoints come by themselves', async t => {
  const published = Promise.withResolvers<string>()
  const log = await open(t, t.testdir(), {
    checkpointMs: 5,
    onPublished: (_name, note) => published.resolve(note)
  })
  await log.admit(admitted())
  t.match(await published.promise, `${ORIGIN}/std_13m/2026-11\n2\n`)
})

t.test('the queue is bounded in events and bytes; ends may take twice as much', async t => {
  const log = await open(t, t.testdir(), { maxQueuedEvents: 2 })
  const queued = [log.admit(admitted()), log.admit(admitted())]
  await t.rejects(log.admit(admitted()), failure)
  queued.push(log.append(admitted()), log.append(admitted()))
  await t.rejects(log.append(admitted()), failure)
  t.ok(log.healthy, 'a full queue is no fault of the disk')
  await Promise.all(queued)
  const small = await open(t, join(t.testdirName, 'bytes'), {
    maxQueuedBytes: 2 * admitted().json.length + 10
  })
  const two = [small.admit(admitted()), small.admit(admitted())]
  await t.rejects(small.admit(admitted()), failure)
  await Promise.all(two)
  await small.admit(admitted())
})

t.test('more than a group, and more than the write-ahead log holds', async t => {
  const dir = t.testdir()
  const log = await open(t, dir, { walFileBytes: 2 << 20 })
  await Promise.all(Array.from({ length: 8000 }, () => log.admit(admitted())))
  await log.close()
  t.equal((await entriesOf(dir)).length, 8001)
  const { size } = statSync(join(dir, 'wal.0'))
  t.ok(size <= 3 << 20, 'its files do not grow on')
})

t.test(
  'close: everything queued is written and signed, later records are refused, twice is once',
  async t => {
    const dir = t.testdir()
    const log = await open(t, dir)
    const pending = [log.admit(admitted()), log.append(admitted())]
    await Promise.all([log.close(), log.close()])
    await Promise.all(pending)
    t.equal((await entriesOf(dir)).length, 3)
    t.notOk(log.healthy)
    await t.rejects(log.admit(admitted()), failure)
  }
)

t.test('attempts without end are closed as orphaned, once, in the log of their class', async t => {
  const dir = t.testdir()
  const log = await open(t, dir)
  const [one, two] = [attempt({ app_id: 'one' }), attempt({ app_id: 'two' })]
  await log.admit(admitted(one))
  await log.admit(completed(one))
  const admission2 = builder.create(
    'ai.request.admitted',
    { ...two, ...admission },
    { retentionClass: 'ai_act_hr' }
  )
  await log.admit(admission2)
  await log.close()
  await (await open(t, dir)).close()
  await (await open(t, dir)).close()
  const orphans = (await entriesOf(dir)).filter(({ event_type: type }) => type === 'ai.request.orphaned')
  t.match(orphans, [{ app_id: 'two', request_id: two.request_id, attempt: 1, retention_class: 'ai_act_hr' }])
  t.equal(orphans.length, 1)
})

t.test('thousands of orphans', async t => {
  const dir = t.testdir()
  const log = await open(t, dir)
  await Promise.all(Array.from({ length: 2500 }, () => log.admit(admitted())))
  await log.close()
  await (await open(t, dir)).close()
  const types = (await entriesOf(dir)).map(({ event_type: type }) => type)
  t.equal(types.filter(type => type === 'ai.request.orphaned').length, 2500)
})

t.test(
  'a month ends: its log is sealed, the next begins with its head and records the final one',
  async t => {
    const disk = new SimFs()
    const promised = nothing()
    let now = Date.UTC(2026, 10, 30, 23, 59, 59)
    const moving = { now: () => now, monotonic: () => now }
    const events = new EventBuilder(moving, newId, { gateway })
    const published = Promise.withResolvers<void>()
    const log = await openOn(disk, promised, {
      clock: moving,
      events,
      onPublished: (_name, note) => {
        if (note.startsWith(`${ORIGIN}/std_13m/2026-11\n2\n`)) published.resolve()
      }
    })
    await log.admit(events.create('gateway.stopped', {}))
    await log.admit(events.create('gateway.stopped', {}, { retentionClass: 'fin_5y' }))
    await published.promise
    now += 2000
    await log.admit(events.create('gateway.stopped', {}))
    await log.close()
    await (await openOn(disk, promised, { clock: moving, events })).close()
    const reader = openAuditReader(DIR, disk)
    const logs = await reader.logs()
    t.same(
      logs.map(({ name, sealed }) => [name, sealed]),
      [
        ['fin_5y/2026-11', true],
        ['std_13m/2026-11', true],
        ['fin_5y/2026-12', false],
        ['std_13m/2026-12', false]
      ]
    )
    const next = (await reader.read('std_13m/2026-12', 0, 10)).map(({ json }) => JSON.parse(json))
    t.match(next[0], { event_type: 'log.opened', head: { origin: `${ORIGIN}/std_13m/2026-11`, size: 2 } })
    t.ok(
      next.some(
        ({ event_type: type, head }) => type === 'retention.segment_closed' && head.size === logs[1]?.size
      )
    )
    t.ok(
      next.some(({ event_type: type }) => type === 'log.heads'),
      'heads of the other logs'
    )
  }
)

t.test(
  'a clock that goes back: nothing is admitted until it has caught up, ends are still taken',
  async t => {
    const disk = new SimFs()
    let now = Date.UTC(2026, 10, 21, 12)
    const moving = { now: () => now, monotonic: () => 0 }
    const log = await openOn(disk, nothing(), { clock: moving })
    await log.admit(admitted())
    now -= 1500
    await log.admit(admitted())
    now -= 60_000
    await t.rejects(log.admit(admitted()), { code: 'SCHLEUSE_CLOCK_BEHIND', statusCode: 503 })
    t.notOk(log.healthy)
    await log.append(admitted())
    await log.close()
    const again = await openOn(disk, nothing(), { clock: moving })
    await t.rejects(again.admit(admitted()), { code: 'SCHLEUSE_CLOCK_BEHIND' }, 'a restart does not forget')
    now += 61_500
    await again.admit(admitted())
    t.ok(again.healthy)
    await again.close()
  }
)

for (const code of ['EIO', 'ENOSPC', 'EROFS']) {
  t.test(`${code} at any step: refused from then on, and recovered`, async t => {
    const probe = new SimFs()
    await (async () => {
      const log = await openOn(probe, nothing())
      await work(log, nothing(), 20)
      await log.close()
    })()
    t.ok(probe.steps > 100)
    for (let at = 0; at < probe.steps; at += Math.ceil(probe.steps / 25)) {
      const promised = nothing()
      let failing = true
      const disk = new SimFs({
        onStep(_step, _path, n) {
          if (failing && n >= at) throw fault(code)
          return undefined
        }
      })
      const failures: Error[] = []
      const log = await openOn(disk, promised, { onFailure: cause => failures.push(cause) }).catch(
        (error: unknown) => error as { code: string }
      )
      if ('admit' in log) {
        await work(log, promised, 20)
        await log.close().catch(() => undefined)
        if (failures.length > 0) await t.rejects(log.admit(admitted()), failure)
        if (failures.length > 1) t.fail('the failure is told once')
      } else if (![code, failure.code].includes(log.code)) t.fail(`step ${at}: ${log.code}`)
      failing = false
      await (await openOn(disk, promised)).close()
      const faults = await faultsOn(disk, promised)
      if (faults.length > 0) t.fail(`step ${at}`, { faults })
    }
  })
}

t.test('short writes are carried on', async t => {
  const disk = new SimFs({
    onStep: (step, _path, n) => (step !== 'sync' && n % 2 === 0 ? 'short' : undefined)
  })
  const promised = nothing()
  const log = await openOn(disk, promised)
  await work(log, promised, 30)
  await log.close()
  t.equal(promised.acknowledged.size, 60)
  t.same(await faultsOn(disk, promised), [])
})

/** A disk with a finished log of some attempts on it. */
async function finished(count = 30): Promise<SimFs> {
  const disk = new SimFs()
  const log = await openOn(disk, nothing())
  await work(log, nothing(), count)
  await log.close()
  return disk
}

t.test('a damaged trail stops the start and is left as it is', async t => {
  const log = `${DIR}/logs/std_13m/2026-11`
  const flip = (bytes: Buffer) => {
    bytes[9] = (bytes[9] ?? 0) ^ 1
    return bytes
  }
  const cases: [RegExp, (disk: SimFs) => void][] = [
    [/state is missing/, disk => disk.alter(`${DIR}/state`, () => null)],
    [/state is damaged/, disk => disk.alter(`${DIR}/state`, bytes => bytes.subarray(1))],
    [/state is damaged/, disk => disk.alter(`${DIR}/state`, () => Buffer.from('{}'))],
    [/belongs to audit\.example\.com\/gw, not to other/, () => undefined],
    [/do not lead to the root/, disk => disk.alter(edge(disk, /tile\/0\/000\.p/), flip)],
    [/is missing/, disk => disk.alter(edge(disk, /tile\/0\/000\.p/), () => null)],
    [/does not fit its hashes/, disk => disk.alter(edge(disk, /entries\/000\.p/), flip)],
    [
      /signature .* does not fit/,
      disk =>
        disk.alter(`${log}/checkpoint`, bytes => Buffer.from(bytes.toString().replace(/\n\d+\n/, '\n1\n')))
    ],
    [/older copy or altered/, disk => disk.alter(`${DIR}/state`, () => states.early)],
    [/roster .* does not know it/, disk => disk.alter(`${DIR}/state`, () => states.empty)]
  ]
  const early = await finished(3)
  const states: Record<'early' | 'empty', Buffer> = {
    early: Buffer.from('{}'),
    empty: Buffer.from(
      JSON.stringify({ version: 1, origin: ORIGIN, next: 0, latestMs: 0, logs: [], open: [] })
    )
  }
  states.early = early.readFile(`${DIR}/state`) ?? states.early
  for (const [message, damage] of cases) {
    const disk = message.source.includes('older copy') ? await grown(early) : await finished()
    damage(disk)
    const before = disk.paths().map(path => [path, disk.readFile(path)?.toString('hex')])
    const origin = message.source.includes('not to other') ? 'other' : ORIGIN
    await t.rejects(openOn(disk, nothing(), { origin }), { message })
    t.same(
      disk.paths().map(path => [path, disk.readFile(path)?.toString('hex')]),
      before
    )
    t.equal(disk.openFiles, 0)
  }
})

/** The widest of the partial files of a tile. */
function edge(disk: SimFs, pattern: RegExp): string {
  const width = (path: string) => Number(path.split('/').at(-1))
  const [last = ''] = disk
    .paths()
    .filter(path => pattern.test(path) && path.includes('std_13m'))
    .sort((a, b) => width(b) - width(a))
  return last
}

/** The same trail with more in it. */
async function grown(disk: SimFs): Promise<SimFs> {
  const copy = disk.survivor(() => 0)
  const log = await openOn(copy, nothing())
  await work(log, nothing(), 10)
  await log.close()
  return copy
}

t.test('a write-ahead log with a hole before later entries stops the start', async t => {
  const disk = new SimFs()
  const promised = nothing()
  const log = await openOn(disk, promised, { checkpointMs: 100_000, walFileBytes: 16 << 20 })
  for (let n = 0; n < 5; n++) await log.admit(admitted())
  disk.cut()
  await log.close()
  const crashed = disk.survivor(() => 0)
  crashed.alter(`${DIR}/wal.0`, bytes => {
    bytes.fill(0, 3000, 3100)
    return bytes
  })
  await t.rejects(openOn(crashed, promised), /entries \d+ to \d+ of its write-ahead log are missing/)
})

t.test('one writer: a second one in this process is refused, after close it may', async t => {
  const dir = t.testdir()
  const log = await open(t, dir)
  await t.rejects(openAuditLog({ ...base, dir }), { message: /Another gateway writes the audit log in / })
  await log.admit(admitted())
  await t.rejects(openAuditLog({ ...base, dir }), 'still locked after a refused attempt')
  await log.close()
  t.ok((await open(t, dir)).healthy)
  t.equal(statSync(join(dir, 'audit.lock')).mode & 0o777, 0o600)
})

t.test('a start that fails leaves nothing locked', async t => {
  const file = join(t.testdir(), 'file')
  writeFileSync(file, '')
  await t.rejects(openAuditLog({ ...base, dir: join(file, 'x') }), { code: 'ENOTDIR' })
  const dir = join(t.testdirName, 'd')
  mkdirSync(join(dir, 'wal.0'), { recursive: true })
  await t.rejects(openAuditLog({ ...base, dir }), { code: 'EISDIR' })
  mkdirSync(join(dir, 'e'))
  await (await open(t, join(dir, 'e'))).close()
  t.notOk(existsSync(join(dir, 'wal.0', 'x')))
  t.equal(readState(join(dir, 'e'), { readFile: readFileSync, list: () => [] })?.next, 0)
})

t.test('keys: the vkey of the trail opens its checkpoints', async t => {
  t.match(VKEY, /^audit\.example\.com\/gw\+[0-9a-f]{8}\+/)
  const disk = await finished(1)
  t.ok((await entriesOn(disk)).length > 0)
  t.ok(tickingClock().now() > 0)
})

t.test('a clock that was set back while the gateway stood still is on the record', async t => {
  const dir = t.testdir()
  const first = await openAuditLog({ ...base, dir })
  await first.admit(admitted())
  await first.close()
  const earlier = { ...clock, now: () => clock.now() - 60_000 }
  const log = await open(t, dir, { clock: earlier })
  await t.rejects(log.admit(admitted()), { code: 'SCHLEUSE_CLOCK_BEHIND' })
  await log.close()
  const drifts = (await entriesOf(dir)).filter(({ event_type }) => event_type === 'clock.drift')
  t.match(drifts, [{ offset_ms: -60_000 }])
})
