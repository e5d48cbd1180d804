import t from 'tap'
import type { RawFinding } from '../../src/filters/scanner/scan.ts'
import { settleNames } from '../../src/filters/settle-names.ts'

const TAGGER = 7
const TEXT = 'a'.repeat(64)

function finding(type: string, start: number, end: number, recognizer = 1, score = 0.8): RawFinding {
  return { type, start, end, recognizer, score }
}

function spans(found: readonly RawFinding[]): string[] {
  return found.map(({ type, start, end }) => `${type} ${start}-${end}`)
}

t.test('a person seen by a rule and, longer, by the tagger is one', async t => {
  t.same(
    spans(settleNames([finding('PERSON', 7, 11), finding('PERSON', 7, 17, TAGGER, 0.6)], TAGGER, TEXT)),
    ['PERSON 7-17']
  )
})

t.test('an address takes the street that looks like a name, and leaves the name before it', async t => {
  const street = finding('ADDRESS', 0, 20)
  t.same(spans(settleNames([street, finding('PERSON', 4, 20, TAGGER)], TAGGER, TEXT)), ['ADDRESS 0-20'])
  const further = finding('ADDRESS', 15, 40)
  t.same(spans(settleNames([further, finding('PERSON', 0, 26, TAGGER)], TAGGER, TEXT)), [
    'PERSON 0-15',
    'ADDRESS 15-40'
  ])
  t.same(spans(settleNames([street, finding('PERSON', 10, 32, TAGGER)], TAGGER, TEXT)), [
    'ADDRESS 0-20',
    'PERSON 20-32'
  ])
})

t.test('a person goes on to be one beside what the tagger took along', async t => {
  const text = 'Frau Anna Weber (anna.weber@kanzlei.de) ist krank'
  const rule = finding('PERSON', 5, 15, 1, 0.9)
  const mail = finding('EMAIL', 17, 38, 2, 0.98)
  const wide = finding('PERSON', 5, 27, TAGGER, 0.67)
  t.same(spans(settleNames([rule, mail, wide], TAGGER, text)), ['PERSON 5-15', 'EMAIL 17-38'])
  t.same(spans(settleNames([mail, finding('PERSON', 5, 24, TAGGER)], TAGGER, text)), [
    'PERSON 5-15',
    'EMAIL 17-38'
  ])
  const inside = finding('PERSON', 17, 27, TAGGER)
  t.same(spans(settleNames([mail, inside], TAGGER, text)), ['EMAIL 17-38'], 'a name in a mail address')
})

t.test('places and companies give way to whatever counts', async t => {
  const address = finding('ADDRESS', 5, 20)
  t.same(spans(settleNames([address, finding('LOCATION', 15, 30, TAGGER)], TAGGER, TEXT)), ['ADDRESS 5-20'])
  const weak = finding('ADDRESS', 5, 20, 1, 0.3)
  t.same(spans(settleNames([weak, finding('LOCATION', 15, 30, TAGGER)], TAGGER, TEXT)), [
    'ADDRESS 5-20',
    'LOCATION 15-30'
  ])
})

t.test('findings without the tagger stay as they are', async t => {
  const found = [finding('PERSON', 4, 9), finding('PERSON', 0, 6)]
  t.equal(settleNames(found, TAGGER, TEXT), found)
})
