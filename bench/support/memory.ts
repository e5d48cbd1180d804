import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { createCalls, type Workload } from './bodies.ts'
import { checkAnswers } from './check.ts'
import { median } from './figures.ts'
import { runLoad } from './load.ts'
import { freshSeed } from './measure.ts'
import type { Target } from './process.ts'

/** Nine in ten are JSON, half of all hold findings, one in ten is a stream. */
const MIX: readonly (Workload & { readonly share: number })[] = [
  { size: 2048, findings: false, chunks: 0, share: 0.45 },
  { size: 2048, findings: true, chunks: 0, share: 0.45 },
  { size: 2048, findings: true, chunks: 50, share: 0.1 }
]
const BATCH = 2000
const EDGE = 5

/**
 * How much resident memory grows over `requests` after `warmUp`: median of the last samples less median of the first,
 * because a single one moves with every garbage collection.
 */
export async function rssGrowthMb(
  target: Target,
  warmUp: number,
  requests: number
): Promise<{ readonly growthMb: number; readonly samplesMb: readonly number[] }> {
  const samplesMb: number[] = []
  for (let sent = -warmUp; sent < requests; sent += BATCH) {
    for (const part of MIX) {
      const calls = createCalls(part, BATCH * part.share, freshSeed())
      const { answers } = await runLoad(target.port, calls, 16)
      checkAnswers(target.name, part, calls, answers)
    }
    if (sent >= 0) samplesMb.push(Number(target.rssMb().toFixed(1)))
  }
  return { growthMb: median(samplesMb.slice(-EDGE)) - median(samplesMb.slice(0, EDGE)), samplesMb }
}

/** Milliseconds that an fdatasync takes after appending 600 bytes in `folder`, each of `count`. */
export function fdatasyncMs(folder: string, count: number): number[] {
  const path = join(folder, 'fdatasync-probe')
  const file = openSync(path, 'a')
  const line = Buffer.alloc(600, 'x')
  const times = Array.from({ length: count }, () => {
    writeSync(file, line)
    const start = performance.now()
    fdatasyncSync(file)
    return performance.now() - start
  })
  closeSync(file)
  rmSync(path)
  return times
}
