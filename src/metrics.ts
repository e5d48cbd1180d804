import { Counter, Gauge, Histogram, Registry } from 'prom-client'

/** Pseudonyms of a request and its answer: issued, then found exactly, altered, invented by the model, left as is. */
export const PSEUDONYM_KINDS = ['issued', 'exact', 'altered', 'invented', 'unresolved'] as const
export type PseudonymKind = (typeof PSEUDONYM_KINDS)[number]

/** What metrics read when they are scraped. */
export interface MetricSources {
  readonly bufferedBytes: () => number
  readonly inFlight: () => number
}

/** From a tenth of a millisecond, the goal being one, to the seconds of a stalled disk. */
const SECONDS = [0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 2]

/** More label combinations than any sane config makes; what comes beyond is counted under `other`. */
const MAX_SERIES = 5000

/**
 * The figures for Prometheus, in a registry of their own so that two gateways in one process do not mix.
 *
 * Labels are configured ids, configured model patterns, entity types and enums: no text of a request, and few of them.
 * Counting costs a map look-up; prom-client is only asked when the figures are scraped.
 */
export class Metrics {
  readonly #registry = new Registry()
  readonly #requests: Tally
  readonly #findings: Tally
  readonly #pseudonyms: Tally
  readonly #upstreamErrors: Tally
  readonly #added: Histogram
  readonly #commit: Histogram

  constructor(sources: MetricSources) {
    const registers = [this.#registry]
    this.#requests = new Tally(this.#registry, 'schleuse_requests_total', 'Requests by how they ended', [
      'endpoint',
      'provider',
      'outcome'
    ])
    this.#findings = new Tally(
      this.#registry,
      'schleuse_findings_total',
      'Findings by what was done about them',
      ['type', 'action', 'side']
    )
    this.#pseudonyms = new Tally(
      this.#registry,
      'schleuse_pseudonyms_total',
      'Pseudonyms issued to a model and what came back of them',
      ['model', 'kind']
    )
    this.#upstreamErrors = new Tally(
      this.#registry,
      'schleuse_upstream_errors_total',
      'Attempts that failed',
      ['provider', 'code']
    )
    this.#added = new Histogram({
      name: 'schleuse_gateway_added_seconds',
      help: 'Time of a request that was spent in the gateway, without waiting for the provider',
      buckets: SECONDS,
      registers
    })
    this.#commit = new Histogram({
      name: 'schleuse_audit_commit_seconds',
      help: 'Time until a group of audit records was on the disk',
      buckets: SECONDS,
      registers
    })
    gauge(this.#registry, 'schleuse_buffered_bytes', 'Bytes of bodies held in memory', sources.bufferedBytes)
    gauge(this.#registry, 'schleuse_requests_in_flight', 'Requests under way', sources.inFlight)
  }

  /** @param provider a configured id, or `none` when the request reached none */
  request(endpoint: string, provider: string, outcome: string): void {
    this.#requests.add(1, endpoint, provider, outcome)
  }

  findings(type: string, action: string, side: 'request' | 'response', count: number): void {
    this.#findings.add(count, type, action, side)
  }

  /** @param model the configured pattern that matched */
  pseudonyms(model: string, counts: Readonly<Record<PseudonymKind, number>>): void {
    for (const kind of PSEUDONYM_KINDS) if (counts[kind] > 0) this.#pseudonyms.add(counts[kind], model, kind)
  }

  /** @param code a code of errors.ts, or an HTTP status of the provider */
  upstreamError(provider: string, code: string): void {
    this.#upstreamErrors.add(1, provider, code)
  }

  addedMs(ms: number): void {
    this.#added.observe(ms / 1000)
  }

  auditCommitMs(ms: number): void {
    this.#commit.observe(ms / 1000)
  }

  /** The media type of `text`. */
  get contentType(): string {
    return this.#registry.contentType
  }

  /** All figures in the text format of Prometheus. */
  text(): Promise<string> {
    return this.#registry.metrics()
  }
}

interface Series {
  readonly values: readonly string[]
  count: number
}

/** One counter with labels: sums in a map, handed to prom-client when scraped. */
class Tally {
  readonly #series = new Map<string, Series>()
  readonly #labels: readonly string[]

  constructor(registry: Registry, name: string, help: string, labels: readonly string[]) {
    this.#labels = labels
    const counter: Counter = new Counter({
      name,
      help,
      labelNames: labels,
      registers: [],
      collect: () => this.#hand(counter)
    })
    registry.registerMetric(counter)
  }

  add(count: number, ...values: readonly string[]): void {
    const key = values.join('\n')
    const known = this.#series.get(key)
    if (known !== undefined) known.count += count
    else if (this.#series.size < MAX_SERIES) this.#series.set(key, { values, count })
    else this.#addOther(count)
  }

  #addOther(count: number): void {
    const values = this.#labels.map(() => 'other')
    const key = values.join('\n')
    const other = this.#series.get(key) ?? { values, count: 0 }
    other.count += count
    this.#series.set(key, other)
  }

  #hand(counter: Counter): void {
    counter.reset()
    for (const { values, count } of this.#series.values()) counter.labels(...values).inc(count)
  }
}

function gauge(registry: Registry, name: string, help: string, read: () => number): void {
  const figure: Gauge = new Gauge({ name, help, registers: [], collect: () => figure.set(read()) })
  registry.registerMetric(figure)
}
