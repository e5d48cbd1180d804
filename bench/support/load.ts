import net from 'node:net'
import { once } from 'node:events'
import type { Call } from './bodies.ts'
import { type Answer, ResponseReader } from './response-reader.ts'

export interface LoadResult {
  /** By call, in the order of the calls. */
  readonly answers: readonly Answer[]
  /** Milliseconds from the write to the last byte, by call. */
  readonly latenciesMs: Float64Array
  /** Milliseconds from the write to the first byte of the body, by call. */
  readonly firstMs: Float64Array
  /** Wall time from the first write to the last answer. */
  readonly seconds: number
}

/** Sends every call once over `concurrency` keep-alive connections, each as soon as its connection is free. */
export async function runLoad(
  port: number,
  calls: readonly Call[],
  concurrency: number
): Promise<LoadResult> {
  const sockets = await Promise.all(
    Array.from({ length: Math.min(concurrency, calls.length) }, () => open(port))
  )
  const answers: Answer[] = Array.from({ length: calls.length })
  const latenciesMs = new Float64Array(calls.length)
  const firstMs = new Float64Array(calls.length)
  let next = 0

  const drive = (socket: net.Socket): Promise<void> =>
    new Promise((resolve, reject) => {
      const reader = new ResponseReader()
      let current = -1
      let sentAt = 0
      const send = (): void => {
        const call = calls[next]
        if (!call) return resolve()
        current = next++
        sentAt = performance.now()
        socket.write(call.request)
      }
      socket.on('data', (data: Buffer) => {
        try {
          const answer = reader.push(data)
          if (firstMs[current] === 0 && (answer || reader.begun))
            firstMs[current] = performance.now() - sentAt
          if (!answer) return
          latenciesMs[current] = performance.now() - sentAt
          answers[current] = answer
          send()
        } catch (error) {
          reject(error)
        }
      })
      socket.once('error', reject)
      socket.once('close', () => reject(new Error('the target closed the connection')))
      send()
    })

  const start = performance.now()
  await Promise.all(sockets.map(drive))
  const seconds = (performance.now() - start) / 1000
  for (const socket of sockets) socket.removeAllListeners('close').destroy()
  return { answers, latenciesMs, firstMs, seconds }
}

/** The body of a GET answer. */
export async function get(port: number, path: string): Promise<string> {
  const socket = await open(port)
  socket.write(`GET ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\naccept: */*\r\n\r\n`)
  const reader = new ResponseReader()
  for (;;) {
    const [data] = (await once(socket, 'data')) as [Buffer]
    const answer = reader.push(data)
    if (!answer) continue
    socket.destroy()
    return answer.body.toString('utf8')
  }
}

async function open(port: number): Promise<net.Socket> {
  const socket = net.connect({ port, host: '127.0.0.1', noDelay: true })
  await once(socket, 'connect')
  return socket
}
