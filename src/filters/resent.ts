import type { Stem } from './code.ts'
import type { CachedFindings } from './findings-cache.ts'

/** What came of segments that an earlier call had too; places, types and hashes, never text. */
export interface KnownSegments {
  /** By segment, from the first one on. */
  readonly found: readonly CachedFindings[]
  /** Digests of the names found before them and up to their end. */
  readonly carried: { readonly before: string; readonly after: string }
  /** The stems that were derived in them, in order. */
  readonly stems: readonly Stem[]
}

/**
 * Segments [from, to) of a call that come again in later ones: what is known of them from an earlier call, and what a later
 * one will need. Those of an earlier call in which nothing was to be done may be left out of them.
 */
export class ResentSegments {
  readonly from: number
  readonly to: number
  readonly known: KnownSegments | null
  /** False when what is known was made behind other segments: what came of this call is worth nothing then. */
  fits = true
  /** By segment of the call; null where one must be scanned again wherever it comes. */
  readonly found: (CachedFindings | null)[] = []
  /** By segment of the call: true where anything was replaced, kept by policy, followed or like a code. */
  readonly touched: boolean[] = []
  /** As in `KnownSegments`, of this call. */
  carried = { before: '', after: '' }
  readonly stems: Stem[] = []
  #isPast = false

  constructor(from: number, to: number, known: KnownSegments | null) {
    this.from = from
    this.to = to
    this.known = known
  }

  /** @param carried digest of the names found so far */
  enter(carried: string): void {
    if (this.known !== null && this.known.carried.before !== carried) this.fits = false
    this.carried = { before: carried, after: carried }
  }

  /** @param carried as for `enter` */
  leave(carried: string): void {
    this.carried = { ...this.carried, after: carried }
  }

  /** Segments are replaced up to here. */
  reach(index: number): void {
    if (this.known === null || index !== this.from + this.known.found.length) return
    if (this.stems.length !== this.known.stems.length) this.fits = false
    this.#isPast = true
  }

  /** The next stem: a known one where there are any, else a new one. */
  stem(derive: () => Stem): Stem {
    const known = this.#isPast ? undefined : this.known?.stems[this.stems.length]
    const stem = known ?? derive()
    this.stems.push(stem)
    return stem
  }
}
