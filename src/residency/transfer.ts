import type { MechanismCode } from '../core/mechanisms.ts'
import { contractOn } from './contract.ts'
import type { Countries } from './countries.ts'
import type { DeploymentFacts, MechanismFacts } from './facts.ts'

/** What a transfer to a deployment is in law on one day (Chapter V GDPR). */
export interface Transfer {
  /** Data may leave the EEA: one of the places is no member on that day. */
  readonly thirdCountry: boolean
  /** `none_self`: our own machines; `none_eea`: stays in the EEA; `unknown`: no ground is known. */
  readonly mechanism: MechanismCode | 'none_self' | 'none_eea' | 'unknown'
  /** What the contract says of the mechanism that holds; null where the law alone is the ground. */
  readonly declared: MechanismFacts | null
}

/** @param day ISO date */
export function transferOf(deployment: DeploymentFacts, countries: Countries, day: string): Transfer {
  const stored = deployment.retentionDays === 0 ? [] : (deployment.storage ?? [])
  const places = [...deployment.places, ...stored]
  const abroad = places.filter(place => !isInside(place, countries, day))
  if (abroad.length === 0) {
    const mechanism = places.every(place => place === 'self') ? 'none_self' : 'none_eea'
    return { thirdCountry: false, mechanism, declared: null }
  }
  const declared = mechanismOn(day, deployment, abroad, countries)
  if (declared !== null) return { thirdCountry: true, ...declared }
  const adequate = abroad.every(place => countries.isAdequate(place, day))
  return { thirdCountry: true, mechanism: adequate ? 'adequacy' : 'unknown', declared: null }
}

/** True for our own machines and for places that lie in the EEA on that day. */
export function isInside(place: string, countries: Countries, day: string): boolean {
  return place === 'self' || place === 'EU' || place === 'EEA' || countries.isEea(place, day)
}

/** Scopes of adequacy decisions that the contract shows. */
export function scopesOf(mechanism: MechanismFacts | null): readonly string[] {
  if (mechanism === null) return []
  const scopes = mechanism.code === 'adequacy_dpf' ? ['dpf'] : []
  return mechanism.scope === undefined ? scopes : [...scopes, mechanism.scope]
}

/** The declared mechanism as far as it holds: adequacy ends with its decision, and then the fallback counts. */
function mechanismOn(
  day: string,
  deployment: DeploymentFacts,
  abroad: readonly string[],
  countries: Countries
): { readonly mechanism: MechanismCode; readonly declared: MechanismFacts } | null {
  const declared = contractOn(deployment, day)?.mechanism ?? null
  if (declared === null) return null
  const { code, fallback } = declared
  const byDecision = code === 'adequacy' || code === 'adequacy_dpf'
  const scopes = scopesOf(declared)
  if (!byDecision || abroad.every(place => countries.isAdequate(place, day, scopes)))
    return { mechanism: code, declared }
  return fallback === undefined ? null : { mechanism: fallback, declared }
}
