import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { randomBytes } from 'node:crypto'
import t from 'tap'
import type { AnchorChange } from '../../../src/audit/anchors/anchor.ts'
import { DerError, DerReader, der, derOid, derUnsigned, TAG } from '../../../src/audit/anchors/der.ts'
import { readTimestamp, timestampRequest } from '../../../src/audit/anchors/timestamp.ts'
import { type Stamped, Timestamping } from '../../../src/audit/anchors/timestamping.ts'
import { openAuditLog } from '../../../src/audit/log.ts'
import { openAuditReader } from '../../../src/audit/reader.ts'
import { verifyAudit } from '../../../src/cli/audit-verify.ts'
import { verifyTrail } from '../../../src/audit/verify/verify.ts'
import { MessageSender } from '../../../src/providers/sender.ts'
import { folderOf } from '../../support/audit-index.ts'
import { startTsa } from '../../support/local-tsa.ts'
import { builder, clock, gateway, newId } from '../facts.ts'
import { EventBuilder } from '../../../src/audit/event/builder.ts'
import { ORIGIN, SEED, VKEY } from '../storage/run.ts'

const tsaFolder = folderOf(t)
const tsa = await startTsa(tsaFolder)
t.teardown(() => tsa.close())
const openssl = (...args: string[]) => execFileSync('openssl', args, { encoding: 'utf8', stdio: 'pipe' })
const DAY_MS = 86_400_000

t.test('DER: as openssl writes it, and nothing that is not whole', async t => {
  const folder = folderOf(t)
  const data = Buffer.from('checkpoint')
  writeFileSync(join(folder, 'data'), data)
  for (const nonce of ['0102030405060708', '8102030405060708', '0000000000000000', '00ff030405060708']) {
    writeFileSync(join(folder, 'q.tsq'), timestampRequest(data, Buffer.from(nonce, 'hex')))
    const shown = openssl('ts', '-query', '-in', join(folder, 'q.tsq'), '-text')
    t.match(shown, /Hash Algorithm: sha256/)
    t.match(shown, /Certificate required: yes/)
    const digits = BigInt(`0x${nonce}`).toString(16).toUpperCase()
    t.match(shown, new RegExp(`Nonce: 0x0?${digits}\n`))
  }
  t.equal(derOid('1.2.840.113549.1.9.16.1.4').toString('hex'), '060b2a864886f70d0109100104')
  t.equal(derUnsigned(Buffer.of(0, 0x80)).toString('hex'), '02020080')
  t.equal(der(TAG.octets, Buffer.alloc(300)).subarray(0, 4).toString('hex'), '0482012c')
  for (const bad of [
    '',
    '04',
    '0480',
    '048181',
    '04810101',
    '0482000101',
    '040201',
    '3f810100',
    '0484000000010000'
  ])
    t.throws(() => new DerReader(Buffer.from(bad, 'hex')).next(TAG.octets), DerError, bad)
  t.throws(() => new DerReader(Buffer.from('0400', 'hex')).next(TAG.oid), DerError)
})

/** A trail that is stamped once a day. */
async function trail(t: Test) {
  const dir = join(folderOf(t), 'audit')
  const changes: AnchorChange[] = []
  const stamped: Stamped[] = []
  let ms = 0
  const sender = new MessageSender('tsa', tsa.url, { connectMs: 1000, headersMs: 5000, idleMs: 1000 })
  const open = () =>
    new Timestamping({
      dir,
      reader: openAuditReader(dir),
      authority: 'tsa.example.com',
      sender,
      everyMs: DAY_MS,
      clock: { now: () => Date.now() + ms, monotonic: () => ms },
      randomBytes,
      onChange: change => changes.push(change),
      onStamped: one => stamped.push(one)
    })
  let stamping = open()
  t.teardown(() => stamping.close())
  const grow = async (make: () => ReturnType<typeof builder.create>[], now = clock.now) => {
    const events = new EventBuilder({ now }, newId, { gateway })
    const log = await openAuditLog({
      dir,
      origin: ORIGIN,
      seed: SEED,
      clock: { now, monotonic: now },
      events
    })
    for (const event of make()) await log.admit(event)
    await log.close()
  }
  return {
    dir,
    changes,
    stamped,
    grow: (now?: () => number) => grow(() => [builder.create('gateway.stopped', {})], now),
    record: ({ authority, head, tokenHash }: Stamped) =>
      grow(() => [
        builder.create('checkpoint.timestamped', { authority, head, token_hash: `sha256:${tokenHash}` })
      ]),
    async step(passedMs = 0) {
      ms += passedMs
      await stamping.step()
    },
    restart: () => (stamping = open()),
    findings: () => verifyTrail({ dir, vkey: VKEY, now: Date.now() }).findings
  }
}
type Test = { teardown(end: () => unknown): unknown }

const file = (size: number, kind: string) => `logs/std_13m/2026-11/timestamps/${size}.${kind}`

