import { hash } from 'node:crypto'
import t from 'tap'
import { openCheckpoint, parseCheckpoint, signCheckpoint } from '../../../src/audit/tlog/checkpoint.ts'
import { createCosigner, createSigner, parseVkey } from '../../../src/audit/tlog/keys.ts'
import {
  consistencyProof,
  EMPTY_ROOT,
  inclusionProof,
  isConsistent,
  leafHash,
  nodeHash,
  rootFromInclusion,
  rootOf
} from '../../../src/audit/tlog/merkle.ts'
import { openNote, signatureLine, signatureLines, signNote } from '../../../src/audit/tlog/note.ts'
import { checkProof, formatProof, parseProof } from '../../../src/audit/tlog/proof.ts'
import {
  decodeBundle,
  encodeBundle,
  levelSize,
  tileNumber,
  tilePath,
  TileTree,
  widthOf
} from '../../../src/audit/tlog/tiles.ts'
import { allTiles, entry, hex, vectors } from './vectors.ts'

const tiles = allTiles(70_000)
const read = (path: string): Buffer => {
  const tile = tiles.get(path)
  if (tile === undefined) throw new Error(`no ${path}`)
  return tile
}
const tree = (size: number) => new TileTree(read, size)
const { log_key: logKey, witness_key: witnessKey, checkpoints } = vectors
const signer = createSigner(logKey.name, hex(logKey.seed_hex))

t.test('leaves, nodes, roots', async t => {
  t.equal(EMPTY_ROOT.toString('hex'), vectors.hashing.empty_root_hex)
  for (const [text, leaf] of Object.entries(vectors.hashing.leaf_hash_hex))
    t.equal(leafHash(Buffer.from(text)).toString('hex'), leaf)
  t.equal(nodeHash(leafHash(entry(0)), leafHash(entry(1))).toString('hex'), vectors.hashing.node_hash_0_1_hex)
  for (const { size, root_hex: root } of vectors.trees)
    t.equal(rootOf(tree(size), size).toString('hex'), root)
})

t.test('tile numbers, paths, widths and contents', async t => {
  for (const [n, path] of Object.entries(vectors.tile_index_encoding)) t.equal(tileNumber(Number(n)), path)
  for (const {
    size,
    right_edge: edge = [],
    hash_tiles: count = 0,
    entry_bundle_partial: partial
  } of vectors.trees) {
    const paths: string[] = []
    let sum = 0
    for (let level = 0; levelSize(level, size) > 0; level++) {
      const last = Math.ceil(levelSize(level, size) / 256) - 1
      paths.push(tilePath(level, last, widthOf(level, last, size)))
      sum += last + 1
    }
    t.same(
      paths.filter(path => !edge.includes(path)),
      []
    )
    t.equal(sum, count)
    if (typeof partial === 'string') t.equal(tilePath('entries', Math.floor(size / 256), size % 256), partial)
  }
  for (const [path, sha256] of Object.entries(vectors.tiles_of_70000.sha256_of_file))
    t.equal(hash('sha256', read(path)), sha256)
})

t.test('entry bundles', async t => {
  const bundle = (from: number, count: number) =>
    encodeBundle(Array.from({ length: count }, (_, at) => entry(from + at)))
  const { entry_bundles: known } = vectors
  t.equal(bundle(0, 3).toString('hex'), known['size_3_hex'])
  t.equal(hash('sha256', bundle(0, 256)), known['size_70000_bundle_0_sha256'])
  t.equal(hash('sha256', bundle(69_888, 112)), known['size_70000_partial_sha256'])
  t.same(decodeBundle(bundle(0, 3), 3), [entry(0), entry(1), entry(2)])
  for (const [bytes, count] of [
    [bundle(0, 3), 2],
    [bundle(0, 3), 4],
    [bundle(0, 3).subarray(0, -1), 3],
    [Buffer.concat([bundle(0, 3), Buffer.of(0)]), 4]
  ] as const)
    t.equal(decodeBundle(bytes, count), null)
})

t.test('inclusion proofs', async t => {
  for (const {
    index,
    size,
    leaf_hash_hex: leaf,
    proof_hex: proof,
    root_hex: root
  } of vectors.inclusion_proof) {
    t.same(
      inclusionProof(tree(size), index, size).map(hash => hash.toString('hex')),
      proof
    )
    t.equal(rootFromInclusion(hex(leaf), index, size, proof.map(hex))?.toString('hex'), root)
    t.not(rootFromInclusion(leafHash(entry(index + 1)), index, size, proof.map(hex))?.toString('hex'), root)
    t.equal(rootFromInclusion(hex(leaf), index, size, [...proof, root].map(hex)), null)
  }
  t.equal(rootFromInclusion(hex('00'), 1, 1, []), null)
  t.throws(() => inclusionProof(tree(3), 3, 3), RangeError)
})

t.test('consistency proofs', async t => {
  for (const {
    old,
    new: size,
    proof_hex: proof,
    old_root_hex: oldRoot,
    new_root_hex: root
  } of vectors.consistency_proof) {
    t.same(
      consistencyProof(tree(size), old, size).map(hash => hash.toString('hex')),
      proof
    )
    const check = (a: string, b: string, hashes: readonly string[]) =>
      isConsistent(old, hex(a), size, hex(b), hashes.map(hex))
    t.ok(check(oldRoot, root, proof))
    t.notOk(check(oldRoot, root, [...proof, root]))
    if (old !== size) {
      t.notOk(check(root, root, proof))
      t.notOk(check(oldRoot, oldRoot, proof))
      t.notOk(check(oldRoot, root, proof.slice(1)))
    }
  }
  t.ok(isConsistent(0, EMPTY_ROOT, 5, hex('00'), []))
  t.notOk(isConsistent(0, hex('00'), 5, hex('00'), []))
  t.notOk(isConsistent(6, EMPTY_ROOT, 5, EMPTY_ROOT, []))
  t.throws(() => consistencyProof(tree(3), 4, 3), RangeError)
})

