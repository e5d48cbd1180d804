import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Analyzer } from '../../src/filters/analyzer.ts'
import { type Figure } from '../support/figures.ts'
import { figureOf } from './timing.ts'
import { makeText, textKinds } from './texts.ts'

/** The young generation of the gateway as shipped, in MB. */
const YOUNG = 16

/** What a process holds that has all models loaded and has scanned 10 MB: as much as it has, and had at most. */
export async function measureResident(): Promise<Figure[]> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    `--max-semi-space-size=${YOUNG}`,
    join(import.meta.dirname, 'resident-process.ts')
  ])
  const { resident, peak } = JSON.parse(stdout) as { resident: number; peak: number }
  return [figureOf('scan.rss_full_mb', resident, 'MB', [resident, peak])]
}

/** The longest that the event loop waits while 1 MB of text is analyzed, by kind of text; CPU time of the thread. */
export async function measurePauses(analyzer: Analyzer): Promise<Figure[]> {
  const longest: number[] = []
  for (const kind of textKinds) {
    await longestTurn(analyzer, makeText(kind, 1 << 20, 70))
    longest.push(await longestTurn(analyzer, makeText(kind, 1 << 20, 71)))
  }
  return [figureOf('scan.longest_turn_1m_ms', Math.max(...longest), 'ms', longest)]
}

async function longestTurn(analyzer: Analyzer, text: string): Promise<number> {
  let longest = 0
  let last = threadMillis()
  let isDone = false
  const turn = (): void => {
    const now = threadMillis()
    longest = Math.max(longest, now - last)
    last = now
    if (!isDone) setImmediate(turn)
  }
  setImmediate(turn)
  await analyzer.analyzeInPieces([{ kind: 'text', text, label: '' }])
  isDone = true
  return longest
}

function threadMillis(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}
