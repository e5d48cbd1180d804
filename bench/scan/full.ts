import type { Analyzer } from '../../src/filters/analyzer.ts'
import type { Figure } from '../support/figures.ts'
import { makeText } from './texts.ts'
import { fast, figureOf, time } from './timing.ts'

const SIZE = 65_536
const PROMPT = 2048

/** The analyzer as figures of the rules alone need it: without the tagger. */
export function rulesOf(analyzer: Analyzer): Analyzer {
  return {
    ...analyzer,
    analyze: (segments, options) => analyzer.analyze(segments, { ...options, quick: true })
  }
}

/** Everything on, the tagger too: against a bare loop at 64 KB of mail, and prompts of 2 KB, each another one. */
export function measureFull(analyzer: Analyzer, quick: boolean): Figure[] {
  let sink = 0
  const scan = (text: string): void => {
    sink ^= analyzer.analyze([{ kind: 'text', text, label: '' }])[0]?.length ?? 0
  }
  const loop = (text: string): void => {
    let sum = 0
    for (let i = 0; i < text.length; i++) sum = (sum + text.charCodeAt(i)) | 0
    sink ^= sum
  }
  const figures = (['de', 'en'] as const).flatMap(kind => {
    const texts = Array.from({ length: 4 }, (_, i) => makeText(kind, SIZE, i + 50))
    if ((analyzer.analyze([{ kind: 'text', text: texts[0] ?? '', label: '' }])[0]?.length ?? 0) < 50)
      throw new Error('the text is not found to hold names and numbers')
    for (const text of texts) time(scan, text, 100)
    const loops: number[] = []
    const scans: number[] = []
    for (let round = 0; round < (quick ? 40 : 200); round++) {
      const text = texts[round % texts.length] ?? ''
      loops.push(time(loop, text, 0.3))
      scans.push(time(scan, text, 0.3))
    }
    const ratios = scans.map((micros, i) => (loops[i] ?? Number.NaN) / micros)
    const speeds = scans.map(micros => SIZE / micros)
    return [
      figureOf(`scan.full_vs_charcode_loop_${kind}_64k`, fast(loops) / fast(scans), '×', ratios),
      figureOf(`scan.full_mbps_${kind}_64k`, SIZE / fast(scans), 'MB/s', speeds)
    ]
  })
  const prompts = Array.from({ length: 200 }, (_, i) => makeText(i % 2 === 0 ? 'de' : 'en', PROMPT, i + 500))
  const times = Array.from({ length: quick ? 3 : 10 }, () =>
    prompts.map(prompt => time(scan, prompt, 0) / 1000)
  )
  const all = times.flat().sort((a, b) => a - b)
  if (sink === 1) console.error('the loops ran')
  return [...figures, figureOf('scan.prompt_2k_p50_ms', all[all.length >> 1] ?? Number.NaN, 'ms', all)]
}
