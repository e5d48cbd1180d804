import { sizeBucket, tokenUsage, wholeMs } from '../audit/event/measures.ts'
import type { FindingAction, FindingCount, Outcome } from '../audit/event/schema.ts'
import { ART10, type SpecialCategory } from '../core/special-categories.ts'
import type { Usage } from '../dialects/dialect.ts'
import { errors, isPublicError } from '../errors.ts'
import type { Cost } from '../limits/prices.ts'
import type { Action } from './outbound.ts'
import type { Outcome as AttemptOutcome } from './outcome.ts'
import type { Watched } from './trial.ts'

/** Facts of the pipeline in the words of the record. */

const actionOf: ReadonlyMap<string, FindingAction> = new Map([
  ['pseudonymize', 'pseudonymised'],
  ['surrogate', 'pseudonymised'],
  ['generalize', 'generalised'],
  ['mask', 'masked'],
  ['redact', 'redacted'],
  ['block', 'blocked'],
  ['keep', 'kept']
])

export function findingOf({ type, operator, count }: Action): FindingCount {
  return { class: type, action: actionOf.get(operator) ?? 'kept', count, side: 'request' }
}

export function flagFields(flags: readonly SpecialCategory[]) {
  return { art9: flags.filter(flag => flag !== ART10), art10: flags.includes(ART10) }
}

function usageFields(usage: Usage) {
  return tokenUsage({
    input_tokens: usage.inputTokens,
    output_tokens: usage.outputTokens,
    cached_input_tokens: usage.cachedInputTokens,
    reasoning_tokens: usage.reasoningTokens
  })
}

/** How an attempt ended, as far as its outcome tells. @param cost null when it is not known */
export function endingFields(outcome: AttemptOutcome, cost: Cost | null) {
  const { error, status, ttfbMs, bytesOut, observed, usage } = outcome
  return {
    error_code: error === undefined ? undefined : codeOf(error),
    http_status: status,
    ttfb_ms: ttfbMs === undefined ? undefined : wholeMs(ttfbMs),
    size_out_bucket: sizeBucket(bytesOut),
    location_observed: observed && { evidence: observed.evidence, places: [observed.place] },
    usage: usageFields(usage),
    cost:
      cost === null ? undefined : { currency: cost.currency, micro: cost.micro, pricelist_version: cost.from }
  } as const
}

/** A code of the catalogue; faults outside it are internal. */
export function codeOf(error: unknown): string {
  return isPublicError(error) ? error.code : 'SCHLEUSE_INTERNAL'
}

const limits = [errors.BudgetExceeded, errors.StreamsExceeded, errors.PriceUnknown]

export function outcomeOf(error: unknown): Outcome<'blocked'> {
  if (limits.some(kind => error instanceof kind)) return 'limited'
  if (error instanceof errors.PlaceRefused || error instanceof errors.DetectorPlaceRefused)
    return 'blocked_transfer'
  if (error instanceof errors.ScanFailed || error instanceof errors.DetectorFailed) return 'detector_failure'
  if (error instanceof errors.ClientAborted) return 'client_abort'
  const policy = [
    errors.PolicyBlocked,
    errors.PurposeIncomplete,
    errors.ModelNotAllowed,
    errors.SpecialCategory,
    errors.FixedFinding,
    errors.OpaqueRefused,
    errors.ProviderToolsRefused,
    errors.StopCollides
  ]
  if (policy.some(kind => error instanceof kind)) return 'blocked_policy'
  return isPublicError(error) && error.statusCode < 500 ? 'invalid_request' : 'gateway_error'
}

/** What a policy on trial would have done. */
export function monitorFields({ policyId, would, reason, findings }: Watched) {
  return { policy: policyId, would, rules: reason === undefined ? undefined : [reason], findings }
}
