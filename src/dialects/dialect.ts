import type { Api, Operation } from '../core/apis.ts'
import type { FormRules } from '../core/form.ts'
import type { Shape } from '../core/json/shape.ts'
import type { Leaf, Note, Slot, Walk } from '../core/json/walker.ts'
import type { LeafKind } from '../core/leaf.ts'
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
  readonly method: 'POST' | 'GET' | 'DELETE'
  /** Path at the gateway; `:name` stands for an id of a stored object. */
  readonly path: string
  /** Path below the provider's base URL, with the same names. */
  readonly upstreamPath: string
  /** Query parameters that pass, with the form of their values; others refuse the request. None for requests with a body. */
  readonly query?: ReadonlyMap<string, RegExp>
  /** `none`: whatever body comes is left aside; `optional`: no body counts as an empty object. GET and DELETE have none. */
  readonly body?: 'none' | 'optional'
  readonly api: Api
  readonly operation: Operation
  /** `app`: pseudonyms are the same over all requests of the app, because index and query must agree. */
  readonly scope?: 'app'
  readonly request: Shape
  /** Fields of a `multipart/form-data` body; absent where it takes JSON only. */
  readonly form?: FormRules
  /** Endpoints of the requests that its documents may hold, by the name of their section. */
  readonly sections?: ReadonlyMap<string, Endpoint>
  /** It takes no JSON body. */
  readonly formOnly?: true
  readonly answer: Shape
  /** An answer may be something else than JSON: text is restored, all else passes as it is. */
  readonly content?: true
  /** Error bodies: they quote requests, so every string is restored. */
  readonly failure: Shape
  readonly stream: StreamRules
  /**
   * What the gateway must know of a request.
   * @throws errors.FieldMissing, errors.ModelMalformed
   */
  read(walk: Walk, target: RequestTarget): RequestFacts
  usage(walk: Walk): Usage
  /** Where clients send earlier turns again; absent where they do not. */
  readonly resent?: ResentTurns
  /** Texts at whose end the model may be told something, in order; absent where nothing reads instructions (embeddings). */
  tellable?(walk: Walk): readonly Leaf[]
}

/** A list of turns that clients send again, longer each time. */
export interface ResentTurns {
  /** Its key in the body. */
  readonly key: string
  /**
   * Index of the first element that no `beginning` is in, whatever follows; null while that is not known.
   * @param walk also of a body that was not read to its end
   */
  opens(walk: Pick<Walk, 'source' | 'notes'>): number | null
}

/** What a request says outside of its body. */
export interface RequestTarget {
  /** Ids of the path, in order; `[A-Za-z0-9_-]{1,128}`. */
  readonly ids: readonly string[]
  /** Parameters that the endpoint lets pass. */
  readonly query: ReadonlyMap<string, string>
}

export const noTarget: RequestTarget = { ids: [], query: new Map() }

/** What a request has to do with objects the provider keeps. */
export interface StateFacts {
  /** Ids of stored objects that it names: what they hold may come back. */
  readonly names: readonly string[]
  /** Further ones that it uses (files, vector stores): what they hold may come back too; unknown ones don't matter. */
  readonly uses?: readonly string[]
  /** What the request makes, else the first object it names, holds from now on what those it uses hold. */
  readonly joins?: true
  /** The answer lists objects, whichever: what those of the app hold may come back. */
  readonly lists?: true
  /** The provider keeps what it answers, under the id in the answer. */
  readonly keeps: boolean
  /** All of what it keeps was read. */
  readonly isRead?: boolean
  /** What is gone when it succeeds: the object, or the whole conversation. */
  readonly forgets?: 'object' | 'chain'
  /** Events up to this number, as the client counts, are not wanted. */
  readonly startingAfter?: number
}

export interface RequestFacts {
  /** Absent where the provider keeps nothing. */
  readonly state?: StateFacts

  /** Null where the request names none: it goes where the stored object it names lies. */
  readonly model: string | null
  /** Models of requests in documents: the app must be allowed to use them. */
  readonly models?: readonly string[]
  readonly stream: boolean
  /** First system and first user turn: a conversation is known by its beginning, which clients resend each turn. */
  readonly beginning: readonly string[]
  /** Stop strings: they must not fire inside pseudonyms. */
  readonly stops: readonly Leaf[]
  /** Values that repeat earlier answers, where conversations are sent again each turn. In order. */
  readonly said?: readonly Note[]
  /** Parts that can't be read as text. */
  readonly opaque: readonly OpaquePart[]
  /** Fields that let the provider run tools of its own. */
  readonly providerTools: readonly Slot[]
  /** How the format itself names the person who asks, as the caller wrote it. Attacker-controlled. */
  readonly person?: string
}

export interface OpaquePart {
  readonly modality: 'image' | 'audio' | 'file' | 'tokens'
  readonly slot: Slot
  /** The stored object it lies in; where that was read when it was made, the part counts as read. */
  readonly id?: string
}

/** Token counts as the provider reports them; they describe the pseudonymised text. */
export interface Usage {
  readonly inputTokens?: number
  readonly outputTokens?: number
  readonly cachedInputTokens?: number
  readonly reasoningTokens?: number
}

/** A text that continues over events. */
export interface Joined {
  /** Names the text: its deltas share it. */
  readonly key: string
  /** What the deltas together are. */
  readonly kind: LeafKind
}

/** How the events of a stream carry text. */
export interface StreamRules {
  readonly event: Shape
  /** The data that ends the stream without being JSON; null when an event ends it. */
  readonly terminator: string | null
  /**
   * The text this leaf continues; `alone` when all of it is here; `repeat` when it also says again what deltas said: it is
   * restored the same way and not counted twice.
   */
  join(leaf: Leaf, walk: Walk): Joined | 'alone' | 'repeat'
  /** Prefixes of join keys that end with this event: text held for them must leave in it or before it. */
  closing(walk: Walk): readonly string[]
  /** Prefixes of join keys that end because another key of this event begins (reasoning before content). */
  closedBy(key: string): string | null
  /** True when this event says that the provider failed. */
  failed(walk: Walk): boolean
  /** Key whose text the offset at this slot counts in (annotations); null when unknown. */
  offsetKeyOf(slot: Slot, walk: Walk): string | null
  /**
   * An event that carries only this text for this key, in the provider's own shape.
   * @param like the last event with text of this key, else the event before which it stands
   * @param sequence its number where events are numbered
   */
  insert(key: string, text: string, like: Walk, sequence: number): InsertedEvent
  /** The event that tells the client of an error after the stream began: never a silent cut. */
  failure(error: PublicError, sequence: number): string
  /**
   * Where a text of an event stands in the whole answer, so that policy treats both the same.
   * @param path its place in the event: keys from the top, `[]` for elements
   */
  fieldOf(path: readonly string[], walk: Walk): readonly string[]
  /** True for texts that clients send back as part of the conversation, by join key or by path in a whole answer. */
  isSaid(key: string): boolean
  /** Whether the stream is whole after these closing prefixes, also without the terminator. */
  whole(closed: ReadonlySet<string>): boolean
}

export interface InsertedEvent {
  /** Value of its `event` field, where the format has one. */
  readonly name?: string
  /** JSON on one line. */
  readonly data: string
}
