import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { localProvider, writeConfig } from '../test/support/gateway.ts'
import { createCalls } from './support/bodies.ts'
import { checkAnswers, checkNoLeak } from './support/check.ts'
import { decisionUs } from './support/decisions.ts'
import { type Figure, mean, median, percentile, saveRecord, table, toFigure } from './support/figures.ts'
import { get, runLoad } from './support/load.ts'
import { freshSeed, measure, type Rounds, type Sample, type Scenario, series } from './support/measure.ts'
import { fdatasyncMs, rssGrowthMb } from './support/memory.ts'
import { profile, profileFlags } from './support/profile.ts'
import {
  LOAD_CORE,
  pinSelf,
  startTarget,
  TARGET_CORE,
  type Target,
  watchNeighbours
} from './support/process.ts'

/** `npm run bench:gateway -- [--json] [--quick] [--record] [--no-rss] [--profile <scenario>]`; bench/README.md says what is measured. */
const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    record: { type: 'boolean', default: false },
    'no-rss': { type: 'boolean', default: false },
    profile: { type: 'string' }
  }
})

const ROUNDS = options.quick ? 3 : 9
/** Runs over the small scenarios before anything counts: V8 needs some ten thousand requests to settle. */
const WARM_UPS = options.quick ? 2 : 6
const RSS_WARM_UP = options.quick ? 4_000 : 20_000
const RSS_REQUESTS = options.quick ? 20_000 : 100_000
const SERVER = join(import.meta.dirname, '..', 'src', 'server.ts')

const CONCURRENCIES = [1, 16, 64] as const
const KINDS = [
  ['plain', false],
  ['findings', true]
] as const

const jsonScenarios: readonly Scenario[] = [2, 16].flatMap(kb =>
  KINDS.flatMap(([kind, findings]) =>
    CONCURRENCIES.map(concurrency => ({
      name: `${kb}k_${kind}_c${concurrency}`,
      size: kb * 1024,
      findings,
      chunks: 0,
      concurrency,
      requests: concurrency === 1 ? 250 : 640
    }))
  )
)

const streamScenarios: readonly Scenario[] = [50, 500].flatMap(chunks =>
  KINDS.flatMap(([kind, findings]) =>
    ([1, 16] as const).map(concurrency => ({
      name: `stream${chunks}_${kind}_c${concurrency}`,
      size: 2048,
      findings,
      chunks,
      concurrency,
      requests: chunks === 50 ? 160 : 48
    }))
  )
)

const say = (text: string): void => {
  if (options.json) process.stderr.write(`${text}\n`)
  else console.log(text)
}

const bench = (file: string): string => join(import.meta.dirname, 'support', file)

/** Schleuse as shipped (`npm start`) but for the provider: default policy, records on, a fresh data directory on this disk. */
function startSchleuse(port: number, folder: string, flags: readonly string[] = []): Promise<Target> {
  const config = writeConfig(folder, { providers: [localProvider(port, ['sim', 'sim-*'])] })
  return startTarget('schleuse', TARGET_CORE, ['--max-semi-space-size=16', ...flags, SERVER], {
    SCHLEUSE_CONFIG: config
  })
}

/** Lets every target compile its hot paths, and checks that Schleuse keeps what it promises. */
async function warmUp(targets: readonly Target[], direct: Target): Promise<void> {
  for (const target of targets) {
    const small = jsonScenarios.filter(({ size }) => size === 2048)
    const repeated = Array.from({ length: WARM_UPS }, () => small).flat()
    for (const scenario of [...repeated, ...jsonScenarios, ...streamScenarios]) {
      const calls = createCalls(scenario, scenario.requests, freshSeed())
      const { answers } = await runLoad(target.port, calls, scenario.concurrency)
      checkAnswers(target.name, scenario, calls, answers)
    }
    if (target.name !== 'schleuse') continue
    for (const size of [2048, 16_384]) {
      const workload = { size, findings: true, chunks: 0 }
      for (const call of createCalls(workload, 20, freshSeed())) {
        await runLoad(target.port, [call], 1)
        checkNoLeak(target.name, [call], await get(direct.port, '/seen'))
      }
    }
  }
}

