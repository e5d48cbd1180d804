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
import { decodeModel, encodeModel, readModel } from '../../src/filters/tagger/model.ts'
import { Tagger } from '../../src/filters/tagger/tagger.ts'
import { corpora, isHeldOut } from './corpora.ts'
import type { Doc } from './corpus.ts'
import { measure, printFigures } from './measure.ts'
import { Trainer } from './trainer.ts'
import { SHARED } from '../support/shared.ts'

const { values } = parseArgs({
  options: {
    model: { type: 'string', default: 'names' },
    out: { type: 'string' },
    'hold-out': { type: 'string' },
    show: { type: 'string', default: '0' }
  }
})

const SEED = 20261122
/** Far more than the corpora have features. */
const TABLE_BITS = 24

const folder = join(SHARED, 'data')
const chosen = corpora.get(values.model)
if (chosen === undefined)
  throw new TypeError(`no model ${values.model}; one of ${[...corpora.keys()].join(', ')}`)
const gold = chosen.gold(folder)
const [fold, folds] = (values['hold-out'] ?? '').split('/').map(Number)
const heldOut = (doc: Doc): boolean => folds !== undefined && isHeldOut(doc, fold ?? 0, folds)
const trainer = new Trainer(
  {
    ...chosen,
    docs: [...gold.filter(doc => !heldOut(doc)), ...chosen.silver(folder)],
    plain: chosen.plain(folder),
    foreign: values.model !== 'names',
    seed: SEED,
    tableBits: TABLE_BITS
  },
  console.log
)
const parts = trainer.train()
const bytes = encodeModel(parts)
console.log(`${parts.features.size} features, ${parts.lexicon.size} words, ${bytes.length} bytes`)
const committed = join(import.meta.dirname, '../../src/filters/tagger', `${values.model}.model`)
const path = values.out ?? (folds === undefined ? committed : null)
if (path !== null) writeFileSync(path, bytes)
if (folds !== undefined) {
  const trained = decodeModel(bytes, 'what was just trained')
  // The other model is for text that is told to be in neither of the first one's languages.
  const tagger = values.model === 'names' ? new Tagger(trained) : new Tagger(readModel('names'), trained)
  printFigures(measure(tagger, gold.filter(heldOut), Number(values.show)))
}
