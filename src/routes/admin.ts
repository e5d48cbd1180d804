import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { DeploymentReport } from '../deployment-report.ts'
import type { HealthSnapshot } from '../providers/health.ts'
import type { ReloadedBy, ReloadReport } from '../reload.ts'
import type { Access } from './access.ts'

export interface AdminOptions {
  readonly access: Access
  readonly reload: (by: ReloadedBy) => Promise<ReloadReport>
  /** @throws errors.ChangeNotHeld, ApproverNotAnother */
  readonly approve: (by: ReloadedBy, change: string) => Promise<ReloadReport>
  /** Deployments as they are declared, and how they do. */
  readonly deployments: () => readonly (DeploymentReport & { readonly health: HealthSnapshot })[]
}

const statuses = { applied: 200, unchanged: 200, held: 202, refused: 422 } as const

/** What operators do to a running gateway. */
export function adminRoutes(app: FastifyInstance, options: AdminOptions): void {
  const { access, reload, approve, deployments } = options
  const operator = (request: FastifyRequest): ReloadedBy => ({
    type: 'api',
    credential_id: access.admitAdmin(request) ?? undefined
  })
  app.post('/admin/reload', async (request, reply) => {
    const report = await reload(operator(request))
    return reply.code(statuses[report.outcome]).send(report)
  })
  app.post<{ Params: { change: string } }>('/admin/changes/:change/approve', async (request, reply) => {
    const report = await approve(operator(request), request.params.change)
    return reply.code(statuses[report.outcome]).send(report)
  })
  app.get('/admin/deployments', async request => {
    access.admitAdmin(request)
    return { deployments: deployments() }
  })
}
