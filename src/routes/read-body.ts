import type { IncomingMessage } from 'node:http'
import type { ByteBudget } from '../core/budget.ts'
import { errors } from '../errors.ts'

/**
 * Reads a request body within its own bound and the budget of all requests together.
 * The bytes stay reserved until the caller releases them; after an error nothing is reserved.
 * @throws errors.BodyTooLarge, Overloaded, ClientAborted
 */
export function readBody(payload: IncomingMessage, maxBytes: number, budget: ByteBudget): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const declared = Number(payload.headers['content-length'] ?? 0)
    if (declared > maxBytes) {
      reject(new errors.BodyTooLarge(String(maxBytes)))
      return
    }
    const chunks: Buffer[] = []
    let size = 0
    const fail = (error: Error): void => {
      payload.removeAllListeners('data')
      payload.resume()
      budget.release(size)
      size = 0
      reject(error)
    }
    payload.on('data', (chunk: Buffer) => {
      if (size + chunk.length > maxBytes) fail(new errors.BodyTooLarge(String(maxBytes)))
      else if (!budget.reserve(chunk.length)) fail(new errors.Overloaded(`${budget.limit} bytes`))
      else {
        size += chunk.length
        chunks.push(chunk)
      }
    })
    payload.on('end', () =>
      resolve(chunks.length === 1 ? (chunks[0] ?? Buffer.alloc(0)) : Buffer.concat(chunks))
    )
    payload.on('error', () => fail(new errors.ClientAborted()))
    payload.on('close', () => {
      if (!payload.complete) fail(new errors.ClientAborted())
    })
  })
}