t.test('a checkpoint gets its time-stamp once a day; openssl verifies it', async t => {
  const on = await trail(t)
  await on.grow()
  await on.step()
  t.match(on.stamped, [{ authority: 'tsa.example.com', head: { size: 2 } }])
  const [data, answer] = [join(on.dir, file(2, 'checkpoint')), join(on.dir, file(2, 'tsr'))]
  const checked = openssl('ts', '-verify', '-data', data, '-in', answer, '-CAfile', tsa.rootFile)
  t.match(checked, /Verification: OK/)
  t.match(on.findings(), [
    {
      kind: 'note',
      text: /1 time-stamps; the newest says that 2 entries stood so on 20.*openssl ts -verify -data logs/
    }
  ])
  const given = { vkey: VKEY }
  const verify = (dir: string, ...files: string[]) =>
    verifyAudit(dir, { ...given, tsa: files }, Date.now(), () => undefined)
  t.match(verify(on.dir, tsa.rootFile), { code: 0, text: /stood so on 20.*\. It was signed by CN=test tsa/ })
  const other = await startTsa(folderOf(t))
  t.teardown(() => other.close())
  t.match(verify(on.dir, other.rootFile), { code: 1, text: /does not hold: its signer leads to none/ })
  t.match(verify(on.dir, other.rootFile, tsa.rootFile), { code: 0 })
  const bare = await trail(t)
  await bare.grow()
  t.match(verify(bare.dir, tsa.rootFile), { code: 1, text: /No checkpoint has a time-stamp that holds/ })
  t.throws(() => verify(on.dir, data), { name: 'UsageError' })
  const asked = tsa.queries.length
  await on.grow()
  await on.step(3_600_000)
  on.restart()
  await on.step(3_600_000)
  t.equal(tsa.queries.length, asked, 'not before a day is over, also after a restart')

  // the authority's clock does not move with ours
  await on.step(DAY_MS)
  t.match(on.changes, [{ kind: 'timestamp', anchor: 'tsa.example.com', reason: 'bad_answer' }])
  t.equal(on.stamped.length, 1)
})

t.test('a log that is sealed is stamped at once, whatever the interval', async t => {
  const on = await trail(t)
  await on.grow()
  await on.step()
  await on.grow()
  await on.grow(() => Date.UTC(2026, 11, 1))
  await on.step()
  t.match(
    on.stamped.map(({ head }) => head.origin.slice(-7)),
    ['2026-11', '2026-11', '2026-12']
  )
  t.equal(on.findings().filter(({ kind }) => kind === 'fault').length, 0)
})

t.test('what is no time-stamp of this checkpoint now is not kept, and asked for again', async t => {
  const on = await trail(t)
  await on.grow()
  const other = readFileSync(join(tsaFolder, 'reply.tsr'))
  const refusal = der(TAG.sequence, der(TAG.sequence, derUnsigned(Buffer.of(2))))
  const cases = [
    [{ status: 200, body: other }, 'bad_answer'],
    [{ status: 500, body: other }, 'unreachable'],
    [{ status: 403, body: other }, 'refused'],
    [{ status: 200, body: refusal }, 'bad_answer'],
    [{ status: 200, body: Buffer.from('<html>') }, 'bad_answer'],
    [{ status: 302, body: other }, 'unreachable']
  ] as const
  for (const [instead, reason] of cases) {
    tsa.instead = instead
    await on.step(600_000)
    t.equal(on.changes.at(-1)?.reason, reason)
  }
  t.same(on.stamped, [])
  tsa.instead = null
  const before = tsa.queries.length
  await on.step(0)
  t.equal(tsa.queries.length, before, 'not while its pause lasts')
})

t.test('verify: time-stamps that were changed, moved or removed', async t => {
  const on = await trail(t)
  await on.grow()
  await on.step()
  const [stamped] = on.stamped
  if (stamped === undefined) throw new Error('nothing was stamped')
  await on.record(stamped)
  const faults = () => on.findings().flatMap(({ kind, text }) => (kind === 'fault' ? [text] : []))
  t.same(faults(), [])
  const [note, answer] = [
    readFileSync(join(on.dir, file(2, 'checkpoint'))),
    readFileSync(join(on.dir, file(2, 'tsr')))
  ]
  writeFileSync(join(on.dir, file(2, 'checkpoint')), note.toString().replace('\n2\n', '\n1\n'))
  t.match(faults(), [/The time-stamp of 2 entries does not hold: it was made for something else/])
  writeFileSync(join(on.dir, file(2, 'checkpoint')), note)
  writeFileSync(join(on.dir, file(2, 'tsr')), answer.subarray(0, -1))
  t.match(faults(), [/does not hold: a value is cut off/, /is not the one that was recorded/])
  rmSync(join(on.dir, file(2, 'tsr')))
  t.match(faults(), [/The time-stamp of 2 entries is not the one that was recorded/])
  writeFileSync(join(on.dir, file(3, 'tsr')), answer)
  writeFileSync(join(on.dir, file(3, 'checkpoint')), note)
  t.match(faults(), [/stands in another place/, /is not the one/])
  t.throws(() => readTimestamp(Buffer.concat([answer, answer])), /bytes follow/)
})
