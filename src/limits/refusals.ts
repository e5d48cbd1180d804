/** What was exceeded, as records name it. */
export type LimitKind = 'requests' | 'tokens' | 'concurrency' | 'budget'

export interface RefusalCount {
  readonly appId: string
  readonly limit: LimitKind
  readonly count: number
}

/** Refusals by app and limit, told together: a client that does not stop must not fill the record. Apps are configured. */
export class Refusals {
  readonly #counts = new Map<string, RefusalCount>()

  add(appId: string, limit: LimitKind): void {
    const key = `${appId} ${limit}`
    this.#counts.set(key, { appId, limit, count: (this.#counts.get(key)?.count ?? 0) + 1 })
  }

  /** All since the last time. */
  take(): RefusalCount[] {
    const counts = [...this.#counts.values()]
    this.#counts.clear()
    return counts
  }
}
