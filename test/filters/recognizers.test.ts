import t from 'tap'
import { buildAnalyzer, entityTypes } from '../../src/filters/analyzer.ts'
import { allRecognizers } from '../../src/filters/recognizers/index.ts'

const everywhere = [...new Set(allRecognizers.flatMap(recognizer => recognizer.countries ?? []))]
const analyzer = buildAnalyzer({ countries: everywhere })

t.test('ids and types keep to their form and ids are unique', async t => {
  const ids = allRecognizers.map(recognizer => recognizer.id)
  t.equal(new Set(ids).size, ids.length)
  for (const id of ids) t.match(id, /^[a-z0-9]+(-[a-z0-9]+)*$/)
  for (const type of entityTypes) {
    t.match(type, /^[A-Z]+(_[A-Z]+)*$/)
    t.ok(type.length <= 24, type)
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
      const found = analyze(match.text, match.label ?? '')
      const surfaces = found
        .filter(finding => finding.type === type)
        .map(({ start, end }) => match.text.slice(start, end))
      t.ok(surfaces.includes(match.found ?? match.text), `${match.text} → ${JSON.stringify(surfaces)}`)
    }
    for (const example of recognizer.examples.noMatch) {
      const noMatch = typeof example === 'string' ? { text: example } : example
      const found = analyze(noMatch.text, noMatch.label ?? '').filter(
        finding => finding.recognizer === recognizer.id
      )
      t.same(found, [], noMatch.text)
    }
  })
}

function analyze(text: string, label: string) {
  return analyzer.analyze([{ kind: 'text', text, label }])[0] ?? []
}
