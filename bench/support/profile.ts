import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createCalls } from './bodies.ts'
import { checkAnswers } from './check.ts'
import { table } from './figures.ts'
import { runLoad } from './load.ts'
import { freshSeed, type Scenario } from './measure.ts'
import type { Target } from './process.ts'

/** A V8 CPU profile, what of it is needed. */
interface Profile {
  readonly nodes: readonly {
    readonly id: number
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number }
    readonly children?: readonly number[]
  }[]
  readonly samples: readonly number[]
  /** Microseconds before each sample. */
  readonly timeDeltas: readonly number[]
}

/** Flags that make Node write a profile into `folder` when it ends. */
export const profileFlags = (folder: string): string[] => [
  '--cpu-prof',
  `--cpu-prof-dir=${folder}`,
  '--cpu-prof-interval=250'
]

/**
 * Loads a target that runs with `profileFlags`, ends it, and says where its JavaScript thread spent the time.
 * @param startedAt `performance.now()` when the target was started; what it did before the warm-up ended is left out
 */
export async function profile(
  target: Target,
  scenario: Scenario,
  folder: string,
  startedAt: number
): Promise<string> {
  const load = async (rounds: number): Promise<void> => {
    for (let round = 0; round < rounds; round++) {
      const calls = createCalls(scenario, scenario.requests, freshSeed())
      const { answers } = await runLoad(target.port, calls, scenario.concurrency)
      checkAnswers(target.name, scenario, calls, answers)
    }
  }
  await load(3)
  const skippedUs = (performance.now() - startedAt) * 1000
  await load(10)
  await target.stop()
  const file = readdirSync(folder).find(name => name.endsWith('.cpuprofile'))
  if (!file) throw new Error('the target left no profile')
  return summary(JSON.parse(readFileSync(join(folder, file), 'utf8')) as Profile, skippedUs)
}

function summary(profile: Profile, skippedUs: number): string {
  const nodes = new Map(profile.nodes.map(node => [node.id, node]))
  const parents = new Map(profile.nodes.flatMap(node => (node.children ?? []).map(child => [child, node.id])))
  const self = new Map<string, number>()
  const inclusive = new Map<string, number>()
  const add = (to: Map<string, number>, key: string, us: number): unknown =>
    to.set(key, (to.get(key) ?? 0) + us)
  let [at, busy] = [0, 0]
  for (const [i, id] of profile.samples.entries()) {
    const us = profile.timeDeltas[i] ?? 0
    at += us
    if (at < skippedUs || nodes.get(id)?.callFrame.functionName === '(idle)') continue
    busy += us
    add(self, nameOf(nodes.get(id)), us)
    const stack = new Set<string>()
    for (let node: number | undefined = id; node !== undefined; node = parents.get(node))
      stack.add(nameOf(nodes.get(node)))
    for (const name of stack) add(inclusive, name, us)
  }
  const top = (of: Map<string, number>): [string, number][] =>
    [...of]
      .sort(([, a], [, b]) => b - a)
      .slice(0, 40)
      .map(([name, us]) => [name, (us / busy) * 100])
  const own = new Map([...inclusive].filter(([name]) => name.includes(' src/')))
  return `${table(['function itself', '%'], top(self))}\n\n${table(['function with what it calls', '%'], top(own))}`
}

function nameOf(node: Profile['nodes'][number] | undefined): string {
  if (!node) return '?'
  const { functionName, url, lineNumber } = node.callFrame
  const file = url.replace(/^file:\/\/.*?\/(?=src\/|node_modules\/)/, '')
  return `${functionName || '(anonymous)'} ${file}${file ? `:${lineNumber + 1}` : ''}`
}
