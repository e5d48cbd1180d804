import type { Clock } from '../core/clock.ts'
import { Breaker, type BreakerLimits, type BreakerState } from './breaker.ts'
import type { Deployment } from './provider.ts'
import { pauseMs } from './rate-limit.ts'

/** Why a deployment is not tried now. */
export type Unavailable = 'breaker_open' | 'rate_limited' | 'busy'

/** How one attempt ended, as far as the deployment's health is concerned. */
export interface AttemptResult {
  /** False: not reached, timed out, broke off or answered 5xx. What the caller did wrong is no failure. */
  readonly ok: boolean
  readonly status?: number | undefined
  /** Lower-case names; attacker-controlled. */
  readonly headers: ReadonlyMap<string, string>
  readonly ttfbMs?: number | undefined
  /** The client went away: says nothing about the deployment. */
  readonly aborted: boolean
}

/** What `GET /admin/deployments` shows. */
export interface HealthSnapshot {
  readonly state: BreakerState
  /** An answer proved another place than declared. */
  readonly contradicted: boolean
  readonly inFlight: number
  /** Attempts that ended since the start, and those of them that failed. */
  readonly requests: number
  readonly failures: number
  /** Mean of recent times until the answer began; null before the first answer. */
  readonly ttfbMs: number | null
  /** Milliseconds for which the provider asked to be left alone. */
  readonly pausedMs: number
}

/** A place at a deployment, taken for one attempt. */
export interface Place {
  /** Nothing was tried. */
  released(): void
  ended(result: AttemptResult): void
}

/** Weight of the newest answer: about the last ten count. */
const NEWEST = 0.2
/** Answers before the mean says anything. */
const MIN_SAMPLES = 5

/** Told when the breaker of a deployment opens, closes or lets one attempt probe. */
export type OnBreaker = (deployment: Deployment, state: BreakerState) => void

/** The health of one deployment in this process: counts and times, nothing of a request. */
export class DeploymentHealth {
  readonly #deployment: Deployment
  readonly #clock: Clock
  readonly #breaker: Breaker
  readonly #onBreaker: OnBreaker
  #inFlight = 0
  #requests = 0
  #failures = 0
  #samples = 0
  #ttfbMs = 0
  #pausedUntil = 0
  #contradicted = false

  constructor(deployment: Deployment, limits: BreakerLimits, clock: Clock, onBreaker: OnBreaker) {
    this.#deployment = deployment
    this.#onBreaker = onBreaker
    this.#clock = clock
    this.#breaker = new Breaker(limits)
  }

  /** An answer proved another place than declared. Stays so until a restart; policy decides what follows. */
  get contradicted(): boolean {
    return this.#contradicted
  }

  /** Mean time until the answer began; null as long as too few are known. */
  get ttfbMs(): number | null {
    return this.#samples < MIN_SAMPLES ? null : this.#ttfbMs
  }

  markContradicted(): void {
    this.#contradicted = true
  }

  /**
   * Takes a place for one attempt, in one step, so that no other attempt takes the same.
   * @param waiting true: also while the provider asks for a pause
   * @returns the place when it may be tried now: exactly one of its `ended` and `released` follows; else why not
   */
  claim(waiting = false): Place | Unavailable {
    const now = this.#clock.monotonic()
    if (this.#inFlight >= this.#deployment.maxConcurrent) return 'busy'
    if (now < this.#pausedUntil && !waiting) return 'rate_limited'
    const claim = this.#noticing(() => this.#breaker.claim(now))
    if (claim === null) return 'breaker_open'
    this.#inFlight++
    return {
      released: () => {
        this.#inFlight--
        this.#breaker.abandoned(claim)
      },
      ended: result => this.#ended(claim, result)
    }
  }

  #ended(claim: number, result: AttemptResult): void {
    const now = this.#clock.monotonic()
    this.#inFlight--
    this.#requests++
    if (!result.ok && !result.aborted) this.#failures++
    if (result.aborted) this.#breaker.abandoned(claim)
    else this.#noticing(() => this.#breaker.ended(claim, result.ok, now))
    if (result.ttfbMs !== undefined) this.#sample(result.ttfbMs)
    // With the caller's own key a limit is the caller's: it says nothing about others.
    if (this.#deployment.credential !== 'passthrough')
      this.#pausedUntil = Math.max(this.#pausedUntil, now + pauseMs(result.status, result.headers))
  }

  snapshot(): HealthSnapshot {
    return {
      state: this.#breaker.state,
      contradicted: this.#contradicted,
      inFlight: this.#inFlight,
      requests: this.#requests,
      failures: this.#failures,
      ttfbMs: this.#samples === 0 ? null : Math.round(this.#ttfbMs),
      pausedMs: Math.max(0, Math.round(this.#pausedUntil - this.#clock.monotonic()))
    }
  }

  #noticing<T>(change: () => T): T {
    const before = this.#breaker.state
    const result = change()
    if (this.#breaker.state !== before) this.#onBreaker(this.#deployment, this.#breaker.state)
    return result
  }

  #sample(ms: number): void {
    this.#ttfbMs = this.#samples === 0 ? ms : this.#ttfbMs + (ms - this.#ttfbMs) * NEWEST
    this.#samples++
  }
}

/** All deployments of a gateway. */
export class Health {
  readonly #byId: ReadonlyMap<string, DeploymentHealth>

  constructor(
    deployments: readonly Deployment[],
    limits: BreakerLimits,
    clock: Clock,
    onBreaker: OnBreaker = () => {}
  ) {
    this.#byId = new Map(
      deployments.map(one => [one.id, new DeploymentHealth(one, limits, clock, onBreaker)])
    )
  }

  /** @throws RangeError for an id that is not configured */
  of({ id }: Deployment): DeploymentHealth {
    const health = this.#byId.get(id)
    if (health === undefined) throw new RangeError('no such deployment')
    return health
  }
}
