import net from 'node:net'
import { once } from 'node:events'

/** Sits before a simulator and keeps every byte it is sent. */
export interface Wiretap {
  readonly port: number
  /** All bytes towards the simulator since the start. */
  bytes(): Buffer
  /** All bytes the simulator answered with. */
  answers(): Buffer
  close(): Promise<void>
}

/** Relays a free loopback port to `target`, byte for byte. */
export async function startWiretap(target: number): Promise<Wiretap> {
  const seen: Buffer[] = []
  const answered: Buffer[] = []
  const sockets = new Set<net.Socket>()
  const server = net.createServer(socket => {
    const onward = net.connect({ port: target, host: '127.0.0.1', noDelay: true })
    socket.setNoDelay(true)
    socket.on('data', (data: Buffer) => seen.push(data))
    onward.on('data', (data: Buffer) => answered.push(data))
    socket.pipe(onward)
    onward.pipe(socket)
    for (const [one, other] of [
      [socket, onward],
      [onward, socket]
    ] as const) {
      sockets.add(one)
      one.on('error', () => {})
      one.on('close', () => {
        sockets.delete(one)
        other.destroy()
      })
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as net.AddressInfo).port,
    bytes: () => Buffer.concat(seen),
    answers: () => Buffer.concat(answered),
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    }
  }
}
