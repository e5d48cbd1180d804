import type { Config } from '../config.ts'
import type { Clock } from '../core/clock.ts'
import { type DeploymentReport, reportDeployment } from '../deployment-report.ts'
import { createDeployments } from '../deployments.ts'
import { createPolicy } from '../policy.ts'
import type { Report } from './report.ts'
import { table } from './table.ts'

/**
 * Deployments with their places and papers, as the gateway would take them today. Sends nothing.
 * @throws ConfigError when a deployment can't be set up
 */
export async function listProviders(config: Config, json: boolean, clock: Clock): Promise<Report> {
  const deployments = createDeployments(config, clock, () => {})
  const { residency } = createPolicy(config.policies[0].policy)
  const deps = { residency: deployments.residency, prices: config.prices }
  const reports = deployments.providers.map(({ deployment }) =>
    reportDeployment(deployment, residency, deps, clock.now())
  )
  await deployments.close()
  return { text: json ? `${JSON.stringify(reports, null, 2)}\n` : asTable(reports), code: 0 }
}

const HEAD = [
  'deployment',
  'provider',
  'host',
  'places',
  'storage',
  'contract',
  'mechanism',
  'prices',
  'review',
  'gaps'
]

function asTable(reports: readonly DeploymentReport[]): string {
  const rows = reports.map(report => [
    report.id,
    report.sku === null ? report.provider : `${report.provider}/${report.sku}`,
    report.host,
    report.places.join(' '),
    storageOf(report),
    report.contract ?? '-',
    report.mechanismChecked === null
      ? report.mechanism
      : `${report.mechanism} (checked ${report.mechanismChecked})`,
    pricesOf(report),
    report.reviewDue ?? '-',
    report.gaps.length === 0 ? 'none' : report.gaps.join(', ')
  ])
  return table([HEAD, ...rows])
}

function storageOf({ storage, retentionDays }: DeploymentReport): string {
  if (retentionDays === 0) return 'nothing'
  const places = storage?.join(' ') ?? 'unknown'
  return retentionDays === null ? places : `${places} (${retentionDays} days)`
}

/** `from 2026-11-01`, and for how many of the models there is none. */
function pricesOf({ prices }: DeploymentReport): string {
  const all = Object.values(prices)
  const days = [...new Set(all.filter(day => day !== null))].sort()
  if (days.length === 0) return 'none'
  const missing = all.length - all.filter(day => day !== null).length
  return `from ${days.join(', ')}${missing === 0 ? '' : `; ${missing} of ${all.length} models without`}`
}
