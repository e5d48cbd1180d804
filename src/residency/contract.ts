import type { ContractFacts, DeploymentFacts } from './facts.ts'

/** The contract that is in force on that day, else null. */
export function contractOn({ contract }: DeploymentFacts, day: string): ContractFacts | null {
  if (contract === null || day < contract.from) return null
  return contract.to !== null && contract.to < day ? null : contract
}

/** True when it runs and stores on our own machines only: nobody else processes there, so no contract is needed. */
export function isOwn({ places, storage }: DeploymentFacts): boolean {
  return places.length > 0 && [...places, ...(storage ?? [])].every(place => place === 'self')
}
