import type { Findings } from './finding.ts'

/** The fields of an entry that the check looks at. Attacker-controlled. */
export interface Entry {
  readonly event_type?: unknown
  readonly event_id?: unknown
  readonly request_id?: unknown
  readonly attempt?: unknown
  readonly recorded_at?: unknown
  readonly gateway?: { readonly instance?: unknown }
  readonly log?: unknown
  readonly head?: unknown
  readonly heads?: unknown
  readonly to?: unknown
  readonly token_hash?: unknown
  readonly detachable?: unknown
}

/**
 * Each attempt has one beginning and one end, over all logs: an attempt may end in the log of the next month.
 * Holds the attempts that are open at one time only, if logs are walked in their order.
 */
export class Attempts {
  readonly #open = new Map<string, { readonly log: string; readonly index: number; readonly at: string }>()
  readonly #early = new Map<string, { readonly log: string; readonly index: number }>()
  #lastStart = ''
  #count = 0

  get count(): number {
    return this.#count
  }

  follow(entry: Entry, log: string, index: number): void {
    const at = String(entry.recorded_at)
    if (entry.event_type === 'gateway.started' && at > this.#lastStart) this.#lastStart = at
    if (typeof entry.request_id !== 'string' || typeof entry.attempt !== 'number') return
    const key = `${entry.request_id}/${entry.attempt}`
    if (entry.event_type === 'ai.request.admitted') {
      this.#count++
      if (!this.#early.delete(key)) this.#open.set(key, { log, index, at })
    } else if (!this.#open.delete(key)) this.#early.set(key, { log, index })
  }

  /** What is left at the end. @param deleted content was deleted by retention, so that beginnings may be gone */
  finish(findings: Findings, deleted: boolean): void {
    let atTheEnd = 0
    for (const [key, { log, index, at }] of this.#open) {
      // after a restart every attempt of the run before has its end, be it `orphaned`
      if (at >= this.#lastStart) atTheEnd++
      else
        findings.add('fault', `Entry ${index}: the attempt ${key} was admitted at ${at} and has no end.`, log)
    }
    if (atTheEnd > 0)
      findings.add(
        'note',
        `${atTheEnd} attempts were under way at the end of the trail: they have no end yet.`
      )
    for (const [key, { log, index }] of this.#early) {
      const text = `Entry ${index}: the attempt ${key} ended and has no beginning.`
      findings.add(deleted ? 'note' : 'fault', text, log)
    }
  }
}
