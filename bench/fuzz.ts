/**
 * Findings, replacing and restoring on random and mutated texts (`test/filters/fuzz/`), recognizers of all countries on: nothing
 * throws, no text takes long or for ever, findings are valid and apart, what was replaced comes back, as text, in a stream and in JSON.
 *
 *   npm run fuzz -- [--count 1000000] [--from 1] [--record]
 *
 * Stops at the tenth seed that fails; `--from SEED --count 1` repeats one.
 */
import { parseArgs } from 'node:util'
import { fuzzText } from '../test/filters/fuzz/texts.ts'
import { watch } from './fuzz/watch.ts'
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
const { findings, chars, failures } = await watch(from, from + count, texts => {
  if (texts % 50_000 < 10_000) console.error(`${texts} texts`)
})
for (const { seed, error } of failures) console.log(JSON.stringify({ seed, error, text: fuzzText(seed) }))

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
  figure('failures', failures.length)
]
for (const line of figures) console.log(JSON.stringify(line))
if (values.record) saveRecord('fuzz', figures, { firstSeed: from })
process.exitCode = failures.length === 0 ? 0 : 1
