import t from 'tap'
import { measureClone } from '../../../bench/accuracy/clone.ts'
import { type Analyzer, buildAnalyzerOf } from '../../../src/filters/analyzer.ts'

const blind = buildAnalyzerOf([])

/** Reports a person in every text, and hands the texts on. */
function finding(type: string, seen: string[] = []): Analyzer {
  return {
    ...blind,
    analyze: segments =>
      segments.map(({ text }) => {
        seen.push(text)
        return [{ start: 0, end: 1, type, score: 1, recognizer: 'x' }]
      })
  }
}

const isTables = (set: string): boolean => set === 'clone_tables'

t.test('alarms are counted by 10,000 words; what policy keeps is none', async t => {
  const alarms = 'accuracy.clone_tables.alarms_per_10k_words'
  const seen: string[] = []
  const found = measureClone(finding('PERSON', seen), 0, isTables)
  const words = found['accuracy.clone_tables.words'] ?? 0
  t.ok(words > 10_000)
  t.equal(found[alarms], (seen.length / words) * 10_000)
  t.equal(measureClone(finding('LOCATION'), 0, isTables)[alarms], 0)
})

t.test('only the sets asked for are read', async t => {
  t.strictSame(
    measureClone(blind, 0, () => false),
    {}
  )
})

t.test('a clone reads the same texts each time, without the lines that name people', async t => {
  const first: string[] = []
  const second: string[] = []
  const isLicence = (set: string): boolean => set === 'clone_licence'
  measureClone(finding('PERSON', first), 0, isLicence)
  measureClone(finding('PERSON', second), 0, isLicence)
  t.strictSame(first, second)
  t.ok(first.length > 10)
  for (const text of first) t.notMatch(text, /copyright/i)
})
