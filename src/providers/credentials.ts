import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import type { Clock } from '../core/clock.ts'
import { errors } from '../errors.ts'
import {
  type CredentialForm,
  type CredentialSource,
  HeldSecret,
  isHeaderSecret
} from './credential-source.ts'

/** Lower-case names; attacker-controlled, without any key of an app. */
export type CallerHeaders = Readonly<Record<string, string | string[] | undefined>>

/** What identifies a caller to OpenAI and servers that speak its protocol. */
const CALLER_HEADERS = ['authorization', 'openai-organization', 'openai-project'] as const

/** Never sent but by a credential of this file, whatever the caller's allow-list let through. */
const SECRET_HEADERS = new Set<string>([
  ...CALLER_HEADERS,
  'api-key',
  'x-api-key',
  'x-goog-api-key',
  'cookie'
])

/** A rotated file or token is noticed after this time without a restart; tokens of clouds live an hour. */
const REREAD_MS = 60_000
/** A program that answers later would hold requests. */
const COMMAND_MS = 10_000
/** Tokens are a few KiB. */
const MAX_SECRET_BYTES = 65_536

/** The credential headers of requests to one deployment. */
export interface Credential {
  /**
   * @throws errors.CredentialMissing when the caller has none and the deployment needs it, CredentialUnavailable when
   * file or command give none
   */
  headers(caller: CallerHeaders): Promise<Readonly<Record<string, string>>>
  /** The provider refused it: it is read again the next time. */
  refused(): void
}

export function createCredential(id: string, source: CredentialSource, clock: Clock): Credential {
  switch (source.from) {
    case 'none':
      return { headers: async () => ({}), refused: () => {} }
    case 'passthrough':
      return { headers: async caller => callerCredential(id, caller), refused: () => {} }
    case 'value': {
      const headers = headersOf(source.value, source.as)
      return { headers: async () => headers, refused: () => {} }
    }
    default:
      return new ReadCredential(id, source.as, clock, () =>
        source.from === 'file' ? readFile(source.path, 'utf8') : run(source.command)
      )
  }
}

/** Headers that may leave besides the credential. */
export function withoutSecrets(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !SECRET_HEADERS.has(name)))
}

function callerCredential(id: string, caller: CallerHeaders): Record<string, string> {
  const credential: Record<string, string> = {}
  for (const name of CALLER_HEADERS) {
    const value = caller[name]
    if (typeof value === 'string') credential[name] = value
  }
  if (credential['authorization'] === undefined) throw new errors.CredentialMissing(id)
  return credential
}

function headersOf(secret: HeldSecret, as: CredentialForm): Record<string, string> {
  return as === 'bearer' ? { authorization: `Bearer ${secret.reveal()}` } : { 'api-key': secret.reveal() }
}

/** A credential that is read again after a while. Requests that come meanwhile share one reading. */
class ReadCredential implements Credential {
  readonly #id: string
  readonly #as: CredentialForm
  readonly #clock: Clock
  readonly #read: () => Promise<string>
  #current: Promise<Readonly<Record<string, string>>> | null = null
  #readAt = 0

  constructor(id: string, as: CredentialForm, clock: Clock, read: () => Promise<string>) {
    this.#id = id
    this.#as = as
    this.#clock = clock
    this.#read = read
  }

  headers(): Promise<Readonly<Record<string, string>>> {
    const now = this.#clock.monotonic()
    if (this.#current === null || now - this.#readAt >= REREAD_MS) {
      this.#readAt = now
      this.#current = this.#load()
      // A failure is not kept: the next request reads again.
      this.#current.catch(() => this.refused())
    }
    return this.#current
  }

  refused(): void {
    this.#current = null
  }

  async #load(): Promise<Readonly<Record<string, string>>> {
    // The error may quote the secret or the command: it is dropped.
    const text = await this.#read().catch(() => '')
    const secret = text.trim()
    if (!isHeaderSecret(secret)) throw new errors.CredentialUnavailable(this.#id)
    return headersOf(new HeldSecret(secret), this.#as)
  }
}

function run([program = '', ...args]: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(
      program,
      args,
      { timeout: COMMAND_MS, maxBuffer: MAX_SECRET_BYTES, encoding: 'utf8', windowsHide: true },
      (error, stdout) => (error ? reject(error) : resolve(stdout))
    )
  })
}
