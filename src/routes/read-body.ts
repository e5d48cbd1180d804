import type { IncomingMessage } from 'node:http'
import type { ByteBudget } from '../core/budget.ts'
import type { Spool } from '../core/spool.ts'
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

/** Requests of operators and auditors are small. */
const MAX_OWN_BODY = 1_048_576

/** Reads the body of a request to the gateway itself; nothing stays reserved. @throws as readBody */
export async function readOwnBody(payload: IncomingMessage, budget: ByteBudget): Promise<Buffer> {
  const body = await readBody(payload, MAX_OWN_BODY, budget)
  budget.release(body.length)
  return body
}

/**
 * Reads a request body that may be larger than memory. The client waits while what it sent is written.
 * @param spool is closed after an error; else by whoever gets it
 * @throws errors.UploadTooLarge, Overloaded, ClientAborted
 */
export async function spoolBody(payload: IncomingMessage, maxBytes: number, spool: Spool): Promise<Spool> {
  try {
    if (Number(payload.headers['content-length'] ?? 0) > maxBytes)
      throw new errors.UploadTooLarge(String(maxBytes))
    for await (const chunk of payload.iterator({ destroyOnReturn: false })) {
      if (!Buffer.isBuffer(chunk)) throw new errors.Internal()
      if (spool.length + chunk.length > maxBytes) throw new errors.UploadTooLarge(String(maxBytes))
      await spool.write(chunk)
    }
    if (!payload.complete) throw new errors.ClientAborted()
    return spool
  } catch (error) {
    await spool.close()
    if (payload.destroyed && !payload.complete) throw new errors.ClientAborted()
    await discard(payload, maxBytes)
    throw error
  }
}

/** A client that is still sending when the answer comes may never read it: what it sends is dropped first, up to a bound. */
async function discard(payload: IncomingMessage, maxBytes: number): Promise<void> {
  let left = maxBytes
  try {
    for await (const chunk of payload.iterator({ destroyOnReturn: false }))
      if (!Buffer.isBuffer(chunk) || (left -= chunk.length) < 0) return
  } catch {
    // it is gone
  }
}
