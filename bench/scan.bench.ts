/**
 * Speed of scanning, one thread: all recognizers, validators and overlaps at 300 B, 4 KB, 64 KB and 1 MB of German and English
 * mail, source code and JSON, interleaved in the same run with a bare `charCodeAt` loop, the same rules one by one as plain
 * regular expressions, and secretlint where it is installed; prompts of 2 KB; growth and speed on hostile text. `scan.rules_…` are the
 * rules alone, `scan.full_…` with the tagger.
 *
 *   npm run bench:scan -- [--json] [--quick] [--no-adversarial] [--record]
 */
import { parseArgs } from 'node:util'
import { buildAnalyzer } from '../src/filters/analyzer.ts'
import { measureFull, rulesOf } from './scan/full.ts'
import { measureAdversarial } from './scan/adversarial.ts'
import { measurePauses, measureResident } from './scan/resident.ts'
import { measurePrompts, measureThroughput } from './scan/throughput.ts'
import { saveRecord, table } from './support/figures.ts'

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    adversarial: { type: 'boolean', default: true },
    record: { type: 'boolean', default: false }
  },
  allowNegative: true
})

const all = buildAnalyzer()
const analyzer = rulesOf(all)
const figures = [
  ...measureFull(all, values.quick),
  ...(await measurePauses(all)),
  ...(await measureResident()),
  ...(await measureThroughput(analyzer, values.quick)),
  ...measurePrompts(analyzer, values.quick),
  ...(values.adversarial ? measureAdversarial(analyzer, values.quick) : [])
]

if (values.json) for (const figure of figures) console.log(JSON.stringify(figure))
else
  console.log(
    table(
      ['figure', 'value', 'unit', 'n', 'min', 'max'],
      figures.map(({ figure, value, unit, n, min, max }) => [figure, value, unit, n, min, max])
    )
  )
if (values.record) saveRecord('scan', figures, { quick: values.quick })
