import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Analyzer } from '../../src/filters/analyzer.ts'
import { Random } from '../tagger/random.ts'
import { measureRaw } from './raw.ts'
import type { Figures, Item } from './read-set.ts'

const ROOT = join(import.meta.dirname, '..', '..')

/** Bytes of a package and of a set: enough for a few hundred thousand words, read in a minute. */
const MAX_PACKAGE = 16 * 1024
const MAX_SET = 1024 * 1024
const MAX_FILE = 64 * 1024

/** Lines that name people are no false alarms: who wrote, holds, maintains, gave to or is thanked for something. */
const namesPeople =
  /copyright|\(c\)|©|author|contribut|maintain|licen[cs]ed to|sponsor|thanks|credit|created by|written by|inspired|based on|@[\w-]+\b|github\.com\/|twitter/i

/**
 * False alarms in what holds no personal data: source code, README files, licences and tables of numbers. The files are
 * those of this clone and of the packages that its lock file fixes, so that every clone measures the same.
 */
export function measureClone(analyzer: Analyzer, show: number, wanted: (set: string) => boolean): Figures {
  const figures: Figures = {}
  for (const [set, items] of Object.entries(sets)) {
    if (wanted(set)) Object.assign(figures, measureRaw(set, items(), analyzer, show))
  }
  return figures
}

const sets: Readonly<Record<string, () => Item[]>> = {
  clone_code: () => [
    ...ownFiles('src', /^(?!.*(?:tryout|sample)).*\.ts$/),
    ...packageFiles(/\.(?:[cm]?js|[cm]?ts)$/)
  ],
  clone_readme: () => packageFiles(/^readme\.md$/i),
  clone_licence: () => distinct(packageFiles(/^licen[cs]e(?:\.\w+)?$/i)),
  clone_tables: () => [...ownFiles('bench/record', /\.json$/), ...madeTables()]
}

function ownFiles(folder: string, pattern: RegExp): Item[] {
  return take(join(ROOT, folder), pattern, MAX_SET)
}

function packageFiles(pattern: RegExp): Item[] {
  const folder = join(ROOT, 'node_modules')
  const packages = readdirSync(folder)
    .sort()
    .flatMap(name =>
      name.startsWith('@')
        ? readdirSync(join(folder, name))
            .sort()
            .map(inner => join(name, inner))
        : name.startsWith('.')
          ? []
          : [name]
    )
  const items: Item[] = []
  let size = 0
  for (const name of packages) {
    if (size > MAX_SET) break
    const taken = take(join(folder, name), pattern, MAX_PACKAGE)
    for (const { text } of taken) size += text.length
    items.push(...taken)
  }
  return items
}

/** Files below the folder in the order of their names, up to so many bytes; nested packages are left out. */
function take(folder: string, pattern: RegExp, max: number): Item[] {
  const items: Item[] = []
  let left = max
  const visit = (path: string): void => {
    for (const entry of readdirSync(path, { withFileTypes: true }).sort((a, b) =>
      a.name < b.name ? -1 : 1
    )) {
      if (left <= 0) return
      const inner = join(path, entry.name)
      if (entry.isDirectory() && entry.name !== 'node_modules') visit(inner)
      else if (entry.isFile() && pattern.test(entry.name) && statSync(inner).size <= MAX_FILE) {
        const text = withoutPeople(readFileSync(inner, 'utf8'))
        left -= text.length
        items.push({ id: inner.slice(ROOT.length), text })
      }
    }
  }
  visit(folder)
  return items
}

function withoutPeople(text: string): string {
  return text
    .split('\n')
    .filter(line => !namesPeople.test(line))
    .join('\n')
}

function distinct(items: readonly Item[]): Item[] {
  return [...new Map(items.map(item => [item.text.replace(/\s+/g, ' '), item])).values()]
}

const ROWS = 400

/** CSV, aligned columns and Markdown of articles, amounts and readings: digits of all lengths that name no one. */
function madeTables(): Item[] {
  const random = new Random(20_261_122)
  const whole = (limit: number): number => random.below(limit)
  const heads = ['Pos', 'Artikel', 'Menge', 'Preis', 'Summe', 'Lager', 'Messwert', 'Datum', 'Charge']
  const row = (): string[] => [
    String(whole(999) + 1),
    String(whole(9_000_000) + 1_000_000),
    String(whole(500)),
    (random.next() * 1000).toFixed(2).replace('.', ','),
    (random.next() * 100_000).toFixed(2),
    String(whole(90_000) + 10_000),
    (random.next() * 10).toExponential(4),
    `${whole(28) + 1}.${whole(12) + 1}.20${10 + whole(16)}`,
    String(Math.floor(random.next() * 1e12))
  ]
  const rows = Array.from({ length: ROWS }, row)
  const joined = (separator: string): string =>
    [heads, ...rows].map(cells => cells.join(separator)).join('\n')
  const markdown = [heads, heads.map(() => '---'), ...rows]
    .map(cells => `| ${cells.join(' | ')} |`)
    .join('\n')
  const aligned = [heads, ...rows].map(cells => cells.map(cell => cell.padStart(13)).join('')).join('\n')
  return [
    { id: 'csv', text: joined(';') },
    { id: 'tsv', text: joined('\t') },
    { id: 'markdown', text: markdown },
    { id: 'aligned', text: aligned }
  ]
}