type Results = ReadonlyMap<string, Rounds>

/** Per round, the mean over scenarios of one field of one target. */
function pooled(
  results: Results,
  scenarios: readonly string[],
  target: string,
  field: keyof Sample
): number[] {
  const all = scenarios.map(name => series(results.get(name) ?? [], target, field))
  return (all[0] ?? []).map((_, round) => mean(all.map(values => values[round] ?? Number.NaN)))
}

const divide = (a: readonly number[], b: readonly number[]): number[] =>
  a.map((x, i) => x / (b[i] ?? Number.NaN))
const subtract = (a: readonly number[], b: readonly number[]): number[] =>
  a.map((x, i) => x - (b[i] ?? Number.NaN))

/** The figures of the issue come first, what supports them after. A target's throughput is pooled as time per request. */
function figuresOf(results: Results, target: string): Figure[] {
  const names = (pattern: RegExp): string[] => [...results.keys()].filter(name => pattern.test(name))
  const ratio = (pattern: RegExp, base: string): number[] =>
    divide(pooled(results, names(pattern), target, 'cpuUs'), pooled(results, names(pattern), base, 'cpuUs'))
  const time = (pattern: RegExp, of: string): number[] => {
    const all = names(pattern).map(name => series(results.get(name) ?? [], of, 'rps').map(rps => 1 / rps))
    return (all[0] ?? []).map((_, round) => mean(all.map(values => values[round] ?? Number.NaN)))
  }
  const added = (pattern: RegExp, field: keyof Sample): number[] =>
    subtract(pooled(results, names(pattern), target, field), pooled(results, names(pattern), 'direct', field))
  // Every detector is on, so that the ratio with all of them is the ratio.
  const cpuRatio2k = ratio(/^2k/, 'json-proxy')
  const figures = [
    toFigure('cpu_ratio_vs_json_2k', 'ratio', cpuRatio2k),
    toFigure('cpu_ratio_vs_json_2k_full', 'ratio', cpuRatio2k),
    toFigure(
      'rps_ratio_vs_json_2k_c64',
      'ratio',
      divide(time(/^2k.*c64$/, 'json-proxy'), time(/^2k.*c64$/, target))
    ),
    toFigure('added_p50_ms_2k_c1', 'ms', added(/^2k.*c1$/, 'p50Ms')),
    toFigure('added_first_chunk_ms', 'ms', added(/^stream50_.*c1$/, 'firstP50Ms')),
    toFigure('stream500_cpu_ratio_vs_json', 'ratio', ratio(/^stream500/, 'json-proxy')),
    toFigure('stream50_cpu_ratio_vs_json', 'ratio', ratio(/^stream50_/, 'json-proxy')),
    toFigure('cpu_ratio_vs_json_16k', 'ratio', ratio(/^16k/, 'json-proxy')),
    toFigure('cpu_ratio_vs_http_proxy_2k', 'ratio', ratio(/^2k/, 'http-proxy')),
    toFigure('cpu_us_2k', 'µs', pooled(results, names(/^2k/), target, 'cpuUs'))
  ]
  for (const name of results.keys()) {
    const only = new RegExp(`^${name}$`)
    figures.push(toFigure(`cpu_ratio_vs_json_${name}`, 'ratio', ratio(only, 'json-proxy')))
    figures.push(
      toFigure(`rps_ratio_vs_json_${name}`, 'ratio', divide(time(only, 'json-proxy'), time(only, target)))
    )
    figures.push(toFigure(`added_p50_ms_${name}`, 'ms', added(only, 'p50Ms')))
  }
  return figures.map(figure => ({ ...figure, figure: `gateway.${figure.figure}` }))
}

function samplesTable(results: Results, targets: readonly Target[]): string {
  const fields = ['cpuUs', 'mainUs', 'rps', 'p50Ms', 'p99Ms', 'firstP50Ms'] as const
  const rows = [...results].flatMap(([name, rounds]) =>
    targets.map(target => [
      `${name} ${target.name}`,
      ...fields.map(field => median(series(rounds, target.name, field)))
    ])
  )
  return table(['medians', 'CPU µs', 'main µs', 'requests/s', 'p50 ms', 'p99 ms', 'first p50 ms'], rows)
}

