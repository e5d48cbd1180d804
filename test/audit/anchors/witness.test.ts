import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import type { AnchorChange } from '../../../src/audit/anchors/anchor.ts'
import { addCheckpointBody, Witness } from '../../../src/audit/anchors/witness.ts'
import { Witnessing } from '../../../src/audit/anchors/witnessing.ts'
import { openAuditLog } from '../../../src/audit/log.ts'
import { findEvent, proveEntry } from '../../../src/audit/prove.ts'
import { openAuditReader } from '../../../src/audit/reader.ts'
import { parseVkey, publicKeyOf } from '../../../src/audit/tlog/keys.ts'
import { consistencyProof } from '../../../src/audit/tlog/merkle.ts'
import { checkProof, parseProof } from '../../../src/audit/tlog/proof.ts'
import { tilesFrom, TileTree } from '../../../src/audit/tlog/tiles.ts'
import { verifyTrail } from '../../../src/audit/verify/verify.ts'
import { MessageSender } from '../../../src/providers/sender.ts'
import { type LocalWitness, startWitness } from '../../support/local-witness.ts'
import { folderOf } from '../../support/audit-index.ts'
import { builder, clock } from '../facts.ts'
import { ORIGIN, SEED, VKEY } from '../storage/run.ts'
import { allTiles, vectors } from '../tlog/vectors.ts'

const TIMEOUTS = { connectMs: 1000, headersMs: 300, idleMs: 1000 }
const logKey = publicKeyOf(VKEY)
const NAME = 'std_13m/2026-11'

type Test = { teardown(end: () => unknown): unknown }

async function localWitness(t: Test, n: number): Promise<LocalWitness> {
  const witness = await startWitness(`witness.example.com/w${n}`, Buffer.alloc(32, n), origin =>
    origin.startsWith(`${ORIGIN}/`) ? logKey : undefined
  )
  t.teardown(() => witness.close())
  return witness
}

/** A trail with records, and what witnesses it. */
async function trail(t: Test, witnesses: readonly LocalWitness[], quorum = 1) {
  const dir = join(folderOf(t), 'audit')
  const changes: AnchorChange[] = []
  let ms = 0
  const clients = witnesses.map(
    ({ vkey, url }) => new Witness(vkey, new MessageSender('w', `${url}/add-checkpoint`, TIMEOUTS))
  )
  const open = () =>
    new Witnessing({
      dir,
      reader: openAuditReader(dir),
      witnesses: clients,
      quorum,
      clock: { now: () => ms, monotonic: () => ms },
      onChange: change => changes.push(change)
    })
  let witnessing = open()
  t.teardown(() => witnessing.close())
  return {
    dir,
    changes,
    async grow(count: number): Promise<string> {
      const log = await openAuditLog({ dir, origin: ORIGIN, seed: SEED, clock, events: builder })
      const events = Array.from({ length: count }, () => builder.create('gateway.stopped', {}))
      await Promise.all(events.map(event => log.admit(event)))
      await log.close()
      return JSON.parse(events[0]?.json ?? '').event_id as string
    },
    /** A step after some time. */
    async step(passedMs = 60_000): Promise<void> {
      ms += passedMs
      await witnessing.step()
    },
    restart() {
      witnessing = open()
    },
    faults: (vkeys: readonly string[], more: object = {}) =>
      verifyTrail({ dir, vkey: VKEY, witnesses: vkeys, now: Date.now(), ...more })
        .findings.filter(({ kind }) => kind === 'fault')
        .map(({ text }) => text),
    cosigned: () => readFileSync(join(dir, 'logs', NAME, 'checkpoint.witnessed'), 'utf8')
  }
}

t.test('the request is that of the vectors, byte for byte', async t => {
  const tiles = allTiles(7)
  const tree = new TileTree(
    tilesFrom(path => tiles.get(path) ?? null),
    7
  )
  const body = addCheckpointBody(3, consistencyProof(tree, 3, 7), vectors.checkpoints['7']?.note ?? '')
  t.equal(body, vectors.witness_add_checkpoint_body_3_to_7)
})

