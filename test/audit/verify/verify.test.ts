import t from 'tap'
import { EventBuilder } from '../../../src/audit/event/builder.ts'
import { logFolder } from '../../../src/audit/log-names.ts'
import { findEvent, proveEntry } from '../../../src/audit/prove.ts'
import { openAuditReader } from '../../../src/audit/reader.ts'
import { signRoster } from '../../../src/audit/roster.ts'
import { parseCheckpoint, signCheckpoint } from '../../../src/audit/tlog/checkpoint.ts'
import { createCosigner, createSigner } from '../../../src/audit/tlog/keys.ts'
import { signatureLine } from '../../../src/audit/tlog/note.ts'
import { checkProof, parseProof } from '../../../src/audit/tlog/proof.ts'
import { encodeBundle } from '../../../src/audit/tlog/tiles.ts'
import { LogTree } from '../../../src/audit/storage/log-tree.ts'
import { verifyTrail, type VerifyOptions } from '../../../src/audit/verify/verify.ts'
import { admission, attempt, gateway, newId } from '../facts.ts'
import { DIR, nothing, openOn, ORIGIN, SEED, tickingClock, VKEY, work } from '../storage/run.ts'
import { SimFs } from '../storage/sim-fs.ts'

const now = Date.UTC(2026, 11, 2)

/** A trail over two months, of about 700 entries. */
async function trail(): Promise<SimFs> {
  const disk = new SimFs()
  const clock = tickingClock(Date.UTC(2026, 10, 30, 23, 59, 40), 100)
  const log = await openOn(disk, nothing(), { clock })
  await work(log, nothing(), 500)
  await log.close()
  return disk
}

const whole = await trail()
const copy = () => whole.survivor(() => 0)

function faultsOf(disk: SimFs, more: Partial<VerifyOptions> = {}): string[] {
  const { findings } = verifyTrail({ dir: DIR, vkey: VKEY, now, fs: disk, ...more })
  return findings.flatMap(({ kind, log, text }) => (kind === 'fault' ? [`${log ?? ''}: ${text}`] : []))
}

const logs = await openAuditReader(DIR, whole).logs()
const first = 'std_13m/2026-11'
const big = logs.filter(({ size }) => size > 256).at(-1)?.name ?? ''
const at = (log: string, path: string) => `${DIR}/${logFolder(log)}/${path}`
const sizeOf = (log: string) => logs.find(({ name }) => name === log)?.size ?? 0

t.test('a whole trail', async t => {
  t.ok(logs.length >= 3 && sizeOf(big) > 256, 'several logs, full tiles')
  t.same(faultsOf(whole), [])
  const total = logs.reduce((sum, { size }) => sum + size, 0)
  const report = verifyTrail({ dir: DIR, now, fs: whole, expectSize: total })
  t.match(report.findings, [{ kind: 'note', text: /key was taken from the folder itself/ }])
  t.equal(report.attempts, 500)
  t.equal(report.origin, ORIGIN)
})

const flip = (n: number) => (bytes: Buffer) => {
  bytes[n] = (bytes[n] ?? 0) ^ 1
  return bytes
}

