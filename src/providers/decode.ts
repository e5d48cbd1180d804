import type { Transform } from 'node:stream'
import zlib from 'node:zlib'

/** Receives decoded bytes; callbacks come from the stream, never from inside a call to the decoder. */
export interface DecoderSink {
  /** @returns false to pause until `resume()` */
  onData(chunk: Buffer): boolean
  onEnd(): void
  /** `truncated`: the input ended early. `unreadable`: not of the declared encoding, or it expands beyond bounds. */
  onError(reason: 'truncated' | 'unreadable'): void
  /** Input may go on after `write` returned false. */
  onDrain(): void
}

/**
 * Expansion bound against decompression bombs: this much is always allowed, beyond it so many bytes per input byte.
 * JSON and event streams compress 3 to 30 times; gzip can reach 1,032, brotli and zstd far more.
 */
const FREE_BYTES = 1024 * 1024
const MAX_RATIO = 200

/** RFC 8878 §3.1.1.1.2 asks decoders to support 8 MiB windows; more is memory the peer would choose. */
const ZSTD = { params: { [zlib.constants.ZSTD_d_windowLogMax]: 23 } }

/** Undoes one content-encoding as a stream, with back-pressure both ways. All input is attacker-controlled. */
export class Decoder {
  readonly #create: (first: number) => Transform
  readonly #sink: DecoderSink
  #stream: Transform | null = null
  #bytesIn = 0
  #bytesOut = 0
  #done = false

  constructor(create: (first: number) => Transform, sink: DecoderSink) {
    this.#create = create
    this.#sink = sink
  }

  /** @returns false to pause the input until `onDrain` */
  write(chunk: Buffer): boolean {
    const first = chunk[0]
    if (this.#done || first === undefined) return true
    this.#bytesIn += chunk.length
    this.#stream ??= this.#open(first)
    return this.#stream.write(chunk)
  }

  /** An empty body is a valid one: answers without content may still name an encoding. */
  end(): void {
    if (this.#stream) this.#stream.end()
    else queueMicrotask(() => this.#finish())
  }

  resume(): void {
    this.#stream?.resume()
  }

  /** No callback follows. */
  destroy(): void {
    this.#done = true
    this.#stream?.destroy()
  }

  #open(first: number): Transform {
    const stream = this.#create(first)
    stream.on('data', (chunk: Buffer) => this.#data(stream, chunk))
    stream.on('drain', () => this.#done || this.#sink.onDrain())
    stream.on('end', () => this.#finish())
    stream.on('error', error =>
      this.#fail('code' in error && error.code === 'Z_BUF_ERROR' ? 'truncated' : 'unreadable')
    )
    return stream
  }

  #data(stream: Transform, chunk: Buffer): void {
    if (this.#done) return
    this.#bytesOut += chunk.length
    if (this.#bytesOut > FREE_BYTES + MAX_RATIO * this.#bytesIn) {
      this.#fail('unreadable')
      return
    }
    if (!this.#sink.onData(chunk)) stream.pause()
  }

  #finish(): void {
    if (this.#done) return
    this.#done = true
    this.#sink.onEnd()
  }

  #fail(reason: 'truncated' | 'unreadable'): void {
    if (this.#done) return
    this.destroy()
    this.#sink.onError(reason)
  }
}

/** `deflate` means zlib (RFC 9110 §8.4.1.2), but some servers send it raw: a zlib header has 8 in its low bits. */
const inflate = (first: number): Transform =>
  (first & 0x0f) === 0x08 ? zlib.createInflate() : zlib.createInflateRaw()

const decoders = new Map<string, (first: number) => Transform>([
  ['gzip', () => zlib.createGunzip()],
  ['x-gzip', () => zlib.createGunzip()],
  ['deflate', inflate],
  ['br', () => zlib.createBrotliDecompress()],
  ['zstd', () => zlib.createZstdDecompress(ZSTD)]
])

/**
 * @param encoding value of a content-encoding header, attacker-controlled; one coding, lists are not read
 * @returns the decoder, or null if the encoding is none of gzip, deflate, br, zstd
 */
export function createDecoder(encoding: string, sink: DecoderSink): Decoder | null {
  const create = decoders.get(encoding.trim().toLowerCase())
  return create ? new Decoder(create, sink) : null
}
