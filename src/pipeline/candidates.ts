import { errors } from '../errors.ts'
import type { Caller } from '../governance.ts'
import type { Provider } from '../providers/provider.ts'
import type { Candidate, Router } from '../providers/router.ts'

/** How a client says which provider a request without a model is for. */
const modelHeader = 'x-schleuse-model'

/**
 * Providers that may take a request: those that serve its model; where it names a stored object, only the one that has it.
 * @param named the request's own model; null when it has none
 * @param holder id of the provider where the named object lies
 * @throws errors.ModelNotAllowed, ModelNotFound, StateElsewhere, StateUnknown, ProviderUnclear
 */
export function candidatesFor(
  named: string | null,
  { app, headers }: Caller,
  holder: string | null,
  router: Router
): readonly Candidate[] {
  const header = headers[modelHeader]
  const model = named ?? (holder === null && typeof header === 'string' ? header : null)
  if (model === null) return holder === null ? onlyOne(router.remote()) : known(router.provider(holder))
  if (!app.mayUse(model)) throw new errors.ModelNotAllowed()
  const candidates = router.candidates(model)
  if (candidates.length === 0) throw new errors.ModelNotFound()
  if (holder === null) return candidates
  return onlyAt(holder, candidates)
}

/**
 * Who takes a request that policy sends to a model of its own choice.
 * @throws errors.ModelNotFound, StateElsewhere
 */
export function reroutedTo(model: string, holder: string | null, router: Router): readonly Candidate[] {
  const candidates = router.candidates(model)
  if (candidates.length === 0) throw new errors.ModelNotFound()
  return holder === null ? candidates : onlyAt(holder, candidates)
}

/** @throws errors.StateElsewhere */
function onlyAt(holder: string, candidates: readonly Candidate[]): readonly Candidate[] {
  const there = candidates.filter(({ provider }) => provider.deployment.id === holder)
  if (there.length === 0) throw new errors.StateElsewhere(holder)
  return there
}

/** @throws errors.ProviderUnclear */
function onlyOne(providers: readonly Provider[]): readonly Candidate[] {
  if (providers.length !== 1) throw new errors.ProviderUnclear()
  return providers.map(unnamed)
}

/** @throws errors.StateUnknown for a provider that is configured no more */
function known(provider: Provider | undefined): readonly Candidate[] {
  if (provider === undefined) throw new errors.StateUnknown()
  return [unnamed(provider)]
}

/** Without a model nothing has to match. */
function unnamed(provider: Provider): Candidate {
  return { provider, model: null, named: null, pattern: '*', rank: 0, weight: 1 }
}
