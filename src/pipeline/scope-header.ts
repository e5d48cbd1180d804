import type { HmacKey } from '../core/hmac.ts'
import type { DetectorSet } from '../filters/detectors/set.ts'
import type { Caller, Ruleset } from '../governance.ts'

/** Each answer says under what it was made; sent back with the next turn, it keeps a conversation there. */
export const SCOPE_HEADER = 'x-schleuse-scope'

/**
 * Names what a conversation's bytes depend on, `<key>.<policy>.<detectors>`: beginnings of a fingerprint of the pseudonym key
 * and of the policy's hash, and the version of the detectors. It opens nothing: whoever makes one up gets at most a stricter
 * policy that is or was in force here.
 */
export class ScopeNames {
  readonly #key: string
  readonly #detectors: DetectorSet
  readonly #names = new WeakMap<Ruleset, string>()

  constructor(secret: HmacKey, detectors: DetectorSet) {
    this.#key = secret.hex('scope-header').slice(0, 8)
    this.#detectors = detectors
  }

  of(ruleset: Ruleset): string {
    const known = this.#names.get(ruleset)
    if (known !== undefined) return known
    const policy = ruleset.policy.hash.slice('sha256:'.length).slice(0, 16)
    const name = `${this.#key}.${policy}.${this.#detectors.versionWith(ruleset.analyzer)}`
    this.#names.set(ruleset, name)
    return name
  }

  /** What decides the request: the ruleset its scope header names, while that is stricter than what would decide else. */
  keptFor(chosen: Ruleset, { governance, headers }: Caller): Ruleset {
    const named = headers[SCOPE_HEADER]
    if (typeof named !== 'string' || named === this.of(chosen)) return chosen
    return governance.keptFor(chosen, ruleset => this.of(ruleset) === named)
  }
}
