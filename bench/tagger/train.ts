/**
 * Trains a model of the name tagger from the corpora of ../shared/data and writes it into src/filters/tagger.
 *
 *   npm run train:tagger -- [--model names-eu] [--out FILE] [--hold-out 0/3 [--show N]]
 *
 * With `--hold-out k/n` the documents of fold k of the labelled sets are left out and measured, and nothing is written
 * unless `--out` says where. `--show` prints errors, with corpus text. The same corpora, seed and Node give the same file.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { decodeModel, encodeModel, LABELS, type ModelParts, SCALE } from '../../src/filters/tagger/model.ts'
import { Tagger } from '../../src/filters/tagger/tagger.ts'
import { LISTED_GIVEN, LISTED_PLACE, LISTED_SURNAME } from '../../src/filters/tagger/word.ts'
import { GAPS } from '../../src/filters/tagger/tokens.ts'
import { clusterWords } from './clusters.ts'
import { corpora, isHeldOut } from './corpora.ts'
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
    model: { type: 'string', default: 'names' },
    out: { type: 'string' },
    'hold-out': { type: 'string' },
    show: { type: 'string', default: '0' }
  }
})

const SEED = 20261122
const EPOCHS = 2
/** Share of features left out of each step, and of words that the dictionary pretends not to know. */
const DROPPED = 0.2
const HIDDEN = 0.15
const RATE = 0.15
/** The rate of epoch n is divided by 1 + n × this. */
const DECAY = 0.6

const shared = process.env['SCHLEUSE_SHARED'] ?? join(import.meta.dirname, '..', '..', '..', 'shared')
const folder = join(shared, 'data')
const chosen = corpora.get(values.model)
if (chosen === undefined)
  throw new TypeError(`no model ${values.model}; one of ${[...corpora.keys()].join(', ')}`)
const { languages, generated, least } = chosen
const gold = chosen.gold(folder)
const [fold, folds] = (values['hold-out'] ?? '').split('/').map(Number)
const heldOut = (doc: Doc): boolean => folds !== undefined && isHeldOut(doc, fold ?? 0, folds)
const random = new Random(SEED)
const people = new People(readNames('given'), readNames('surname'))
const generator = new Generator(people, readNames('place'))
const docs = [
  ...gold.filter(doc => !heldOut(doc)),
  ...chosen.silver(folder),
  ...generator.documents(random, generated, languages)
]

const lexicon = new LexiconCounts()
lexicon.list([...[...readNames('given').values()].flat(), ...People.ownNames('given')], LISTED_GIVEN)
lexicon.list([...[...readNames('surname').values()].flat(), ...People.ownNames('surname')], LISTED_SURNAME)
lexicon.list([...readNames('place').values()].flat(), LISTED_PLACE)
for (const doc of docs) if (!doc.set.startsWith('generated')) lexicon.count(doc)
const clusters = clusterWords([...docs, ...chosen.plain(folder)].map(doc => doc.text))
const encoder = new Encoder(lexicon.bits, hash => clusters.get(hash) ?? 0, values.model !== 'names')
const index = numberFeatures()
console.log(`${docs.length} documents, ${clusters.size} words in clusters, ${index.size} features`)
const crf = new Crf(index.size, GAPS)
for (let epoch = 0; epoch < EPOCHS; epoch++) {
  crf.rate = RATE / (1 + epoch * DECAY)
  random.shuffle(docs)
  console.log(`epoch ${epoch + 1}: ${learnAll()} tokens, ${Math.round(performance.now() / 1000)} s`)
}
const parts = partsOf()
const bytes = encodeModel(parts)
console.log(`${parts.features.size} features, ${parts.lexicon.size} words, ${bytes.length} bytes`)
const committed = join(import.meta.dirname, '../../src/filters/tagger', `${values.model}.model`)
const path = values.out ?? (folds === undefined ? committed : null)
if (path !== null) writeFileSync(path, bytes)
if (folds !== undefined) {
  const tagger = new Tagger(decodeModel(bytes, 'what was just trained'))
  printFigures(measure(tagger, gold.filter(heldOut), Number(values.show)))
}

/** Calls `use` with each chunk of the document encoded; changed and with features left out while `learning`. */
function eachChunk(original: Doc, learning: boolean, use: () => void): void {
  const salt = random.below(1 << 30)
  const doc = learning ? augment(original, random, people) : original
  const isHidden = (hash: number): boolean => (Math.imul(hash ^ salt, 0x9e3779b1) >>> 0) / 4294967296 < HIDDEN
  lexicon.leaveOut(original.set.startsWith('generated') ? null : original, isHidden)
  const drop = learning ? (): boolean => random.next() < DROPPED : null
  for (let from = 0; from < doc.text.length; ) {
    encoder.encode(doc.text, from, drop, random.next() < 0.5)
    encoder.label(doc.marks)
    use()
    if (encoder.tokens.end <= from) break
    from = encoder.tokens.end
  }
}

function numberFeatures(): FeatureIndex {
  const index = new FeatureIndex(24)
  for (const doc of docs)
    eachChunk(doc, false, () => {
      const stop = encoder.offsets[encoder.tokens.count] ?? 0
      for (let f = 0; f < stop; f++) index.count(encoder.features[f] ?? 0)
    })
  index.number(least)
  return index
}

/** One step for each chain of each document. Returns how many tokens there were. */
function learnAll(): number {
  const rows = new Int32Array(encoder.features.length)
  const offsets = new Int32Array(encoder.offsets.length)
  let tokens = 0
  for (const doc of docs)
    eachChunk(doc, true, () => {
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
    })
  return tokens
}

/** Weights as small whole numbers; what is next to nothing is left out. */
function partsOf(): ModelParts {
  const features = new Map<number, Int8Array>()
  index.features.forEach((hash, row) => {
    const weights = new Int8Array(LABELS)
    let largest = 0
    for (let y = 0; y < LABELS; y++) {
      // What was left out at random while learning speaks with all the others now.
      const weight = Math.round(crf.weight(row, y) * SCALE * (1 - DROPPED))
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
