import type { Figure } from '../support/figures.ts'

/** Microseconds of one run over `text`, mean of as many runs as fill `budgetMs`. */
export function time(run: (text: string) => void, text: string, budgetMs: number): number {
  const start = performance.now()
  let runs = 0
  do {
    run(text)
    runs++
  } while (performance.now() - start < budgetMs)
  return ((performance.now() - start) * 1000) / runs
}

/** From here on the clock of a process counts its time too coarsely to be of use; longer runs are disturbed by neighbours. */
const LONG_MS = 100

/** Seconds of one run; of long ones the CPU time of this thread, so that what neighbours on the machine take does not count. */
export function secondsOf(run: () => void): number {
  const start = performance.now()
  const cpu = process.threadCpuUsage()
  run()
  const wallMs = performance.now() - start
  const { user, system } = process.threadCpuUsage(cpu)
  return wallMs < LONG_MS ? wallMs / 1000 : (user + system) / 1e6
}

/** The value at the end of the fastest tenth: of many short turns, those that neighbours on the machine left alone. */
export function fast(list: readonly number[]): number {
  return list.toSorted((a, b) => a - b)[Math.floor(list.length / 10)] ?? Number.NaN
}

/** One number with the extremes of the rounds it comes from. */
export function figureOf(figure: string, value: number, unit: string, rounds: readonly number[]): Figure {
  const rounded = (number: number): number => Number(number.toPrecision(4))
  return {
    figure,
    value: rounded(value),
    unit,
    n: rounds.length,
    min: rounded(Math.min(...rounds)),
    max: rounded(Math.max(...rounds))
  }
}
