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
  readonly #entries = new Map<string, CachedFindings>()
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
  key({ kind, label, text }: Segment, carried: string, version: string): string {
    return this.#secret.hex(`findings\0${version}\0${carried}\0${kind}\0${label.length}\0${label}${text}`)
  }

  /** The digest of the names found so far, after one more. */
  carry(carried: string, part: string): string {
    return this.#secret.hex(`name\0${carried}\0${part}`)
  }

  get(key: string): CachedFindings | undefined {
    const entry = this.#entries.get(key)
    if (entry === undefined) return undefined
    this.#entries.delete(key)
    this.#entries.set(key, entry)
    return entry
  }

  set(key: string, entry: CachedFindings): void {
    if (this.#entries.has(key)) return
    this.#entries.set(key, entry)
    this.#bytes += sizeOf(entry)
    for (const [oldest, { findings, names }] of this.#entries) {
      if (this.#bytes <= this.#maxBytes) break
      this.#entries.delete(oldest)
      this.#bytes -= sizeOf({ findings, names })
    }
  }
}

function sizeOf({ findings, names }: Pick<CachedFindings, 'findings' | 'names'>): number {
  return ENTRY_BYTES + ITEM_BYTES * (findings.length + names.length)
}
