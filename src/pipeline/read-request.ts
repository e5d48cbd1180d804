import { isUtf8 } from 'node:buffer'
import type { ByteSource } from '../core/byte-source.ts'
import { type Form, walkForm } from '../core/form.ts'
import { hasControls } from '../core/json/controls.ts'
import type { Mark } from '../core/json/walk-options.ts'
import { pointerOf } from '../core/json/pointer.ts'
import { type Walk, walkJson } from '../core/json/walker.ts'
import type { Endpoint, OpaquePart, RequestFacts, RequestTarget } from '../dialects/dialect.ts'
import { boundaryOf } from '../core/multipart.ts'
import { errors } from '../errors.ts'
import type { Policy } from '../policy.ts'
import { type Histories, HistoryReader } from './histories.ts'
import type { History } from './history.ts'
import { documentFacts, type FileLimits } from './upload.ts'

export interface ReadRequest {
  readonly walk: Walk
  readonly facts: RequestFacts
  /** Absent for JSON. */
  readonly form?: Form
  /** Turns of a conversation that later requests will have too; absent where they are not kept. */
  readonly resent?: ResentRead
}

/** Where the turns stand that later requests will have too. */
export interface ResentRead {
  readonly api: string
  /** Of the first one in its list, and how many elements that has. */
  readonly index: number
  readonly count: number
  readonly from: Mark
  readonly to: Mark
  /** Leaves of them that are not in the walk. */
  readonly unlisted: number
  /** What they begin with, known from before: of its leaves only those are in the walk that matter. */
  readonly history: History | null
  /** The request with all its leaves. */
  whole(): ReadRequest
}

/** JSON in memory; a form, which may be larger than memory. */
export type RequestBody = Buffer | ByteSource

/**
 * Reads a request body: its leaves, and what the gateway must know of it.
 * @param body attacker-controlled
 * @throws errors of the body and JSON kinds; nothing of the body is quoted
 */
export function readRequest(
  endpoint: Endpoint,
  body: Buffer,
  target: RequestTarget,
  limits: Pick<FileLimits, 'maxJsonDepth' | 'maxJsonLeaves'>,
  histories: Histories | null = null
): ReadRequest {
  if (endpoint.formOnly === true) throw new errors.BodyMediaType()
  if (!isUtf8(body) || (body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf))
    throw new errors.BodyNotUtf8()
  const source = body.length === 0 && takesNoBody(endpoint) ? '{}' : body.toString('utf8')
  const isClean = !hasControls(body)
  const read = (known: Histories | null): ReadRequest => {
    const { resent: turns, api } = endpoint
    const reader = turns === undefined ? null : new HistoryReader(known, turns, api, body, source)
    const walk = walkJson(source, endpoint.request, {
      maxDepth: limits.maxJsonDepth,
      maxLeaves: limits.maxJsonLeaves,
      as: 'request',
      isClean,
      ...(reader === null ? {} : { resent: reader })
    })
    if (!/^[ \t\r\n]*\{/.test(source)) throw new errors.BodyNotObject()
    const facts = endpoint.read(walk, target)
    const place = reader === null || histories === null ? null : reader.placeIn(walk)
    if (place === null) return { walk, facts }
    return {
      walk,
      facts,
      resent: { ...place, whole: () => (place.history === null ? { walk, facts } : read(null)) }
    }
  }
  return read(histories)
}

/**
 * Reads a form.
 * @param body attacker-controlled
 * @param contentType of the body, attacker-controlled
 * @throws errors of the form and JSON kinds, and of requests in documents; nothing of the body is quoted
 */
export async function readUpload(
  endpoint: Endpoint,
  body: ByteSource,
  target: RequestTarget,
  limits: FileLimits,
  contentType: string
): Promise<ReadRequest> {
  if (endpoint.form === undefined) throw new errors.BodyMediaType()
  const boundary = boundaryOf(contentType)
  if (boundary === null) throw new errors.BodyNotForm('no boundary is named')
  const form = await walkForm(body, boundary, endpoint.form, limits.maxBodyBytes)
  const facts = await documentFacts(form, endpoint, endpoint.read(form.walk, target), limits)
  return { walk: form.walk, facts, form }
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
