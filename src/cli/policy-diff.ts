import { loadPolicy } from '../config-policy.ts'
import { compare } from '../policy/compare.ts'
import { createPolicy } from '../policy.ts'
import type { Report } from './report.ts'
import { table } from './table.ts'

/**
 * What a new policy file changes and in which direction; code 1 when anything is loosened.
 * @throws ConfigError when one of the files has problems
 */
export function diffPolicies(oldFile: string, newFile: string): Report {
  const [before, after] = [loadPolicy(oldFile), loadPolicy(newFile)]
  const { direction, changes } = compare(
    { file: before.policy, digest: before.detection.digest },
    { file: after.policy, digest: after.detection.digest }
  )
  const rows = changes.map(({ path, from, to, effect }) => [effect, path, from ?? '-', to ?? '-'])
  const names = [before, after].map(({ policy }) => `${policy.id} version ${policy.version}`)
  const hashes = [before, after].map(({ policy }) => createPolicy(policy).hash)
  const head = `${names.join(' → ')}: ${direction}\n${hashes.join(' → ')}\n`
  return {
    text: changes.length === 0 ? head : `${head}\n${table([['effect', 'where', 'old', 'new'], ...rows])}`,
    code: direction === 'loosened' || direction === 'mixed' ? 1 : 0
  }
}
