import type { Analyzer } from '../../src/filters/analyzer.ts'
import { allRecognizers } from '../../src/filters/recognizers/index.ts'

const sizes = [102_400, 1_048_576, 4_194_304]

/** Hostile texts: every anchor and every example repeated without end, and what loops like least. */
function hostileUnits(): string[] {
  const units = new Set([
    '@',
    ':',
    '1',
    '1 ',
    '0',
    '(',
    '+',
    '-',
    'a@',
    'a.',
    '1.1.',
    '::',
    'A1',
    'a1b2',
    '"',
    '\\n',
    'Herr ',
    'Aa ',
    '+49',
    '00'
  ])
  for (const recognizer of allRecognizers) {
    for (const anchor of recognizer.anchors ?? []) units.add(anchor.text).add(`${anchor.text} `)
    for (const word of recognizer.context ?? []) units.add(`${word} 1 `)
    for (const example of recognizer.examples.match) {
      const text = typeof example === 'string' ? example : example.text
      units.add(`${text} `).add(text.slice(0, -1))
    }
  }
  return [...units]
}

function seconds(analyzer: Analyzer, text: string): number {
  const start = performance.now()
  analyzer.analyze([{ kind: 'text', text, label: '' }])
  return (performance.now() - start) / 1000
}

/**
 * `scan.adversarial_growth_max`: worst growth of time against growth of length, from 100 KB to 4 MB, over all units;
 * `scan.adversarial_mbps_min`: slowest unit at 4 MB.
 */
export function measureAdversarial(analyzer: Analyzer, quick: boolean): Record<string, number> {
  let growth = 0
  let slowest = Number.POSITIVE_INFINITY
  let worst = ''
  const all = hostileUnits()
  const units = quick ? all.filter((_, i) => i % 10 === 0) : all
  for (const unit of units) {
    const [small, medium, large] = sizes.map(size =>
      unit.repeat(Math.ceil(size / unit.length)).slice(0, size)
    )
    if (small === undefined || medium === undefined || large === undefined) continue
    const first = Math.min(seconds(analyzer, small), seconds(analyzer, small), seconds(analyzer, small))
    const second = Math.min(seconds(analyzer, medium), seconds(analyzer, medium))
    const third = quick ? second * 4 : seconds(analyzer, large)
    const ratios = [
      second / first / (medium.length / small.length),
      third / second / (large.length / medium.length)
    ]
    growth = Math.max(growth, ...ratios)
    const speed = medium.length / 1e6 / second
    if (speed < slowest) {
      slowest = speed
      worst = unit
    }
  }
  console.error(`slowest hostile unit: ${JSON.stringify(worst.slice(0, 60))}`)
  return {
    'scan.adversarial_growth_max': growth,
    'scan.adversarial_mbps_min': slowest,
    'scan.adversarial_units': units.length
  }
}
