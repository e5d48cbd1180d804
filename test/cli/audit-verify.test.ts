import { cpSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { parseVkey } from '../../src/audit/tlog/keys.ts'
import { openNote } from '../../src/audit/tlog/note.ts'
import type { AuditEvent } from '../../src/audit/event/builder.ts'
import { openAuditLog } from '../../src/audit/log.ts'
import { NoteTaker } from '../../src/audit/notes.ts'
import { listHolds, releaseHold, setHold } from '../../src/cli/audit-hold.ts'
import { showRoster } from '../../src/cli/audit-roster.ts'
import { checkProofFile, proveEvent, showVkey, verifyAudit } from '../../src/cli/audit-verify.ts'
import { admitted, attempt, builder, clock, completed } from '../audit/facts.ts'
import { ORIGIN, SEED, VKEY } from '../audit/storage/run.ts'

const dir = join(t.testdir(), 'audit')
const log = await openAuditLog({ dir, origin: ORIGIN, seed: SEED, clock, events: builder })
const on = attempt()
const event = admitted(on)
await log.admit(event)
await log.admit(completed(on))
await log.close()
const checkpoint = join(dir, 'logs/std_13m/2026-11/checkpoint')
const { event_id: id } = JSON.parse(event.json)
const verify = (given: Parameters<typeof verifyAudit>[1] = { vkey: VKEY }) =>
  verifyAudit(dir, given, clock.now(), () => undefined)

t.test('verify: 0 when all holds, 1 when not, with the reason; arguments', async t => {
  const report = verify({ vkey: VKEY, old: [checkpoint], 'expect-size': '3', 'max-age': '1h' })
  t.equal(report.code, 0)
  t.match(
    report.text,
    /std_13m\/2026-11 {2}3 entries {2}root [0-9a-f]{64}\n1 attempts; .*\nAll entries are those that were signed/
  )
  const more = verify({ vkey: join(dir, 'vkey'), 'expect-size': '4' })
  t.equal(more.code, 1)
  t.match(more.text, /WRONG {2}There are 3 entries, fewer than the 4/)
  const progress: string[] = []
  verifyAudit(dir, { vkey: VKEY }, 0, text => progress.push(text))
  t.same(progress, ['100 % of 3 entries\n'])
  for (const [given, message] of [
    [{ 'max-age': '5 days' }, /is no age/],
    [{ 'expect-size': '-1' }, /is no whole number/],
    [{ vkey: join(dir, 'none') }, /no file/],
    [{ vkey: 'a+b+c' }, /no vkey/]
  ] as const)
    t.throws(() => verify(given), { name: 'UsageError', message })
  t.throws(() => verifyAudit(join(dir, 'logs'), {}, 0, () => undefined), {
    name: 'UsageError',
    message: /no audit trail/
  })
})

t.test('prove and check-proof', async t => {
  const out = join(t.testdir(), 'a.tlog-proof')
  t.match(await proveEvent(dir, id, out), { code: 0, text: /entry 1 of std_13m\/2026-11/ })
  t.match(checkProofFile(out, VKEY, []), {
    code: 0,
    text: new RegExp(`Entry 1 of ${ORIGIN}/std_13m/2026-11, signed with 3`)
  })
  writeFileSync(out, readFileSync(out, 'utf8').replace('index 1', 'index 2'))
  t.match(checkProofFile(out, VKEY, []), { code: 1, text: /does not hold: the entry does not stand/ })
  writeFileSync(out, 'nonsense')
  t.match(checkProofFile(out, VKEY, []), { code: 1, text: /this is no proof/ })
  await t.rejects(proveEvent(dir, 'other', out), { name: 'UsageError', message: /No record other/ })
  t.throws(() => checkProofFile(out, VKEY, ['a+b']), { name: 'UsageError' })
})

t.test('vkey: the public key to hand out', async t => {
  const [own, ofLog] = showVkey(dir).text.split('\n')
  t.equal(own, VKEY)
  t.match(ofLog, `${ORIGIN}/std_13m/2026-11+`)
  t.ok(openNote(readFileSync(checkpoint, 'utf8'), [parseVkey(ofLog ?? '')]).signedBy.length === 1)
  t.throws(() => showVkey('/nowhere'), { name: 'UsageError' })
})

t.test('hold: set, list, release', async t => {
  const dataDir = join(dir, '..')
  const options = { dataDir, now: clock.now(), reason: 'legal_claim', caseRef: 'AZ-7' } as const
  t.match(listHolds(dataDir), { text: 'no holds\n' })
  t.match(await setHold(options, 'case-1', 'std_13m/2026-11'), { code: 0 })
  t.match(await setHold(options, 'case-2', undefined), { text: /all logs on hold/ })
  t.equal(listHolds(dataDir).text, 'case-1  std_13m/2026-11\ncase-2  all logs\n')
  t.match(await releaseHold(options, 'case-2'), { code: 0 })
  t.equal(listHolds(dataDir).text, 'case-1  std_13m/2026-11\n')
  await t.rejects(releaseHold(options, 'case-2'), { name: 'UsageError', message: /no hold case-2/ })
  await t.rejects(setHold(options, '../x', undefined), { name: 'UsageError' })
  await t.rejects(setHold(options, 'a', '../x'), { name: 'UsageError', message: /is no log/ })
  await t.rejects(setHold({ ...options, dataDir: '/nowhere' }, 'a', undefined), { name: 'UsageError' })

  const recorded: AuditEvent[] = []
  const taker = { dataDir, events: builder, record: async (event: AuditEvent) => void recorded.push(event) }
  await new NoteTaker({ ...taker, onBadNote: name => t.fail(name) }).take()
  t.match(
    recorded.map(({ json }) => JSON.parse(json)).sort((a, b) => a.event_type.localeCompare(b.event_type)),
    [
      { event_type: 'legal_hold.released', hold_id: 'case-2', case_ref: 'AZ-7', reason: 'legal_claim' },
      { event_type: 'legal_hold.set', by: { type: 'cli' } },
      { event_type: 'legal_hold.set' }
    ]
  )
  t.ok(recorded.some(({ json }) => json.includes(`"log":"${ORIGIN}/std_13m/2026-11"`)))
})

t.test('roster: which logs there are, and when one is missing', async t => {
  t.match(await showRoster(dir, VKEY), { code: 0, text: /std_13m\/2026-11 +open +3 +all/ })
  await t.rejects(showRoster(dir, 'a+b+c'), { name: 'UsageError', message: /is not what this key signed/ })
  await t.rejects(showRoster('/nowhere', VKEY), { name: 'UsageError', message: /no audit trail/ })
  const copy = join(t.testdir(), 'audit')
  cpSync(dir, copy, { recursive: true })
  renameSync(join(copy, 'logs/std_13m/2026-11'), join(copy, 'logs/std_13m/2026-10'))
  const { code, text } = await showRoster(copy, VKEY)
  t.equal(code, 1)
  t.match(text, /std_13m\/2026-11 +open +0 +MISSING\nstd_13m\/2026-10 +NOT IN THE ROSTER/)
})
