import type { Finding } from '../core/finding.ts'
import type { HmacKey } from '../core/hmac.ts'
import type { Segment } from '../core/leaf.ts'

/** A part of a name that later segments are searched for, as a place in its segment. */
export interface NamePart {
  readonly start: number
  readonly end: number
  /** It names the person without the other parts. */
  readonly alone: boolean
  readonly particle: boolean
}

/** What was found in a segment: places and types, never text. */
export interface CachedFindings {
  readonly findings: readonly Finding[]
  readonly names: readonly NamePart[]
  readonly lacks: Lacks
}

/** What was looked for in a text, whatever was found around it, and is not there: it need not be looked for again. */
export interface Lacks {
  /** No word of a special category. */
  flags?: boolean
  /** Nothing that is written like a code. */
  codes?: boolean
  /** None of the values followed when they were summed up so (followed.ts). */
  values?: number
}

/** What was found in segments that came one after the other. */
export interface CachedRun {
  readonly segments: readonly CachedFindings[]
  /** The digest of names behind them. */
  readonly carried: string
}

/** Estimated bytes of an entry, and of each finding or name in it. */
const ENTRY_BYTES = 250
const ITEM_BYTES = 120

/**
 * Findings of segments seen before: agents send the whole conversation again each turn, and only what is new costs a scan.
 * Entries are kept under a keyed hash of all that findings depend on, so that nobody can make one text pass for another.
 */
export class FindingsCache {
  readonly #secret: HmacKey
  readonly #maxBytes: number
  readonly #entries = new Map<string, CachedFindings | CachedRun>()
  #bytes = 0

  /** @param maxBytes beyond it the entries used longest ago go; estimated */
  constructor(secret: HmacKey, maxBytes: number) {
    this.#secret = secret
    this.#maxBytes = maxBytes
  }

  /**
   * @param carried digest of the names found before the segment
   * @param version of the analyzer, which changes with detectors and policy
   */
  key(segment: Segment, carried: string, version: string): string {
    return this.#secret.hex(`findings\0${version}\0${carried}\0${spelled(segment)}`)
  }

  /** As `key`, of segments that come one after the other. */
  runKey(segments: readonly Segment[], carried: string, version: string): string {
    let all = `run\0${version}\0${carried}\0`
    for (const segment of segments) all += `${segment.text.length}\0${spelled(segment)}`
    return this.#secret.hex(all)
  }

  /** The digest of the names found so far, after one more. */
  carry(carried: string, part: string): string {
    return this.#secret.hex(`name\0${carried}\0${part}`)
  }

  get(key: string): CachedFindings | undefined {
    const entry = this.#use(key)
    return entry !== undefined && 'findings' in entry ? entry : undefined
  }

  set(key: string, entry: CachedFindings): void {
    this.#keep(key, entry)
  }

  getRun(key: string): CachedRun | undefined {
    const entry = this.#use(key)
    return entry !== undefined && 'segments' in entry ? entry : undefined
  }

  setRun(key: string, entry: CachedRun): void {
    this.#keep(key, entry)
  }

  #use(key: string): CachedFindings | CachedRun | undefined {
    const entry = this.#entries.get(key)
    if (entry === undefined) return undefined
    this.#entries.delete(key)
    this.#entries.set(key, entry)
    return entry
  }

  #keep(key: string, entry: CachedFindings | CachedRun): void {
    if (this.#entries.has(key)) return
    this.#entries.set(key, entry)
    this.#bytes += sizeOf(entry)
    for (const [oldest, used] of this.#entries) {
      if (this.#bytes <= this.#maxBytes) break
      this.#entries.delete(oldest)
      this.#bytes -= sizeOf(used)
    }
  }
}

/** All that findings depend on, so that no two segments are written alike. */
function spelled({ kind, label, text }: Segment): string {
  return `${kind}\0${label.length}\0${label}${text}`
}

/** A run shares what was found with the entries of its segments while they last. */
function sizeOf(entry: CachedFindings | CachedRun): number {
  if ('segments' in entry) return entry.segments.reduce((bytes, one) => bytes + sizeOf(one), ENTRY_BYTES)
  return ENTRY_BYTES + ITEM_BYTES * (entry.findings.length + entry.names.length)
}
