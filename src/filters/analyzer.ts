import { hash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Finding } from '../core/finding.ts'
import type { Segment } from '../core/leaf.ts'
import { allRecognizers } from './recognizers/index.ts'
import type { Recognizer } from './recognizer.ts'
import { resolveOverlaps } from './resolve-overlaps.ts'
import { buildEngine } from './scanner/engine.ts'
import { type RawFinding, Scan } from './scanner/scan.ts'
import { findInViews } from './views/index.ts'

/** Finds personal data and secrets in the texts of one request or answer. */
export interface Analyzer {
  /** Changes whenever findings for the same text could change. */
  readonly version: string
  /**
   * One call per request; segments in order of appearance. Result[i] are the findings of segments[i], sorted and
   * free of overlaps. What is found in a segment depends only on it and on segments before it: persons are followed
   * forward. Pure: no state is kept between calls. Time is linear in the length of the texts.
   */
  analyze(segments: readonly Segment[]): Finding[][]
}

export interface AnalyzerOptions {
  /** ISO 3166-1 alpha-2; default Germany, Austria, Switzerland, Liechtenstein and the European Union. */
  readonly countries?: readonly string[]
}

/** Countries whose national identifiers are looked for by default. */
export const defaultCountries: readonly string[] = [
  'DE',
  'AT',
  'CH',
  'LI',
  'BE',
  'BG',
  'CY',
  'CZ',
  'DK',
  'EE',
  'ES',
  'FI',
  'FR',
  'GR',
  'HR',
  'HU',
  'IE',
  'IT',
  'LT',
  'LU',
  'LV',
  'MT',
  'NL',
  'PL',
  'PT',
  'RO',
  'SE',
  'SI',
  'SK'
]

/** All types that recognizers can report, sorted. */
export const entityTypes: readonly string[] = [...new Set(allRecognizers.flatMap(r => r.types))].sort()

export function buildAnalyzer(options: AnalyzerOptions = {}): Analyzer {
  const countries = new Set(options.countries ?? defaultCountries)
  const chosen = allRecognizers.filter(r => r.countries?.some(country => countries.has(country)) ?? true)
  return buildAnalyzerOf(chosen)
}

/** An analyzer of these recognizers alone. */
export function buildAnalyzerOf(recognizers: readonly Recognizer[]): Analyzer {
  const scan = new Scan(buildEngine(recognizers))
  const version = hash('sha256', `${codeDigest()} ${recognizers.map(r => r.id).join(' ')}`).slice(0, 16)
  return {
    version,
    analyze(segments) {
      scan.names.clear()
      try {
        return segments.map(segment => analyzeSegment(scan, segment, recognizers))
      } finally {
        scan.names.clear()
      }
    }
  }
}

function analyzeSegment(scan: Scan, segment: Segment, recognizers: readonly Recognizer[]): Finding[] {
  if (segment.text === '') return []
  const find = (text: string): RawFinding[] => scan.run({ ...segment, text })
  const found = scan.run(segment)
  if (segment.kind !== 'number' && segment.kind !== 'fixed-number')
    for (const finding of findInViews(segment.text, found, find)) found.push(finding)
  return resolveOverlaps(found).map(({ start, end, type, score, recognizer }) => ({
    start,
    end,
    type,
    score,
    recognizer: recognizers[recognizer]?.id ?? ''
  }))
}

let digest: string | undefined

/** Digest of this folder's code: whatever is changed in it, cached findings of before no longer count. */
function codeDigest(): string {
  if (digest === undefined) {
    const folder = import.meta.dirname
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name =>
      name.endsWith('.ts')
    )
    const texts = files.sort().map(name => `${name}\n${readFileSync(join(folder, name), 'utf8')}`)
    digest = hash('sha256', texts.join('\n'))
  }
  return digest
}
