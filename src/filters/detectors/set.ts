import { hash } from 'node:crypto'
import type { Finding } from '../../core/finding.ts'
import { splice } from '../../core/json/splice.ts'
import type { Segment } from '../../core/leaf.ts'
import type { Analyzer } from '../analyzer.ts'
import type { Detector, Recipient } from './detector.ts'
import { mergeFindings } from './merge.ts'

/** Findings per segment. */
type Found = readonly (readonly Finding[])[]

/** Decides on sending texts to a detector's recipient, keeps the record of it, and calls `find` in between. */
export type Consult = (detector: Consulted, find: () => Promise<Found>) => Promise<Found>

export type Consulted = Pick<Detector, 'id' | 'version'> & { readonly recipient: Recipient }

/** What an analyzer and the detectors are together. One array of types each: what is derived from it is kept with it. */
type Joined = Pick<Analyzer, 'types' | 'version'>

/** Same length, so that offsets stay. */
function blankOut(segment: Segment, findings: readonly Finding[]): Segment {
  if (findings.length === 0) return segment
  const edits = findings.map(({ start, end }) => ({ start, end, text: '*'.repeat(end - start) }))
  return { ...segment, text: splice(segment.text, edits) }
}

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
   * Findings of the pass with those of every detector, per segment. A detector outside of this process gets the texts
   * with the findings of the pass blanked out: what is known already is nobody else's business.
   * @param known findings of the pass
   * @param consult asks a detector with a recipient, or refuses to
   * @throws errors.DetectorFailed when one of them fails: then nothing may leave
   */
  async addTo(
    segments: readonly Segment[],
    known: readonly (readonly Finding[])[],
    consult: Consult
  ): Promise<readonly (readonly Finding[])[]> {
    const blanked = segments.map((segment, at) => blankOut(segment, known[at] ?? []))
    const lists = await Promise.all(
      this.all.map(detector =>
        detector.recipient === undefined
          ? detector.find(segments)
          : consult({ id: detector.id, version: detector.version, recipient: detector.recipient }, () =>
              detector.find(blanked)
            )
      )
    )
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
