import type { Recognizer } from '../recognizer.ts'
import { Dictionary } from './dictionary.ts'

/** What a policy adds to detection. */
export interface CustomDetection {
  /** ISO 3166-1 alpha-2: whose national identifiers are looked for. */
  readonly countries: readonly string[]
  /** Rules and the deny list, in the order of the file. */
  readonly recognizers: readonly Recognizer[]
  /** Values that are no findings; a finding counts as allowed only when it is one of these from end to end. */
  readonly allow: ReadonlySet<string>
  /** Changes with anything above, the content of files of words too. */
  readonly digest: string
}

/** Type of what the deny list finds. */
export const DENIED = 'DENIED'

/** Values that are always findings, whole words, upper or lower case. */
export function denyRecognizer(
  values: readonly string[],
  report: (index: number, reason: string) => void
): Recognizer {
  const dictionary = new Dictionary(values, { ignoreCase: true })
  for (const { index, reason } of dictionary.refused) report(index, reason)
  return {
    id: 'deny',
    types: [DENIED],
    text: scan => dictionary.findAll(scan.text, (start, end) => scan.report(start, end, DENIED, 1)),
    examples: { match: [], noMatch: [] },
    source: 'deny list of the policy'
  }
}
