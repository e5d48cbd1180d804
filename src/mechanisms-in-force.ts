import type { AuditEvent, EventBuilder } from './audit/event/builder.ts'
import type { EventFields } from './audit/event/schema.ts'
import type { MechanismCode } from './core/mechanisms.ts'
import { contractOn } from './residency/contract.ts'
import type { Countries } from './residency/countries.ts'
import type { DeploymentFacts } from './residency/facts.ts'
import { transferOf } from './residency/transfer.ts'

type Status = EventFields<'mechanism.status_changed'>['status']

/** The ground that a contract declares for a deployment in a third country, and whether it holds on a day. */
export interface MechanismInForce {
  readonly code: MechanismCode
  readonly reference: string
  readonly status: Status
}
export type MechanismsInForce = Readonly<Record<string, MechanismInForce>>

/** By deployment; those that stay inside or declare no ground are left out. @param day ISO date */
export function mechanismsOn(
  day: string,
  deployments: readonly DeploymentFacts[],
  countries: Countries
): MechanismsInForce {
  const found = deployments.flatMap((deployment): [string, MechanismInForce][] => {
    const declared = deployment.contract?.mechanism ?? null
    const transfer = transferOf(deployment, countries, day)
    if (declared === null || !transfer.thirdCountry) return []
    const { code, reference } = declared
    const { to } = deployment.contract ?? { to: null }
    const isOver = to !== null && to < day
    // a fallback counts where an adequacy decision ended: then the ground that was declared does not hold
    const holds = contractOn(deployment, day) !== null && transfer.mechanism === code
    return [[deployment.id, { code, reference, status: isOver ? 'expired' : holds ? 'active' : 'inactive' }]]
  })
  return Object.fromEntries(found)
}

/** Each change of a ground once, whatever number of deployments rests on it. */
export function mechanismChanges(
  before: MechanismsInForce,
  after: MechanismsInForce,
  by: 'config' | 'system',
  events: EventBuilder
): AuditEvent[] {
  const changes = new Map<string, MechanismInForce>()
  const add = (change: MechanismInForce) => changes.set(JSON.stringify(change), change)
  for (const id of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [was, is] = [before[id], after[id]]
    const isSame = was?.code === is?.code && was?.reference === is?.reference
    if (was !== undefined && !isSame)
      add({ code: was.code, reference: was.reference, status: is === undefined ? 'unknown' : 'inactive' })
    if (is !== undefined && (!isSame || was?.status !== is.status)) add(is)
  }
  return [...changes.values()].map(({ code, reference, status }) =>
    events.create('mechanism.status_changed', {
      by: { type: by },
      mechanism: code,
      mechanism_ref: reference,
      status
    })
  )
}
