import type { MechanismCode } from '../core/mechanisms.ts'
import type { Credential } from './credentials.ts'
import type { Evidence } from './evidence.ts'

/**
 * What the rest of the gateway knows of the places it sends text to. A provider is one configured deployment; it
 * takes bytes that are already pseudonymised and hands back the answer's bytes as they arrive.
 */

/** One configured endpoint of a provider: what policy decides on and the record names. */
export interface Deployment {
  /** Id from the config, unique, `[a-z0-9][a-z0-9._-]*`. */
  readonly id: string
  /** Which adapter serves it, one of the list in `index.ts`. */
  readonly kind: string
  /** Id of the provider's profile. */
  readonly provider: string
  /** Which offer of the profile fixes the place; null when the config declares it itself. */
  readonly sku: string | null
  /** Region as the provider names it, where the place depends on it. */
  readonly region: string | null
  readonly profile: ProfileFacts
  /** Host the bytes go to, with port if it is not the default one; `in-process` for the built-in provider. */
  readonly host: string
  /** Where it processes: ISO 3166 codes, EU, EEA, `self`, `world` or `unknown`, as declared. Never empty. */
  readonly places: readonly string[]
  /** Where it stores; null when nobody said. */
  readonly storage: readonly string[] | null
  /** Longest time content is kept; 0 when it is not stored, null when nobody said. */
  readonly retentionDays: number | null
  readonly training: 'no' | 'opted_out' | 'yes' | null
  /** ISO date by which what is publicly known of the provider is to be looked at again; null when nothing dated is. */
  readonly reviewDue: string | null
  /** What was agreed with the provider; null when nothing is known. */
  readonly contract: Contract | null
  /** Model names it serves: exact, or a prefix ending in `*`. */
  readonly models: readonly string[]
  /** Names the provider knows a model by, where they differ from what apps ask for. */
  readonly upstreamModels: ReadonlyMap<string, string>
  /** 1 goes first; the next ones when those before can't or may not. */
  readonly priority: number
  /** Share of the conversations among deployments of the same priority. */
  readonly weight: number
  /** Requests under way at once. */
  readonly maxConcurrent: number
  /** `passthrough`: the caller's own; `managed`: the gateway's; `none`. It goes here and nowhere else. */
  readonly credential: 'passthrough' | 'managed' | 'none'
}

/** What records say of the provider. */
export interface ProfileFacts {
  readonly version: number
  /** `sha256:…` of the profile as it was read. */
  readonly hash: string
  /** Legal entity's LEI or EUID. */
  readonly code: string | null
  readonly codeType: 'LEI' | 'EUID' | null
  /** Type of ICT service, `S01`–`S19` (Implementing Regulation (EU) 2024/2956, Annex III). */
  readonly ictService: string | null
}

/** What was agreed with a provider. ISO dates, both days included; references are the company's own. */
export interface Contract {
  readonly reference: string
  readonly from: string
  readonly to: string | null
  /** Processing agreement, Art. 28 GDPR. */
  readonly dpa: string | null
  /** Transfer impact assessment. */
  readonly tia: string | null
  readonly mechanism: Mechanism | null
  readonly reviewDue: string | null
}

/** Ground of a transfer to a third country, Chapter V GDPR. */
export interface Mechanism {
  readonly code: MechanismCode
  readonly reference: string
  /** ISO date on which someone saw that it holds. */
  readonly checked: string
  readonly scope?: string | undefined
  readonly fallback?: MechanismCode | undefined
}

/** One request as it leaves, for a provider to complete. */
export interface UpstreamRequest extends WireRequest {
  /** As the provider knows it; some have it in the path. Null where a request names none. */
  readonly model: string | null
  /** What `Credential.headers` of this provider gave. */
  readonly credential: Readonly<Record<string, string>>
}

/** A body in memory, or one that is read in pieces while it is sent. */
export type UpstreamBody = Buffer | BodyInPieces

export interface BodyInPieces {
  /** Bytes of all pieces. */
  readonly length: number
  /** From the begin; a request that is sent again reads again. */
  pieces(): AsyncIterable<Buffer>
}

/** One request on the wire. The body is final: it is sent byte for byte. */
export interface WireRequest {
  /** Relative to the base URL, starts with `/`, e.g. `/chat/completions`; may hold a query. */
  readonly path: string
  readonly method: 'POST' | 'GET' | 'DELETE'
  /** Lower-case names, already allow-listed. Hop-by-hop names and whatever looks like a credential are dropped here. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | UpstreamBody | null
  /** Whether the caller asked for a stream. The body decides what the provider does; this is for telling apart only. */
  readonly stream: boolean
}

/**
 * Receives one answer: `onHead`, then `onData` any number of times, then exactly one of `onEnd` and `onError`;
 * `onError` may come at any point, also first. Never called before `send` returned, nor from inside `resume` or `abort`.
 * Callbacks must not throw: a throw in `onHead`, `onData` or `onEnd` ends the call with `Internal`.
 */
export interface UpstreamHandler {
  /** @param headers lower-case names; attacker-controlled, the caller applies its allow-list. At most 16 KiB in all. */
  onHead(status: number, headers: ReadonlyMap<string, string>): void
  /**
   * One network chunk, content-encoding already undone; attacker-controlled.
   * @returns false to pause until `resume()`. Bytes already read may still come when the peer closes: at most 64 KiB.
   */
  onData(chunk: Buffer): boolean
  onEnd(): void
  /** Always of the catalogue: UpstreamConnect, Timeout, Broken, Redirect, Encoding, or ShuttingDown, Internal. */
  onError(error: Error): void
}

/** A request under way. */
export interface UpstreamCall {
  /** Goes on after `onData` returned false. Harmless otherwise. */
  resume(): void
  /** The client is gone: cancels upstream at once; no callback follows. Harmless after the end. */
  abort(): void
}

export interface Provider {
  readonly deployment: Deployment
  readonly credential: Credential
  /** How its answers show where they were made; null when they don't. */
  readonly evidence: Evidence | null
  /** Sends once, never retries. Every outcome reaches the handler; never throws. */
  send(request: UpstreamRequest, handler: UpstreamHandler): UpstreamCall
  /** Takes no new requests, lets those under way finish, then frees the connections. */
  close(): Promise<void>
}

/** Limits per phase in milliseconds; above one second they are kept to about half a second. */
export interface Timeouts {
  /** From `send` until the request is on a connection: waiting for a free one, DNS, TCP, TLS. */
  readonly connectMs: number
  /** From the request being sent until the complete response head. */
  readonly headersMs: number
  /** Between two pieces of the body, while the receiver is not pausing. */
  readonly idleMs: number
}
