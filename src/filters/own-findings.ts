import type { Finding } from '../core/finding.ts'
import type { Issued } from './issued.ts'
import { scanLookalikes } from './lookalike.ts'

/** Finds personal data in a text; the analyzer with the policy's thresholds. Findings are sorted and free of overlaps. */
export type Find = (text: string) => readonly Finding[]

/**
 * What in an answer is personal data of the model's own making: findings that are neither codes this request issued nor
 * values it held itself.
 * @param text a piece of an answer before or after restoring; attacker-controlled.
 */
export function ownFindings(text: string, find: Find, issued: Issued): readonly Finding[] {
  const findings = find(text)
  if (findings.length === 0) return findings
  const codes = scanLookalikes(text, issued.knownTypes).filter(
    ({ code }) => issued.surfaceOf(code) !== undefined
  )
  return findings.filter(
    ({ start, end }) =>
      !codes.some(code => code.start < end && start < code.end) && !issued.holds(text.slice(start, end))
  )
}
