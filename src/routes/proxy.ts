import type { IncomingMessage } from 'node:http'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ByteBudget } from '../core/budget.ts'
import { Spool, type SpoolOptions, Spools } from '../core/spool.ts'
import type { Dialect, Endpoint } from '../dialects/dialect.ts'
import { errors } from '../errors.ts'
import type { Caller } from '../governance.ts'
import type { Pipeline } from '../pipeline.ts'
import type { AnswerSink } from '../pipeline/answer-sink.ts'
import type { RequestBody } from '../pipeline/read-request.ts'
import { readTarget } from '../pipeline/target.ts'
import { conversationHeader } from '../pipeline/scope.ts'
import type { Access } from './access.ts'
import type { RateCheck } from './rate-limit.ts'
import { readBody, readOwnBody, spoolBody } from './read-body.ts'

export interface ProxyOptions {
  readonly dialects: readonly Dialect[]
  readonly pipeline: Pipeline
  readonly access: Access
  readonly rateCheck: RateCheck
  readonly budget: ByteBudget
  readonly maxBodyBytes: number
  readonly maxUploadBytes: number
  readonly spool: SpoolOptions
}

/** Mounts every covered endpoint of every dialect. There is no wildcard route: what is not listed is refused. */
export function proxyRoutes(app: FastifyInstance, options: ProxyOptions): void {
  app.decorateRequest('caller', null)
  app.addContentTypeParser('application/json', async (request: FastifyRequest, payload: IncomingMessage) => {
    if (request.is404) return drop(payload)
    refuseEncoded(payload)
    return request.caller === null
      ? readOwnBody(payload, options.budget)
      : readBody(payload, options.maxBodyBytes, options.budget)
  })
  app.addContentTypeParser(
    'multipart/form-data',
    async (request: FastifyRequest, payload: IncomingMessage) => {
      if (request.caller === null) return drop(payload)
      refuseEncoded(payload)
      return spoolBody(payload, options.maxUploadBytes, new Spool(options.spool))
    }
  )
  for (const dialect of options.dialects) {
    for (const endpoint of dialect.endpoints) {
      app.route({
        method: endpoint.method,
        url: endpoint.path,
        onRequest: async request => {
          request.caller = options.access.admit(request)
          await options.rateCheck(request, request.caller)
        },
        handler: (request, reply) => answer(options, endpoint, request, reply)
      })
    }
  }
}

async function answer(
  options: ProxyOptions,
  endpoint: Endpoint,
  request: FastifyRequest,
  reply: FastifyReply
): Promise<void> {
  const conversation = request.headers[conversationHeader]
  const spools = new Spools(options.spool)
  try {
    const body = bodyOf(endpoint, request)
    if (request.caller === null) throw new errors.Internal()
    await options.pipeline.run({
      endpoint,
      requestId: request.id,
      caller: request.caller,
      target: readTarget(endpoint, request.params as Record<string, string>, searchOf(request.url)),
      body,
      contentType: request.headers['content-type'] ?? 'application/json',
      conversation: typeof conversation === 'string' ? conversation : undefined,
      sink: new ReplySink(reply),
      spools
    })
  } finally {
    if (Buffer.isBuffer(request.body)) options.budget.release(request.body.length)
    if (request.body instanceof Spool) await request.body.close()
    await spools.close()
  }
}

const noBody = Buffer.alloc(0)

/** @throws errors.BodyMediaType */
function bodyOf({ method, body }: Endpoint, request: FastifyRequest): RequestBody {
  if (method !== 'POST' || body === 'none') return noBody
  if (Buffer.isBuffer(request.body) || request.body instanceof Spool) return request.body
  if (body === 'optional' && request.body === undefined) return noBody
  throw new errors.BodyMediaType()
}

/** Nobody reads it, and nobody would give back what it holds of the budget. */
function drop(payload: IncomingMessage): undefined {
  payload.resume()
}

/** @throws errors.BodyEncoded */
function refuseEncoded({ headers }: IncomingMessage): void {
  if (headers['content-encoding'] !== undefined) throw new errors.BodyEncoded()
}

/** The query without the app's key, which may stand there. */
function searchOf(url: string): string {
  const at = url.indexOf('?')
  if (at < 0) return ''
  if (!url.includes('key=', at)) return url.slice(at)
  const search = new URLSearchParams(url.slice(at))
  search.delete('key')
  return `?${search.toString()}`
}

/**
 * The client's connection. Fastify lets go of it with the head; until then an error still becomes a proper answer.
 *
 * A class, because an object literal with a getter makes V8 keep a hidden class per request, and with it the request,
 * until the next full collection: that cost a third of the CPU of a request.
 */
class ReplySink implements AnswerSink {
  readonly #reply: FastifyReply

  constructor(reply: FastifyReply) {
    this.#reply = reply
  }

  get closed(): boolean {
    return this.#reply.raw.destroyed
  }

  head(status: number, headers: Readonly<Record<string, string | number>>): void {
    this.#reply.hijack()
    this.#reply.raw.writeHead(status, headers)
  }

  write(bytes: Buffer | string): boolean {
    return this.#reply.raw.write(bytes)
  }

  end(bytes?: Buffer | string): void {
    this.#reply.raw.end(bytes)
  }

  destroy(): void {
    this.#reply.raw.destroy()
  }

  onDrain(listener: () => void): void {
    this.#reply.raw.on('drain', listener)
  }

  onClose(listener: () => void): void {
    const { raw } = this.#reply
    raw.on('close', () => {
      if (!raw.writableFinished) listener()
    })
  }
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Who calls, set before the body is read. */
    caller: Caller | null
  }
}
