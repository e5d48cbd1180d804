import type { Finding } from '../../src/core/finding.ts'
import type { Analyzer } from '../../src/filters/analyzer.ts'
import type { Figure } from '../support/figures.ts'
import { plainRules } from './plain-rules.ts'
import { loadSecretlint } from './secretlint.ts'
import { ibans, makeText, type TextKind, textKinds } from './texts.ts'
import { fast, figureOf, time } from './timing.ts'

const sizes = { '300': 300, '4k': 4096, '64k': 65_536, '1m': 1_048_576 } as const
type Size = keyof typeof sizes

/** Kept so that what is measured is not optimised away. */
let sink = 0

function charCodeLoop(text: string): void {
  let sum = 0
  for (let i = 0; i < text.length; i++) sum = (sum + text.charCodeAt(i)) | 0
  sink ^= sum
}

function plainRegexes(regexes: readonly RegExp[], text: string): void {
  for (const regex of regexes) {
    regex.lastIndex = 0
    while (regex.exec(text) !== null) sink ^= 1
  }
}

/** Findings of the rules alone: the tagger has figures of its own. */
function rules(analyzer: Analyzer, text: string): readonly Finding[] {
  return analyzer.analyze([{ kind: 'text', text, label: '' }], { quick: true })[0] ?? []
}

/** Throws unless every account number of the text is found, and no secret where there is none. */
function check(analyzer: Analyzer, text: string): void {
  const found = rules(analyzer, text)
  const accounts = found.filter(({ type }) => type === 'IBAN').length
  const planted = ibans.reduce((sum, iban) => sum + text.split(iban).length - 1, 0)
  if (accounts < planted) throw new Error(`${accounts} of ${planted} account numbers found`)
  const secret = found.find(({ type }) => /KEY|TOKEN|PASSWORD|CREDENTIAL/.test(type))
  if (secret !== undefined) throw new Error(`${secret.recognizer} found a secret where there is none`)
}

/** Rules, validators and overlaps against a bare loop and, at 64 KB, the same rules as plain regexes and secretlint. */
export async function measureThroughput(analyzer: Analyzer, quick: boolean): Promise<Figure[]> {
  const scan = (text: string): void => {
    sink ^= rules(analyzer, text).length
  }
  const regexes = plainRules()
  const secretlint = await loadSecretlint()
  if (secretlint === null) console.error('secretlint is not installed: its figures are left out')
  // Let the compiler see all kinds of text before anything is timed.
  for (let round = 0; round < 3; round++) {
    for (const kind of textKinds) {
      const text = makeText(kind, sizes['64k'], round + 100)
      time(scan, text, 150)
      time(charCodeLoop, text, 20)
      await secretlint?.(text)
    }
  }
  const figures: Figure[] = []
  for (const kind of textKinds) {
    for (const size of Object.keys(sizes) as Size[]) {
      if (quick && size !== '64k') continue
      const text = makeText(kind, sizes[size])
      check(analyzer, text)
      figures.push(...pair(kind, size, text, scan, size === '1m' ? 40 : quick ? 100 : 400))
      if (size === '64k') figures.push(...(await others(kind, text, scan, regexes, secretlint)))
    }
  }
  if (sink === 1) console.error('the loops ran')
  return figures
}

/** Short, so that many turns pass between two interruptions by neighbours. */
const TURN_MS = 0.3

function pair(
  kind: TextKind,
  size: Size,
  text: string,
  scan: (text: string) => void,
  rounds: number
): Figure[] {
  const bytes = Buffer.byteLength(text)
  const scans: number[] = []
  const loops: number[] = []
  for (let round = 0; round < rounds; round++) {
    loops.push(time(charCodeLoop, text, TURN_MS))
    scans.push(time(scan, text, TURN_MS))
  }
  const ratios = scans.map((micros, i) => (loops[i] ?? Number.NaN) / micros)
  const speeds = scans.map(micros => bytes / micros)
  return [
    figureOf(`scan.rules_vs_charcode_loop_${kind}_${size}`, fast(loops) / fast(scans), '×', ratios),
    figureOf(`scan.rules_mbps_${kind}_${size}`, bytes / fast(scans), 'MB/s', speeds)
  ]
}

/** How many times as long the others take. */
async function others(
  kind: TextKind,
  text: string,
  scan: (text: string) => void,
  regexes: readonly RegExp[],
  secretlint: ((text: string) => Promise<number>) | null
): Promise<Figure[]> {
  const scans: number[] = []
  const plain: number[] = []
  const linted: number[] = []
  for (let round = 0; round < 5; round++) {
    for (let i = 0; i < 20; i++) scans.push(time(scan, text, TURN_MS))
    plain.push(time(value => plainRegexes(regexes, value), text, 0))
    if (secretlint === null) continue
    for (let i = 0; i < 4; i++) {
      const start = performance.now()
      await secretlint(text)
      linted.push((performance.now() - start) * 1000)
    }
  }
  const own = fast(scans)
  const ratio = (name: string, list: readonly number[]): Figure =>
    figureOf(
      `scan.ratio_vs_${name}_${kind}_64k`,
      fast(list) / own,
      '×',
      list.map(micros => micros / own)
    )
  return linted.length === 0
    ? [ratio('plain_regex', plain)]
    : [ratio('plain_regex', plain), ratio('secretlint', linted)]
}

/** One prompt of 2 KB, half German, half English, each time another: wall time. */
export function measurePrompts(analyzer: Analyzer, quick: boolean): Figure[] {
  const prompts = Array.from({ length: 200 }, (_, i) => makeText(i % 2 === 0 ? 'de' : 'en', 2048, i + 10))
  for (const prompt of prompts) check(analyzer, prompt)
  const medians: number[] = []
  const all: number[] = []
  for (let round = 0; round < (quick ? 5 : 25); round++) {
    const times = prompts.map(prompt => {
      const start = performance.now()
      sink ^= rules(analyzer, prompt).length
      return (performance.now() - start) * 1000
    })
    medians.push(times.toSorted((a, b) => a - b)[100] ?? Number.NaN)
    all.push(...times)
  }
  const p50 = all.toSorted((a, b) => a - b)[all.length >> 1] ?? Number.NaN
  const best = fast(medians)
  return [
    figureOf('scan.prompt_2k_rules_p50_us', p50, 'µs', medians),
    figureOf('scan.prompt_2k_rules_p50_us_fast_tenth', best, 'µs', medians),
    figureOf(
      'scan.prompt_2k_rules_mbps',
      2048 / p50,
      'MB/s',
      medians.map(micros => 2048 / micros)
    )
  ]
}