async function run(folder: string, started: Target[]): Promise<void> {
  pinSelf(LOAD_CORE)
  const start = async (starting: Promise<Target>): Promise<Target> => {
    const target = await starting
    started.push(target)
    return target
  }
  const direct = await start(startTarget('direct', LOAD_CORE, [bench('simulator.ts')]))
  if (options.profile !== undefined) {
    const scenario = [...jsonScenarios, ...streamScenarios].find(({ name }) => name === options.profile)
    if (!scenario) throw new Error(`there is no scenario ${options.profile}, but e.g. 2k_findings_c16`)
    const startedAt = performance.now()
    const target = await start(startSchleuse(direct.port, folder, profileFlags(folder)))
    return say(await profile(target, scenario, folder, startedAt))
  }
  const upstream = `http://127.0.0.1:${direct.port}`
  const targets = [direct]
  for (const name of ['http-proxy', 'json-proxy']) {
    targets.push(await start(startTarget(name, TARGET_CORE, [bench(`targets/${name}.ts`), upstream])))
  }
  if (existsSync(SERVER)) targets.push(await start(startSchleuse(direct.port, folder)))
  else say('src/server.ts is not there: baselines only')
  const measured = targets.at(-1)?.name ?? ''

  await warmUp(targets, direct)
  const neighbours = watchNeighbours(targets)
  const syncs = fdatasyncMs(folder, 100)
  const results = new Map<string, Rounds>()
  for (const scenario of jsonScenarios) results.set(scenario.name, await measure(scenario, targets, ROUNDS))
  const streaming = targets.filter(target => target.name !== 'http-proxy')
  for (const scenario of streamScenarios)
    results.set(scenario.name, await measure(scenario, streaming, ROUNDS))
  syncs.push(...fdatasyncMs(folder, 100))
  say(samplesTable(results, targets))
  if (measured !== 'schleuse') return

  const figures = figuresOf(results, measured)
  figures.push(toFigure('residency.decision_us_p50', 'µs', decisionUs(5000)))
  figures.push(toFigure('gateway.neighbours_cpu_share', 'ratio', [neighbours()]))
  figures.push(toFigure('gateway.fdatasync_ms', 'ms', syncs))
  figures.push(toFigure('gateway.fdatasync_p99_ms', 'ms', [percentile(syncs, 0.99)]))
  let rssSamplesMb: readonly number[] = []
  if (!options['no-rss']) {
    const { growthMb, samplesMb } = await rssGrowthMb(targets.at(-1) as Target, RSS_WARM_UP, RSS_REQUESTS)
    rssSamplesMb = samplesMb
    const name = options.quick ? 'gateway.rss_growth_mb_20k' : 'gateway.rss_growth_mb_100k'
    figures.push(toFigure(name, 'MB', [growthMb]))
  }

  if (options.json) for (const figure of figures) console.log(JSON.stringify(figure))
  else {
    console.log()
    console.log(
      table(
        ['figure', 'median', 'min', 'max', 'unit'],
        figures.map(f => [f.figure, f.value, f.min, f.max, f.unit])
      )
    )
  }
  if (options.record) {
    const medians = Object.fromEntries(
      [...results].map(([name, rounds]) => [
        name,
        Object.fromEntries(targets.map(({ name: of }) => [of, median(series(rounds, of, 'cpuUs'))]))
      ])
    )
    say(
      `recorded in ${saveRecord('gateway', figures, { quick: options.quick, cpuUs: medians, rssSamplesMb })}`
    )
  }
}

const folder = mkdtempSync(join(tmpdir(), 'schleuse-bench-'))
const started: Target[] = []
try {
  await run(folder, started)
} finally {
  for (const target of started.reverse()) await target.stop()
  rmSync(folder, { recursive: true, force: true })
}
