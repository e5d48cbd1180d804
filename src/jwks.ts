import { readFileSync, statSync } from 'node:fs'
import type { JSONWebKeySet } from 'jose'
import type { Clock } from './core/clock.ts'
import { MessageSender } from './providers/sender.ts'

/** Public keys of an identity provider. */
export interface KeySetSource {
  /** @throws when the keys can't be had */
  keys(): Promise<JSONWebKeySet>
  close(): Promise<void>
}

/** How long fetched keys are used. Issuers publish a new key this much earlier than they sign with it. */
const FETCH_EVERY_MS = 300_000
const TIMEOUTS = { connectMs: 5_000, headersMs: 5_000, idleMs: 5_000 }

/** Keys in a file (RFC 7517); read again when it changes. */
export function keysOfFile(path: string): KeySetSource {
  let seen = ''
  let keys: JSONWebKeySet = { keys: [] }
  return {
    async keys() {
      const { mtimeMs, size, ino } = statSync(path)
      const now = `${ino} ${mtimeMs} ${size}`
      if (now !== seen) keys = keySetOf(readFileSync(path, 'utf8'))
      seen = now
      return keys
    },
    close: async () => undefined
  }
}

/**
 * @param ca certificate of an authority besides those of the system, PEM
 * @throws TypeError when the URL is not allowed
 */
export function keysOfUrl(
  url: string,
  clock: Pick<Clock, 'monotonic'>,
  { privateNetwork = false, ca }: { readonly privateNetwork?: boolean; readonly ca?: string | undefined } = {}
): KeySetSource {
  const tls = ca === undefined ? undefined : { ca }
  const sender = new MessageSender('oidc', url, TIMEOUTS, { privateNetwork, tls })
  let fetched: { readonly atMs: number; readonly keys: Promise<JSONWebKeySet> } | null = null
  async function fetchKeys(): Promise<JSONWebKeySet> {
    const { status, body } = await sender.get({ accept: 'application/json' })
    if (status !== 200) throw new Error(`the issuer answered ${status}`)
    return keySetOf(body)
  }
  return {
    keys() {
      const now = clock.monotonic()
      if (fetched === null || now - fetched.atMs >= FETCH_EVERY_MS) {
        const keys = fetchKeys()
        const current = { atMs: now, keys }
        fetched = current
        // The next question tries again.
        keys.catch(() => {
          if (fetched === current) fetched = null
        })
      }
      return fetched.keys
    },
    close: () => sender.close()
  }
}

/** @param text attacker-controlled when it comes from a URL */
function keySetOf(text: string): JSONWebKeySet {
  const value: unknown = JSON.parse(text)
  if (typeof value === 'object' && value !== null && 'keys' in value && Array.isArray(value.keys))
    return value as JSONWebKeySet
  throw new TypeError('no key set')
}
