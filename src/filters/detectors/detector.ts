import type { Finding } from '../../core/finding.ts'
import type { Segment } from '../../core/leaf.ts'

/** Who outside of this process gets the texts, in clear but for what the pass has found in them. */
export interface Recipient {
  /** Host and, unless default, port. */
  readonly host: string
  /** Where it processes and stores. Never empty. */
  readonly places: readonly string[]
}

/**
 * A detector beside the one pass: a model or a service that the operator plugs in by configuration. It is slower than a
 * recognizer and answers later, so it looks at requests only, never at answers.
 */
export interface Detector {
  /** From the config, `[a-z0-9][a-z0-9-]*`; findings carry it as their recognizer. */
  readonly id: string
  /** Entity types it may report, sorted. */
  readonly types: readonly string[]
  /** Changes whenever findings for the same text could change. */
  readonly version: string
  /** Left out: the texts stay in this process. */
  readonly recipient?: Recipient
  /**
   * Result[i] are the findings of segments[i], sorted and free of overlaps.
   * @param segments texts of one request, attacker-controlled
   * @throws errors.DetectorFailed when it fails, takes too long or has too much to do: the request is refused then
   */
  find(segments: readonly Segment[]): Promise<readonly (readonly Finding[])[]>
  /** Frees its threads and connections; whatever is under way fails. */
  close(): Promise<void>
}

/** Keys, numbers, URLs and names with a charset rule are no prose: structured recognizers look at them. */
export function isProse({ kind, text }: Segment): boolean {
  return (kind === 'text' || kind === 'json' || kind === 'unknown') && text !== ''
}
