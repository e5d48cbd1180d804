import { once } from 'node:events'
import net from 'node:net'
import type { Test } from 'tap'
import type { UpstreamHandler } from '../../src/providers/provider.ts'

/** A TCP server on loopback that does exactly what a test says, byte by byte. */
export interface RawServer {
  readonly url: string
  readonly sockets: net.Socket[]
  /** Resolves with the next connection. */
  connection(): Promise<net.Socket>
}

/** @param onRequest called once per complete request head + content-length body, with the raw text */
export async function rawServer(
  t: Test,
  onRequest: (socket: net.Socket, request: string) => void
): Promise<RawServer> {
  const sockets: net.Socket[] = []
  const server = net.createServer({ allowHalfOpen: false }, socket => {
    sockets.push(socket)
    socket.setNoDelay(true)
    socket.on('error', () => {})
    let seen = ''
    socket.on('data', chunk => {
      seen += chunk.toString('latin1')
      for (;;) {
        const head = seen.indexOf('\r\n\r\n')
        if (head < 0) return
        const length = Number(/content-length: (\d+)/i.exec(seen.slice(0, head))?.[1] ?? 0)
        if (seen.length < head + 4 + length) return
        const request = seen.slice(0, head + 4 + length)
        seen = seen.slice(head + 4 + length)
        onRequest(socket, request)
      }
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return {
    url: `http://127.0.0.1:${(server.address() as net.AddressInfo).port}`,
    sockets,
    connection: async () => (await once(server, 'connection'))[0] as net.Socket
  }
}

/** Everything one call reported, and promises to wait on. */
export class Recorder implements UpstreamHandler {
  status = 0
  headers: ReadonlyMap<string, string> = new Map()
  readonly chunks: Buffer[] = []
  readonly events: string[] = []
  error: (Error & { code?: string }) | null = null
  /** What `onData` answers. */
  accept: (chunk: Buffer) => boolean = () => true
  readonly head = Promise.withResolvers<void>()
  readonly data = Promise.withResolvers<void>()
  readonly done = Promise.withResolvers<void>()

  onHead(status: number, headers: ReadonlyMap<string, string>): void {
    this.events.push('head')
    this.status = status
    this.headers = headers
    this.head.resolve()
  }

  onData(chunk: Buffer): boolean {
    this.events.push('data')
    this.chunks.push(Buffer.from(chunk))
    this.data.resolve()
    return this.accept(chunk)
  }

  onEnd(): void {
    this.events.push('end')
    this.done.resolve()
  }

  onError(error: Error): void {
    this.events.push('error')
    this.error = error
    this.done.resolve()
  }

  get body(): string {
    return Buffer.concat(this.chunks).toString('utf8')
  }

  get bytes(): number {
    return this.chunks.reduce((sum, chunk) => sum + chunk.length, 0)
  }
}
