import type { FastifyInstance } from 'fastify'
import type { DeploymentReport } from '../deployment-report.ts'
import type { HealthSnapshot } from '../providers/health.ts'
import type { ReloadedBy, ReloadReport } from '../reload.ts'
import type { Access } from './access.ts'

export interface AdminOptions {
  readonly access: Access
  readonly reload: (by: ReloadedBy) => Promise<ReloadReport>
  /** Deployments as they are declared, and how they do. */
  readonly deployments: () => readonly (DeploymentReport & { readonly health: HealthSnapshot })[]
}

/** What operators do to a running gateway. */
export function adminRoutes(app: FastifyInstance, { access, reload, deployments }: AdminOptions): void {
  app.post('/admin/reload', async (request, reply) => {
    const credential = access.admitAdmin(request)
    const report = await reload({ type: 'api', credential_id: credential ?? undefined })
    return reply.code(report.outcome === 'refused' ? 422 : 200).send(report)
  })
  app.get('/admin/deployments', async request => {
    access.admitAdmin(request)
    return { deployments: deployments() }
  })
}
