/**
 * Checks texts of one seed after the other in a thread of its own, so that a text that never ends can be stopped by whoever
 * started it (`watch.ts`).
 */
import { parentPort, workerData } from 'node:worker_threads'
import { buildAnalyzer } from '../../src/filters/analyzer.ts'
import { allRecognizers } from '../../src/filters/recognizers/index.ts'
import { checkText } from '../../test/filters/fuzz/check.ts'
import { fuzzText } from '../../test/filters/fuzz/texts.ts'

/** What is at work, and how far it is. */
export interface FuzzRun {
  readonly from: number
  /** Exclusive. */
  readonly to: number
  /** Seed at work. */
  readonly at: Int32Array
}

export type FuzzMessage =
  | { readonly kind: 'failure'; readonly seed: number; readonly error: string }
  | { readonly kind: 'done' | 'progress'; readonly findings: number; readonly chars: number }

/** A text of 600 characters takes a millisecond for all its checks, with code that was compiled. CPU time. */
const MAX_MS = 100
const PROGRESS = 10_000

const { from, to, at } = workerData as FuzzRun
const countries = [...new Set(allRecognizers.flatMap(({ countries = [] }) => countries))]
const analyzer = buildAnalyzer({ countries })
let findings = 0
let chars = 0
const post = (message: FuzzMessage): void => parentPort?.postMessage(message)

/** CPU milliseconds of one check. */
function check(text: string): number {
  const before = process.threadCpuUsage()
  findings += checkText(analyzer, text)
  const { user, system } = process.threadCpuUsage(before)
  return (user + system) / 1000
}

for (let seed = from; seed < to; seed++) {
  Atomics.store(at, 0, seed)
  const text = fuzzText(seed)
  chars += text.length
  try {
    // Believed only when it stays: code is compiled and memory collected now and then.
    if (check(text) > MAX_MS && check(text) > MAX_MS && check(text) > MAX_MS)
      post({ kind: 'failure', seed, error: `takes more than ${MAX_MS} ms` })
  } catch (error) {
    post({ kind: 'failure', seed, error: String(error) })
  }
  if ((seed - from) % PROGRESS === PROGRESS - 1) {
    post({ kind: 'progress', findings, chars })
    findings = 0
    chars = 0
  }
}
post({ kind: 'done', findings, chars })
