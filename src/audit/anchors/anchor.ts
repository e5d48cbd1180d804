/** What a trail is anchored with outside of its operator's reach: witnesses and time-stamping authorities. */

/** What came back from an anchor. Attacker-controlled. */
export interface AnchorAnswer {
  readonly status: number
  /** At most 64 KiB. */
  readonly bytes: Buffer
}

/** Sends one message to a URL that is fixed beforehand. Passed in: audit does no network I/O by HTTP itself. */
export interface AnchorSender {
  /** @throws when there is no whole answer */
  post(headers: Readonly<Record<string, string>>, body: string | Buffer): Promise<AnchorAnswer>
  close(): Promise<void>
}

/**
 * Why an anchor did not do its part:
 *
 * - `unreachable`: no answer in time, or one that says to try later;
 * - `refused`: it does not know this log or does not take it;
 * - `contradicts`: it knows another or a longer history of this log. The log was rewritten or restored from an old copy;
 * - `bad_answer`: what it sent does not hold.
 */
export const ANCHOR_FAULTS = ['unreachable', 'refused', 'contradicts', 'bad_answer'] as const
export type AnchorFault = (typeof ANCHOR_FAULTS)[number]

/** The anchor did not do its part. It is asked again. Never quotes its text. */
export class NotAnchored extends Error {
  override readonly name = 'NotAnchored'
  readonly reason: AnchorFault

  constructor(reason: AnchorFault, options?: ErrorOptions) {
    super(reason, options)
    this.reason = reason
  }
}

/** An anchor failed, or does its part again (`reason` null). For the record and the operator's log. */
export interface AnchorChange {
  readonly kind: 'witness' | 'timestamp'
  /** Key name of the witness, host of the authority. */
  readonly anchor: string
  readonly head: { readonly origin: string; readonly size: number; readonly root: string }
  readonly reason: AnchorFault | null
}

const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 600_000

/** When an anchor that failed is asked again: after a pause that doubles up to ten minutes. */
export class Backoff {
  #failures = 0
  #untilMs = 0
  #reason: AnchorFault | null = null

  /** @param nowMs on a clock that never goes back */
  isOpen(nowMs: number): boolean {
    return nowMs >= this.#untilMs
  }

  /** @returns whether this is another state than before */
  failed(reason: AnchorFault, nowMs: number): boolean {
    this.#untilMs = nowMs + Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** this.#failures)
    this.#failures = Math.min(this.#failures + 1, 30)
    const isNew = reason !== this.#reason
    this.#reason = reason
    return isNew
  }

  /** @returns whether it had failed before */
  succeeded(): boolean {
    const isNew = this.#reason !== null
    this.#failures = 0
    this.#untilMs = 0
    this.#reason = null
    return isNew
  }
}
