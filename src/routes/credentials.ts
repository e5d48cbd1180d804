import type { FastifyRequest } from 'fastify'
import { KEY_PREFIX } from '../apps/key.ts'

/** Header that is for the app's key alone: the other places then stay free for a key of the app's own at the provider. */
export const APP_KEY_HEADER = 'x-schleuse-key'

/**
 * Where SDKs put keys, in the order they are looked at: OpenAI, Mistral and Anthropic from 1.0 (`authorization`),
 * Anthropic before (`x-api-key`), Azure (`api-key`), Gemini (`x-goog-api-key`, or `key` in the query).
 */
export const SDK_KEY_HEADERS = ['authorization', 'x-api-key', 'api-key', 'x-goog-api-key'] as const

/** A key as a caller presents it. All of it is attacker-controlled. */
export interface Presented {
  /** The header; null for the query. */
  readonly header: string | null
  readonly key: string
}

/** All keys of a request, the app's own header first. */
export function presentedKeys(request: FastifyRequest): readonly Presented[] {
  const found: Presented[] = []
  for (const header of [APP_KEY_HEADER, ...SDK_KEY_HEADERS]) {
    const value = request.headers[header]
    if (typeof value !== 'string') continue
    found.push({ header, key: header === 'authorization' ? value.replace(/^bearer +/i, '') : value })
  }
  if (request.url.includes('key=')) {
    const { key } = request.query as { key?: unknown }
    if (typeof key === 'string') found.push({ header: null, key })
  }
  return found
}

/** True for what can only be a key of Schleuse, also one that was removed from the config. */
export function looksLikeAppKey(key: string): boolean {
  return key.startsWith(KEY_PREFIX)
}
