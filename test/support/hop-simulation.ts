import { errors } from '../../src/errors.ts'
import { type Attempt, type HopDecision, runHops } from '../../src/pipeline/hops.ts'
import type { Outcome } from '../../src/pipeline/outcome.ts'
import { Health } from '../../src/providers/health.ts'
import type { Deployment } from '../../src/providers/provider.ts'
import { RetryBudget } from '../../src/providers/retry-budget.ts'
import { orderCandidates, Router } from '../../src/providers/router.ts'
import { Residency } from '../../src/residency/decision.ts'
import type { RequestFacts } from '../../src/residency/facts.ts'
import type { ResidencyRules } from '../../src/residency/rules.ts'
import { fakeProvider } from '../providers/deployments.ts'
import { countries, NOW, request, rules } from '../residency/facts.ts'
import { createRandom, type Random } from './random.ts'

/**
 * Requests through the real loop of hops, health, router and decisions, with a clock and failures of its own: no network,
 * no record, no time. Each hop is held against rules that are written out anew here.
 */

/** What was wrong; all stay 0. */
export interface Faults {
  forbidden: number
  unadmitted: number
  afterFirstByte: number
  overCapacity: number
  tooManyAttempts: number
}

export interface Simulated {
  readonly faults: Faults
  readonly requests: number
  readonly hops: number
  readonly fallbacks: number
  readonly refused: number
  readonly reloads: number
  readonly breakerChanges: number
}

const MAX_ATTEMPTS = 3
const CAPACITY = 3
const none = { headers: new Map<string, string>(), bytesOut: 0, usage: {} }

/** Policies that reloads switch between; `allows` says of each anew what it means for a place. */
interface Rules {
  readonly by: ResidencyRules
  allows(facts: RequestFacts, place: string): boolean
}

const POLICIES: readonly [Rules, ...Rules[]] = [
  { by: rules(), allows: shipped },
  { by: rules({}, ['EEA', 'self']), allows: (facts, place) => shipped(facts, place) && isNear(place) },
  {
    by: rules({ rules: [{ id: 'de', when: {}, require: { places: ['DE'] } }] }),
    allows: (_, place) => place === 'DE'
  },
  { by: rules({ rules: [{ id: 'stop', when: {}, refuse: true }] }), allows: () => false }
]

function isNear(place: string): boolean {
  return ['DE', 'SE', 'self'].includes(place)
}

function shipped({ payload, flags, clearTypes }: RequestFacts, place: string): boolean {
  if (place === 'unknown' || clearTypes.includes('API_KEY')) return false
  return isNear(place) || (payload !== 'clear' && flags.length === 0)
}

