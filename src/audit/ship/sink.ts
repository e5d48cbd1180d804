import type { Static, TObject } from 'typebox'
import type { ShipEvent } from './view.ts'

/** One event as it leaves. */
export interface Shipped {
  readonly event: ShipEvent
  /** What the view made of it. */
  readonly view: Readonly<Record<string, unknown>>
}

/** Where events go. A batch is taken whole or the promise rejects; then it comes again, whole. */
export interface Sink {
  /** @param batch 1 to 500, in the order of the log */
  send(batch: readonly Shipped[]): Promise<void>
  close(): Promise<void>
}

/** What came back from a receiver. */
export interface Answer {
  readonly status: number
  /** At most 64 KiB; attacker-controlled. */
  readonly body: string
}

/** Sends one message to a URL that is fixed beforehand. Passed in: audit does no network I/O by HTTP itself. */
export interface Sender {
  /** @throws when there is no answer */
  post(headers: Readonly<Record<string, string>>, body: string): Promise<Answer>
  close(): Promise<void>
}

/** An HTTP receiver, and how it is reached. */
export interface ReceiverOptions {
  readonly url: string
  /** It may stand in a private network. */
  readonly privateNetwork?: boolean
  /** Certificate of an authority besides those of the system. */
  readonly caFile?: string
}

export interface SinkDeps {
  /** @throws TypeError when the URL is not allowed */
  readonly createSender: (receiver: ReceiverOptions) => Sender
  /** Absolute path of a file that the config names. */
  readonly pathOf: (path: string) => string
  readonly hostname: string
}

/** One kind of sink. Add one: a file here and a line in index.ts. */
export interface SinkKind<T extends TObject = TObject> {
  /** `[a-z]+`, unique: `sink` in the config. */
  readonly kind: string
  /** Its keys in the config, besides id, view and sink; each with a description of what is allowed. */
  readonly schema: T
  /** Views it can carry; all when left out. */
  readonly views?: readonly string[]
  /** @throws Error in words for the operator when it can't work as configured */
  open(options: Static<T>, deps: SinkDeps): Sink
}

/** The receiver did not take a batch. It comes again. Never quotes the receiver's text. */
export class NotTaken extends Error {
  override readonly name = 'NotTaken'
}

export function sinkKind<T extends TObject>(kind: SinkKind<T>): SinkKind {
  return kind
}
