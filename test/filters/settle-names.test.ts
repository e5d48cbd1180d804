import t from 'tap'
import type { RawFinding } from '../../src/filters/scanner/scan.ts'
import { settleNames } from '../../src/filters/settle-names.ts'

const TAGGER = 7

function finding(type: string, start: number, end: number, recognizer = 1, score = 0.8): RawFinding {
  return { type, start, end, recognizer, score }
}

function spans(found: readonly RawFinding[]): string[] {
  return found.map(({ type, start, end }) => `${type} ${start}-${end}`)
}

t.test('a person seen by a rule and, longer, by the tagger is one', async t => {
  t.same(spans(settleNames([finding('PERSON', 7, 11), finding('PERSON', 7, 17, TAGGER, 0.6)], TAGGER)), [
    'PERSON 7-17'
  ])
})

t.test('an address takes the street that looks like a name, and leaves the name before it', async t => {
  const street = finding('ADDRESS', 0, 20)
  t.same(spans(settleNames([street, finding('PERSON', 4, 20, TAGGER)], TAGGER)), ['ADDRESS 0-20'])
  const further = finding('ADDRESS', 15, 40)
  t.same(spans(settleNames([further, finding('PERSON', 0, 26, TAGGER)], TAGGER)), [
    'PERSON 0-15',
    'ADDRESS 15-40'
  ])
  t.same(spans(settleNames([street, finding('PERSON', 10, 32, TAGGER)], TAGGER)), [
    'ADDRESS 0-20',
    'PERSON 20-32'
  ])
})

t.test('places and companies give way to whatever counts', async t => {
  const address = finding('ADDRESS', 5, 20)
  t.same(spans(settleNames([address, finding('LOCATION', 15, 30, TAGGER)], TAGGER)), ['ADDRESS 5-20'])
  const weak = finding('ADDRESS', 5, 20, 1, 0.3)
  t.same(spans(settleNames([weak, finding('LOCATION', 15, 30, TAGGER)], TAGGER)), [
    'ADDRESS 5-20',
    'LOCATION 15-30'
  ])
})

t.test('findings without the tagger stay as they are', async t => {
  const found = [finding('PERSON', 4, 9), finding('PERSON', 0, 6)]
  t.equal(settleNames(found, TAGGER), found)
})