t.test('a witness cosigns as the log grows, and verify and proofs rest on it', async t => {
  const witness = await localWitness(t, 2)
  const on = await trail(t, [witness])
  const id = await on.grow(5)
  await on.step()
  t.match(witness.seen, [{ old: 0, size: 6, status: 200 }])
  t.same(on.faults([witness.vkey]), [])
  t.equal(on.cosigned().split('\n— ').length, 3, 'the log and the witness')
  await on.grow(700)
  await on.step(1000)
  t.equal(witness.seen.length, 1, 'not before a minute is over')
  await on.step()
  t.match(witness.seen.at(-1), { old: 6, size: 706, status: 200 }, 'with a proof over full tiles')
  await on.step(3_500_000)
  t.equal(witness.seen.length, 2)
  await on.step(100_000)
  t.match(witness.seen.at(-1), { old: 706, size: 706, status: 200 }, 'once an hour also when it did not grow')
  const found = await findEvent(on.dir, id)
  const proof = parseProof(found === undefined ? '' : proveEntry(on.dir, found))
  const checked = checkProof(proof, proof.extra ?? Buffer.of(), VKEY, [parseVkey(witness.vkey)])
  t.match(checked, { size: 706, witnesses: [{ name: 'witness.example.com/w2' }] })
  t.same(on.changes, [])
})

t.test('a restart goes on from what was cosigned; a witness that knows more says so', async t => {
  const [one, two] = [await localWitness(t, 2), await localWitness(t, 3)]
  const on = await trail(t, [one, two])
  await on.grow(300)
  await on.step()
  await on.grow(10)
  on.restart()
  await on.step(0)
  t.match(one.seen.at(-1), { old: 301, size: 311, status: 200 })
  two.logs.clear()
  await on.grow(10)
  await on.step()
  t.match(two.seen.slice(-2), [
    { old: 311, size: 321, status: 409 },
    { old: 0, size: 321, status: 200 }
  ])
  t.same(on.faults([one.vkey, two.vkey]), [])
  two.instead = { status: 409, body: '0\n' }
  await on.grow(1)
  await on.step()
  t.match(on.changes, [{ reason: 'bad_answer' }], 'one that says so for ever is left')
})

t.test('a witness that fails never spoils what the others do, and is asked again', async t => {
  const [one, two, three] = [await localWitness(t, 2), await localWitness(t, 3), await localWitness(t, 4)]
  const on = await trail(t, [one, two, three], 2)
  await on.grow(3)
  const cases = [
    ['hang', 'unreachable'],
    [{ status: 503, body: '' }, 'unreachable'],
    [{ status: 404, body: '' }, 'refused'],
    [{ status: 422, body: '' }, 'contradicts'],
    [{ status: 409, body: '99999\n' }, 'contradicts'],
    [{ status: 409, body: 'x' }, 'bad_answer'],
    [{ status: 200, body: '— witness.example.com/w2 AAAAAAAAAAAAAAAAAAAA\n' }, 'bad_answer'],
    [{ status: 200, body: '— other.example.com AAAAAAAAAAAAAAAAAAAA\n' }, 'bad_answer'],
    [{ status: 200, body: 'nonsense' }, 'bad_answer']
  ] as const
  for (const [instead, reason] of cases) {
    one.instead = instead
    await on.grow(2)
    await on.step(600_000)
    t.equal(on.changes.at(-1)?.reason, reason)
    t.same(on.faults([one.vkey, two.vkey, three.vkey], { quorum: 2 }), [])
    t.match(on.faults([one.vkey, two.vkey, three.vkey]), [/w2 did not cosign it/])
  }
  t.equal(on.changes.length, 4, 'told once per state')
  const asked = one.seen.length
  await on.grow(1)
  await on.step(60_000)
  t.equal(one.seen.length, asked, 'not while its pause lasts')
  one.instead = null
  await on.step(600_000)
  t.match(on.changes.at(-1), { kind: 'witness', anchor: 'witness.example.com/w2', reason: null })
  t.same(on.faults([one.vkey, two.vkey, three.vkey]), [])

  const last = on.cosigned()
  one.instead = two.instead = { status: 500, body: '' }
  await on.grow(2)
  await on.step(600_000)
  t.equal(on.cosigned(), last, 'fewer than the quorum do not take the place of what was there')
})

t.test('a log that was rewritten finds no witness, and verify sees it', async t => {
  const witness = await localWitness(t, 2)
  const [honest, forged] = [await trail(t, [witness]), await trail(t, [witness])]
  await honest.grow(5)
  await honest.step()
  await forged.grow(9)
  await forged.step()
  t.equal(forged.changes.at(-1)?.reason, 'contradicts')
  t.notOk(existsSync(join(forged.dir, 'logs', NAME, 'checkpoint.witnessed')))
  t.match(forged.faults([witness.vkey]), [/No checkpoint of it was cosigned/])
  t.throws(() => forged.faults([witness.vkey], { quorum: 2 }), /quorum of 2 does not fit 1/)
})
