/** One request as it came over the wire. */
export interface RecordedRequest {
  readonly method: string
  readonly target: string
  /** Lower-case name → value; repeated headers are joined with `, `. */
  readonly headers: ReadonlyMap<string, string>
  /** Request line and header lines, byte for byte, with the empty line. */
  readonly head: Buffer
  /** The body without its framing. */
  readonly body: Buffer
  /** The body as UTF-8. */
  readonly text: string
}

interface Head {
  readonly method: string
  readonly target: string
  readonly headers: Map<string, string>
  readonly head: Buffer
}

/**
 * Cuts the bytes of one connection into requests (HTTP/1.1: content-length, chunked, pipelining).
 * It is lenient and trusts its peer: a test double, not a server.
 */
export class RequestReader {
  #pending: Buffer = Buffer.alloc(0)
  #head: Head | undefined
  #continue = false

  /** Adds bytes, answers with the requests they complete. */
  push(data: Buffer): RecordedRequest[] {
    this.#pending = this.#pending.length === 0 ? data : Buffer.concat([this.#pending, data])
    const complete: RecordedRequest[] = []
    for (;;) {
      const request = this.#take()
      if (!request) return complete
      complete.push(request)
    }
  }

  /** True once if the peer waits for `100 Continue`. */
  takeContinue(): boolean {
    const wanted = this.#continue
    this.#continue = false
    return wanted
  }

  #take(): RecordedRequest | undefined {
    if (!this.#head) {
      const end = this.#pending.indexOf('\r\n\r\n')
      if (end < 0) return undefined
      this.#head = parseHead(this.#pending.subarray(0, end + 4))
      this.#pending = this.#pending.subarray(end + 4)
      this.#continue = this.#head.headers.get('expect')?.toLowerCase() === '100-continue'
    }
    const found = /chunked/i.test(this.#head.headers.get('transfer-encoding') ?? '')
      ? chunkedBody(this.#pending)
      : sizedBody(this.#pending, Number(this.#head.headers.get('content-length') ?? 0))
    if (!found) return undefined
    const request = { ...this.#head, body: found.body, text: found.body.toString('utf8') }
    this.#head = undefined
    this.#continue = false
    this.#pending = this.#pending.subarray(found.used)
    return request
  }
}

function parseHead(head: Buffer): Head {
  const [first = '', ...lines] = head.toString('latin1').trimEnd().split('\r\n')
  const [method = '', target = ''] = first.split(' ')
  const headers = new Map<string, string>()
  for (const line of lines) {
    const colon = line.indexOf(':')
    const name = line.slice(0, colon).toLowerCase()
    const value = line.slice(colon + 1).trim()
    const before = headers.get(name)
    headers.set(name, before === undefined ? value : `${before}, ${value}`)
  }
  return { method, target, headers, head }
}

interface Body {
  readonly body: Buffer
  readonly used: number
}

function sizedBody(pending: Buffer, length: number): Body | undefined {
  return pending.length < length ? undefined : { body: pending.subarray(0, length), used: length }
}

function chunkedBody(pending: Buffer): Body | undefined {
  const parts: Buffer[] = []
  let at = 0
  for (;;) {
    const lineEnd = pending.indexOf('\r\n', at)
    if (lineEnd < 0) return undefined
    const size = Number.parseInt(pending.toString('latin1', at, lineEnd), 16)
    const start = lineEnd + 2
    if (pending.length < start + size + 2) return undefined
    at = start + size + 2
    if (size === 0) return { body: Buffer.concat(parts), used: at }
    parts.push(pending.subarray(start, start + size))
  }
}
