import type { Usage } from '../dialects/dialect.ts'
import { errors, isPublicError } from '../errors.ts'
import type { Observed } from '../providers/evidence.ts'
import type { AttemptResult } from '../providers/health.ts'

/** How one attempt ended. */
export interface Outcome {
  readonly kind: 'ok' | 'provider_error' | 'client_abort' | 'timeout' | 'blocked_policy' | 'gateway_error'
  /** The provider's status; absent when it never answered. */
  readonly status?: number
  /** What the provider answered; attacker-controlled. */
  readonly headers: ReadonlyMap<string, string>
  /** Set when the attempt failed; when `headSent` is false the client has not been told yet. */
  readonly error?: Error
  /** An error answer of the provider, restored; the client has not got it yet. */
  readonly answer?: HeldAnswer
  readonly headSent: boolean
  readonly ttfbMs?: number
  readonly bytesOut: number
  readonly usage: Usage
  /** Where the answer shows it was made. */
  readonly observed?: Observed
}

export interface HeldAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | number>>
  readonly bytes: Buffer
}

/** What an error that ended an attempt makes of it. */
export function kindOf(error: Error): Outcome['kind'] {
  if (error instanceof errors.UpstreamTimeout) return 'timeout'
  if (error instanceof errors.AnswerBlocked) return 'blocked_policy'
  const upstream = isPublicError(error) && error.code.startsWith('SCHLEUSE_UPSTREAM')
  return upstream ? 'provider_error' : 'gateway_error'
}

/**
 * Whether another deployment may do better: only while the client has got nothing, and only for what is the fault of the
 * deployment (not reached, broken off, 408, 429, 5xx), never for what the request itself is answered with.
 */
export function mayTryElsewhere({ headSent, kind, status, error }: Outcome): boolean {
  if (headSent) return false
  if (error !== undefined) return kind === 'provider_error' || kind === 'timeout'
  return status !== undefined && (status === 408 || status === 429 || status >= 500)
}

/** What the outcome says of the deployment's health: 429 is none of its failures. */
export function attemptResult({ kind, status = 0, headers, error, ttfbMs }: Outcome): AttemptResult {
  const failed = kind === 'timeout' || (kind === 'provider_error' && (error !== undefined || status >= 500))
  return { ok: !failed, aborted: kind === 'client_abort', status, headers, ttfbMs }
}

/** An attempt that a fault of our own ended before anything came back. */
export function ownFault(error: unknown): Outcome {
  return {
    kind: 'gateway_error',
    headSent: false,
    headers: new Map(),
    bytesOut: 0,
    usage: {},
    error: error instanceof Error ? error : new errors.Internal()
  }
}