t.test('what an attacker without the key can do', async t => {
  const cases: [string, RegExp, (disk: SimFs) => void][] = [
    [
      'a flipped bit in an entry',
      /Entry 0 was changed/,
      disk => disk.alter(at(big, 'tile/entries/000'), flip(500))
    ],
    ['a flipped bit in a length', /can't be read/, disk => disk.alter(at(big, 'tile/entries/000'), flip(0))],
    ['a flipped bit in a tile', /Entry 3 was changed/, disk => disk.alter(at(big, 'tile/0/000'), flip(100))],
    [
      'a flipped bit further up',
      /hash tile tile\/1\/000\.p\/1 was changed/,
      disk => disk.alter(at(big, 'tile/1/000.p/1'), flip(1))
    ],
    [
      'a bundle deleted',
      /Entries 0 to 255 are missing/,
      disk => disk.alter(at(big, 'tile/entries/000'), () => null)
    ],
    [
      'a tile deleted',
      /hash tile tile\/0\/000 is missing/,
      disk => disk.alter(at(big, 'tile/0/000'), () => null)
    ],
    [
      'another size',
      /signature .* does not fit/,
      disk =>
        disk.alter(at(big, 'checkpoint'), bytes =>
          Buffer.from(bytes.toString().replace(/\n(\d+)\n/, '\n7\n'))
        )
    ],
    [
      'no checkpoint',
      /checkpoint, its signed head, is missing/,
      disk => disk.alter(at(big, 'checkpoint'), () => null)
    ],
    ['no roster', /roster, .*, is missing/, disk => disk.alter(`${DIR}/roster`, () => null)],
    [
      'another roster',
      /roster is not what the gateway signed/,
      disk => disk.alter(`${DIR}/roster`, flip(40))
    ],
    [
      'an older checkpoint of itself',
      /it belongs to/,
      disk =>
        disk.alter(at(first, 'checkpoint'), () => Buffer.from(whole.readFile(at(big, 'checkpoint')) ?? ''))
    ]
  ]
  for (const [name, message, damage] of cases) {
    const disk = copy()
    damage(disk)
    t.match(faultsOf(disk).join('\n'), message, name)
  }
  const moved = copy()
  moved.removeFolder(`${DIR}/${logFolder(first)}`)
  t.match(faultsOf(moved).join('\n'), /missing as a whole; the roster names it/)
  t.match(
    faultsOf(moved).join('\n'),
    /is missing as a whole: (entry \d+ of|the roster)/,
    'another log knew it'
  )
})

t.test('a copy that was made while the gateway wrote', async t => {
  const entries = await entriesOf(whole, big)
  // the checkpoint is older than the tiles, and full tiles took the place of those it needs
  for (const size of [1, 200, 255]) {
    const older = copy()
    signAnew(older, big, entries.slice(0, size))
    // the other logs of this trail recorded its last head, which is told too
    const faults = faultsOf(older).filter(text => !text.includes(' according to entry '))
    t.same(faults, [], `${size} entries and more`)
  }
  // the checkpoint is newer than the tiles
  const newer = copy()
  for (const path of newer.paths().filter(path => path.startsWith(at(big, 'tile')) && path.includes('.p/')))
    newer.alter(path, () => null)
  const faults = faultsOf(newer).join('\n')
  t.match(faults, /last files that its checkpoint stands for are missing\. A copy that was made while/)
  t.match(faults, /Entries 256 to \d+ are missing/)
  t.notMatch(faults, /was changed/, 'what is missing was not changed')
  const tileless = copy()
  tileless.alter(at(big, 'tile/1/000.p/1'), () => null)
  t.match(faultsOf(tileless).join('\n'), /A copy that was made while/)
  // a hole is no end
  const holed = copy()
  holed.alter(at(big, 'tile/entries/000'), () => null)
  holed.alter(at(big, 'tile/0/000'), () => null)
  t.notMatch(faultsOf(holed).join('\n'), /made while the gateway wrote/)
  // more than what was signed, altered: nothing that was checked; what was signed, altered in the full tile
  const altered = copy()
  signAnew(altered, big, entries.slice(0, 200))
  altered.alter(at(big, 'tile/entries/000'), flip(500))
  t.match(faultsOf(altered).join('\n'), /Entry 0 was changed/)
})

/** Signs the first entries of a log, and takes its partial tiles away. */
function signAnew(disk: SimFs, log: string, entries: readonly string[]): void {
  const tree = new LogTree()
  for (const json of entries) tree.append(Buffer.from(`\0${json}`), Buffer.alloc(0))
  const origin = `${ORIGIN}/${log}`
  disk.put(
    at(log, 'checkpoint'),
    Buffer.from(signCheckpoint({ origin, ...tree.head() }, createSigner(origin, SEED)))
  )
  for (const path of disk.paths().filter(path => path.startsWith(at(log, 'tile')) && path.includes('.p/')))
    disk.alter(path, () => null)
}

/** Entries of a log. */
async function entriesOf(disk: SimFs, log: string): Promise<string[]> {
  return (await openAuditReader(DIR, disk).read(log, 0, 100_000)).map(({ json }) => json)
}

/** Writes a log anew with these entries and signs it with the real key: what an operator can do. */
function forge(disk: SimFs, log: string, entries: readonly string[]): void {
  for (const path of disk.paths().filter(path => path.startsWith(at(log, 'tile'))))
    disk.alter(path, () => null)
  const tree = new LogTree()
  for (const json of entries) tree.append(Buffer.from(`\0${json}`), Buffer.alloc(0))
  const head = tree.head()
  for (const { path, bytes } of tree.takeFiles()) disk.put(at(log, path), Buffer.from(bytes))
  const origin = `${ORIGIN}/${log}`
  const note = signCheckpoint({ origin, ...head }, createSigner(origin, SEED))
  disk.put(at(log, 'checkpoint'), Buffer.from(note))
}

t.test('what only an older checkpoint, a witness or another log shows: the operator signs anew', async t => {
  const entries = await entriesOf(whole, big)
  const old = [whole.readFile(at(big, 'checkpoint'))?.toString() ?? '']
  const forgeries: [string, readonly string[], RegExp][] = [
    ['rewritten', entries.with(5, (entries[5] ?? '').replace('"crm"', '"erp"')), /rewritten: its first/],
    ['reordered', entries.with(5, entries[6] ?? '').with(6, entries[5] ?? ''), /rewritten: its first/],
    ['cut off', entries.slice(0, 300), /cut off: it has 300 entries now/],
    ['one taken out', entries.toSpliced(5, 1), /cut off/]
  ]
  for (const [name, forged, message] of forgeries) {
    const disk = copy()
    forge(disk, big, forged)
    t.match(faultsOf(disk, { old }).join('\n'), message, name)
    t.notMatch(faultsOf(disk).join('\n'), /do not lead/, 'by itself it is a proper log')
  }
  const cut = copy()
  forge(cut, first, (await entriesOf(whole, first)).slice(0, 3))
  t.match(
    faultsOf(cut).join('\n'),
    /cut off: .* according to (entry|the roster)/,
    'the roster and other logs know'
  )
  const gone = copy()
  gone.removeFolder(`${DIR}/${logFolder(first)}`)
  const states = logs
    .filter(({ name }) => name !== first)
    .map(({ name, size }) => ({ name, size, sealed: false, root: '0'.repeat(64) }))
  gone.put(`${DIR}/roster`, Buffer.from(signRoster(states, createSigner(ORIGIN, SEED))))
  t.match(faultsOf(gone).join('\n'), /is missing as a whole: entry/, 'also with a roster that hides it')
})

t.test('attempts without an end, and ends without a beginning', async t => {
  const disk = copy()
  const clock = tickingClock(Date.UTC(2026, 11, 1, 1))
  const events = new EventBuilder(clock, newId, { gateway })
  const on = attempt()
  const open = events.create('ai.request.admitted', { ...on, ...admission }).json
  const started = events.create('gateway.started', {
    policy: { id: 'a', version: 1, hash: `sha256:${'a'.repeat(64)}` }
  })
  const entries = await entriesOf(whole, big)
  forge(disk, big, [...entries, open, started.json])
  t.match(faultsOf(disk), [
    new RegExp(`${big}: Entry ${entries.length}: the attempt ${on.request_id}/1 .* has no end`)
  ])
  forge(disk, big, [...entries, open])
  t.match(verifyTrail({ dir: DIR, vkey: VKEY, now, fs: disk }).findings, [
    { kind: 'note', text: /1 attempts were under way/ }
  ])
  const end = events.create('ai.request.orphaned', { request_id: newId(), attempt: 1, app_id: 'x' })
  forge(disk, big, [...entries, end.json, 'no json'])
  t.match(faultsOf(disk).join('\n'), /ended and has no beginning/)
  t.match(faultsOf(disk).join('\n'), /is no record/)
})

t.test('what is expected: size, age, witnesses, keys', async t => {
  t.match(faultsOf(whole, { expectSize: 100_000 }), [/fewer than the 100000/])
  t.match(faultsOf(whole, { maxAgeMs: 1000 }), [/newest record is of 2026-1/])
  t.same(faultsOf(whole, { maxAgeMs: 3 * 86_400_000 }), [])
  t.match(faultsOf(whole, { old: ['nonsense'] }), [/not signed by this key/])
  const other = createSigner(ORIGIN, Buffer.alloc(32, 1)).vkey
  t.match(faultsOf(whole, { vkey: other })[0], /roster is not what the gateway signed: there is no signature/)
  t.throws(() => verifyTrail({ dir: '/nowhere', now, fs: whole }), /is no audit trail/)
  t.throws(() => verifyTrail({ dir: DIR, vkey: 'x', now, fs: whole }), TypeError)

  const witness = createCosigner('witness.example.com', Buffer.alloc(32, 2), () => now / 1000 - 60)
  const witnesses = [witness.vkey]
  t.match(faultsOf(whole, { witnesses }).join('\n'), /No checkpoint of it was cosigned/)
  const disk = copy()
  for (const { name } of logs) {
    const note = whole.readFile(at(name, 'checkpoint'))?.toString() ?? ''
    const text = note.slice(0, note.indexOf('\n\n') + 1)
    t.ok(parseCheckpoint(text).size > 0)
    disk.put(at(name, 'checkpoint.witnessed'), Buffer.from(note + signatureLine(witness, text)))
  }
  t.same(faultsOf(disk, { witnesses }), [])
  t.match(faultsOf(disk, { witnesses, maxAgeMs: 1000 }).join('\n'), /cosigned it last at 2026-12-01T23:59:00/)
  const second = createCosigner('second.example.com', Buffer.alloc(32, 3), () => 0).vkey
  t.match(
    faultsOf(disk, { witnesses: [...witnesses, second] }).join('\n'),
    /second\.example\.com did not cosign/
  )
  disk.alter(at(big, 'checkpoint.witnessed'), bytes => bytes.subarray(0, -3))
  t.match(faultsOf(disk, { witnesses }).join('\n'), /cosigned checkpoint does not hold/)
})

t.test('a proof holds without the trail, for its entry only', async t => {
  const [, json = ''] = await entriesOf(whole, big)
  const found = await findEvent(DIR, JSON.parse(json).event_id, whole)
  t.match(found, { log: big, index: 1 })
  if (found === undefined) return
  const proof = parseProof(proveEntry(DIR, found, whole))
  t.equal(proof.extra?.toString(), json)
  t.match(checkProof(proof, Buffer.from(json), VKEY), { origin: `${ORIGIN}/${big}`, size: sizeOf(big) })
  t.throws(() => checkProof(proof, Buffer.from(`${json} `), VKEY), /does not stand in the log/)
  t.equal(await findEvent(DIR, newId(), whole), undefined)
  t.ok(encodeBundle([Buffer.from(json)]).length > json.length)
})
