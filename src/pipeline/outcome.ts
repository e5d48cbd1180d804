import type { Usage } from '../dialects/dialect.ts'
import { errors, isPublicError } from '../errors.ts'

/** How one attempt ended. */
export interface Outcome {
  readonly kind: 'ok' | 'provider_error' | 'client_abort' | 'timeout' | 'blocked_policy' | 'gateway_error'
  /** The provider's status; absent when it never answered. */
  readonly status?: number
  /** Set when the attempt failed; when `headSent` is false the client has not been told yet. */
  readonly error?: Error
  readonly headSent: boolean
  readonly ttfbMs?: number
  readonly bytesOut: number
  readonly usage: Usage
}

/** What an error says of its attempt. */
export function kindOf(error: Error): Outcome['kind'] {
  if (error instanceof errors.UpstreamTimeout) return 'timeout'
  if (error instanceof errors.AnswerBlocked) return 'blocked_policy'
  const upstream = isPublicError(error) && error.code.startsWith('SCHLEUSE_UPSTREAM')
  return upstream ? 'provider_error' : 'gateway_error'
}
