import { errors } from '../errors.ts'

/** One server-sent event as it came over the wire. */
export interface SseEvent {
  /** All bytes of the block, blank line included. */
  readonly raw: Buffer
  /** Joined `data` lines; null when the block has none (comments, keep-alives). */
  readonly data: string | null
  /** Byte span of the data in `raw` when it stands there on one line; else -1. */
  readonly dataStart: number
  readonly dataEnd: number
}

const LF = 0x0a
const CR = 0x0d

/**
 * Cuts a byte stream into server-sent events (WHATWG HTML §9.2.5–9.2.6): CR, LF and CRLF, byte order mark, comments,
 * several data lines, no space after the colon. Works on bytes, so that a chunk may end anywhere, also inside a UTF-8
 * sequence.
 */
export class SseDecoder {
  readonly #maxEventBytes: number
  /** Bytes of the event that has not ended; joined once, when it does, so that long events cost linear time. */
  #pending: Buffer[] = []
  #pendingBytes = 0
  #first = true

  /** @param maxEventBytes an event that does not end within these bytes is refused: it would have to be held */
  constructor(maxEventBytes: number) {
    this.#maxEventBytes = maxEventBytes
  }

  /** Bytes of an unfinished event that are held. */
  get heldBytes(): number {
    return this.#pendingBytes
  }

