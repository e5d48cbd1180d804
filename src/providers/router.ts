import type { Deployment, Provider } from './provider.ts'

export interface ListedModel {
  readonly id: string
  /** Who serves it, in config order; never empty. */
  readonly deployments: readonly Deployment[]
}

interface Pattern {
  readonly prefix: string
  readonly provider: Provider
}

/** Chooses deployments by model name. Pure after construction; names asked for are attacker-controlled. */
export class Router {
  readonly #providers: readonly Provider[]
  /** Only names from the config become keys. */
  readonly #exact = new Map<string, Provider[]>()
  /** Longest prefix first, config order among equals. */
  readonly #patterns: Pattern[] = []

  /** @param providers in config order */
  constructor(providers: readonly Provider[]) {
    this.#providers = providers
    for (const provider of providers) {
      for (const model of new Set(provider.deployment.models)) {
        if (model.endsWith('*')) this.#patterns.push({ prefix: model.slice(0, -1), provider })
        else this.#exact.set(model, [...(this.#exact.get(model) ?? []), provider])
      }
    }
    this.#patterns.sort((a, b) => b.prefix.length - a.prefix.length)
  }

  /**
   * Providers that serve the model, best first: those that name it exactly, then longer patterns before shorter ones,
   * then config order; each once. Empty when none does.
   */
  candidates(model: string): Provider[] {
    const serving = new Set(this.#exact.get(model))
    for (const { prefix, provider } of this.#patterns) if (model.startsWith(prefix)) serving.add(provider)
    return [...serving]
  }

  /** All providers that are reached over a network, in config order. */
  remote(): Provider[] {
    return this.#providers.filter(({ deployment }) => deployment.host !== 'in-process')
  }

  /** The provider with this id; undefined when it is configured no more. */
  provider(id: string): Provider | undefined {
    return this.#providers.find(({ deployment }) => deployment.id === id)
  }

  /** Models with an explicit name, in config order. What a pattern covers is not known here. */
  listModels(): ListedModel[] {
    return [...this.#exact].map(([id, providers]) => ({
      id,
      deployments: providers.map(provider => provider.deployment)
    }))
  }
}

/** The name or pattern of the config by which a deployment serves a model: records hold it instead of the caller's text. */
export function matchedPattern(deployment: Deployment, model: string): string {
  const matching = deployment.models.filter(name =>
    name.endsWith('*') ? model.startsWith(name.slice(0, -1)) : name === model
  )
  return matching.find(name => name === model) ?? matching.sort((a, b) => b.length - a.length)[0] ?? '*'
}
