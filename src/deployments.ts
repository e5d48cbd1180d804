import type { Config } from './config.ts'
import { ConfigError, type Problem } from './config-check.ts'
import type { Clock } from './core/clock.ts'
import { Health, type OnBreaker } from './providers/health.ts'
import { createProvider } from './providers/index.ts'
import { ProviderConfigError } from './providers/kind.ts'
import type { Provider } from './providers/provider.ts'
import { RetryBudget } from './providers/retry-budget.ts'
import { Router } from './providers/router.ts'
import { Countries } from './residency/countries.ts'
import { Residency } from './residency/decision.ts'

/** Where requests can go, and what is known of it. One per gateway. */
export interface Deployments {
  readonly providers: readonly Provider[]
  readonly router: Router
  readonly health: Health
  readonly retries: RetryBudget
  readonly residency: Residency
  readonly routing: Config['routing']
  /** Lets requests under way finish. */
  close(): Promise<void>
}

/** @throws ConfigError with the problems of all deployments */
export function createDeployments(config: Config, clock: Clock, onBreaker: OnBreaker): Deployments {
  const providers = createProviders(config, clock)
  const { routing, aliases } = config
  const deployments = providers.map(({ deployment }) => deployment)
  return {
    providers,
    router: new Router(providers, aliases),
    health: new Health(deployments, routing.breaker, clock, onBreaker),
    retries: new RetryBudget(routing.retryShare),
    residency: new Residency(new Countries(config.countries)),
    routing,
    async close() {
      await Promise.all(providers.map(provider => provider.close()))
    }
  }
}

function createProviders({ deployments, timeouts, file }: Config, clock: Clock): Provider[] {
  const problems: Problem[] = []
  const providers = deployments.flatMap((deployment, at) => {
    try {
      return [createProvider(deployment, { timeouts, clock })]
    } catch (error) {
      if (!(error instanceof ProviderConfigError)) throw error
      problems.push({ file, path: `deployments[${at}].${error.field}`, message: `${error.message}.` })
      return []
    }
  })
  if (problems.length > 0) throw new ConfigError(problems)
  return providers
}
