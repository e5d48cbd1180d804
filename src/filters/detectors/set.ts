import { hash } from 'node:crypto'
import type { Finding } from '../../core/finding.ts'
import type { Segment } from '../../core/leaf.ts'
import type { Analyzer } from '../analyzer.ts'
import type { Detector } from './detector.ts'
import { mergeFindings } from './merge.ts'

/** What an analyzer and the detectors are together. One array of types each: what is derived from it is kept with it. */
type Joined = Pick<Analyzer, 'types' | 'version'>

/** The detectors of one gateway, asked together. */
export class DetectorSet {
  readonly all: readonly Detector[]
  readonly #joined = new WeakMap<Analyzer, Joined>()

  constructor(all: readonly Detector[]) {
    this.all = all
  }

  /** All types that findings may have, sorted. */
  typesWith(analyzer: Analyzer): readonly string[] {
    return this.#joinedWith(analyzer).types
  }

  /** Changes whenever findings for the same text could change. */
  versionWith(analyzer: Analyzer): string {
    return this.#joinedWith(analyzer).version
  }

  /**
   * Findings of the pass with those of every detector, per segment.
   * @param known findings of the pass
   * @throws errors.DetectorFailed when one of them fails: then nothing may leave
   */
  async addTo(
    segments: readonly Segment[],
    known: readonly (readonly Finding[])[]
  ): Promise<readonly (readonly Finding[])[]> {
    const lists = await Promise.all(this.all.map(detector => detector.find(segments)))
    return segments.map((_, at) => mergeFindings([known[at] ?? [], ...lists.map(list => list[at] ?? [])]))
  }

  #joinedWith(analyzer: Analyzer): Joined {
    if (this.all.length === 0) return analyzer
    let joined = this.#joined.get(analyzer)
    if (joined === undefined) {
      const versions = [analyzer, ...this.all].map(({ version }) => version)
      const types = [...new Set([analyzer, ...this.all].flatMap(one => one.types))].sort()
      joined = { types, version: hash('sha256', versions.join(' ')).slice(0, 16) }
      this.#joined.set(analyzer, joined)
    }
    return joined
  }

  async close(): Promise<void> {
    await Promise.all(this.all.map(detector => detector.close()))
  }
}
