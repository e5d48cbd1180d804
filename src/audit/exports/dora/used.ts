import type { Aggregate } from '../../index/aggregate.ts'
import * as cells from '../cells.ts'
import type { ExportSource, Period } from '../export.ts'

/** Traffic by what the register is keyed by. */
const BY = [
  'contract',
  'entity',
  'provider',
  'function',
  'service',
  'storage',
  'processing',
  'critical'
] as const

/** One combination that was used. Null: the trail does not say. */
export interface Use {
  readonly contract: string | null
  readonly entity: string | null
  /** Id of the profile, and its code at the time. */
  readonly provider: string | null
  readonly code: string | null
  readonly function: string | null
  readonly critical: boolean
  /** `S19`. */
  readonly service: string | null
  readonly storage: string | null
  readonly processing: string | null
  readonly requests: number
  readonly firstMs: number
  readonly lastMs: number
}

/** Everything that was used of third parties; models on machines of one's own are no service of anyone. */
export async function usesOf({ observed }: ExportSource, period: Period): Promise<Use[]> {
  const filter = cells.admissions(period)
  const [sums, codes] = await Promise.all([
    observed.aggregate(filter, BY),
    observed.aggregate(filter, ['provider', 'provider_code'])
  ])
  const codeOf = new Map(codes.map(({ key }) => [key['provider'], key['provider_code'] ?? null]))
  return sums.map(sum => useOf(sum, codeOf)).filter(({ processing }) => processing !== 'self')
}

function useOf(
  { key, events, firstMs = 0, lastMs = 0 }: Aggregate,
  codes: ReadonlyMap<unknown, string | null>
): Use {
  const at = (name: (typeof BY)[number]): string | null => key[name] ?? null
  return {
    contract: at('contract'),
    entity: at('entity'),
    provider: at('provider'),
    code: codes.get(key['provider']) ?? null,
    function: at('function'),
    critical: key['critical'] === 'true',
    service: at('service'),
    storage: at('storage'),
    processing: at('processing'),
    requests: events,
    firstMs,
    lastMs
  }
}
