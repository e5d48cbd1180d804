import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import type { LeafKind, Segment } from '../../../../src/core/leaf.ts'
import { type OnnxOptions, openOnnxDetector } from '../../../../src/filters/detectors/onnx/index.ts'
import { writeNameModel } from '../../../support/models/name-model.ts'

const directory = writeNameModel()
t.teardown(() => rmSync(directory, { recursive: true }))

const options: OnnxOptions = {
  id: 'names',
  directory,
  labels: {},
  minScore: 0.5,
  budgetMs: 20_000,
  threads: 1
}

const segment = (text: string, kind: LeafKind = 'text'): Segment => ({ kind, text, label: '' })

async function found(texts: readonly Segment[], changed: Partial<OnnxOptions> = {}) {
  const detector = await openOnnxDetector({ ...options, ...changed })
  try {
    const findings = await detector.find(texts)
    return findings.map((list, at) =>
      list.map(({ start, end, type }) => `${type} ${texts[at]?.text.slice(start, end)}`)
    )
  } finally {
    await detector.close()
  }
}

t.test('finds what the model labels, with offsets of the text', async t => {
  const texts = [
    'Petra Muster wohnt in Bremen.',
    '',
    'Ümit 😀 (Ada)\n\nund Petra',
    'nichts davon',
    'Messe Bremen'
  ]
  t.strictSame(await found(texts.map(text => segment(text))), [
    ['PERSON Petra Muster', 'LOCATION Bremen'],
    [],
    ['PERSON Ada', 'PERSON Petra'],
    [],
    ['LOCATION Bremen']
  ])
})

t.test('labels, scores and kinds of leaf are what the operator and the request say', async t => {
  const text = 'Petra Muster, Messe Bremen'
  t.strictSame(await found([segment(text)], { labels: { MISC: 'EVENT' } }), [['EVENT Messe']])
  t.strictSame(await found([segment(text)], { minScore: 0.99 }), [[]])
  t.strictSame(await found([segment('Petra', 'key'), segment('Petra', 'number'), segment('Petra', 'json')]), [
    [],
    [],
    ['PERSON Petra']
  ])
})

t.test('long texts are read in windows, many requests share batches', async t => {
  const detector = await openOnnxDetector(options)
  t.teardown(() => detector.close())
  const text = 'in wohnt und Petra Muster und in Bremen '.repeat(400)
  const requests = Array.from({ length: 40 }, (_, at) => segment(text.slice(0, 40 * (1 + at * 10))))
  const all = await Promise.all(requests.map(request => detector.find([request])))
  all.forEach((findings, at) => t.equal(findings[0]?.length, 2 * (1 + at * 10), `request ${at}`))
})

t.test('what takes too long or is too much refuses', async t => {
  const slow = await openOnnxDetector({ ...options, budgetMs: 1 })
  t.teardown(() => slow.close())
  const large = segment('Petra in Bremen '.repeat(30_000))
  await t.rejects(slow.find([large]), { code: 'SCHLEUSE_DETECTOR_FAILED', statusCode: 503 })
  const detector = await openOnnxDetector(options)
  t.teardown(() => detector.close())
  await t.rejects(detector.find([segment('x'.repeat(1_000_001))]), { code: 'SCHLEUSE_DETECTOR_FAILED' })
})

t.test('closing refuses what is under way and what comes after', async t => {
  const detector = await openOnnxDetector(options)
  const underWay = t.rejects(detector.find([segment('Petra '.repeat(100_000))]), {
    code: 'SCHLEUSE_DETECTOR_FAILED'
  })
  await detector.close()
  await underWay
  await t.rejects(detector.find([segment('Petra')]), { code: 'SCHLEUSE_DETECTOR_FAILED' })
})

t.test('a folder that holds no usable model says what is missing', async t => {
  const broken = writeNameModel()
  t.teardown(() => rmSync(broken, { recursive: true }))
  const open = () => openOnnxDetector({ ...options, directory: broken })
  writeFileSync(join(broken, 'model.onnx'), 'no model')
  await t.rejects(open(), { name: 'ModelDirError' })
  writeFileSync(join(broken, 'config.json'), '{"id2label":{"0":"O","2":"B-PER"}}')
  await t.rejects(open(), /id2label/)
  writeFileSync(join(broken, 'tokenizer.json'), '[')
  await t.rejects(open(), /tokenizer.json can't be read as JSON/)
  rmSync(join(broken, 'model.onnx'))
  await t.rejects(open(), /holds none of model.onnx/)
})

t.test('the version tells models and settings apart', async t => {
  const version = async (changed: Partial<OnnxOptions>): Promise<string> => {
    const detector = await openOnnxDetector({ ...options, ...changed })
    await detector.close()
    return detector.version
  }
  const same = await version({})
  t.equal(await version({}), same)
  t.not(await version({ minScore: 0.6 }), same)
})
