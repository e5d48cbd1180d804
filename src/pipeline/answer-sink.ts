/** Where an answer goes. The route implements it over the client's connection. */
export interface AnswerSink {
  /** The client is gone. */
  readonly closed: boolean
  /** Status and headers; nothing may be refused after this. */
  head(status: number, headers: Readonly<Record<string, string | number>>): void
  /** @returns false when the client is slower than the provider: wait for `onDrain` */
  write(bytes: Buffer | string): boolean
  end(bytes?: Buffer | string): void
  /** Cuts the connection. */
  destroy(): void
  onDrain(listener: () => void): void
  /** Called when the client goes before `end`. */
  onClose(listener: () => void): void
}