t.test(
  'every pair of sizes up to 70 and every index: proofs hold, and with one bit changed they do not',
  async t => {
    for (let size = 1; size <= 70; size++) {
      const root = rootOf(tree(size), size)
      for (let other = 0; other <= size; other++) {
        const proof = consistencyProof(tree(size), other, size)
        if (!isConsistent(other, rootOf(tree(other), other), size, root, proof)) t.fail(`${other} → ${size}`)
        for (const hash of proof) {
          hash[5] = (hash[5] ?? 0) ^ 1
          if (isConsistent(other, rootOf(tree(other), other), size, root, proof))
            t.fail(`${other} → ${size} forged`)
          hash[5] ^= 1
        }
        if (other === size) continue
        const path = inclusionProof(tree(size), other, size)
        if (!rootFromInclusion(leafHash(entry(other)), other, size, path)?.equals(root))
          t.fail(`${other} in ${size}`)
      }
    }
    t.pass()
  }
)

t.test('keys', async t => {
  t.equal(signer.vkey, logKey.vkey)
  t.equal(signer.keyId.toString('hex'), logKey.key_id_hex)
  t.equal(parseVkey(logKey.vkey).keyId.toString('hex'), logKey.key_id_hex)
  const cosigner = createCosigner(
    witnessKey.name,
    hex(witnessKey.seed_hex),
    () => vectors.cosignature_v1.time
  )
  t.equal(cosigner.vkey, witnessKey.vkey)
  t.equal(signatureLine(cosigner, checkpoints['7']?.signed_bytes ?? ''), vectors.cosignature_v1.line)
  for (const broken of [
    '',
    'a+b',
    logKey.vkey.replace('d51f', 'd51e'),
    `${logKey.vkey}=`,
    logKey.vkey.replace('+AYq', '+BYq')
  ])
    t.throws(() => parseVkey(broken), TypeError)
  t.throws(() => createSigner('a b', Buffer.alloc(32)), TypeError)
})

t.test('checkpoints: signed byte for byte, opened, and cosigned', async t => {
  for (const [size, { note, signed_bytes: text }] of Object.entries(checkpoints)) {
    const { root } = parseCheckpoint(text)
    t.equal(signCheckpoint({ origin: logKey.name, size: Number(size), root }, signer), note)
    t.match(openCheckpoint(note, logKey.vkey), { origin: logKey.name, size: Number(size), witnesses: [] })
  }
  const witness = parseVkey(witnessKey.vkey)
  const { note, time } = vectors.cosignature_v1
  t.same(openCheckpoint(note, logKey.vkey, [witness]).witnesses, [{ name: witnessKey.name, time }])
  t.equal(signatureLines(note).length, 2)
  const [size, ...rest] = (checkpoints['7']?.signed_bytes ?? '').split('\n')
  t.throws(() => parseCheckpoint([size, ...rest, 'extension', ''].join('\n')), { name: 'NoteError' })
  t.throws(() => parseCheckpoint(`a\n0\n${Buffer.alloc(32).toString('base64')}\n`), { name: 'NoteError' })
})

t.test('notes that must be refused', async t => {
  const witness = parseVkey(witnessKey.vkey)
  for (const [name, note] of Object.entries(vectors.must_reject))
    t.throws(() => openCheckpoint(note, logKey.vkey, [witness]), { name: 'NoteError' }, name)
  const good = checkpoints['7']?.note ?? ''
  const { text } = openNote(good, [parseVkey(logKey.vkey)])
  for (const note of [
    good.replace('\n7\n', '\n7\t\n'),
    good + good.split('\n\n')[1]?.repeat(100),
    good.replace('— ', '—  '),
    good.replace('cgA=\n', 'cgA\n'),
    `${text}\n— a AAAA\n`,
    'x'.repeat(2 << 20)
  ])
    t.throws(() => openCheckpoint(note, logKey.vkey), { name: 'NoteError' })
  const other = createSigner('other', Buffer.alloc(32, 9))
  t.throws(() => openCheckpoint(signNote(text, [other]), logKey.vkey), /no signature of a known key/)
})

t.test('a proof file', async t => {
  const file = vectors.tlog_proof_file_5_of_7
  const proof = parseProof(file)
  t.equal(formatProof(proof), file)
  t.match(checkProof(proof, entry(5), logKey.vkey, [parseVkey(witnessKey.vkey)]), { size: 7 })
  t.throws(() => checkProof(proof, entry(4), logKey.vkey), /does not stand in the log/)
  const withExtra = formatProof({ ...proof, extra: entry(5) })
  t.same(parseProof(withExtra).extra, entry(5))
  for (const broken of [
    file.replace('v1', 'v2'),
    file.replace('index 5', 'index 05'),
    file.replace('index 5', 'index'),
    file.replace('GUu1', 'GUu'),
    withExtra.replace('extra ', 'extra !'),
    file.replaceAll('\n\n', '\n')
  ])
    t.throws(() => parseProof(broken), { name: 'NoteError' })
})
