import t from 'tap'
import { type Lessons, Trainer } from '../../../bench/tagger/trainer.ts'
import { decodeModel, encodeModel } from '../../../src/filters/tagger/model.ts'
import { Tagger } from '../../../src/filters/tagger/tagger.ts'

/** Nothing but generated texts: the corpora are no part of the repository. */
const lessons: Lessons = {
  docs: [],
  plain: [],
  languages: ['de', 'fr', 'pl'],
  generated: 160,
  least: 2,
  foreign: false,
  seed: 7,
  rounds: 2,
  tableBits: 21
}

const train = (changed: Partial<Lessons> = {}): Buffer =>
  encodeModel(new Trainer({ ...lessons, ...changed }, () => undefined).train())

t.test('the same seed and lessons give the same bytes, and others do not', async t => {
  const bytes = train()
  t.ok(bytes.equals(train()))
  t.notOk(bytes.equals(train({ seed: 8 })))
  t.notOk(bytes.equals(train({ rounds: 1 })))
  const tagger = new Tagger(decodeModel(bytes, 'just trained'))
  const found: string[] = []
  const text =
    'Sehr geehrte Frau Dr. Schneider,\n\nvielen Dank für Ihre Nachricht.\n\nMit freundlichen Grüßen\nAnna Weber'
  tagger.tag(text, (start, end, type) => found.push(`${type} ${text.slice(start, end)}`))
  t.ok(
    found.some(name => name.startsWith('PERSON') && name.includes('Weber')),
    'and it has learned something'
  )
})
