import { ConfigError, isMap, type Problem, readYaml, ShapeCheck } from './config-check.ts'
import { checkFields } from './config-fields.ts'
import { checkResidency } from './config-residency.ts'
import { checkCountries, checkPlaces, checkTypes } from './config-rules.ts'
import type { CustomDetection } from './filters/rules/custom.ts'
import { compileDetection } from './policy-rules.ts'
import { type PolicyFile, PolicyFileSchema } from './policy-schema.ts'

const policyShape = new ShapeCheck(PolicyFileSchema)

/**
 * Reads one policy file, as a start of the gateway would.
 * @throws ConfigError with all problems at once
 */
export function loadPolicy(file: string): LoadedPolicy {
  const problems: Problem[] = []
  const read = readPolicy(file, problems)
  if (problems.length > 0 || read === undefined) throw new ConfigError(problems)
  return deepFreeze(read)
}

/** A policy file and what it adds to detection. */
export interface LoadedPolicy {
  /** Absolute path. */
  readonly file: string
  /** As written, with defaults; `createPolicy` makes the snapshot of it. */
  readonly policy: PolicyFile
  readonly detection: CustomDetection
}

/** Reads and checks one policy file. @returns `undefined` when `problems` grew */
export function readPolicy(file: string, problems: Problem[]): LoadedPolicy | undefined {
  const raw = readYaml(file, problems)
  const policy = raw === undefined ? undefined : policyShape.check(raw, file, '', problems)
  const places = isMap(raw) && isMap(raw['places']) ? raw['places']['allowed'] : undefined
  checkPlaces(places, 'places.allowed', (path, message) => problems.push({ file, path, message }))
  checkCountries(isMap(raw) ? raw['countries'] : undefined, (path, message) =>
    problems.push({ file, path, message })
  )
  checkResidency(isMap(raw) ? raw['residency'] : undefined, (path, message) =>
    problems.push({ file, path, message })
  )
  checkFields(isMap(raw) ? raw['fields'] : undefined, (path, message) =>
    problems.push({ file, path, message })
  )
  const detection = compileDetection(raw, file, problems)
  if (policy === undefined) return undefined
  checkTypes(policy, detection, (path, message) => problems.push({ file, path, message }))
  policy.operators['default'] ??= 'pseudonymize'
  policy.thresholds['default'] ??= 0.5
  return { file, policy, detection }
}

/** Freezes a value and all it holds. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const part of Object.values(value)) deepFreeze(part)
  }
  return value
}
