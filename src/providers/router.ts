import { hash } from 'node:crypto'
import type { Health } from './health.ts'
import type { Deployment, Provider } from './provider.ts'

/** One way to serve a request. */
export interface Candidate {
  readonly provider: Provider
  /** Name the provider knows the model by; null where a request names none. */
  readonly model: string | null
  /** Name the deployment is asked for it by, as prices know it: an alias stands for another. Null where a request names none. */
  readonly named: string | null
  /** The configured name or pattern: records hold it instead of the caller's text. */
  readonly pattern: string
  /** Smaller is tried first; candidates of the same rank share the conversations. */
  readonly rank: number
  readonly weight: number
}

export interface ListedModel {
  readonly id: string
  /** Who serves it, in config order; never empty. */
  readonly deployments: readonly Deployment[]
}

/** Another name for models, each at its deployment. */
export interface Alias {
  readonly name: string
  readonly targets: readonly AliasTarget[]
}

export interface AliasTarget {
  /** Id of a deployment. */
  readonly deployment: string
  readonly model: string
  readonly priority?: number | undefined
  readonly weight: number
}

interface Route {
  readonly provider: Provider
  readonly pattern: string
  readonly priority: number
  readonly weight: number
  /** What an alias asks for; null: what the caller asked for. */
  readonly model: string | null
}

/** Chooses deployments by model name. Pure after construction; names asked for are attacker-controlled. */
export class Router {
  /** Only names from the config become keys. */
  readonly #exact = new Map<string, Route[]>()
  readonly #providers: readonly Provider[]
  readonly #aliases = new Map<string, Route[]>()
  /** Longest prefix first, config order among equals. */
  readonly #patterns: { readonly prefix: string; readonly route: Route }[] = []

  /**
   * @param providers in config order
   * @param aliases their deployments are among the providers; config.ts checks that
   */
  constructor(providers: readonly Provider[], aliases: readonly Alias[] = []) {
    this.#providers = providers
    for (const provider of providers) {
      const { models, priority, weight } = provider.deployment
      for (const pattern of new Set(models)) {
        const route = { provider, pattern, priority, weight, model: null }
        if (pattern.endsWith('*')) this.#patterns.push({ prefix: pattern.slice(0, -1), route })
        else this.#exact.set(pattern, [...(this.#exact.get(pattern) ?? []), route])
      }
    }
    this.#patterns.sort((a, b) => b.prefix.length - a.prefix.length)
    for (const { name, targets } of aliases) {
      const routes = targets.flatMap(({ deployment, model, priority, weight }, at): Route[] => {
        const provider = providers.find(one => one.deployment.id === deployment)
        return provider ? [{ provider, pattern: name, priority: priority ?? at + 1, weight, model }] : []
      })
      this.#aliases.set(name, routes)
    }
  }

  /**
   * Everyone who serves the model, each deployment once, by rank: an alias alone; else those that name the model exactly,
   * then longer patterns before shorter ones, and by priority within. Empty when nobody does.
   */
  candidates(model: string): Candidate[] {
    const alias = this.#aliases.get(model)
    const levels =
      alias !== undefined
        ? [alias]
        : [
            this.#exact.get(model) ?? [],
            ...this.#patterns.filter(({ prefix }) => model.startsWith(prefix)).map(({ route }) => [route])
          ]
    const seen = new Set<Provider>()
    const found: { readonly route: Route; readonly level: number }[] = []
    for (const [level, routes] of levels.entries()) {
      const length = routes[0]?.pattern.length ?? 0
      for (const route of routes) {
        if (seen.has(route.provider)) continue
        seen.add(route.provider)
        found.push({ route, level: level === 0 ? 0 : MAX_PATTERN - length })
      }
    }
    found.sort((a, b) => a.level - b.level || a.route.priority - b.route.priority)
    let rank = 0
    return found.map(({ route, level }, at) => {
      const before = found[at - 1]
      if (before && (before.level !== level || before.route.priority !== route.priority)) rank++
      const { provider, pattern, weight } = route
      const asked = route.model ?? model
      const upstream = provider.deployment.upstreamModels.get(asked) ?? asked
      return { provider, model: upstream, named: asked, pattern, rank, weight }
    })
  }

  /** All providers that are reached over a network, in config order. */
  remote(): Provider[] {
    return this.#providers.filter(({ deployment }) => deployment.host !== 'in-process')
  }

  /** The provider with this id; undefined when it is configured no more. */
  provider(id: string): Provider | undefined {
    return this.#providers.find(({ deployment }) => deployment.id === id)
  }

  /** Models with an explicit name, aliases first, in config order. What a pattern covers is not known here. */
  listModels(): ListedModel[] {
    const exact = [...this.#exact].filter(([name]) => !this.#aliases.has(name))
    return [...this.#aliases, ...exact].map(([id, routes]) => ({
      id,
      deployments: routes.map(({ provider }) => provider.deployment)
    }))
  }
}

/** Longer than any pattern. */
const MAX_PATTERN = 1000

/**
 * The order in which candidates are tried. Within a rank a conversation stays with its deployment, because providers
 * cache the beginnings of prompts, and deployments get conversations by their weights (weighted rendezvous hashing: a
 * deployment that goes or comes moves no others). One that begins its answers `slowFactor` times later than the fastest of
 * its rank goes behind the others of the rank.
 * @param session names the conversation; only asked when a rank has a choice
 */
export function orderCandidates(
  candidates: readonly Candidate[],
  session: () => string,
  health: Health,
  slowFactor: number
): Candidate[] {
  const [first, second] = candidates
  if (first === undefined || second === undefined) return [...candidates]
  let name: string | null = null
  const ordered: Candidate[] = []
  for (let at = 0; at < candidates.length; ) {
    const { rank } = candidates[at] ?? first
    const tier = candidates.filter(candidate => candidate.rank === rank)
    at += tier.length
    if (tier.length === 1) ordered.push(...tier)
    else ordered.push(...orderTier(tier, (name ??= session()), health, slowFactor))
  }
  return ordered
}

function orderTier(
  tier: readonly Candidate[],
  session: string,
  health: Health,
  slowFactor: number
): Candidate[] {
  const times = tier.map(({ provider }) => health.of(provider.deployment).ttfbMs)
  const fastest = Math.min(...times.filter(ms => ms !== null))
  return tier
    .map((candidate, at) => ({
      candidate,
      slow: (times[at] ?? 0) > fastest * slowFactor,
      score: scoreOf(session, candidate)
    }))
    .sort((a, b) => Number(a.slow) - Number(b.slow) || b.score - a.score)
    .map(({ candidate }) => candidate)
}

/** Weighted rendezvous hashing: of all deployments the highest `-weight / ln(h)` wins, h uniform in (0, 1). */
function scoreOf(session: string, { provider, weight }: Candidate): number {
  const digest = hash('sha256', `${session}\0${provider.deployment.id}`, 'buffer')
  const uniform = (digest.readUIntBE(0, 6) + 1) / (2 ** 48 + 2)
  return -weight / Math.log(uniform)
}
