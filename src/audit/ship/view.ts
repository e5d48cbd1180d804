/** One event on its way out, with its place in the log. */
export interface ShipEvent {
  readonly log: string
  readonly leaf: number
  /** Canonical JSON. */
  readonly json: string
  /** The same, parsed. Its shape is that of the event schema, but it is read as if it were anybody's. */
  readonly body: unknown
}

/** An event in the words of another standard. Views add nothing: what is not in the event is not in a view. */
export interface View {
  /** `[a-z]+`, unique. */
  readonly name: string
  readonly of: (event: ShipEvent) => Readonly<Record<string, unknown>>
}
