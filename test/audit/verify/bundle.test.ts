import { strFromU8, unzipSync, zipSync } from 'fflate'
import t from 'tap'
import { openDemo } from '../../../src/audit/exports/demo/index.ts'
import { FROM, TO } from '../../../src/audit/exports/demo/company.ts'
import { writeBundle } from '../../../src/audit/exports/questions/bundle.ts'
import { QUESTIONS } from '../../../src/audit/exports/questions/index.ts'
import { fill } from '../../../src/audit/exports/run.ts'
import { type BundleManifest, checkBundle } from '../../../src/audit/verify/bundle.ts'
import { checkProof, parseProof } from '../../../src/audit/tlog/proof.ts'
import { originOfKey, createSigner } from '../../../src/audit/tlog/keys.ts'

const demo = await openDemo()
t.teardown(() => demo.close())
const vkey = demo.trail.vkey()
const [question] = QUESTIONS
if (question === undefined) throw new Error('there is no question')
const filled = await fill(question, demo.source, FROM, TO)
const zip = await writeBundle(question, filled, demo.source.observed, demo.trail, 'sha256:x')
const ROOT = `schleuse_${question.name}_${FROM}_${TO}/`

/** The bundle with one file changed, added or taken away. */
function changed(name: RegExp | string, edit: (bytes: Uint8Array) => Uint8Array | undefined): Uint8Array {
  const files = new Map(Object.entries(unzipSync(zip)))
  const path =
    [...files.keys()].find(one => (typeof name === 'string' ? one === ROOT + name : name.test(one))) ??
    ROOT + String(name)
  const bytes = edit(files.get(path) ?? new Uint8Array())
  if (bytes === undefined) files.delete(path)
  else files.set(path, Uint8Array.from(bytes))
  return zipSync(Object.fromEntries(files))
}

const text = (edit: (text: string) => string) => (bytes: Uint8Array) => Buffer.from(edit(strFromU8(bytes)))

t.test('a bundle holds, each proof also alone, the same bytes for the same answer', async t => {
  t.match(checkBundle(zip, vkey), { events: 10, proven: 10, faults: [] })
  const proofs = Object.entries(unzipSync(zip)).filter(([path]) => path.endsWith('.tlog-proof'))
  t.equal(proofs.length, 10)
  for (const [, bytes] of proofs) {
    const proof = parseProof(strFromU8(bytes))
    t.doesNotThrow(() => checkProof(proof, proof.extra ?? Buffer.alloc(0), vkey))
  }
  t.same(await writeBundle(question, filled, demo.source.observed, demo.trail, 'sha256:x'), zip)
})

t.test('what was changed is found', async t => {
  const cases: readonly [string, Uint8Array, RegExp][] = [
    [
      'an event',
      changed(
        'events.jsonl',
        text(all => all.replace('"C-2026-001"', '"C-2026-009"'))
      ),
      /events.jsonl: (is not|line)/
    ],
    [
      'the answer',
      changed(
        'answer.csv',
        text(all => all.replace('231', '1'))
      ),
      /answer.csv: is not/
    ],
    [
      'a proof',
      changed(
        /\.tlog-proof$/,
        text(all => all.replace('index ', 'index 1'))
      ),
      /tlog-proof/
    ],
    ['a proof taken away', changed(/\.tlog-proof$/, () => undefined), /is missing/],
    ['a file added', changed('more.txt', () => Buffer.from('more')), /more.txt/],
    [
      'a checkpoint',
      changed(
        /checkpoints\//,
        text(all => all.replace(/\n\d+\n/, '\n999\n'))
      ),
      /checkpoints/
    ],
    [
      'the number of events',
      changed(
        'manifest.json',
        text(all => all.replace('"events": 10', '"events": 9'))
      ),
      /other events than the manifest/
    ]
  ]
  for (const [what, bytes, expected] of cases) {
    const report = checkBundle(bytes, vkey)
    t.ok(
      report?.faults.some(fault => expected.test(fault)),
      `${what}: ${report?.faults.join('; ')}`
    )
  }
})

t.test('an event that was forged with its hash in the manifest has no proof', async t => {
  const forged = changed(
    'events.jsonl',
    text(all => all.replace('"C-2026-001"', '"C-2026-009"'))
  )
  const files = unzipSync(forged)
  const { createHash } = await import('node:crypto')
  const manifest = JSON.parse(strFromU8(files[`${ROOT}manifest.json`] ?? new Uint8Array())) as BundleManifest
  const hash = createHash('sha256')
    .update(files[`${ROOT}events.jsonl`] ?? '')
    .digest('hex')
  const better = { ...manifest, files: { ...manifest.files, 'events.jsonl': hash } }
  files[`${ROOT}manifest.json`] = Buffer.from(JSON.stringify(better))
  const report = checkBundle(zipSync(files), vkey)
  t.ok(report?.faults.some(fault => /has no proof/.test(fault)))
})

t.test('another key proves nothing; what is no bundle is told', async t => {
  const seed = Buffer.alloc(32, 9)
  const other = createSigner(originOfKey(seed), seed).vkey
  t.ok((checkBundle(zip, other)?.faults.length ?? 0) >= 10)
  t.equal(checkBundle(Buffer.from('no zip'), vkey), null)
  t.equal(checkBundle(zipSync({ 'a/b': Buffer.from('{}') }), vkey), null)
})
