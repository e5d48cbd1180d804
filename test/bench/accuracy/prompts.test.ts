import t from 'tap'
import { measurePrompts, readPrompts } from '../../../bench/accuracy/prompts.ts'
import { type Analyzer, buildAnalyzerOf } from '../../../src/filters/analyzer.ts'

const prompts = readPrompts()
const blind = buildAnalyzerOf([])

/** Finds each labelled value, as this type. */
function finding(type: string): Analyzer {
  const spansOf = new Map(prompts.map(({ text, spans = [] }) => [text, spans]))
  return {
    ...blind,
    analyze: segments =>
      segments.map(({ text }) =>
        (spansOf.get(text) ?? []).map(({ start, end }) => ({ start, end, type, score: 1, recognizer: 'x' }))
      )
  }
}

t.test('prompts are read with the places of their values', async t => {
  t.ok(prompts.length >= 150)
  for (const { id, text, spans = [] } of prompts) {
    t.notMatch(text, /[⟦⟧]|^---$/mu, id)
    for (const { start, end } of spans) t.match(text.slice(start, end), /^\S(?:.*\S)?$/su, id)
  }
  t.equal(new Set(prompts.map(({ id }) => id)).size, prompts.length)
})

t.test('a value leaks unless something that is not kept covers it', async t => {
  const leaked = 'accuracy.prompts.all.leaked'
  t.equal(measurePrompts(blind, 0)[leaked], 1)
  t.equal(measurePrompts(finding('PERSON'), 0)[leaked], 0)
  t.equal(measurePrompts(finding('ORGANIZATION'), 0)[leaked], 1)
  t.equal(measurePrompts(finding('PERSON'), 0)['accuracy.prompts.all.false_persons_per_10k_words'], 0)
})
