import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { arch, cpus } from 'node:os'
import { join } from 'node:path'

/** One measured number: the median of `n` rounds, with the extremes. */
export interface Figure {
  readonly figure: string
  readonly value: number
  readonly unit: string
  readonly n: number
  readonly min: number
  readonly max: number
}

export function median(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort()
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}

export function percentile(values: ArrayLike<number>, share: number): number {
  const sorted = Float64Array.from(values).sort()
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

export function toFigure(figure: string, unit: string, rounds: readonly number[]): Figure {
  const rounded = (value: number): number => Number(value.toPrecision(4))
  return {
    figure,
    value: rounded(median(rounds)),
    unit,
    n: rounds.length,
    min: rounded(Math.min(...rounds)),
    max: rounded(Math.max(...rounds))
  }
}

/** Rows as text, first column left, the others right. */
export function table(header: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const cells = [header, ...rows].map(row =>
    row.map(cell => (typeof cell === 'number' ? readable(cell) : cell))
  )
  const widths = header.map((_, column) => Math.max(...cells.map(row => row[column]?.length ?? 0)))
  const line = (row: readonly string[]): string =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  ')
  return cells.map(line).join('\n')
}

function readable(value: number): string {
  if (Number.isNaN(value)) return '–'
  return Math.abs(value) >= 100
    ? value.toFixed(0)
    : Math.abs(value) >= 10
      ? value.toFixed(1)
      : value.toFixed(3)
}

/** Writes `bench/record/<arch>/<date>-<name>.json`. Holds no name or path of the machine. */
export function saveRecord(name: string, figures: readonly Figure[], details: object): string {
  const now = new Date()
  const git = (...args: string[]): string => execFileSync('git', args, { encoding: 'utf8' }).trim()
  const record = {
    date: now.toISOString(),
    commit: git('rev-parse', '--short', 'HEAD'),
    changed: git('status', '--porcelain', 'src') !== '',
    node: process.version,
    cpu: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`,
    figures,
    ...details
  }
  const folder = join(import.meta.dirname, '..', 'record', arch())
  mkdirSync(folder, { recursive: true })
  const file = join(folder, `${now.toISOString().slice(0, 10)}-${name}.json`)
  writeFileSync(file, `${JSON.stringify(record, null, 1)}\n`)
  return file
}
