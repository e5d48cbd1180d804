import { openAuditReader } from '../audit/reader.ts'
import { loadPolicy } from '../config-policy.ts'
import type { SpecialCategory } from '../core/special-categories.ts'
import { createPolicy, type Policy } from '../policy.ts'
import type { Report } from './report.ts'
import { table } from './table.ts'

/** What a record says of a request, as far as a policy can be held against it. */
export interface RecordedRequest {
  readonly event_type: string
  readonly outcome?: string
  readonly app_id: string
  readonly attempt?: number
  readonly findings: readonly { readonly class: string; readonly side: string }[]
  readonly flags?: { readonly art9: readonly SpecialCategory[]; readonly art10: boolean }
  readonly coverage: { readonly skipped: readonly string[] }
}

/** Requests of one app under a policy. */
export interface Simulated {
  requests: number
  masked: number
  /** By what it would refuse: an entity type, a flag, an unreadable part. */
  readonly refused: Map<string, number>
  /** Requests that the policy of then refused and this one would not. */
  freed: number
}

/** So many records are held at once. */
const PAGE = 1000

/**
 * Holds a policy against recorded traffic: types, flags and unread parts of each request, without any content. What it
 * would find besides, other thresholds, rules for fields and places are not in the records and are not judged.
 * @param dir the folder `audit` of the data folder, or a copy
 * @throws ConfigError when the file has problems; Error when the trail can't be read
 */
export async function simulatePolicy(file: string, dir: string): Promise<Report> {
  const { policy: source } = loadPolicy(file)
  const policy = createPolicy(source)
  const apps = new Map<string, Simulated>()
  const reader = openAuditReader(dir)
  for (const { name, size, first } of await reader.logs()) {
    for (let from = first; from < size; from += PAGE) {
      for (const { json } of await reader.read(name, from, PAGE))
        add(apps, JSON.parse(json) as RecordedRequest, policy)
    }
  }
  const rows = [...apps].map(([app, { requests, masked, refused, freed }]) => [
    app,
    String(requests),
    String(masked),
    String([...refused.values()].reduce((sum, count) => sum + count, 0)),
    String(freed),
    [...refused].map(([reason, count]) => `${reason} ${count}`).join(', ') || '-'
  ])
  const head = `${source.id} version ${source.version}, held against what the records know\n\n`
  if (rows.length === 0) return { text: `${head}no requests are recorded in ${dir}\n`, code: 0 }
  const names = ['app', 'requests', 'would mask', 'would block', 'no longer blocked', 'blocked for']
  return { text: head + table([names, ...rows]), code: 0 }
}

/** Counts one record; what is none of a request, or a later attempt of one, is left out. */
export function add(apps: Map<string, Simulated>, event: RecordedRequest, policy: Policy): void {
  const wasBlocked = event.event_type === 'ai.request.blocked'
  if (
    wasBlocked
      ? event.outcome !== 'blocked_policy'
      : event.event_type !== 'ai.request.admitted' || event.attempt !== 1
  )
    return
  const app = apps.get(event.app_id) ?? {
    requests: 0,
    masked: 0,
    refused: new Map<string, number>(),
    freed: 0
  }
  apps.set(event.app_id, app)
  app.requests++
  const reason = refusalOf(event, policy)
  if (reason !== null) app.refused.set(reason, (app.refused.get(reason) ?? 0) + 1)
  else if (wasBlocked) app.freed++
  else if (typesOf(event).some(type => policy.operatorFor(type) !== 'keep')) app.masked++
}

function typesOf({ findings }: RecordedRequest): string[] {
  return findings.filter(({ side }) => side === 'request').map(finding => finding.class)
}

function refusalOf(event: RecordedRequest, policy: Policy): string | null {
  const flags: readonly SpecialCategory[] = [
    ...(event.flags?.art9 ?? []),
    ...(event.flags?.art10 ? (['criminal'] as const) : [])
  ]
  const { skipped } = event.coverage
  return (
    typesOf(event).find(type => policy.operatorFor(type) === 'block') ??
    flags.find(flag => policy.flagAction(flag) === 'block') ??
    (['image', 'audio', 'file'] as const).find(
      kind => skipped.includes(kind) && !policy.allowsOpaque(kind)
    ) ??
    (skipped.includes('provider_tool') && !policy.allowsProviderTools ? 'provider_tool' : null)
  )
}
