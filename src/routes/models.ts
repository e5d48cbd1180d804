import type { FastifyInstance } from 'fastify'
import { errors } from '../errors.ts'
import type { Access } from './access.ts'

/** One model as `GET /v1/models` names it. */
export interface ListedModel {
  readonly id: string
  /** Provider id. */
  readonly ownedBy: string
}

/** `GET /v1/models` and `/v1/models/{id}` in OpenAI's shape: what the app may use, no provider is asked. */
export function modelRoutes(app: FastifyInstance, access: Access, models: readonly ListedModel[]): void {
  const entries = models.map(({ id, ownedBy }) => ({ id, object: 'model', created: 0, owned_by: ownedBy }))
  app.get('/v1/models', async request => {
    const caller = access.admit(request)
    return { object: 'list', data: entries.filter(({ id }) => caller.app.mayUse(id)) }
  })
  app.get<{ Params: { '*': string } }>('/v1/models/*', async request => {
    const caller = access.admit(request)
    const entry = entries.find(({ id }) => id === request.params['*'])
    if (entry === undefined || !caller.app.mayUse(entry.id)) throw new errors.ModelNotFound()
    return entry
  })
}
