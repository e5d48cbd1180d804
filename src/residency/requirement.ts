import { contractOn, isOwn } from './contract.ts'
import type { Countries } from './countries.ts'
import type { DeploymentFacts, ReasonCode } from './facts.ts'
import type { RequirementFile } from './rule-schema.ts'
import { isInside, scopesOf, type Transfer } from './transfer.ts'

/** What a deployment is held against: its declared facts on one day. */
export interface Subject {
  readonly deployment: DeploymentFacts
  readonly transfer: Transfer
  readonly countries: Countries
  /** ISO date. */
  readonly day: string
}

/** @returns what the deployment does not meet; empty when it meets all. Each code once, in a fixed order. */
export function unmet(requirement: RequirementFile, subject: Subject): ReasonCode[] {
  const { deployment, transfer, day } = subject
  const { places, mechanisms, maxRetentionDays, training, contract, dpa } = requirement
  const codes: (ReasonCode | null)[] = []
  if (places) codes.push(...placeReasons(places, subject))
  if (mechanisms && transfer.thirdCountry) {
    if (transfer.mechanism === 'unknown') codes.push('mechanism_missing')
    else if (!mechanisms.some(code => code === transfer.mechanism)) codes.push('mechanism_not_allowed')
  }
  if (maxRetentionDays !== undefined) {
    if (deployment.retentionDays === null) codes.push('retention_unknown')
    else if (deployment.retentionDays > maxRetentionDays) codes.push('retention_too_long')
  }
  if (training === false) {
    if (deployment.training === null) codes.push('training_unknown')
    else if (deployment.training === 'yes') codes.push('training')
  }
  if ((contract || dpa) && !isOwn(deployment)) {
    const inForce = contractOn(deployment, day)
    if (contract && inForce === null) codes.push('contract_missing')
    if (dpa && (inForce?.dpa ?? null) === null) codes.push('dpa_missing')
  }
  return codes.filter(code => code !== null)
}

/** Where it processes, and where it stores unless it stores nothing. */
function placeReasons(tokens: readonly string[], subject: Subject): ReasonCode[] {
  const { places, storage, retentionDays } = subject.deployment
  const codes: ReasonCode[] = []
  if (places.length === 0 || places.includes('unknown')) codes.push('place_unknown')
  else if (!places.every(place => isMet(place, tokens, subject))) codes.push('place_not_allowed')
  if (retentionDays === 0 || tokens.includes('declared')) return codes
  if (storage === null || storage.includes('unknown')) codes.push('storage_unknown')
  else if (!storage.every(place => isMet(place, tokens, subject))) codes.push('storage_not_allowed')
  return codes
}

/** Whether a declared place is one of the tokens or lies in one. EU and EEA as places lie in no list of countries. */
function isMet(place: string, tokens: readonly string[], subject: Subject): boolean {
  return tokens.some(token => token === place || token === 'declared' || lies(place, token, subject))
}

function lies(place: string, token: string, { countries, day, deployment }: Subject): boolean {
  if (place === 'self') return false
  if (token === 'EU') return countries.isEu(place, day)
  if (token === 'EEA') return isInside(place, countries, day)
  if (token !== 'adequate') return false
  const scopes = scopesOf(contractOn(deployment, day)?.mechanism ?? null)
  return isInside(place, countries, day) || countries.isAdequate(place, day, scopes)
}
