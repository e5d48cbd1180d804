import type { AnswerSink } from './answer-sink.ts'

/** A sink whose head carries more headers. */
export class HeadedSink implements AnswerSink {
  readonly #sink: AnswerSink
  readonly #headers: Readonly<Record<string, string>>

  constructor(sink: AnswerSink, headers: Readonly<Record<string, string>>) {
    this.#sink = sink
    this.#headers = headers
  }

  get closed(): boolean {
    return this.#sink.closed
  }

  head(status: number, headers: Readonly<Record<string, string | number>>): void {
    this.#sink.head(status, { ...headers, ...this.#headers })
  }

  write(bytes: Buffer | string): boolean {
    return this.#sink.write(bytes)
  }

  end(bytes?: Buffer | string): void {
    this.#sink.end(bytes)
  }

  destroy(): void {
    this.#sink.destroy()
  }

  onDrain(listener: () => void): void {
    this.#sink.onDrain(listener)
  }

  onClose(listener: () => void): void {
    this.#sink.onClose(listener)
  }
}
