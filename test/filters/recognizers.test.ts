import t from 'tap'
import { type Analyzer, buildAnalyzer, buildAnalyzerOf, entityTypes } from '../../src/filters/analyzer.ts'
import type { Recognizer } from '../../src/filters/recognizer.ts'
import { allRecognizers } from '../../src/filters/recognizers/index.ts'

const analyzer = buildAnalyzer()
/** Numbers of no country that may be taken for a national one. Few, so that an analyzer per country is built at once. */
const general = new Set(['card', 'iban', 'imei', 'ip', 'phone'])
const analyzers = new Map<string, Analyzer>()

/** A country's numbers are tried beside those of no other: two countries may give the same number. */
function analyzerFor(countries: readonly string[] | undefined): Analyzer {
  if (countries === undefined) return analyzer
  const key = countries.join()
  const known = analyzers.get(key)
  if (known !== undefined) return known
  const made = buildAnalyzerOf(
    allRecognizers.filter(
      other => other.countries?.some(country => countries.includes(country)) ?? general.has(other.id)
    )
  )
  analyzers.set(key, made)
  return made
}

t.test('ids and types keep to their form and ids are unique', async t => {
  const ids = allRecognizers.map(recognizer => recognizer.id)
  t.equal(new Set(ids).size, ids.length)
  for (const id of ids) t.match(id, /^[a-z0-9]+(-[a-z0-9]+)*$/)
  for (const type of entityTypes) {
    t.match(type, /^[A-Z]+(_[A-Z]+)*$/)
    t.ok(type.length <= 24, type)
  }
})

t.test('a form reports nothing below the default threshold, and a name never lowers its score', async t => {
  for (const recognizer of allRecognizers) {
    for (const { mask, score, contextScore = 0.95, check } of recognizer.forms ?? []) {
      t.ok(score === 0 || score >= 0.5, `${recognizer.id} ${mask}: ${score}`)
      t.ok(contextScore >= Math.max(0.5, score), `${recognizer.id} ${mask}: ${contextScore} with a name`)
      t.ok(check !== undefined || score <= 0.6, `${recognizer.id} ${mask}: nothing checks it`)
    }
  }
})

for (const recognizer of allRecognizers) {
  t.test(`${recognizer.id} finds its examples, and nothing in its counter-examples`, async t => {
    t.ok(recognizer.examples.match.length > 0, 'has examples')
    t.ok(recognizer.examples.noMatch.length > 0, 'has counter-examples')
    t.ok(recognizer.source.length > 0, 'names its source')
    for (const example of recognizer.examples.match) {
      const match = typeof example === 'string' ? { text: example } : example
      const type = match.type ?? recognizer.types[0]
      const found = analyze(recognizer, match.text, match.label ?? '')
      const surfaces = found
        .filter(finding => finding.type === type)
        .map(({ start, end }) => match.text.slice(start, end))
      t.ok(surfaces.includes(match.found ?? match.text), `${match.text} → ${JSON.stringify(surfaces)}`)
    }
    for (const example of recognizer.examples.noMatch) {
      const noMatch = typeof example === 'string' ? { text: example } : example
      const found = analyze(recognizer, noMatch.text, noMatch.label ?? '').filter(
        finding => finding.recognizer === recognizer.id
      )
      t.same(found, [], noMatch.text)
    }
  })
}

/** Rules alone, but for recognizers that a quick look leaves out. */
function analyze(recognizer: Recognizer, text: string, label: string) {
  const quick = recognizer.costly !== true
  return analyzerFor(recognizer.countries).analyze([{ kind: 'text', text, label }], { quick })[0] ?? []
}
