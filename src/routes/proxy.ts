import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ByteBudget } from '../core/budget.ts'
import type { Dialect, Endpoint } from '../dialects/dialect.ts'
import { errors } from '../errors.ts'
import type { Pipeline } from '../pipeline.ts'
import type { AnswerSink } from '../pipeline/exchange.ts'
import { conversationHeader } from '../pipeline/scope.ts'
import type { Access } from './access.ts'
import { readBody } from './read-body.ts'

export interface ProxyOptions {
  readonly dialects: readonly Dialect[]
  readonly pipeline: Pipeline
  readonly access: Access
  readonly budget: ByteBudget
  readonly maxBodyBytes: number
}

/** Mounts every covered endpoint of every dialect. There is no wildcard route: what is not listed is refused. */
export function proxyRoutes(app: FastifyInstance, options: ProxyOptions): void {
  app.addContentTypeParser('application/json', (_request, payload, done) => {
    if (payload.headers['content-encoding'] !== undefined) {
      done(new errors.BodyEncoded())
      return
    }
    readBody(payload, options.maxBodyBytes, options.budget).then(
      body => done(null, body),
      (error: Error) => done(error)
    )
  })
  for (const dialect of options.dialects) {
    for (const endpoint of dialect.endpoints) {
      app.route({
        method: endpoint.method,
        url: endpoint.path,
        onRequest: async request => {
          request.appId = options.access.admit(request)
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
  const body = request.body
  if (!Buffer.isBuffer(body)) throw new errors.BodyMediaType()
  const conversation = request.headers[conversationHeader]
  try {
    await options.pipeline.run({
      endpoint,
      requestId: request.id,
      appId: request.appId,
      body,
      headers: request.headers,
      conversation: typeof conversation === 'string' ? conversation : undefined,
      sink: sinkOf(reply)
    })
  } finally {
    options.budget.release(body.length)
  }
}

/** The client's connection. Fastify lets go of it with the head; until then an error still becomes a proper answer. */
function sinkOf(reply: FastifyReply): AnswerSink {
  const { raw } = reply
  return {
    get closed() {
      return raw.destroyed
    },
    head(status, headers) {
      reply.hijack()
      raw.writeHead(status, headers)
    },
    write: bytes => raw.write(bytes),
    end: bytes => void raw.end(bytes),
    onDrain: listener => void raw.on('drain', listener),
    onClose: listener => void raw.on('close', () => !raw.writableFinished && listener())
  }
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The calling app, set before the body is read. */
    appId: string
  }
}
