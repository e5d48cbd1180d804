import type { Analyzer } from '../../src/filters/analyzer.ts'
import { allRecognizers } from '../../src/filters/recognizers/index.ts'
import type { Recognizer } from '../../src/filters/recognizer.ts'
import { compileFormat } from '../../src/filters/recognizers/secrets/format.ts'
import { allSecretRules } from '../../src/filters/recognizers/secrets/index.ts'
import { type Figure, toFigure } from '../support/figures.ts'
import { randomOf } from './texts.ts'
import { secondsOf } from './timing.ts'

const SMALL = 102_400
const MEDIUM = 1_048_576
const LARGE = 4_194_304
/** The unit of each recognizer is chosen among all on texts of this length. */
const PROBE = 24_576
/** How many of the slowest recognizers are also tried at 4 MB. */
const LARGE_COUNT = 24

/** What loops and tables like least, of no recognizer's own. */
const general =
  '@|:|1|1 |0|(|+|-|a@|a.|1.1.|::|A1|a1b2|"|\\n|\n|Herr |Aa |+49|00|key=|"key":|token |://a:|=" == |<a>|{"|%41|&#97;|=41|YWFh|\u200b'

/** Behind an example: patterns that can divide it in many ways take long to give up. */
const longRun = `${'A1b2'.repeat(24)}_`

interface Unit {
  readonly recognizer: string
  readonly text: string
}

/** Hostile texts made from what each recognizer looks for: its anchors, context words, examples and formats, whole and cut. */
function unitsOf(recognizer: Recognizer): string[] {
  const units = new Set<string>()
  for (const { text } of recognizer.anchors ?? [])
    units.add(text).add(`${text} `).add(`${text}=`).add(`${text}"a`)
  for (const word of recognizer.context ?? []) units.add(`${word} 1 `)
  for (const example of recognizer.examples.match) {
    const text = typeof example === 'string' ? example : example.text
    units
      .add(text)
      .add(`${text} `)
      .add(text.slice(0, -1))
      .add(text.slice(0, Math.ceil(text.length / 2)))
      .add(`${text}${longRun}`)
  }
  const rule = allSecretRules.find(({ id }) => id === recognizer.id)
  if (rule !== undefined) {
    const sample = compileFormat(rule.format).sample(randomOf(7))
    units.add(sample).add(`${sample}-`).add(sample.slice(0, -1)).add(sample.slice(0, 9))
  }
  return [...units].filter(unit => unit !== '')
}

function repeated(unit: string, length: number): string {
  // Through a buffer: a flat string, as JSON.parse makes it.
  return Buffer.from(unit.repeat(Math.ceil(length / unit.length)).slice(0, length)).toString()
}

/** Seconds for one text, the least of `tries`. */
function seconds(analyzer: Analyzer, text: string, tries: number): number {
  let least = Number.POSITIVE_INFINITY
  for (let i = 0; i < tries; i++) {
    const run = (): void => void analyzer.analyze([{ kind: 'text', text, label: '' }])
    least = Math.min(least, secondsOf(run))
  }
  return least
}

/** The slowest unit of each recognizer, slowest first. */
function worstUnits(analyzer: Analyzer): (Unit & { readonly speed: number })[] {
  const worst: (Unit & { readonly speed: number })[] = []
  for (const recognizer of [{ id: 'general' }, ...allRecognizers]) {
    const units = 'types' in recognizer ? unitsOf(recognizer) : general.split('|')
    let slowest = { recognizer: recognizer.id, text: '', speed: Number.POSITIVE_INFINITY }
    for (const text of units) {
      const probe = repeated(text, PROBE)
      let speed = PROBE / 1e6 / seconds(analyzer, probe, 1)
      // Believed only when it stays: the first run of new code is slow.
      if (speed < slowest.speed) speed = PROBE / 1e6 / seconds(analyzer, probe, 2)
      if (speed < slowest.speed) slowest = { recognizer: recognizer.id, text, speed }
    }
    worst.push(slowest)
  }
  return worst.sort((a, b) => a.speed - b.speed)
}

/** Growth of time over growth of length; tried again before it is believed, since a collection of garbage may fall into it. */
function growth(
  analyzer: Analyzer,
  unit: string,
  from: number,
  to: number
): { ratio: number; speed: number } {
  let ratio = Number.POSITIVE_INFINITY
  let speed = 0
  for (let i = 0; i < 4 && ratio > 1.2; i++) {
    const short = seconds(analyzer, repeated(unit, from), from === SMALL ? 3 : 1)
    const long = seconds(analyzer, repeated(unit, to), 1)
    ratio = Math.min(ratio, long / short / (to / from))
    speed = Math.max(speed, to / 1e6 / long)
  }
  return { ratio, speed }
}

/**
 * `scan.adversarial_growth_max`: worst growth of time against growth of length over all recognizers, each with its slowest
 * unit from 100 KB to 1 MB, the slowest of them on to 4 MB; `scan.adversarial_mbps_min`: the slowest at 1 MB, CPU time.
 */
export function measureAdversarial(analyzer: Analyzer, quick: boolean): Figure[] {
  const units = worstUnits(analyzer).filter(({ text }) => text !== '')
  const ratios: number[] = []
  const speeds: number[] = []
  for (const [place, unit] of (quick ? units.slice(0, LARGE_COUNT) : units).entries()) {
    const medium = growth(analyzer, unit.text, SMALL, MEDIUM)
    const large = place < LARGE_COUNT && !quick ? growth(analyzer, unit.text, MEDIUM, LARGE) : medium
    ratios.push(medium.ratio, large.ratio)
    speeds.push(medium.speed)
    if (place < 8 || medium.speed < 1.5 || Math.max(medium.ratio, large.ratio) > 1.3)
      console.error(
        `${unit.recognizer} ${JSON.stringify(unit.text.slice(0, 40))}: ${medium.speed.toFixed(2)} MB/s, growth ${medium.ratio.toFixed(2)} ${large.ratio.toFixed(2)}`
      )
  }
  return [
    { ...toFigure('scan.adversarial_growth_max', '×', ratios), value: Math.max(...ratios) },
    { ...toFigure('scan.adversarial_mbps_min', 'MB/s', speeds), value: Math.min(...speeds) }
  ]
}
