/**
 * Trains the name tagger from the corpora of ../shared/data and writes src/filters/tagger/names.model.
 *
 *   npm run train:tagger -- [--out FILE] [--hold-out 0/3] [--epochs N]
 *
 * With `--hold-out k/n` the documents of fold k of the labelled sets are left out and measured; nothing is written then
 * unless `--out` says where. The same corpora and seed give the same file, byte for byte.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { encodeModel, LABELS, type ModelParts, readModel, SCALE } from '../../src/filters/tagger/model.ts'
import { Tagger } from '../../src/filters/tagger/tagger.ts'
import { LISTED_GIVEN, LISTED_PLACE, LISTED_SURNAME } from '../../src/filters/tagger/word.ts'
import { GAPS } from '../../src/filters/tagger/tokens.ts'
import { goldDocs, isHeldOut, silverDocs } from './corpora.ts'
import { augment } from './augment.ts'
import type { Doc } from './corpus.ts'
import { Crf, mayFollow } from './crf.ts'
import { Encoder, pieces } from './encode.ts'
import { FeatureIndex } from './feature-index.ts'
import { Generator } from './generate.ts'
import { LexiconCounts } from './lexicon.ts'
import { measure, printFigures } from './measure.ts'
import { readNames } from './names.ts'
import { People } from './people.ts'
import { Random } from './random.ts'

const { values } = parseArgs({
  options: {
    out: { type: 'string' },
    'hold-out': { type: 'string' },
    epochs: { type: 'string', default: '4' },
    show: { type: 'string', default: '0' },
    least: { type: 'string', default: '3' },
    drop: { type: 'string', default: '0.2' },
    hide: { type: 'string', default: '0.15' },
    rate: { type: 'string', default: '0.15' },
    generated: { type: 'string', default: '6000' },
    augment: { type: 'boolean', default: true }
  }
})
const folder = join(
  process.env['SCHLEUSE_SHARED'] ?? join(import.meta.dirname, '..', '..', '..', 'shared'),
  'data'
)
const gold = goldDocs(folder)
const [fold, folds] = (values['hold-out'] ?? '').split('/').map(Number)
const heldOut = (doc: Doc): boolean => folds !== undefined && isHeldOut(doc, fold ?? 0, folds)
const random = new Random(20261122)
const people = new People(readNames('given'), readNames('surname'))
const generator = new Generator(people, readNames('place'))
const docs = [
  ...gold.filter(doc => !heldOut(doc)),
  ...silverDocs(folder),
  ...generator.documents(random, Number(values.generated))
]

const lexicon = new LexiconCounts()
lexicon.list([...[...readNames('given').values()].flat(), ...People.ownNames('given')], LISTED_GIVEN)
lexicon.list([...[...readNames('surname').values()].flat(), ...People.ownNames('surname')], LISTED_SURNAME)
lexicon.list([...readNames('place').values()].flat(), LISTED_PLACE)
for (const doc of docs) if (!doc.set.startsWith('generated')) lexicon.count(doc)
const clusters = new Map<number, number>()
const encoder = new Encoder(lexicon.bits, hash => clusters.get(hash) ?? 0)

const hideRate = Number(values.hide)
const dropRate = Number(values.drop)
const drop = (): boolean => random.next() < dropRate

function eachChunk(original: Doc, use: () => void, dropped: (() => boolean) | null): void {
  const salt = random.below(1 << 30)
  const doc = dropped === null ? original : augment(original, random, people)
  lexicon.leaveOut(
    original.set.startsWith('generated') ? null : original,
    hash => (Math.imul(hash ^ salt, 0x9e3779b1) >>> 0) / 4294967296 < hideRate
  )
  for (let from = 0; from < doc.text.length; ) {
    encoder.encode(doc.text, from, dropped, random.next() < 0.5)
    encoder.label(doc.marks)
    use()
    if (encoder.tokens.end <= from) break
    from = encoder.tokens.end
  }
}

const started = performance.now()
const index = new FeatureIndex(24)
for (const doc of docs)
  eachChunk(
    doc,
    () => {
      const stop = encoder.offsets[encoder.tokens.count] ?? 0
      for (let f = 0; f < stop; f++) index.count(encoder.features[f] ?? 0)
    },
    null
  )
index.number(Number(values.least))
console.log(`${docs.length} documents, ${index.size} features, ${Math.round(performance.now() - started)} ms`)

const crf = new Crf(index.size, GAPS)
const rows = new Int32Array(encoder.features.length)
const offsets = new Int32Array(encoder.offsets.length)
for (let epoch = 0; epoch < Number(values.epochs); epoch++) {
  crf.rate = Number(values.rate) / (1 + epoch * 0.6)
  random.shuffle(docs)
  let tokens = 0
  for (const doc of docs)
    eachChunk(
      doc,
      () => {
        const { count } = encoder.tokens
        let n = 0
        for (let i = 0; i < count; i++) {
          offsets[i] = n
          const stop = encoder.offsets[i + 1] ?? 0
          for (let f = encoder.offsets[i] ?? 0; f < stop; f++) {
            const row = index.row(encoder.features[f] ?? 0)
            if (row >= 0) rows[n++] = row
          }
        }
        offsets[count] = n
        tokens += count
        const text = { rows, offsets, gaps: encoder.tokens.before, labels: encoder.labels }
        for (const [from, to] of pieces(encoder.tokens)) crf.learn(text, from, to, doc.weight)
      },
      drop
    )
  console.log(`epoch ${epoch + 1}: ${tokens} tokens, ${Math.round(performance.now() - started)} ms`)
}

const parts = partsOf()
const bytes = encodeModel(parts)
console.log(`${parts.features.size} features, ${parts.lexicon.size} words, ${bytes.length} bytes`)
const out =
  values.out ??
  (folds === undefined
    ? join(import.meta.dirname, '../../src/filters/tagger/names.model')
    : '/tmp/tagger/heldout.model')
writeFileSync(out, bytes)
if (folds !== undefined) {
  const tagger = new Tagger(readModel(out))
  printFigures(measure(tagger, gold.filter(heldOut), Number(values.show)))
}

/** Weights as small integers; what is next to nothing is left out. */
function partsOf(): ModelParts {
  const features = new Map<number, Int8Array>()
  // what is left out at random while learning speaks with the others at once later
  const keep = 1 - dropRate
  index.features.forEach((hash, row) => {
    const weights = new Int8Array(LABELS)
    let largest = 0
    for (let y = 0; y < LABELS; y++) {
      const weight = Math.round(crf.weight(row, y) * SCALE * keep)
      weights[y] = Math.max(-127, Math.min(127, weight))
      largest = Math.max(largest, Math.abs(weight))
    }
    if (largest > 1) features.set(hash, weights)
  })
  const moves = Int16Array.from(crf.moves, (move, i) =>
    mayFollow[i % (LABELS * LABELS)] === 0 ? -32768 : Math.round(move * SCALE)
  )
  return { features, lexicon: lexicon.entries(), clusters, moves }
}
