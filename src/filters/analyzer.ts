import { createHash, hash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { Finding } from '../core/finding.ts'
import type { Segment } from '../core/leaf.ts'
import { analyzeLong, analyzeShort, type IsCounted, PIECE, type Ruling } from './analyze-segment.ts'
import { explainFindings, type Why } from './explain.ts'
import type { FindingsCache, Lacks } from './findings-cache.ts'
import { rememberName } from './recognizers/person/name.ts'
import { allRecognizers } from './recognizers/index.ts'
import { taggedName } from './recognizers/person/tagged.ts'
import type { Recognizer } from './recognizer.ts'
import type { CustomDetection } from './rules/custom.ts'
import { type Find, Recall } from './recall.ts'
import type { ResentSegments } from './resent.ts'
import { buildEngine, type Engine } from './scanner/engine.ts'
import { Names } from './scanner/names.ts'
import { Scan } from './scanner/scan.ts'
import { finish, type Steps } from './steps.ts'

/** Finds personal data and secrets in the texts of one request or answer. */
export interface Analyzer {
  /** Changes whenever findings for the same text could change. */
  readonly version: string
  /** All types that findings may have, sorted. */
  readonly types: readonly string[]
  /** What is on. */
  readonly recognizers: readonly Recognizer[]
  /**
   * One call per request; segments in order of appearance. Result[i] are the findings of segments[i], sorted and
   * free of overlaps. What is found in a segment depends only on it and on segments before it: persons are followed
   * forward, also those that are known from before. Pure: no state is kept between calls. Time is linear in the length of the texts.
   */
  analyze(segments: readonly Segment[], options?: AnalyzeOptions): Finding[][]
  /**
   * As `analyze`, with the same findings: texts above 64 KB are read piece by piece, and between pieces and texts the event
   * loop may turn.
   */
  analyzeInPieces(segments: readonly Segment[], options?: AnalyzeOptions): Promise<Finding[][]>
  /** Why each of these findings, of one segment and sorted, is one. Slow: for people who ask. */
  explain(segment: Segment, findings: readonly Finding[]): Why[]
}

export interface AnalyzeOptions {
  /** Names known from before, followed from the first segment on. */
  readonly persons?: readonly string[]
  /** Where names are followed, for texts that come in several calls. Not with a cache. */
  readonly names?: Names
  /** Leaves costly recognizers out: names are then found by the rules alone. For texts that are only counted. */
  readonly quick?: boolean
  /** Where findings of segments seen before are looked up and kept. */
  readonly cache?: FindingsCache | undefined
  /** Takes, by segment, what is known of those that are in the cache, and is for others to add to. */
  readonly lacks?: (Lacks | undefined)[]
  /** Which of the segments later calls will have too. Only with a cache. */
  readonly resent?: ResentSegments | undefined
}

export interface AnalyzerOptions {
  /** ISO 3166-1 alpha-2; default Germany, Austria, Switzerland, Liechtenstein and the European Union. */
  readonly countries?: readonly string[]
  /** Rules and lists of the policy. */
  readonly custom?: CustomDetection
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

/** All types that the built-in recognizers can report, sorted. */
export const entityTypes: readonly string[] = typesOf(allRecognizers)

export function buildAnalyzer(options: AnalyzerOptions = {}): Analyzer {
  const { custom } = options
  const countries = new Set(options.countries ?? custom?.countries ?? defaultCountries)
  const chosen = allRecognizers.filter(r => r.countries?.some(country => countries.has(country)) ?? true)
  return buildAnalyzerOf([...chosen, ...(custom?.recognizers ?? [])], custom)
}

/** An analyzer of these recognizers alone; of `custom` only its allow list and digest count. */
export function buildAnalyzerOf(
  recognizers: readonly Recognizer[],
  custom?: Pick<CustomDetection, 'allow' | 'digest'>
): Analyzer {
  const engine = buildEngine(recognizers)
  const scan = new Scan(engine)
  /** Of calls without pauses; emptied after each. */
  const ownNames = new Names()
  const ids = recognizers.map(r => r.id).join(' ')
  const version = hash('sha256', `${codeDigest()} ${ids} ${custom?.digest ?? ''}`).slice(0, 16)
  const ruling: Ruling = {
    ids: recognizers.map(({ id }) => id),
    tagger: recognizers.indexOf(taggedName),
    isCounted: countedBy(custom?.allow ?? new Set())
  }
  const shared: Shared = { engine, scan, ruling, version }
  return {
    version,
    recognizers,
    types: typesOf(recognizers),
    explain: (segment, findings) => explainFindings(scan, recognizers, segment, findings),
    analyze(segments, options = {}) {
      const names = options.names ?? ownNames
      try {
        return finish(analyzeAll(shared, segments, options, names))
      } finally {
        ownNames.clear()
      }
    },
    async analyzeInPieces(segments, options = {}) {
      const steps = analyzeAll(shared, segments, options, options.names ?? new Names())
      for (;;) {
        const step = steps.next()
        if (step.done === true) return step.value
        await setImmediate()
      }
    }
  }
}

/** What all calls of an analyzer share. */
interface Shared {
  readonly engine: Engine
  /** Of texts that are read without a pause. */
  readonly scan: Scan
  readonly ruling: Ruling
  readonly version: string
}

function* analyzeAll(
  { engine, scan, ruling, version }: Shared,
  segments: readonly Segment[],
  options: AnalyzeOptions,
  names: Names
): Steps<Finding[][]> {
  const { persons = [], quick = false, cache, lacks = [], resent } = options
  for (const name of persons) rememberKnown(names, name, scan)
  const ready = (used: Scan): Scan => {
    used.names = names
    used.quick = quick
    return used
  }
  const find: Find = function* (segment) {
    // What pauses has a scan of its own: others use the one that is there for all.
    if (segment.text.length > PIECE) return yield* analyzeLong(ready(new Scan(engine)), segment, ruling)
    return analyzeShort(ready(scan), segment, ruling)
  }
  const recall =
    cache === undefined || quick ? null : new Recall({ names, cache, version, lacks, resent, find }, segments)
  const all: Finding[][] = []
  let read = 0
  for (const segment of segments) {
    const { length } = segment.text
    if (recall !== null) all.push(yield* recall.next(segment))
    else if (length > PIECE) all.push(yield* find(segment))
    else all.push(analyzeShort(ready(scan), segment, ruling))
    read += length
    if (read < PIECE) continue
    read = 0
    yield
  }
  return all
}

function rememberKnown(names: Names, name: string, scan: Scan): void {
  scan.names = names
  scan.text = name
  rememberName(scan, 0, name.length)
}

function typesOf(recognizers: readonly Recognizer[]): readonly string[] {
  return [...new Set(recognizers.flatMap(r => r.types))].sort()
}

/** Null without an allow list, so that it costs nothing then. */
function countedBy(allow: ReadonlySet<string>): IsCounted | null {
  if (allow.size === 0) return null
  const longest = Math.max(...[...allow].map(value => value.length))
  return (text, { start, end }) => end - start > longest || !allow.has(text.slice(start, end))
}

let digest: string | undefined

/** Digest of this folder's code and model: whatever is changed in it, cached findings of before no longer count. */
function codeDigest(): string {
  if (digest === undefined) {
    const folder = import.meta.dirname
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    const sum = createHash('sha256')
    for (const name of files.filter(file => /\.(?:ts|model)$/.test(file)).sort())
      sum.update(`\n${name}\n`).update(readFileSync(join(folder, name)))
    digest = sum.digest('hex')
  }
  return digest
}
