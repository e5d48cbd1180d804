import t from 'tap'
import { buildAnalyzer } from '../../src/filters/analyzer.ts'
import { checkText } from './fuzz/check.ts'
import { allPieces, piecesOf } from './fuzz/pieces.ts'
import { fuzzText } from './fuzz/texts.ts'

/** `npm run fuzz` checks a million; this many keep the check itself in order. */
const COUNT = 1500

t.test('random and mutated texts: findings valid and apart, what was replaced comes back', async t => {
  const analyzer = buildAnalyzer()
  let findings = 0
  for (let seed = 1; seed <= COUNT; seed++) {
    const text = fuzzText(seed)
    try {
      findings += checkText(analyzer, text)
    } catch (error) {
      t.fail(`seed ${seed}: ${String(error)}`, { text })
    }
  }
  t.ok(findings > COUNT / 2, `${findings} findings`)
})

t.test('texts are made of what each recognizer reads, and of what stands between its words', async t => {
  t.ok(piecesOf.every(({ parts, joints }) => parts.length > 0 && joints.length > 1))
  for (const joint of [' ./. ', '://', '@', '": "', '- ']) t.ok(allPieces.joints.includes(joint), joint)
  for (const part of ['./.', 'IBAN', 'Müller', 'DE89370400440532013000', 'steuerliche Nummer'])
    t.ok(allPieces.parts.includes(part), part)
  const texts = Array.from({ length: COUNT }, (_, seed) => fuzzText(seed))
  t.ok(texts.some(text => text.includes('./.')))
  t.equal(fuzzText(7), fuzzText(7))
})
