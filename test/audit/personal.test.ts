import { statSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { openAuditReader } from '../../src/audit/reader.ts'
import { findActor } from '../../src/audit/actor-search.ts'
import { ActorKeys } from '../../src/audit/personal.ts'
import { personalPath } from '../../src/audit/storage/log-tree.ts'
import { decodeBundle, encodeBundle } from '../../src/audit/tlog/tiles.ts'
import { verifyTrail } from '../../src/audit/verify/verify.ts'
import { admission, attempt, builder, clock } from './facts.ts'
import { DIR, nothing, openOn, VKEY } from './storage/run.ts'
import { SimFs } from './storage/sim-fs.ts'

t.test('a part opens with its commitment, and not with another', async t => {
  const keys = new ActorKeys(':memory:')
  const part = { actor: 'a_1', conversation: 'c-1' }
  const { bytes, commitment } = keys.seal(part)
  t.match(keys.open(bytes, commitment), { ...part, salt: /^[0-9a-f]{32}$/ })
  t.equal(keys.open(bytes, '0'.repeat(64)), null)
  t.equal(keys.open(Buffer.concat([bytes.subarray(0, -1), Buffer.of(0)]), commitment), null)
  t.not(keys.seal(part).commitment, commitment, 'salted: equal parts do not show')
  t.throws(() => keys.seal({ actor: 'Erika Mustermann' }), TypeError)
  t.notMatch(bytes.toString('latin1'), 'a_1')
})

t.test('erasing one actor leaves the others, the records and the proofs', async t => {
  const file = join(t.testdir(), 'actors.db')
  const keys = new ActorKeys(file)
  const disk = new SimFs()
  const log = await openOn(disk, nothing())
  const sealed = ['a_1', 'a_2', 'a_1'].map(actor => keys.seal({ actor }))
  for (const personal of sealed)
    await log.admit(builder.create('ai.request.admitted', { ...attempt(), ...admission }, { personal }))
  await log.close()
  const again = await openOn(disk, nothing())
  await log.close()
  await again.close()

  const check = () => verifyTrail({ dir: DIR, vkey: VKEY, now: 0, fs: disk, actorKeys: keys }).findings
  t.match(check(), [{ kind: 'note', text: /3 records have a personal part; 0 of them erased/ }])
  t.equal((await findActor(DIR, keys, 'a_1', disk)).length, 2)
  const other = new ActorKeys(file)
  t.match(other.commitmentOf('a_1'), /^[0-9a-f]{64}$/)
  other.erase('a_1', 0)
  t.equal(other.commitmentOf('a_1'), undefined)
  other.close()
  t.match(check(), [{ kind: 'note', text: /3 records have a personal part; 2 of them erased/ }])
  t.same(await findActor(DIR, keys, 'a_1', disk), [])
  t.match(await findActor(DIR, keys, 'a_2', disk), [{ index: 2, eventId: /^[0-9a-f-]{36}$/ }])

  const name =
    (await openAuditReader(DIR, disk).logs()).find(({ name }) => name.startsWith('std'))?.name ?? ''
  const entries = await openAuditReader(DIR, disk).read(name, 0, 100)
  const parts =
    decodeBundle(
      disk.readFile(`${DIR}/logs/${name}/${personalPath(0, entries.length)}`) ?? Buffer.alloc(0),
      entries.length
    ) ?? []
  const opened = entries.flatMap(({ json }, at) => {
    const { detachable } = JSON.parse(json)
    return detachable === undefined ? [] : [keys.open(parts[at] ?? Buffer.alloc(0), detachable.commitment)]
  })
  t.match(opened, ['erased', { actor: 'a_2' }, 'erased'])
  t.same(
    verifyTrail({ dir: DIR, vkey: VKEY, now: 0, fs: disk }).findings.filter(({ kind }) => kind === 'fault'),
    []
  )
  const anew = keys.seal({ actor: 'a_1' })
  t.match(keys.open(anew.bytes, anew.commitment), { actor: 'a_1' }, 'who comes again gets a new key')
  t.equal(keys.open(sealed[0]?.bytes ?? Buffer.alloc(0), sealed[0]?.commitment ?? ''), 'erased')
  t.equal(statSync(file).mode & 0o777, 0o600)
  keys.close()
})

t.test('parts that were taken away, exchanged or left out of a copy', async t => {
  const keys = new ActorKeys(':memory:')
  const disk = new SimFs()
  const log = await openOn(disk, nothing(), { clock })
  for (let n = 0; n < 320; n++) {
    const personal = n % 100 === 0 ? keys.seal({ actor: `a_${n}` }) : undefined
    await log.admit(builder.create('ai.request.admitted', { ...attempt(), ...admission }, { personal }))
  }
  await log.close()
  const findings = (fs: SimFs, actorKeys?: ActorKeys) =>
    verifyTrail({ dir: DIR, vkey: VKEY, now: 0, fs, actorKeys }).findings.filter(
      ({ text }) => !text.includes('under way')
    )
  const paths = disk.paths().filter(path => path.includes('/personal/'))
  t.match(findings(disk), [{ kind: 'note', text: /4 records have a personal part; whether they are whole/ }])
  const [full = ''] = paths.filter(path => path.endsWith('/personal/000'))
  const partial = paths.filter(path => path.includes('/personal/001.p/'))
  const gone = disk.survivor(() => 0)
  for (const path of partial) gone.alter(path, () => null)
  t.match(findings(gone, keys), [
    { kind: 'fault', text: /Entry 301: its personal part is missing/ },
    { kind: 'note' }
  ])
  gone.alter(full, () => null)
  t.match(findings(gone, keys), [{ kind: 'note', text: /4 records .* they are not in this folder/ }])
  const parts = decodeBundle(disk.readFile(full) ?? Buffer.alloc(0), 256) ?? []
  const at = parts.findIndex(({ length }) => length > 0)
  const other = parts.findLastIndex(({ length }) => length > 0)
  const swapped = encodeBundle(
    parts.map((part, n) => (n === at ? (parts[other] ?? part) : n === other ? (parts[at] ?? part) : part))
  )
  const exchanged = disk.survivor(() => 0)
  exchanged.alter(full, () => swapped)
  t.match(findings(exchanged, keys), [
    { kind: 'fault', text: /its personal part is not the one it commits to/ },
    { kind: 'fault', text: /its personal part is not the one it commits to/ },
    { kind: 'note' }
  ])
})
