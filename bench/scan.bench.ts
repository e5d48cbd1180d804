/**
 * Speed of scanning, one thread: all recognizers, validators and overlaps against a bare `charCodeAt` loop and the
 * same rules as plain regular expressions, interleaved in one run; growth on hostile text.
 *
 *   npm run bench:scan -- [--json] [--quick]
 */
import { parseArgs } from 'node:util'
import { buildAnalyzer } from '../src/filters/analyzer.ts'
import { measureAdversarial } from './scan/adversarial.ts'
import { plainRules } from './scan/plain-rules.ts'
import { makeText, type TextKind, textKinds } from './scan/texts.ts'

const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, quick: { type: 'boolean', default: false } }
})

const analyzer = buildAnalyzer()
const sizes = { '300': 300, '4k': 4096, '64k': 65_536, '1m': 1_048_576 } as const
const figures: Record<string, number> = {}

/** Kept so that the loop below is not optimised away. */
let sink = 0

function charCodeLoop(text: string): void {
  let sum = 0
  for (let i = 0; i < text.length; i++) sum = (sum + text.charCodeAt(i)) | 0
  sink ^= sum
}

function scanRules(text: string): void {
  const [findings] = analyzer.analyze([{ kind: 'text', text, label: '' }])
  sink ^= findings?.length ?? 0
}

const regexes = plainRules()

function plainRegexes(text: string): void {
  for (const regex of regexes) {
    regex.lastIndex = 0
    while (regex.exec(text) !== null) sink ^= 1
  }
}

/** Microseconds of one run over `text`, mean of as many runs as fill `budgetMs`. */
function time(run: (text: string) => void, text: string, budgetMs: number): number {
  const start = performance.now()
  let runs = 0
  do {
    run(text)
    runs++
  } while (performance.now() - start < budgetMs)
  return ((performance.now() - start) * 1000) / runs
}

function median(list: readonly number[]): number {
  return [...list].sort((a, b) => a - b)[list.length >> 1] ?? 0
}

function measure(kind: TextKind, size: keyof typeof sizes): void {
  const text = makeText(kind, sizes[size])
  const bytes = Buffer.byteLength(text)
  const rounds = values.quick ? 5 : 15
  const scans: number[] = []
  const loops: number[] = []
  for (let round = 0; round < rounds; round++) {
    loops.push(time(charCodeLoop, text, 20))
    scans.push(time(scanRules, text, 40))
  }
  // The medians are of the same run; ratios of pairs would let one disturbed loop count twice.
  figures[`scan.rules_vs_charcode_loop_${kind}_${size}`] = median(loops) / median(scans)
  figures[`scan.rules_mbps_${kind}_${size}`] = bytes / median(scans)
  if (size === '64k') {
    const plain = median([
      time(plainRegexes, text, 0),
      time(plainRegexes, text, 0),
      time(plainRegexes, text, 0)
    ])
    figures[`scan.ratio_vs_plain_regex_${kind}_${size}`] = plain / median(scans)
  }
}

function measurePrompt(): void {
  const prompts = Array.from({ length: 200 }, (_, i) => makeText(i % 2 === 0 ? 'de' : 'en', 2048, i + 10))
  const times: number[] = []
  for (let round = 0; round < (values.quick ? 5 : 20); round++) {
    for (const prompt of prompts) {
      const start = performance.now()
      scanRules(prompt)
      times.push((performance.now() - start) * 1000)
    }
  }
  figures['scan.prompt_2k_rules_p50_us'] = median(times)
}

for (const kind of textKinds) {
  for (const size of Object.keys(sizes) as (keyof typeof sizes)[]) {
    if (!values.quick || size === '64k' || size === '4k') measure(kind, size)
  }
}
measurePrompt()
Object.assign(figures, measureAdversarial(analyzer, values.quick))
if (sink === 1) console.error('the loops ran')

if (values.json) {
  for (const [figure, value] of Object.entries(figures)) console.log(JSON.stringify({ figure, value }))
} else
  for (const [name, value] of Object.entries(figures))
    console.log(`${name.padEnd(48)} ${Math.round(value * 1000) / 1000}`)
