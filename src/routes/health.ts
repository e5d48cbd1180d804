import type { FastifyInstance } from 'fastify'
import type { EndpointCoverage } from '../dialects/coverage.ts'
import type { Access } from './access.ts'

export interface HealthOptions {
  readonly access: Access
  /** False when the record can't be written: nothing is sent on then. */
  readonly healthy: () => boolean
  /**
   * What came of the last reload; null before the first. `refused`: the files have problems, the log says which; `held`: what
   * they loosen waits for a second operator.
   */
  readonly reloaded: () => 'applied' | 'unchanged' | 'refused' | 'held' | null
  readonly metrics: { readonly contentType: string; text(): Promise<string> }
  readonly coverage: readonly EndpointCoverage[]
}

/** What operators ask: is it alive, what does it count, what does it cover. None of it holds content. */
export function healthRoutes(app: FastifyInstance, options: HealthOptions): void {
  app.get('/health', async (_request, reply) => {
    const healthy = options.healthy()
    const reload = options.reloaded()
    const status = healthy ? 'ok' : 'record unavailable'
    return reply.code(healthy ? 200 : 503).send({ status, ...(reload === null ? {} : { reload }) })
  })
  app.get('/metrics', async (request, reply) => {
    options.access.admit(request)
    return reply.type(options.metrics.contentType).send(await options.metrics.text())
  })
  app.get('/v1/coverage', async request => {
    options.access.admit(request)
    return { endpoints: options.coverage }
  })
}
