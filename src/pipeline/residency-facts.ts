import type { App } from '../apps/registry.ts'
import type { RequestFacts } from '../residency/facts.ts'
import type { Outbound, Scanned } from './outbound.ts'
import type { ReadRequest } from './read-request.ts'

/** Who asks, and for what. */
export interface AskedBy {
  readonly caller: { readonly app: App }
  readonly endpoint: { readonly api: string }
}

/** What is known of a request before it is read. */
export function callFacts({ caller, endpoint }: AskedBy): Pick<RequestFacts, 'app' | 'purpose' | 'endpoint'> {
  return { app: caller.app.id, purpose: caller.app.purpose?.id ?? null, endpoint: endpoint.api }
}

/** What the decision on places is taken on. What could not be read counts as clear. */
export function residencyFacts(
  request: AskedBy,
  { facts }: ReadRequest,
  { flags }: Scanned,
  { actions, payloadState }: Outbound
): RequestFacts {
  return {
    ...callFacts(request),
    payload: facts.opaque.length > 0 ? 'clear' : payloadState,
    types: [...new Set(actions.map(({ type }) => type))],
    clearTypes: actions.filter(({ operator }) => operator === 'keep').map(({ type }) => type),
    flags
  }
}
