/** Ways to cut a byte sequence into pieces, and a gate to stall between two of them. */

/** Pieces of `size` bytes. */
export function cutEvery(bytes: Uint8Array, size: number): Uint8Array[] {
  const pieces: Uint8Array[] = []
  for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.subarray(at, at + size))
  return pieces
}

/** Pieces between byte offsets, which may be unsorted, repeated or out of range. */
export function cutAt(bytes: Uint8Array, offsets: Iterable<number>): Uint8Array[] {
  const inside = [...new Set(offsets)].filter(at => at > 0 && at < bytes.length).sort((a, b) => a - b)
  const pieces: Uint8Array[] = []
  let from = 0
  for (const at of [...inside, bytes.length]) {
    pieces.push(bytes.subarray(from, at))
    from = at
  }
  return pieces
}

/** A door that a test opens when it has seen what it waited for. */
export interface Gate {
  readonly opened: Promise<void>
  open(): void
}

export function gate(): Gate {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { opened: promise, open: resolve }
}
