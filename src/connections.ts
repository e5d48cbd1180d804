import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/**
 * Knows which connections have a request under way. Node calls a connection idle only after its first request; one that a
 * client opened ahead of time would hold up a shutdown to its deadline.
 */
export class Connections {
  /** Requests under way by connection. */
  readonly #busy = new Map<Socket, number>()

  constructor(server: Server) {
    server.on('connection', (socket: Socket) => {
      this.#busy.set(socket, 0)
      socket.once('close', () => this.#busy.delete(socket))
    })
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      const { socket } = request
      this.#count(socket, 1)
      response.once('close', () => this.#count(socket, -1))
    })
  }

  /** Closes the connections without a request. */
  closeFree(): void {
    for (const [socket, requests] of this.#busy) if (requests === 0) socket.destroy()
  }

  #count(socket: Socket, by: 1 | -1): void {
    const requests = this.#busy.get(socket)
    if (requests !== undefined) this.#busy.set(socket, requests + by)
  }
}
