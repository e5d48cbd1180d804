import { Prices } from './limits/prices.ts'
import type { PriceConfig } from './limits/schema.ts'
import type { Deployment } from './providers/provider.ts'
import type { Residency } from './residency/decision.ts'
import type { GapCode } from './residency/facts.ts'
import type { ResidencyRules } from './residency/rules.ts'
import type { Transfer } from './residency/transfer.ts'

/** What is declared of a deployment today; ids, codes and dates. */
export interface DeploymentReport {
  readonly id: string
  readonly provider: string
  readonly sku: string | null
  readonly host: string
  readonly models: readonly string[]
  readonly places: readonly string[]
  /** Null: nobody said. */
  readonly storage: readonly string[] | null
  readonly retentionDays: number | null
  readonly training: Deployment['training']
  readonly contract: string | null
  /** Day by which the papers, or what is publicly known of the provider, are to be looked at again: the earlier. */
  readonly reviewDue: string | null
  readonly thirdCountry: boolean
  readonly mechanism: Transfer['mechanism']
  /** Day on which someone saw that the mechanism holds. */
  readonly mechanismChecked: string | null
  readonly gaps: readonly GapCode[]
  /** Day from which the price of each model holds; null: no price. By the names and patterns of `models`. */
  readonly prices: Readonly<Record<string, string | null>>
}

export interface ReportDeps {
  readonly residency: Residency
  readonly prices: readonly PriceConfig[]
}

/** @param rules of any policy: papers and transfers are the same under all */
export function reportDeployment(
  deployment: Deployment,
  rules: ResidencyRules,
  { residency, prices }: ReportDeps,
  nowMs: number
): DeploymentReport {
  const { id, provider, sku, host, models, places, storage, retentionDays, training, contract } = deployment
  const { thirdCountry, mechanism, declared } = residency.transfer(rules, deployment, nowMs)
  const known = new Prices(prices)
  return {
    id,
    provider,
    sku,
    host,
    models,
    places,
    storage,
    retentionDays,
    training,
    contract: contract?.reference ?? null,
    reviewDue: [contract?.reviewDue, deployment.reviewDue].filter(due => due != null).sort()[0] ?? null,
    thirdCountry,
    mechanism,
    mechanismChecked: declared?.checked ?? null,
    gaps: residency.gaps(rules, deployment, nowMs),
    prices: Object.fromEntries(models.map(model => [model, known.find(id, model, nowMs)?.from ?? null]))
  }
}
