import { PolicyFileSchema, type PolicyFile } from '../../src/policy-schema.ts'
import { Compile } from 'typebox/compile'

const shape = Compile(PolicyFileSchema)

/** A policy file with its defaults, as `config.ts` hands it on. */
export function policyFile(values: Partial<PolicyFile> = {}): PolicyFile {
  const filled = shape.Default({ id: 'p', version: 1, ...structuredClone(values) })
  if (!shape.Check(filled)) throw new TypeError('no policy file')
  filled.operators['default'] ??= 'pseudonymize'
  filled.thresholds['default'] ??= 0.5
  return filled
}
