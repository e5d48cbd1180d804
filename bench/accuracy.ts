/**
 * Accuracy over the labelled corpora in ../shared/data (not part of the project; see its README for licences).
 *
 *   npm run bench:accuracy -- [--json] [--set NAME]… [--show N] [--countries DE,AT]
 *
 * `--show N` prints up to N misses and false alarms of each kind, for work on rules; it prints corpus text.
 */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { buildAnalyzer } from '../src/filters/analyzer.ts'
import { measureLabelled } from './accuracy/labelled.ts'
import { measureRaw } from './accuracy/raw.ts'
import { type Figures, readSet } from './accuracy/read-set.ts'
import { measureRules } from './accuracy/rules.ts'

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    set: { type: 'string', multiple: true },
    show: { type: 'string', default: '0' },
    countries: { type: 'string' }
  }
})

const folder = join(import.meta.dirname, '..', '..', 'shared', 'data')
const suffix = '.dev.jsonl.gz'
const names = readdirSync(folder)
  .filter(name => name.endsWith(suffix))
  .map(name => name.slice(0, -suffix.length))
  .filter(name => values.set?.some(wanted => name.startsWith(wanted)) ?? true)

const analyzer = buildAnalyzer(
  values.countries === undefined ? {} : { countries: values.countries.split(',') }
)
const show = Number(values.show)
const figures: Figures = {}
for (const name of names) {
  const items = readSet(join(folder, name + suffix))
  const measure = name.startsWith('rules_')
    ? measureRules
    : name.startsWith('raw_')
      ? measureRaw
      : measureLabelled
  Object.assign(figures, measure(name, items, analyzer, show))
}

if (values.json) console.log(JSON.stringify(figures))
else printTable(figures)

/** One line for each set and type, figures side by side. */
function printTable(figures: Figures): void {
  const lines = new Map<string, string[]>()
  for (const [key, value] of Object.entries(figures)) {
    const cut = key.lastIndexOf('.')
    const cells = lines.get(key.slice(0, cut)) ?? []
    lines.set(key.slice(0, cut), [...cells, `${key.slice(cut + 1)} ${Math.round(value * 1000) / 1000}`])
  }
  for (const [name, cells] of lines)
    console.log(`${name.slice('accuracy.'.length).padEnd(44)} ${cells.join('  ')}`)
}