export class HopSimulation {
  readonly #random: Random
  readonly #faults: Faults = {
    forbidden: 0,
    unadmitted: 0,
    afterFirstByte: 0,
    overCapacity: 0,
    tooManyAttempts: 0
  }
  readonly #counts = { requests: 0, hops: 0, fallbacks: 0, refused: 0, reloads: 0, breakerChanges: 0 }
  readonly #deployments: readonly Deployment[]
  readonly #router: Router
  readonly #health: Health
  readonly #retries = new RetryBudget(0.2)
  readonly #residency = new Residency(countries)
  readonly #under = new Map<Deployment, number>()
  /** Deployments that are down, until when. */
  readonly #down = new Map<Deployment, number>()
  #policy: Rules = POLICIES[0]
  #now = 0

  constructor(seed: number) {
    this.#random = createRandom(seed)
    const providers = ['DE', 'US', 'unknown', 'SE', 'self', 'US', 'DE'].map((place, at) =>
      fakeProvider({
        id: `d${at}`,
        places: [place],
        storage: [place],
        priority: 1 + (at % 3),
        maxConcurrent: CAPACITY,
        credential: 'managed'
      })
    )
    this.#deployments = providers.map(({ deployment }) => deployment)
    this.#router = new Router(providers)
    const breaker = { minRequests: 5, failureShare: 0.5, windowMs: 2000, openMs: 500 }
    const clock = { now: () => NOW + this.#now, monotonic: () => this.#now }
    this.#health = new Health(this.#deployments, breaker, clock, () => this.#counts.breakerChanges++)
  }

  /** @param atOnce requests under way at the same time */
  async run(requests: number, atOnce = 8): Promise<Simulated> {
    let left = requests
    const worker = async (): Promise<void> => {
      while (left-- > 0) await this.#request()
    }
    await Promise.all(Array.from({ length: atOnce }, worker))
    return { ...this.#counts, faults: this.#faults }
  }

  async #request(): Promise<void> {
    this.#turn()
    const facts = this.#facts()
    // A request keeps the policy it began with, as the gateway's snapshot does.
    const policy = this.#policy
    const admitted = new Set<Attempt>()
    let answered = false
    const candidates = orderCandidates(
      this.#router.candidates('m'),
      () => String(this.#random.int(50)),
      this.#health,
      3
    )
    const { last } = await runHops(
      candidates,
      {
        credential: () => this.#credential(),
        decide: ({ provider: { deployment } }): HopDecision => ({
          ...this.#residency.decide(policy.by, facts, deployment, NOW + this.#now, false),
          id: 'decision'
        }),
        admit: async attempt => {
          await this.#pause()
          if (this.#random.int(200) === 0) throw new errors.RecordFailed()
          admitted.add(attempt)
        },
        send: async attempt => {
          const { deployment } = attempt.candidate.provider
          if (!admitted.has(attempt)) this.#faults.unadmitted++
          if (!policy.allows(facts, deployment.places[0] ?? '')) this.#faults.forbidden++
          if (answered) this.#faults.afterFirstByte++
          if (attempt.number > MAX_ATTEMPTS) this.#faults.tooManyAttempts++
          const outcome = await this.#send(deployment)
          answered = outcome.headSent
          return outcome
        },
        ended: () => {}
      },
      this.#health,
      this.#retries,
      { maxAttempts: MAX_ATTEMPTS }
    ).catch((error: unknown) => {
      if (!(error instanceof errors.RecordFailed)) throw error
      return { last: null }
    })
    this.#counts.requests++
    if (last === null) this.#counts.refused++
    else if (last.attempt.number > 1) this.#counts.fallbacks++
  }

  async #send(deployment: Deployment): Promise<Outcome> {
    this.#counts.hops++
    const under = (this.#under.get(deployment) ?? 0) + 1
    this.#under.set(deployment, under)
    if (under > CAPACITY) this.#faults.overCapacity++
    await this.#pause()
    this.#under.set(deployment, (this.#under.get(deployment) ?? 1) - 1)
    return this.#outcome(deployment)
  }

  #outcome({ id, ...deployment }: Deployment): Outcome {
    const isDown = [...this.#down].some(([down, until]) => down.id === id && until > this.#now)
    const roll = isDown ? this.#random.int(5) : this.#random.int(40)
    const failed = { ...none, kind: 'provider_error', headSent: false } as const
    if (roll === 0) return { ...failed, error: new errors.UpstreamConnect(id) }
    if (roll === 1) return { ...failed, status: 500 }
    if (roll === 2) return { ...failed, status: 429, headers: new Map([['retry-after-ms', '300']]) }
    if (roll === 3) return { ...failed, headSent: true, status: 200, error: new errors.UpstreamBroken(id) }
    if (roll === 4)
      return { ...none, kind: 'timeout', headSent: false, error: new errors.UpstreamTimeout(id, 'headers') }
    if (roll === 5)
      return { ...none, kind: 'client_abort', headSent: true, error: new errors.ClientAborted() }
    return { ...none, kind: 'ok', headSent: true, status: 200, ttfbMs: 100 * deployment.priority }
  }

  /** Time passes, deployments go down, the policy is reloaded. */
  #turn(): void {
    this.#now += this.#random.int(20)
    const at = this.#random.int(300 * this.#deployments.length)
    const one = at % 300 === 0 ? this.#deployments[at / 300] : undefined
    if (one !== undefined) this.#down.set(one, this.#now + this.#random.int(3000))
    if (this.#random.int(500) === 0) {
      this.#policy = this.#random.pick(POLICIES)
      this.#counts.reloads++
    }
  }

  #facts(): RequestFacts {
    const payload = this.#random.pick(['clear', 'pseudonymised', 'nothing_found'] as const)
    return request({
      payload,
      clearTypes: payload === 'clear' && this.#random.int(10) === 0 ? ['API_KEY'] : [],
      flags: this.#random.int(5) === 0 ? ['health'] : []
    })
  }

  async #credential(): Promise<Readonly<Record<string, string>>> {
    await this.#pause()
    if (this.#random.int(100) === 0) throw new errors.CredentialUnavailable('d')
    return {}
  }

  /** Lets others go on, for a random number of turns. */
  async #pause(): Promise<void> {
    for (let turns = this.#random.int(4); turns > 0; turns--) await Promise.resolve()
  }
}
