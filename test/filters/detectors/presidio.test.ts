import t from 'tap'
import type { LeafKind, Segment } from '../../../src/core/leaf.ts'
import {
  type JsonService,
  PresidioDetector,
  type PresidioOptions
} from '../../../src/filters/detectors/presidio.ts'

const options: PresidioOptions = {
  id: 'presidio',
  language: 'de',
  labels: {},
  minScore: 0.4,
  budgetMs: 20_000,
  recipient: { host: '127.0.0.1:5002', places: ['self'] }
}

const segment = (text: string, kind: LeafKind = 'text'): Segment => ({ kind, text, label: '' })

interface Asked {
  readonly text: string
  readonly language: string
  readonly entities: readonly string[]
}

/** A service that answers as `answer` says, and keeps what it was asked. */
function service(answer: (asked: Asked) => unknown): JsonService & { readonly asked: Asked[] } {
  const asked: Asked[] = []
  return {
    asked,
    post: async (path, body) => {
      t.equal(path, '/analyze')
      const question = JSON.parse(body) as Asked
      asked.push(question)
      return answer(question)
    },
    close: async () => {}
  }
}

const result = (entity_type: string, start: number, end: number, score = 0.85) => ({
  entity_type,
  start,
  end,
  score
})

t.test('prose is asked about, keys and numbers are not', async t => {
  const fake = service(({ text }) => (text === 'Ada' ? [result('PERSON', 0, 3)] : []))
  const detector = new PresidioDetector(options, fake)
  const found = await detector.find([
    segment('Ada'),
    segment('Ada', 'key'),
    segment('1', 'number'),
    segment('x')
  ])
  t.strictSame(found, [
    [{ start: 0, end: 3, type: 'PERSON', score: 0.85, recognizer: 'presidio' }],
    [],
    [],
    []
  ])
  t.match(fake.asked[0], { text: 'Ada', language: 'de', score_threshold: 0.4 })
  t.ok(fake.asked[0]?.entities.includes('PERSON'))
  t.equal(fake.asked.length, 2)
})

t.test('code points become UTF-16 offsets', async t => {
  const text = '😀 Ümit 🎉 Ada'
  const detector = new PresidioDetector(
    options,
    service(() => [result('PERSON', 2, 6), result('PERSON', 9, 12)])
  )
  const [found = []] = await detector.find([segment(text)])
  t.strictSame(
    found.map(({ start, end }) => text.slice(start, end)),
    ['Ümit', 'Ada']
  )
})

t.test('labels and scores are what the operator says; what was not asked for is no finding', async t => {
  const fake = service(() => [result('NRP', 0, 3), result('PERSON', 4, 7), result('LOCATION', 8, 9, 0.1)])
  const byDefault = await new PresidioDetector(options, fake).find([segment('abc def g')])
  t.same(
    byDefault[0]?.map(({ type }) => type),
    ['PERSON']
  )
  const own = new PresidioDetector({ ...options, labels: { NRP: 'NATIONALITY' } }, fake)
  t.same(own.types, ['NATIONALITY'])
  t.same(
    (await own.find([segment('abc def g')]))[0]?.map(({ type }) => type),
    ['NATIONALITY']
  )
  t.not(own.version, new PresidioDetector(options, fake).version)
})

t.test('whatever is no list of results in the text refuses', async t => {
  const answers: unknown[] = [
    { error: 'no' },
    [{ start: 0 }],
    ['PERSON'],
    [result('PERSON', 0, 99)],
    [result('PERSON', -1, 2)],
    [result('PERSON', 2, 2)],
    [result('PERSON', 0.5, 2)]
  ]
  for (const answer of answers) {
    const detector = new PresidioDetector(
      options,
      service(() => answer)
    )
    await t.rejects(detector.find([segment('Ada 😀'), segment('Ada')]), { code: 'SCHLEUSE_DETECTOR_FAILED' })
  }
  const gone = new PresidioDetector(
    options,
    service(() => {
      throw new Error('gone')
    })
  )
  await t.rejects(gone.find([segment('Ada')]), { code: 'SCHLEUSE_DETECTOR_FAILED' })
})

t.test('many texts are asked about four at a time', async t => {
  let open = 0
  let most = 0
  const busy: JsonService = {
    post: async () => {
      most = Math.max(most, ++open)
      await new Promise(resolve => setImmediate(resolve))
      open--
      return []
    },
    close: async () => {}
  }
  await new PresidioDetector(options, busy).find(Array.from({ length: 40 }, (_, at) => segment(`text ${at}`)))
  t.equal(most, 4)
})
