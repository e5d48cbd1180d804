import type { Shape } from '../core/json/shape.ts'
import type { Leaf, Slot, Walk } from '../core/json/walker.ts'
import type { PublicError } from '../errors.ts'

/** A wire format that clients and providers speak. One folder or file per format; index.ts is the list. */
export interface Dialect {
  readonly id: string
  readonly endpoints: readonly Endpoint[]
  /** Endpoints of the format that are not covered: answered with a typed 501, listed in the coverage table. */
  readonly uncovered: readonly Uncovered[]
  /** The body of an error in the shape this format's SDKs read. */
  errorBody(error: PublicError): string
}

export interface Uncovered {
  readonly method: string
  readonly path: string
}

/** One endpoint: its field maps in both directions, and how its stream's deltas join. */
export interface Endpoint {
  readonly method: 'POST'
  /** Path at the gateway. */
  readonly path: string
  /** Path below the provider's base URL. */
  readonly upstreamPath: string
  /** Name in records, `format.endpoint`. */
  readonly api: 'openai.chat_completions'
  /** Operation in records (OpenTelemetry GenAI name). */
  readonly operation: 'chat'
  readonly request: Shape
  readonly answer: Shape
  /** Error bodies: they quote requests, so every string is restored. */
  readonly failure: Shape
  readonly stream: StreamRules
  /**
   * What the gateway must know of a request.
   * @throws errors.FieldMissing, errors.ModelMalformed
   */
  read(walk: Walk): RequestFacts
  usage(walk: Walk): Usage
}

export interface RequestFacts {
  readonly model: string
  readonly stream: boolean
  /** First system and first user turn: a conversation is known by its beginning, which clients resend each turn. */
  readonly beginning: readonly string[]
  /** Stop strings: they must not fire inside pseudonyms. */
  readonly stops: readonly Leaf[]
  /** Parts that can't be read as text. */
  readonly opaque: readonly OpaquePart[]
  /** Fields that let the provider run tools of its own. */
  readonly providerTools: readonly Slot[]
}

export interface OpaquePart {
  readonly modality: 'image' | 'audio' | 'file'
  readonly slot: Slot
}

/** Token counts as the provider reports them; they describe the pseudonymised text. */
export interface Usage {
  readonly inputTokens?: number
  readonly outputTokens?: number
  readonly cachedInputTokens?: number
  readonly reasoningTokens?: number
}

/** How the events of a stream carry text. */
export interface StreamRules {
  readonly event: Shape
  /** The data that ends the stream without being JSON. */
  readonly terminator: string
  /** Join key of a leaf whose text continues over events; null when its text stands alone. */
  keyOf(leaf: Leaf): string | null
  /** Prefixes of join keys that end with this event: text held for them must leave in it or before it. */
  closing(walk: Walk): readonly string[]
  /** Prefixes of join keys that end because another key of this event begins (reasoning before content). */
  closedBy(key: string): string | null
  /** Key whose text the offset at this slot counts in (annotations); null when unknown. */
  offsetKeyOf(slot: Slot): string | null
  /** An event that carries only this text for this key, in the provider's own shape, before the event `next`. */
  insert(key: string, text: string, like: Walk): string
  /** The event that tells the client of an error after the stream began: never a silent cut. */
  failure(error: PublicError): string
  /** Whether the stream is whole after these closing prefixes, also without the terminator. */
  whole(closed: ReadonlySet<string>): boolean
}
