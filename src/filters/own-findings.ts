import type { Finding } from '../core/finding.ts'
import type { Issued } from './issued.ts'
import { scanLookalikes } from './lookalike.ts'

/** Finds personal data in a text; the analyzer with the policy's thresholds. Findings are sorted and free of overlaps. */
export type Find = (text: string) => readonly Finding[]

/**
 * What in an answer is personal data of the model's own making: findings that are neither codes or surrogates this request issued nor
 * values it held itself.
 * @param text a piece of an answer before or after restoring; attacker-controlled.
 */
export function ownFindings(text: string, find: Find, issued: Issued): readonly Finding[] {
  const findings = find(text)
  if (findings.length === 0) return findings
  const codes = scanLookalikes(text, issued.knownTypes).filter(
    ({ code }) => issued.surfaceOf(code) !== undefined
  )
  const surrogates = issued.surrogates.scan(text)
  const ours = surrogates.length === 0 ? codes : [...codes, ...surrogates]
  return findings.filter(
    ({ start, end }) =>
      !ours.some(one => one.start < end && start < one.end) && !issued.holds(text.slice(start, end))
  )
}
