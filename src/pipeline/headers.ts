import type { HmacKey } from '../core/hmac.ts'
import type { CallerHeaders } from '../providers/credentials.ts'

/**
 * Headers pass by allow-list, in both directions. A header that is not here stays: it could carry text (baggage,
 * cookies, client addresses), or be wrong after the body was edited (lengths, encodings).
 */

/** To providers: values must look like what the header is for, so that no text rides along. */
const upstream: ReadonlyMap<string, RegExp> = new Map([
  ['openai-beta', /^[a-z_-]{1,40}=v[0-9]{1,2}(?:, ?[a-z_-]{1,40}=v[0-9]{1,2}){0,7}$/],
  ['x-stainless-retry-count', /^[0-9]{1,3}$/]
])

/** To clients: what SDKs and their users read (request ids, rate limits, retry advice, evidence of the region). */
const downstream = new Set([
  'apim-request-id',
  'openai-model',
  'openai-organization',
  'openai-processing-ms',
  'openai-project',
  'openai-version',
  'request-id',
  'retry-after',
  'retry-after-ms',
  'x-envoy-upstream-service-time',
  'x-ms-client-request-id',
  'x-ms-region',
  'x-request-id',
  'x-should-retry'
])
const downstreamPrefixes = ['x-ratelimit-', 'azureml-']

/**
 * Headers of a request to a provider, without credentials: those the provider's adapter picks itself.
 * @param contentType null without a body
 * An idempotency key is the caller's own text: it goes out as a keyed hash, which repeats whenever the key does.
 */
export function upstreamHeaders(
  caller: CallerHeaders,
  stream: boolean,
  secret: HmacKey,
  contentType: string | null = 'application/json',
  acceptsAny = false
): Record<string, string> {
  const headers: Record<string, string> = {
    ...(contentType === null ? {} : { 'content-type': contentType }),
    accept: acceptsAny ? '*/*' : stream ? 'text/event-stream' : 'application/json',
    'user-agent': 'schleuse'
  }
  for (const [name, form] of upstream) {
    const value = caller[name]
    if (typeof value === 'string' && form.test(value)) headers[name] = value
  }
  const idempotency = caller['idempotency-key']
  if (typeof idempotency === 'string') headers['idempotency-key'] = secret.hex(`idempotency\0${idempotency}`)
  return headers
}

/** Headers of an answer to a client. */
export function answerHeaders(provider: ReadonlyMap<string, string>): Record<string, string> {
  const type = provider.get('content-type')
  const headers: Record<string, string> = type === undefined ? {} : { 'content-type': type }
  for (const [name, value] of provider) {
    if (downstream.has(name) || downstreamPrefixes.some(prefix => name.startsWith(prefix)))
      headers[name] = value
  }
  return headers
}
