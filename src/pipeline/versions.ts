import type { RequestFacts } from '../residency/facts.ts'
import type { Outbound } from './outbound.ts'

/** A request as it would leave, and what the decision on places is taken on. */
export interface Version {
  readonly outbound: Outbound
  readonly facts: RequestFacts
}

/**
 * What leaves depends on where it goes: earlier answers go back word for word to the provider that wrote them, while any
 * other gets them scanned like all text. The second form is made when a deployment needs it, once.
 */
export class Versions {
  /** What is left of the request for the deployment that wrote the answers in it, or for all when it holds none. */
  readonly first: Version
  readonly #writer: string | null
  readonly #make: () => Promise<Version>
  #other: Version | null = null

  /** @param writer id of the deployment whose words `first` holds; null: nobody's */
  constructor(writer: string | null, first: Version, make: () => Promise<Version>) {
    this.#writer = writer
    this.first = first
    this.#make = make
  }

  /** Makes the form for this deployment. @throws what refuses the request in that form */
  async prepare(deploymentId: string): Promise<void> {
    if (this.#writer !== null && this.#writer !== deploymentId) this.#other ??= await this.#make()
  }

  /** After `prepare`; if that failed, the first form. */
  of(deploymentId: string): Version {
    if (this.#writer === null || this.#writer === deploymentId) return this.first
    return this.#other ?? this.first
  }
}
