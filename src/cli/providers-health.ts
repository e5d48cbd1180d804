import type { HealthSnapshot } from '../providers/health.ts'
import type { Report } from './report.ts'
import { table } from './table.ts'

interface Shown {
  readonly id: string
  readonly health: HealthSnapshot
}

const HEAD = ['deployment', 'breaker', 'requests', 'failed', 'under way', 'first answer', 'pause', 'place']

/**
 * How deployments do, as the running gateway knows it.
 * @param origin where it listens
 * @param adminKey undefined where callers of this machine need none
 * @returns code 1 when it can't be asked, or a deployment is not as it should be
 */
export async function showHealth(
  origin: string,
  adminKey: string | undefined,
  json: boolean
): Promise<Report> {
  const headers = adminKey === undefined ? {} : { authorization: `Bearer ${adminKey}` }
  const response = await fetch(`${origin}/admin/deployments`, { headers }).catch(() => null)
  if (response === null) return { text: `The gateway at ${origin} can not be reached.\n`, code: 1 }
  if (!response.ok) return { text: `${await response.text()}\n`, code: 1 }
  const { deployments } = (await response.json()) as { readonly deployments: readonly Shown[] }
  const isWell = deployments.every(({ health }) => health.state === 'closed' && !health.contradicted)
  const shown = deployments.map(({ id, health }) => ({ id, ...health }))
  return {
    text: json ? `${JSON.stringify(shown, null, 2)}\n` : table([HEAD, ...deployments.map(row)]),
    code: isWell ? 0 : 1
  }
}

function row({ id, health }: Shown): string[] {
  const { state, requests, failures, inFlight, ttfbMs, pausedMs, contradicted } = health
  return [
    id,
    state,
    String(requests),
    String(failures),
    String(inFlight),
    ttfbMs === null ? '-' : `${ttfbMs} ms`,
    pausedMs === 0 ? '-' : `${Math.ceil(pausedMs / 1000)} s`,
    contradicted ? 'contradicted' : 'as declared'
  ]
}
