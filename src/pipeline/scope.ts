import type { HmacKey } from '../core/hmac.ts'
import type { Endpoint, RequestFacts } from '../dialects/dialect.ts'
import type { Policy } from '../policy.ts'

/** How a client names its conversation; else it is known by its beginning, which clients resend each turn. */
export const conversationHeader = 'x-schleuse-conversation'

export interface ScopeInput {
  /** The gateway's own secret; never an API key, which others know. */
  readonly secret: HmacKey
  readonly kind: 'request' | 'conversation' | 'app'
  readonly appId: string
  readonly api: string
  /** Attacker-controlled; hashed, never stored or logged. */
  readonly conversation: string | undefined
  readonly facts: RequestFacts
  readonly randomBytes: (size: number) => Buffer
}

/**
 * How far the pseudonyms of a request stay the same: the endpoint's own scope, unless policy wants less. With files and
 * vector stores in it a request speaks as they do: else the model would see two names of one person.
 */
export function scopeKindOf(
  policy: Policy,
  endpoint: Endpoint,
  { state }: Pick<RequestFacts, 'state'>
): 'request' | 'conversation' | 'app' {
  if (policy.scope === 'request') return 'request'
  return (state?.uses?.length ?? 0) > 0 ? 'app' : (endpoint.scope ?? policy.scope)
}

/**
 * The key that the pseudonyms of this request are derived from. Two conversations with the same beginning share codes
 * but never values: restoring uses only what the request itself issued.
 */
export function scopeKeyOf(input: ScopeInput): Buffer {
  const { secret, kind, appId, api, conversation, facts } = input
  if (kind === 'request') return secret.digest(`request\0${input.randomBytes(32).toString('hex')}`)
  if (kind === 'app') return secret.digest(`app\0${appId}`)
  const known = `conversation\0${appId}\0${api}\0`
  if (conversation !== undefined) return secret.digest(`${known}header\0${conversation}`)
  // Lengths first: ["ab", "c"] and ["a", "bc"] are two beginnings.
  const { beginning } = facts
  return secret.digest(
    `${known}beginning\0${beginning.map(part => part.length).join()}\0${beginning.join('')}`
  )
}
