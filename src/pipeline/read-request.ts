import { isUtf8 } from 'node:buffer'
import { pointerOf } from '../core/json/pointer.ts'
import { type Walk, walkJson } from '../core/json/walker.ts'
import type { Endpoint, OpaquePart, RequestFacts, RequestTarget } from '../dialects/dialect.ts'
import { errors } from '../errors.ts'
import type { Policy } from '../policy.ts'

export interface ReadRequest {
  readonly walk: Walk
  readonly facts: RequestFacts
}

/**
 * Reads a request body: its leaves, and what the gateway must know of it.
 * @param body attacker-controlled
 * @throws errors of the body and JSON kind; nothing of the body is quoted
 */
export function readRequest(
  endpoint: Endpoint,
  body: Buffer,
  target: RequestTarget,
  limits: { readonly maxJsonDepth: number; readonly maxJsonLeaves: number }
): ReadRequest {
  if (!isUtf8(body) || (body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf))
    throw new errors.BodyNotUtf8()
  const source = body.length === 0 && takesNoBody(endpoint) ? '{}' : body.toString('utf8')
  const walk = walkJson(source, endpoint.request, {
    maxDepth: limits.maxJsonDepth,
    maxLeaves: limits.maxJsonLeaves,
    as: 'request'
  })
  if (!/^[ \t\r\n]*\{/.test(source)) throw new errors.BodyNotObject()
  return { walk, facts: endpoint.read(walk, target) }
}

function takesNoBody({ method, body }: Endpoint): boolean {
  return method !== 'POST' || body !== undefined
}

/** What passes unread, as records name it. */
export type Unread = OpaquePart['modality'] | 'provider_tool'

/**
 * Refuses what can't be read for personal data, and provider-side tools, unless policy lets them pass.
 * @returns the modalities that pass unread, for the record
 * @throws errors.OpaqueRefused, ProviderToolsRefused
 */
export function refuseUnreadable(facts: RequestFacts, policy: Policy): Unread[] {
  for (const slot of facts.providerTools) {
    if (!policy.allowsProviderTools) throw new errors.ProviderToolsRefused(pointerOf(slot))
  }
  for (const { modality, slot } of facts.opaque) {
    if (!policy.allowsOpaque(modality)) throw new errors.OpaqueRefused(pointerOf(slot), modality, modality)
  }
  const parts: Unread[] = facts.opaque.map(part => part.modality)
  if (facts.providerTools.length > 0) parts.push('provider_tool')
  return [...new Set(parts)]
}
