/** A whole answer. */
export interface Answer {
  readonly status: number
  readonly body: Buffer
}

type State = 'head' | 'sized' | 'size line' | 'chunk' | 'chunk end' | 'last end' | 'done'

/**
 * Reads the answers of one keep-alive connection, one after the other: content-length or chunked. It knows no more of
 * HTTP than this, because it shares a core with the simulator.
 */
export class ResponseReader {
  #state: State = 'head'
  #pending: Buffer = Buffer.alloc(0)
  #parts: Buffer[] = []
  #status = 0
  /** Bytes still to come of the body or chunk. */
  #left = 0

  /** True once the current answer has body bytes. */
  get begun(): boolean {
    return this.#parts.length > 0
  }

  /** Adds bytes; gives the answer when it is complete. Bytes after it are an error. */
  push(data: Buffer): Answer | undefined {
    this.#pending = this.#pending.length === 0 ? data : Buffer.concat([this.#pending, data])
    while (this.#state !== 'done' && this.#step());
    if (this.#state !== 'done') return undefined
    if (this.#pending.length > 0) throw new Error('bytes after the answer')
    const answer = { status: this.#status, body: Buffer.concat(this.#parts) }
    this.#parts = []
    this.#state = 'head'
    return answer
  }

  /** Advances by one piece; false when more bytes are needed. */
  #step(): boolean {
    switch (this.#state) {
      case 'head':
        return this.#readHead()
      case 'sized':
        return this.#readBody('done')
      case 'size line':
        return this.#readSize()
      case 'chunk':
        return this.#readBody('chunk end')
      case 'chunk end':
        return this.#skipLineEnd('size line')
      default:
        return this.#skipLineEnd('done')
    }
  }

  #readHead(): boolean {
    const end = this.#pending.indexOf('\r\n\r\n')
    if (end < 0) return false
    const head = this.#pending.toString('latin1', 0, end).toLowerCase()
    this.#pending = this.#pending.subarray(end + 4)
    this.#status = Number(head.slice(9, 12))
    if (head.includes('\r\ntransfer-encoding: chunked')) {
      this.#state = 'size line'
      return true
    }
    const length = /\r\ncontent-length: *(\d+)/.exec(head)?.[1]
    if (length === undefined) throw new Error(`answer without length: ${head}`)
    this.#left = Number(length)
    this.#state = this.#left === 0 ? 'done' : 'sized'
    return true
  }

  #readSize(): boolean {
    const end = this.#pending.indexOf('\r\n')
    if (end < 0) return false
    this.#left = Number.parseInt(this.#pending.toString('latin1', 0, end), 16)
    this.#pending = this.#pending.subarray(end + 2)
    this.#state = this.#left === 0 ? 'last end' : 'chunk'
    return true
  }

  #readBody(next: State): boolean {
    if (this.#pending.length === 0) return false
    const piece = this.#pending.subarray(0, this.#left)
    this.#parts.push(piece)
    this.#pending = this.#pending.subarray(piece.length)
    this.#left -= piece.length
    if (this.#left === 0) this.#state = next
    return true
  }

  #skipLineEnd(next: State): boolean {
    if (this.#pending.length < 2) return false
    this.#pending = this.#pending.subarray(2)
    this.#state = next
    return true
  }
}