  /**
   * The events that this chunk completes.
   * @throws errors.UpstreamTooLarge
   */
  push(chunk: Buffer): SseEvent[] {
    if (this.#pendingBytes > 0 && !this.#mayEnd(chunk)) {
      this.#hold(chunk)
      return []
    }
    const bytes = this.#pendingBytes === 0 ? chunk : this.#take(chunk)
    const plain = !bytes.includes(CR)
    const events: SseEvent[] = []
    let start = 0
    for (;;) {
      const end = plain ? endOfPlainBlock(bytes, start) : endOfBlock(bytes, start, false)
      if (end < 0) break
      events.push(this.#event(bytes.subarray(start, end)))
      start = end
    }
    if (start < bytes.length) this.#hold(bytes.subarray(start))
    return events
  }

  /** What is left when the stream ends: a last event without its blank line, or null. */
  end(): SseEvent | null {
    if (this.#pendingBytes === 0) return null
    const rest = this.#take(Buffer.alloc(0))
    const end = endOfBlock(rest, 0, true)
    return this.#event(end < 0 ? Buffer.concat([rest, Buffer.from(blankAfter(rest))]) : rest)
  }

  /** Whether the chunk, after what is held, has two line ends in a row. */
  #mayEnd(chunk: Buffer): boolean {
    const last = this.#pending.at(-1) ?? chunk
    // Three bytes: the longest line end but one of CR LF CR LF.
    const joint = Buffer.concat([...this.#pending.slice(-3, -1), last]).subarray(-3)
    const bytes = Buffer.concat([joint, chunk])
    for (let at = nextBreak(bytes, 0); at >= 0; at = nextBreak(bytes, at + 1)) {
      const after = bytes[at + 1]
      if (after === CR || (after === LF && bytes[at] === LF)) return true
    }
    return false
  }

  #hold(bytes: Buffer): void {
    this.#pending.push(bytes)
    this.#pendingBytes += bytes.length
    if (this.#pendingBytes > this.#maxEventBytes)
      throw new errors.UpstreamTooLarge(String(this.#maxEventBytes))
  }

  #take(chunk: Buffer): Buffer {
    const bytes = Buffer.concat([...this.#pending, chunk])
    this.#pending = []
    this.#pendingBytes = 0
    return bytes
  }

  #event(raw: Buffer): SseEvent {
    const skip = this.#first && raw[0] === 0xef && raw[1] === 0xbb && raw[2] === 0xbf ? 3 : 0
    this.#first = false
    return readBlock(raw, skip)
  }
}

/** As `endOfBlock`, for bytes without CR. */
function endOfPlainBlock(bytes: Buffer, start: number): number {
  if (bytes[start] === LF) return start + 1
  const end = bytes.indexOf('\n\n', start, 'latin1')
  return end < 0 ? -1 : end + 2
}

/** Offset after the blank line that ends the block at `start`; -1 when it has not come yet. */
function endOfBlock(bytes: Buffer, start: number, final: boolean): number {
  let line = start
  for (;;) {
    const end = nextBreak(bytes, line)
    if (end < 0) return -1
    const next = afterLine(bytes, end)
    // A CR at the very end of a chunk may be half of a CRLF: wait for the next byte.
    if (bytes[end] === CR && end + 1 === bytes.length && !final) return -1
    if (end === line) return next
    line = next
  }
}

/** Offset of the next CR or LF; a loop, because two searches to the end would be quadratic in the lines. */
function nextBreak(bytes: Buffer, from: number): number {
  for (let at = from; at < bytes.length; at++) {
    const byte = bytes[at]
    if (byte === LF || byte === CR) return at
  }
  return -1
}

function afterLine(bytes: Buffer, end: number): number {
  return bytes[end] === CR && bytes[end + 1] === LF ? end + 2 : end + 1
}

function blankAfter(rest: Buffer): string {
  const last = rest[rest.length - 1]
  return last === LF || last === CR ? '\n' : '\n\n'
}

function readBlock(raw: Buffer, skip: number): SseEvent {
  // The usual event is one data line; everything else takes the general way.
  const lineEnd = raw.indexOf(LF)
  if (lineEnd === raw.length - 2 && raw[lineEnd + 1] === LF && raw[lineEnd - 1] !== CR) {
    const value = dataOf(raw, skip, lineEnd)
    if (value >= 0 && !raw.includes(CR)) {
      return { raw, data: raw.toString('utf8', value, lineEnd), dataStart: value, dataEnd: lineEnd }
    }
  }
  let data: string | null = null
  let dataStart = -1
  let dataEnd = -1
  for (let line = skip; line < raw.length; ) {
    const end = nextBreak(raw, line)
    const stop = end < 0 ? raw.length : end
    const value = dataOf(raw, line, stop)
    if (value >= 0) {
      const text = raw.toString('utf8', value, stop)
      if (data === null) [data, dataStart, dataEnd] = [text, value, stop]
      else [data, dataStart, dataEnd] = [`${data}\n${text}`, -1, -1]
    }
    line = end < 0 ? raw.length : afterLine(raw, end)
  }
  return { raw, data, dataStart, dataEnd }
}

/** Offset of the value when the line is a `data` field; else -1. */
function dataOf(raw: Buffer, start: number, end: number): number {
  const named =
    raw[start] === 0x64 && raw[start + 1] === 0x61 && raw[start + 2] === 0x74 && raw[start + 3] === 0x61
  if (!named || end < start + 4) return -1
  if (end === start + 4) return end
  if (raw[start + 4] !== 0x3a) return -1
  return raw[start + 5] === 0x20 && end > start + 5 ? start + 6 : start + 5
}

/** The event's bytes with other data; its other fields and comments stay as they came. */
export function withData(event: SseEvent, data: string): Buffer {
  if (event.dataStart >= 0) {
    return Buffer.concat([
      event.raw.subarray(0, event.dataStart),
      Buffer.from(data),
      event.raw.subarray(event.dataEnd)
    ])
  }
  const others = event.raw
    .toString('utf8')
    .split(/\r\n|\r|\n/)
    .filter(line => line !== '' && line !== 'data' && !line.startsWith('data:'))
  return Buffer.from([...others, ...data.split('\n').map(line => `data: ${line}`), '', ''].join('\n'))
}

/** A complete event of one data line. @param name value of its `event` field, when it has one */
export function sseEvent(data: string, name?: string): Buffer {
  return Buffer.from(`${name === undefined ? '' : `event: ${name}\n`}data: ${data}\n\n`)
}
