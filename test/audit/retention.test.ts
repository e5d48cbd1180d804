import t from 'tap'
import { EventBuilder } from '../../src/audit/event/builder.ts'
import { openAuditReader } from '../../src/audit/reader.ts'
import { applyRetention, isOver, RETENTION_MONTHS } from '../../src/audit/retention.ts'
import { verifyTrail } from '../../src/audit/verify/verify.ts'
import { gateway, newId } from './facts.ts'
import { DIR, nothing, openOn, tickingClock, VKEY, work } from './storage/run.ts'
import { SimFs } from './storage/sim-fs.ts'

/** A trail whose first month is sealed, and the log to record in, two years later. */
async function later() {
  const disk = new SimFs()
  const before = await openOn(disk, nothing(), {
    clock: tickingClock(Date.UTC(2026, 10, 30, 23, 59, 50), 100)
  })
  await work(before, nothing(), 300)
  await before.close()
  const clock = tickingClock(Date.UTC(2028, 5, 1), 1)
  const events = new EventBuilder(clock, newId, { gateway })
  const log = await openOn(disk, nothing(), { clock, events })
  return { disk, deps: { dir: DIR, log, events, now: Date.UTC(2028, 5, 1), fs: disk } }
}

const faultsOf = (disk: SimFs) =>
  verifyTrail({ dir: DIR, vkey: VKEY, now: 0, fs: disk }).findings.filter(({ kind }) => kind === 'fault')

t.test('the time of a class counts from the end of the month', async t => {
  const over = (log: string, ...at: [number, number, number]) =>
    isOver(log, Date.UTC(...at), RETENTION_MONTHS)
  t.notOk(over('std_13m/2026-11', 2027, 11, 31))
  t.ok(over('std_13m/2026-11', 2028, 0, 1))
  t.notOk(over('fin_5y/2026-11', 2028, 0, 1))
})

t.test('content goes, hashes and proofs stay, and the deletion is on the record', async t => {
  const { disk, deps } = await later()
  const name = 'std_13m/2026-11'
  t.same(await applyRetention(deps), [name])
  t.same(await applyRetention(deps), [], 'once')
  await deps.log.close()
  t.same(faultsOf(disk), [])
  const paths = disk.paths().filter(path => path.includes(`logs/${name}/`))
  t.notOk(paths.some(path => path.includes('entries')))
  t.ok(paths.some(path => path.includes('tile/0/')))
  const state = (await openAuditReader(DIR, disk).logs()).find(log => log.name === name)
  t.equal(state?.first, state?.size)
  t.same(await openAuditReader(DIR, disk).read(name, 0, 10), [])
  t.match(
    verifyTrail({ dir: DIR, vkey: VKEY, now: 0, fs: disk }).logs.find(log => log.name === name)?.deleted,
    state?.size
  )
})

t.test('on hold nothing is deleted', async t => {
  const { disk, deps } = await later()
  disk.put(`${DIR}/holds/case-1`, Buffer.from('std_13m/2026-11\n'))
  t.same(await applyRetention(deps), [])
  disk.put(`${DIR}/holds/case-1`, Buffer.from('fin_5y/2026-11\n'))
  t.same(await applyRetention(deps), ['std_13m/2026-11'])
  await deps.log.close()
})

t.test('content that someone deleted is told from retention', async t => {
  const { disk, deps } = await later()
  await deps.log.close()
  const size = (await openAuditReader(DIR, disk).logs()).find(({ name }) => name === 'std_13m/2026-11')?.size
  disk.put(`${DIR}/logs/std_13m/2026-11/first-index`, Buffer.from(`${size}\n`))
  for (const path of disk.paths().filter(path => path.includes('std_13m/2026-11/tile/entries')))
    disk.alter(path, () => null)
  t.match(faultsOf(disk), [{ log: 'std_13m/2026-11', text: /no record says that retention deleted it/ }])
})
