import t from 'tap'
import { buildAnalyzer } from '../../src/filters/analyzer.ts'
import { checkText } from './fuzz/check.ts'
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
