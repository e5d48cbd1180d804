import { type Condition, compileCondition } from './condition.ts'
import type { RequestFacts } from './facts.ts'
import type { RequirementFile, ResidencyFile } from './rule-schema.ts'

/** One rule: when it speaks of a request, what a deployment must meet; null: nothing may receive it. */
export interface ResidencyRule {
  readonly id: string
  readonly when: Condition
  readonly require: RequirementFile | null
}

/** What a policy says about places, compiled. Immutable. */
export interface ResidencyRules {
  readonly rules: readonly ResidencyRule[]
  /** True: missing papers refuse a deployment; false: they are reported. */
  readonly strict: boolean
  /** True: an answer that proves another place than declared stops its deployment. */
  readonly stopsContradicted: boolean
  /** The model that takes the place of the one asked for, by the first rule that speaks of the request. */
  reroute(request: RequestFacts): Reroute | null
}

export interface Reroute {
  readonly id: string
  readonly model: string
}

/** Id of the rule that `places.allowed` of a policy stands for. */
export const ALLOWED_PLACES = 'places-allowed'

/** What a policy file says about places. */
export interface RulesSource {
  readonly residency: ResidencyFile
  readonly strict: boolean
  /** Places that every request is held to besides the rules; undefined: no such list. */
  readonly allowedPlaces: readonly string[] | undefined
}

/** Pure; later changes of the source have no effect. */
export function compileRules({ residency: file, strict, allowedPlaces }: RulesSource): ResidencyRules {
  const rules = file.rules.map(
    ({ id, when, require }): ResidencyRule => ({
      id,
      when: compileCondition(when),
      require: require === undefined ? null : structuredClone(require)
    })
  )
  if (allowedPlaces !== undefined)
    rules.push({ id: ALLOWED_PLACES, when: () => true, require: { places: [...allowedPlaces] } })
  const reroutes = file.reroute.map(({ id, when, model }) => ({
    to: { id, model },
    when: compileCondition(when)
  }))
  return Object.freeze({
    rules,
    strict,
    stopsContradicted: file.contradiction === 'stop',
    reroute: (request: RequestFacts) => reroutes.find(({ when }) => when(request))?.to ?? null
  })
}
