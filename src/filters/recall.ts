import type { Finding } from '../core/finding.ts'
import type { Segment } from '../core/leaf.ts'
import type { CachedFindings, CachedRun, FindingsCache, Lacks, NamePart } from './findings-cache.ts'
import type { ResentSegments } from './resent.ts'
import type { Names, NewName } from './scanner/names.ts'
import type { Steps } from './steps.ts'

/** Scans one segment. */
export type Find = (segment: Segment) => Steps<Finding[]>

/** What one call recalls by. */
export interface RecallOptions {
  /** Persons' names of the call, which `find` reads and adds to. */
  readonly names: Names
  readonly cache: FindingsCache
  /** Of the analyzer. */
  readonly version: string
  /** Filled in by segment. */
  readonly lacks: (Lacks | undefined)[]
  /** Which of the segments later calls will have too. */
  readonly resent?: ResentSegments | undefined
  readonly find: Find
}

/** Shorter texts are scanned as quickly as they are looked up by themselves. UTF-16 code units. */
const MIN_CACHED = 16
/** One of so many longer texts ends a run. */
const RUN_ENDS = 8
/** Segments of a run: bounds its entry. */
const MAX_RUN = 64

/**
 * Findings of the segments of one call, from the cache where they are in it. An agent sends its whole conversation again
 * each turn: what stood in it before is looked up by runs of segments. Where a run ends is told by the texts alone, so
 * that a message that was changed, added or dropped costs a run and not all that follow.
 */
export class Recall {
  readonly #options: RecallOptions
  readonly #segments: readonly Segment[]
  /** Digest of the names found so far: findings depend on them. */
  #carried = ''
  /** Index of the next segment; where the run it stands in began and ends. */
  #at = 0
  #runStart = 0
  #runEnd = 0
  /** Empty for a run that is not kept. */
  #runKey = ''
  #known: CachedRun | undefined
  #found: CachedFindings[] = []
  /** Names of runs from the cache, until a scan needs them. */
  #unread: { readonly text: string; readonly names: readonly NamePart[] }[] = []

  constructor(options: RecallOptions, segments: readonly Segment[]) {
    this.#options = options
    this.#segments = segments
    this.#carry()
  }

  /** Findings of the next segment. */
  *next(segment: Segment): Steps<Finding[]> {
    if (this.#at === this.#runEnd) this.#openRun()
    const place = this.#at++
    const known = this.#known?.segments[place - this.#runStart]
    if (known !== undefined && known.names.length > 0)
      this.#unread.push({ text: segment.text, names: known.names })
    const found = known ?? (yield* this.#one(segment))
    const { names, lacks } = found
    this.#options.lacks[place] = lacks
    const kept = names === null ? null : { findings: found.findings, names, lacks }
    if (known === undefined) this.#extendRun(kept)
    this.#options.resent?.found.push(kept)
    if (this.#at === this.#options.resent?.to) this.#options.resent.leave(this.#carried)
    return [...found.findings]
  }

  #extendRun(found: CachedFindings | null): void {
    if (found === null) this.#runKey = ''
    else this.#found.push(found)
    if (this.#at === this.#runEnd && this.#runKey !== '')
      this.#options.cache.setRun(this.#runKey, { segments: this.#found, carried: this.#carried })
  }

  #openRun(): void {
    const { cache, version, resent } = this.#options
    this.#runStart = this.#at
    this.#found = []
    this.#known = undefined
    this.#runKey = ''
    if (resent?.from === this.#at) resent.enter(this.#carried)
    if (resent?.from === this.#at && resent.known !== null) {
      this.#runEnd = this.#at + resent.known.found.length
      this.#known = { segments: resent.known.found, carried: resent.known.carried.after }
    } else {
      this.#runEnd = endOfRun(this.#segments, this.#at, resent)
      const run = this.#segments.slice(this.#runStart, this.#runEnd)
      // A last run grows with the next turn, and one of a single segment is in the cache as that.
      const isKept = run.length > 1 && (run.length === MAX_RUN || endsRun(run.at(-1)))
      this.#runKey = isKept ? cache.runKey(run, this.#carried, version) : ''
      if (isKept) this.#known = cache.getRun(this.#runKey)
    }
    if (this.#known !== undefined) this.#carried = this.#known.carried
  }

  /** Findings of one segment by itself; its names are null when it must be scanned again wherever it comes. */
  *#one(segment: Segment): Steps<Omit<CachedFindings, 'names'> & { names: readonly NamePart[] | null }> {
    const { cache, version, find } = this.#options
    this.#readNames()
    const key = segment.text.length < MIN_CACHED ? '' : cache.key(segment, this.#carried, version)
    const known = key === '' ? undefined : cache.get(key)
    if (known !== undefined) {
      this.#addNames(segment.text, known.names)
      this.#carry()
      return known
    }
    const findings = yield* find(segment)
    const parts = this.#carry().map(name => placeOf(name, segment.text))
    const names = parts.every(part => part !== null) ? parts : null
    const found = { findings, names, lacks: {} }
    if (key !== '' && names !== null) cache.set(key, { ...found, names })
    return found
  }

  /** A scan follows whatever was named before it, also in runs that were not scanned. */
  #readNames(): void {
    if (this.#unread.length === 0) return
    for (const { text, names } of this.#unread) this.#addNames(text, names)
    this.#unread = []
    // The digest of these came with their runs.
    this.#options.names.takeNew()
  }

  #addNames(text: string, parts: readonly NamePart[]): void {
    const { names } = this.#options
    for (const { start, end, alone, particle } of parts) {
      if (particle) names.addParticle(text.slice(start, end))
      else names.add(text.slice(start, end), alone)
    }
  }

  /** Takes names that are new into the digest. */
  #carry(): readonly NewName[] {
    const { names, cache } = this.#options
    const fresh = names.takeNew()
    for (const { part, alone, particle } of fresh)
      this.#carried = cache.carry(this.#carried, `${alone} ${particle} ${part}`)
    return fresh
  }
}

/** Runs do not reach over the ends of what comes again: what was carried there must be known. */
function endOfRun(segments: readonly Segment[], from: number, resent: ResentSegments | undefined): number {
  const stop = [resent?.from ?? 0, resent?.to ?? 0].find(place => place > from) ?? segments.length
  const last = Math.min(from + MAX_RUN, stop) - 1
  for (let at = from; at < last; at++) if (endsRun(segments[at])) return at + 1
  return last + 1
}

function endsRun(segment: Segment | undefined): boolean {
  const length = segment?.text.length ?? 0
  return length >= MIN_CACHED && length % RUN_ENDS === 0
}

/** Where a part stands in the text; null when it was read in another view of it, which is then scanned again. */
function placeOf({ part, alone, particle }: NewName, text: string): NamePart | null {
  const start = text.indexOf(part)
  return start < 0 ? null : { start, end: start + part.length, alone, particle }
}
