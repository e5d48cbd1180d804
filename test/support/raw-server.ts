import net from 'node:net'
import { once } from 'node:events'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { RequestReader, type RecordedRequest } from './raw-request.ts'

export type { RecordedRequest } from './raw-request.ts'

/** Header name and value, in the order they are written. */
export type HeaderLines = Record<string, string | readonly string[]>

/** How a scripted body ends: orderly, by a TCP reset, by a FIN in mid-body, or never (until the peer leaves). */
export type Ending = 'end' | 'reset' | 'cut' | 'hang'

export interface StreamOptions {
  readonly status?: number
  readonly headers?: HeaderLines
  /** `chunked` (default): every piece is one HTTP chunk, so the reader sees exactly these cuts.
   * `close`: no framing, the body ends with the connection. */
  readonly framing?: 'chunked' | 'close'
  readonly ending?: Ending
}

/** One exchange, as the script sees it. */
export interface Reply {
  readonly socket: net.Socket
  /** Resolves when the peer's connection has gone, in whatever way. */
  readonly closed: Promise<void>
  /** Writes bytes as they are, waits for drain and for one turn of the event loop. False once the peer has gone. */
  raw(bytes: Uint8Array | string): Promise<boolean>
  /** A whole answer with content-length. */
  send(status: number, headers: HeaderLines, body: Uint8Array | string): Promise<void>
  /** A whole JSON answer; a string is taken as JSON text. */
  json(body: unknown, status?: number, headers?: HeaderLines): Promise<void>
  /** A whole JSON answer, compressed. */
  gzip(body: string, status?: number, headers?: HeaderLines): Promise<void>
  /** An SSE answer out of pieces; a piece may be awaited, so a script can stall between two. */
  stream(pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>, options?: StreamOptions): Promise<void>
  /** Sends a TCP RST. */
  reset(): void
}

export type Script = (request: RecordedRequest, reply: Reply) => Promise<void> | void

/** A provider that speaks bytes: records every one it gets, answers by script. Loopback only. */
export interface RawServer {
  readonly port: number
  /** `http://127.0.0.1:<port>/v1` */
  readonly baseUrl: string
  /** Complete requests in order of completion. */
  readonly requests: readonly RecordedRequest[]
  /** What answers from now on. */
  script: Script
  /** All bytes received on all connections since the start or the last `forget()`, also of unfinished requests. */
  bytes(): Buffer
  /** Connections open right now. */
  connections(): number
  /** The next request that completes after this call. */
  next(): Promise<RecordedRequest>
  forget(): void
  close(): Promise<void>
}

const okScript: Script = (_request, reply) => reply.json({ ok: true })

/** Starts a raw provider on a free loopback port. */
export async function startRawServer(script: Script = okScript): Promise<RawServer> {
  const received: Buffer[] = []
  const requests: RecordedRequest[] = []
  const waiting: ((request: RecordedRequest) => void)[] = []
  const sockets = new Set<net.Socket>()

  const server = net.createServer(socket => {
    sockets.add(socket)
    socket.setNoDelay(true)
    socket.on('error', () => {}) // resets are part of the game
    socket.on('close', () => sockets.delete(socket))
    const closed = new Promise<void>(resolve => socket.once('close', () => resolve()))
    const reader = new RequestReader()
    let turn = Promise.resolve()
    socket.on('data', (data: Buffer) => {
      received.push(data)
      for (const request of reader.push(data)) {
        requests.push(request)
        for (const resolve of waiting.splice(0)) resolve(request)
        turn = turn.then(() => result.script(request, createReply(socket, closed)))
        turn.catch((error: unknown) =>
          socket.destroy(error instanceof Error ? error : new Error(String(error)))
        )
      }
      if (reader.takeContinue()) socket.write('HTTP/1.1 100 Continue\r\n\r\n')
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as net.AddressInfo

  const result: RawServer = {
    port,
    baseUrl: `http://127.0.0.1:${port}/v1`,
    requests,
    script,
    bytes: () => Buffer.concat(received),
    connections: () => sockets.size,
    next: () => new Promise(resolve => waiting.push(resolve)),
    forget() {
      received.length = 0
      requests.length = 0
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    }
  }
  return result
}

function headText(status: number, headers: HeaderLines): string {
  let head = `HTTP/1.1 ${status} X\r\n`
  for (const [name, value] of Object.entries(headers)) {
    for (const one of typeof value === 'string' ? [value] : value) head += `${name}: ${one}\r\n`
  }
  return `${head}\r\n`
}

function createReply(socket: net.Socket, closed: Promise<void>): Reply {
  const raw = async (bytes: Uint8Array | string): Promise<boolean> => {
    if (socket.destroyed || !socket.writable) return false
    if (!socket.write(bytes)) await Promise.race([once(socket, 'drain'), closed])
    await nextTurn()
    return !socket.destroyed
  }

  const reply: Reply = {
    socket,
    closed,
    raw,
    async send(status, headers, body) {
      const bytes = typeof body === 'string' ? Buffer.from(body) : body
      const head = headText(status, { ...headers, 'content-length': String(bytes.length) })
      await raw(Buffer.concat([Buffer.from(head, 'latin1'), bytes]))
    },
    json(body, status = 200, headers = {}) {
      const text = typeof body === 'string' ? body : JSON.stringify(body)
      return reply.send(status, { 'content-type': 'application/json', ...headers }, text)
    },
    gzip(body, status = 200, headers = {}) {
      const head = { 'content-type': 'application/json', 'content-encoding': 'gzip', ...headers }
      return reply.send(status, head, gzipSync(body))
    },
    async stream(pieces, options = {}) {
      const { status = 200, headers = {}, framing = 'chunked', ending = 'end' } = options
      const chunked = framing === 'chunked'
      const head = headText(status, {
        'content-type': 'text/event-stream; charset=utf-8',
        ...headers,
        ...(chunked ? { 'transfer-encoding': 'chunked' } : { connection: 'close' })
      })
      await raw(Buffer.from(head, 'latin1'))
      for await (const piece of pieces) {
        if (piece.length === 0) continue
        const size = Buffer.from(`${piece.length.toString(16)}\r\n`)
        if (!(await raw(chunked ? Buffer.concat([size, piece, Buffer.from('\r\n')]) : piece))) return
      }
      if (ending === 'end' && chunked) await raw('0\r\n\r\n')
      else if (ending === 'reset') socket.resetAndDestroy()
      else if (ending === 'hang') await closed
      else socket.end()
    },
    reset: () => {
      socket.resetAndDestroy()
    }
  }
  return reply
}
