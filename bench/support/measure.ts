import { setTimeout as pause } from 'node:timers/promises'
import { createCalls, type Workload } from './bodies.ts'
import { checkAnswers } from './check.ts'
import { median, percentile } from './figures.ts'
import { runLoad } from './load.ts'
import type { Target } from './process.ts'

export interface Scenario extends Workload {
  /** e.g. `2k_plain_c16`, `stream500_findings_c16` */
  readonly name: string
  readonly concurrency: number
  /** Requests per target and round. */
  readonly requests: number
}

/** One target in one round of one scenario. */
export interface Sample {
  readonly cpuUs: number
  readonly mainUs: number
  readonly rps: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly firstP50Ms: number
}

/** Samples by round, by target's name. */
export type Rounds = readonly ReadonlyMap<string, Sample>[]

/** What happens after the last answer (closing records, collecting garbage) belongs to the requests before it. */
const SETTLE_MS = 40

let seed = 0
/** A seed that no calls had before. */
export const freshSeed = (): number => ++seed

/**
 * Rounds of one scenario. In each round every target gets the same calls, made for this round; their order rotates.
 * Every answer is checked, outside the measured time.
 */
export async function measure(
  scenario: Scenario,
  targets: readonly Target[],
  roundCount: number
): Promise<Rounds> {
  const rounds: Map<string, Sample>[] = []
  for (let round = 0; round < roundCount; round++) {
    const calls = createCalls(scenario, scenario.requests, freshSeed())
    const samples = new Map<string, Sample>()
    for (let i = 0; i < targets.length; i++) {
      const target = targets[(i + round) % targets.length]
      if (!target) continue
      const [allBefore, mainBefore] = [target.cpuUs(), target.mainUs()]
      const result = await runLoad(target.port, calls, scenario.concurrency)
      await pause(SETTLE_MS)
      const cpuUs = (target.cpuUs() - allBefore) / calls.length
      const mainUs = (target.mainUs() - mainBefore) / calls.length
      checkAnswers(target.name, scenario, calls, result.answers)
      samples.set(target.name, {
        cpuUs,
        mainUs,
        rps: calls.length / result.seconds,
        p50Ms: median(result.latenciesMs),
        p99Ms: percentile(result.latenciesMs, 0.99),
        firstP50Ms: median(result.firstMs)
      })
    }
    rounds.push(samples)
  }
  return rounds
}

/** One field of one target, by round. */
export const series = (rounds: Rounds, target: string, field: keyof Sample): number[] =>
  rounds.map(round => round.get(target)?.[field] ?? Number.NaN)
