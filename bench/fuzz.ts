/**
 * Findings, replacing and restoring on random and mutated texts (`test/filters/fuzz/`): nothing throws, findings are valid
 * and apart, what was replaced comes back, as text, in a stream and in JSON.
 *
 *   npm run fuzz -- [--count 1000000] [--from 1] [--record]
 *
 * Stops at the tenth seed that fails; `--from SEED --count 1` repeats one.
 */
import { parseArgs } from 'node:util'
import { buildAnalyzer } from '../src/filters/analyzer.ts'
import { checkText } from '../test/filters/fuzz/check.ts'
import { fuzzText } from '../test/filters/fuzz/texts.ts'
import { saveRecord } from './support/figures.ts'

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '1000000' },
    from: { type: 'string', default: '1' },
    record: { type: 'boolean', default: false }
  }
})

const count = Number(values.count)
const from = Number(values.from)
const analyzer = buildAnalyzer()
let findings = 0
let chars = 0
let failures = 0
for (let seed = from; seed < from + count && failures < 10; seed++) {
  const text = fuzzText(seed)
  chars += text.length
  try {
    findings += checkText(analyzer, text)
  } catch (error) {
    failures++
    console.log(JSON.stringify({ seed, error: String(error), text }))
  }
  if ((seed - from) % 50_000 === 49_999) console.error(`${seed - from + 1} texts, ${findings} findings`)
}

const figure = (name: string, value: number) => ({
  figure: `fuzz.${name}`,
  value,
  unit: 'count',
  n: 1,
  min: value,
  max: value
})
const figures = [
  figure('texts', count),
  figure('chars', chars),
  figure('findings', findings),
  figure('failures', failures)
]
for (const line of figures) console.log(JSON.stringify(line))
if (values.record) saveRecord('fuzz', figures, { firstSeed: from })
process.exitCode = failures === 0 ? 0 : 1
