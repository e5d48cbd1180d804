/** Bytes that can be read in pieces, and read again. */
export interface ByteSource {
  readonly length: number
  /** Pieces of [start, end), in order; left out, from the first byte to the last. */
  read(start?: number, end?: number): AsyncIterable<Buffer>
}

/** Bytes in memory. */
export function sourceOfBuffer(bytes: Buffer): ByteSource {
  return {
    length: bytes.length,
    async *read(start = 0, end = bytes.length) {
      if (end > start) yield bytes.subarray(start, end)
    }
  }
}

/** Some bytes of a source as one piece; only for few. */
export async function bytesOf(source: ByteSource, start: number, end: number): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of source.read(start, end)) pieces.push(piece)
  return pieces.length === 1 ? (pieces[0] ?? Buffer.alloc(0)) : Buffer.concat(pieces)
}

/** The text of some bytes, in pieces. @throws TypeError for bytes that are no UTF-8 */
export async function* textOf(source: ByteSource, start: number, end: number): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  for await (const piece of source.read(start, end)) yield decoder.decode(piece, { stream: true })
  yield decoder.decode()
}

/** Whether bytes are UTF-8 without a NUL. */
export async function isText(source: ByteSource, start: number, end: number): Promise<boolean> {
  try {
    for await (const text of textOf(source, start, end)) if (text.includes('\0')) return false
    return true
  } catch (error) {
    if (error instanceof TypeError) return false
    throw error
  }
}
