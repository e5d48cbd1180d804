import { createHmac } from 'node:crypto'
import type { RequestFacts } from '../dialects/dialect.ts'
import type { Policy } from '../policy.ts'

/** How a client names its conversation; else it is known by its beginning, which clients resend each turn. */
export const conversationHeader = 'x-schleuse-conversation'

export interface ScopeInput {
  /** The gateway's own secret, 32 bytes; never an API key, which others know. */
  readonly secret: Buffer
  readonly policy: Policy
  readonly appId: string
  readonly api: string
  /** Attacker-controlled; hashed, never stored or logged. */
  readonly conversation: string | undefined
  readonly facts: RequestFacts
  readonly randomBytes: (size: number) => Buffer
}

/**
 * The key that the pseudonyms of this request are derived from. Two conversations with the same beginning share codes
 * but never values: restoring uses only what the request itself issued.
 */
export function scopeKeyOf(input: ScopeInput): Buffer {
  const hmac = createHmac('sha256', input.secret)
  if (input.policy.scope === 'request') return hmac.update('request\0').update(input.randomBytes(32)).digest()
  hmac.update(`conversation\0${input.appId}\0${input.api}\0`)
  if (input.conversation !== undefined) return hmac.update(`header\0${input.conversation}`).digest()
  // Lengths first: ["ab", "c"] and ["a", "bc"] are two beginnings.
  const { beginning } = input.facts
  return hmac
    .update(`beginning\0${beginning.map(part => part.length).join()}\0${beginning.join('')}`)
    .digest()
}
