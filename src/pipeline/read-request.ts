import { isUtf8 } from 'node:buffer'
import { type Form, walkForm } from '../core/form.ts'
import { hasControls } from '../core/json/controls.ts'
import { pointerOf } from '../core/json/pointer.ts'
import { type Walk, walkJson } from '../core/json/walker.ts'
import type { Endpoint, OpaquePart, RequestFacts, RequestTarget } from '../dialects/dialect.ts'
import { boundaryOf } from '../core/multipart.ts'
import { errors } from '../errors.ts'
import type { Policy } from '../policy.ts'

export interface ReadRequest {
  readonly walk: Walk
  readonly facts: RequestFacts
  /** Absent for JSON. */
  readonly form?: Form
}

/**
 * Reads a request body: its leaves, and what the gateway must know of it.
 * @param body attacker-controlled
 * @param contentType of the body, attacker-controlled
 * @throws errors of the body and JSON kind; nothing of the body is quoted
 */
export function readRequest(
  endpoint: Endpoint,
  body: Buffer,
  target: RequestTarget,
  limits: { readonly maxJsonDepth: number; readonly maxJsonLeaves: number },
  contentType = 'application/json'
): ReadRequest {
  const boundary = boundaryOf(contentType)
  if (boundary !== null || /^multipart\//i.test(contentType)) {
    if (endpoint.form === undefined) throw new errors.BodyMediaType()
    if (boundary === null) throw new errors.BodyNotForm('no boundary is named')
    const bounds = { maxDepth: limits.maxJsonDepth, maxLeaves: limits.maxJsonLeaves }
    const form = walkForm(body, boundary, endpoint.form, bounds)
    return { walk: form.walk, facts: endpoint.read(form.walk, target), form }
  }
  if (endpoint.formOnly === true) throw new errors.BodyMediaType()
  if (!isUtf8(body) || (body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf))
    throw new errors.BodyNotUtf8()
  const source = body.length === 0 && takesNoBody(endpoint) ? '{}' : body.toString('utf8')
  const walk = walkJson(source, endpoint.request, {
    maxDepth: limits.maxJsonDepth,
    maxLeaves: limits.maxJsonLeaves,
    as: 'request',
    isClean: !hasControls(body)
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
 * @param read ids of stored objects that were read when they were made
 * @returns the modalities that pass unread, for the record
 * @throws errors.OpaqueRefused, ProviderToolsRefused
 */
export function refuseUnreadable(
  facts: RequestFacts,
  policy: Policy,
  read: ReadonlySet<string> = new Set()
): Unread[] {
  const opaque = facts.opaque.filter(({ id }) => id === undefined || !read.has(id))
  for (const slot of facts.providerTools) {
    if (!policy.allowsProviderTools) throw new errors.ProviderToolsRefused(pointerOf(slot))
  }
  for (const { modality, slot } of opaque) {
    if (!policy.allowsOpaque(modality)) throw new errors.OpaqueRefused(pointerOf(slot), modality, modality)
  }
  const parts: Unread[] = opaque.map(part => part.modality)
  if (facts.providerTools.length > 0) parts.push('provider_tool')
  return [...new Set(parts)]
}
