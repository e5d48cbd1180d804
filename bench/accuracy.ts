/**
 * Accuracy over the labelled corpora in ../shared/data (not part of the project; see its README for licences)
 * over prompts of our own (`accuracy/prompts`, set `prompts`) and over the code, READMEs, licences and tables that every
 * clone has (sets `clone_…`).
 *
 *   npm run bench:accuracy -- [--json] [--set NAME]… [--show N] [--countries DE,AT] [--check] [--scores] [--record]
 *
 * `--check` reads a few sets and fails where a figure is beyond its floor or ceiling (`accuracy/floors.ts`).
 * `--record` saves `record/<arch>/<date>-accuracy.json` with the sets that were read.
 * `--scores` prints, by type and score, how many findings are right: what thresholds are set by.
 * `--show N` prints up to N misses and false alarms of each kind, for work on rules; it prints corpus text.
 */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { buildAnalyzer } from '../src/filters/analyzer.ts'
import { measureClone } from './accuracy/clone.ts'
import { measureCredentials } from './accuracy/credentials.ts'
import { ceilings, checkedSets, floors } from './accuracy/floors.ts'
import { measureLabelled } from './accuracy/labelled.ts'
import { measurePrompts } from './accuracy/prompts.ts'
import { measureRaw } from './accuracy/raw.ts'
import { type Figures, readSet } from './accuracy/read-set.ts'
import { measureRules } from './accuracy/rules.ts'
import { countScores, printScores, type ScoreTable } from './accuracy/scores.ts'
import { shippedAnalyzer } from './accuracy/shipped.ts'
import { type Figure, saveRecord } from './support/figures.ts'
import { SHARED } from './support/shared.ts'

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    set: { type: 'string', multiple: true },
    show: { type: 'string', default: '0' },
    countries: { type: 'string' },
    check: { type: 'boolean', default: false },
    scores: { type: 'boolean', default: false },
    record: { type: 'boolean', default: false }
  }
})

const folder = join(SHARED, 'data')
const suffix = '.dev.jsonl.gz'
const names = readdirSync(folder)
  .filter(name => name.endsWith(suffix))
  .map(name => name.slice(0, -suffix.length))
  .filter(name => {
    if (values.check) return checkedSets.includes(name)
    return values.set?.some(wanted => name.startsWith(wanted)) ?? true
  })

/** Of the two thousand rules in sets of rules only the sum is kept. */
const isSingleRule = /^accuracy\.rules_\w+\..+\./

const options = values.countries === undefined ? {} : { countries: values.countries.split(',') }
// Scores are counted below the thresholds too: that is how these are set.
const analyzer = values.scores ? buildAnalyzer(options) : shippedAnalyzer(options)
const show = Number(values.show)
const figures: Figures = {}
const scores: ScoreTable = new Map()
const isAsked = (set: string): boolean =>
  !values.scores && (values.check || (values.set?.some(wanted => set.startsWith(wanted)) ?? true))
if (isAsked('prompts')) Object.assign(figures, measurePrompts(analyzer, show))
Object.assign(figures, measureClone(analyzer, show, isAsked))
for (const name of names) {
  const items = readSet(join(folder, name + suffix))
  if (values.scores) {
    if (!/^(?:rules|raw)_/.test(name)) countScores(scores, items, analyzer)
    continue
  }
  const measure = name.startsWith('rules_')
    ? measureRules
    : name.startsWith('raw_')
      ? measureRaw
      : measureLabelled
  Object.assign(figures, measure(name, items, analyzer, show))
  if (items.some(item => item.neg_spans !== undefined))
    Object.assign(figures, measureCredentials(name, items, analyzer))
}

if (values.record) {
  const kept = Object.entries(figures).filter(([figure]) => !isSingleRule.test(figure))
  saveRecord('accuracy', kept.map(toLine), { sets: names })
}
if (values.scores) printScores(scores)
else if (values.check) process.exitCode = check(figures) ? 0 : 1
else if (values.json) {
  for (const [figure, value] of Object.entries(figures)) console.log(JSON.stringify({ figure, value }))
} else printTable(figures)

/** One reading: the same code finds the same in the same text. */
function toLine([figure, value]: [string, number]): Figure {
  return { figure, value, unit: 'share', n: 1, min: value, max: value }
}

/** Prints the figures that are held to something; false when one is beyond it. */
function check(figures: Figures): boolean {
  let passes = true
  const hold = (figure: string, limit: number, isFloor: boolean): void => {
    const value = figures[figure] ?? Number.NaN
    const holds = isFloor ? value >= limit : value <= limit
    passes &&= holds
    console.log(`${holds ? 'ok  ' : 'FAIL'} ${figure} ${value.toFixed(3)} ${isFloor ? '>=' : '<='} ${limit}`)
  }
  for (const [figure, limit] of Object.entries(floors)) hold(figure, limit, true)
  for (const [figure, limit] of Object.entries(ceilings)) hold(figure, limit, false)
  return passes
}

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
