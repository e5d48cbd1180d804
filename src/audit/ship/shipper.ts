import type { AuditEntry, AuditReader } from '../reader.ts'
import { readCursors, writeCursors } from './cursor-file.ts'
import type { Sink } from './sink.ts'
import type { ShipEvent, View } from './view.ts'

/** Events per message; at 2 KB each, about a megabyte. Nothing is queued: what is not yet sent is in the log. */
const BATCH = 500
/** Pauses after failures double from the first to the second. */
const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 60_000

export interface ShipperOptions {
  readonly reader: AuditReader
  readonly view: View
  readonly sink: Sink
  /** Where the cursor is kept. */
  readonly cursorFile: string
  /** 0 ≤ x < 1: spreads retries of several gateways. */
  readonly random: () => number
}

/**
 * Sends every event of every log to one sink, in the order of its log, at least once: the cursor moves when a batch was
 * taken, so after a crash the last batch may come twice. Receivers tell by the event id.
 */
export class Shipper {
  readonly #options: ShipperOptions
  readonly #cursors: Map<string, number>
  #failures = 0

  /** @throws Error when the cursor can't be read */
  constructor(options: ShipperOptions) {
    this.#options = options
    this.#cursors = new Map(readCursors(options.cursorFile))
  }

  /**
   * Sends at most one batch of each log.
   * @returns how many events were sent
   * @throws when the sink did not take a batch, or the log can't be read; call again after `pauseMs`
   */
  async step(): Promise<number> {
    try {
      let sent = 0
      for (const log of await this.#options.reader.logs()) {
        const next = this.#cursors.get(log.origin) ?? 0
        if (log.size <= next) continue
        sent += await this.#send(log.origin, await this.#options.reader.read(log.name, next, BATCH))
      }
      this.#failures = 0
      return sent
    } catch (error) {
      this.#failures++
      throw error
    }
  }

  /** How long to wait after a failure: doubling, and between half and all of it. */
  get pauseMs(): number {
    const full = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.max(0, this.#failures - 1))
    return full / 2 + (full / 2) * this.#options.random()
  }

  close(): Promise<void> {
    return this.#options.sink.close()
  }

  async #send(log: string, entries: readonly AuditEntry[]): Promise<number> {
    const last = entries.at(-1)
    if (last === undefined) return 0
    const { view, sink, cursorFile } = this.#options
    const events = entries.flatMap(entry => eventOf(log, entry))
    if (events.length > 0) await sink.send(events.map(event => ({ event, view: view.of(event) })))
    this.#cursors.set(log, last.index + 1)
    await writeCursors(cursorFile, this.#cursors)
    return entries.length
  }
}

/** What is no JSON is no event of a gateway, and not sent on: it may hold anything. */
function eventOf(log: string, { index, json }: AuditEntry): ShipEvent[] {
  try {
    const body: unknown = JSON.parse(json)
    return typeof body === 'object' && body !== null ? [{ log, leaf: index, json, body }] : []
  } catch {
    return []
  }
}
