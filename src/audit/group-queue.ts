import type { AuditEvent } from './event/builder.ts'
import { frameBytes } from './storage/wal-format.ts'

/** Entries that one write takes. They come to the disk together or not at all, so they share one promise. */
export interface Group {
  readonly events: readonly AuditEvent[]
  readonly done: Promise<void>
  readonly resolve: () => void
  readonly reject: (error: Error) => void
}

interface OpenGroup extends Group {
  readonly events: AuditEvent[]
  /** Of all frames in it. */
  bytes: number
}

/** `/<year>-<month>` behind the class in the name of a log. */
const MONTH = '/0000-00'

/** What waits for the disk, in order, in groups that are as large as one write may be. */
export class GroupQueue {
  readonly #maxGroupBytes: number
  #groups: OpenGroup[] = []
  #events = 0
  #bytes = 0

  /** @param maxGroupBytes of all frames; the largest single one fits */
  constructor(maxGroupBytes: number) {
    this.#maxGroupBytes = maxGroupBytes
  }

  get events(): number {
    return this.#events
  }

  /** Of the entries themselves. */
  get bytes(): number {
    return this.#bytes
  }

  /** @returns the promise of its group */
  push(event: AuditEvent): Promise<void> {
    const { json, personal, retentionClass } = event
    const bytes = frameBytes(retentionClass.length + MONTH.length, json.length, personal?.length ?? 0)
    let last = this.#groups.at(-1)
    if (last === undefined || last.bytes + bytes > this.#maxGroupBytes)
      this.#groups.push((last = { events: [], bytes: 0, ...withResolvers() }))
    last.events.push(event)
    last.bytes += bytes
    this.#events++
    this.#bytes += json.length
    return last.done
  }

  /** The oldest group. */
  take(): Group | undefined {
    const group = this.#groups.shift()
    for (const { json } of group?.events ?? []) this.#bytes -= json.length
    this.#events -= group?.events.length ?? 0
    return group
  }
}

function withResolvers(): Pick<Group, 'done' | 'resolve' | 'reject'> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  return { done: promise, resolve, reject }
}
