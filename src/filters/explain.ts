import type { Finding } from '../core/finding.ts'
import type { Segment } from '../core/leaf.ts'
import type { Recognizer } from './recognizer.ts'
import { ALNUM, is } from './scanner/chars.ts'
import { ADJACENT, NEARBY } from './scanner/context-words.ts'
import type { Scan } from './scanner/scan.ts'

/** Why something is a finding. Never quotes the text. */
export interface Why {
  /** Id of the recognizer or rule. */
  readonly rule: string
  /** Where its format is laid down, or what the rule's author says. */
  readonly source: string
  /** `passed`: check digits, a numbering plan or a validator agree; `none`: the rule has no such check. */
  readonly check: 'passed' | 'none'
  /** Where a word stands that makes such a finding likelier: right before it, near it, or nowhere. */
  readonly context: 'adjacent' | 'near' | 'none'
}

/** Longest identifier that a form checks. */
const MAX_CODES = 32

/**
 * Explains findings of one segment, sorted by position. Reads the context again: for people who ask, not for the way
 * of a request.
 */
export function explainFindings(
  scan: Scan,
  recognizers: readonly Recognizer[],
  segment: Segment,
  findings: readonly Finding[]
): Why[] {
  scan.readContext(segment)
  return findings.map(finding => {
    const index = recognizers.findIndex(({ id }) => id === finding.recognizer)
    const recognizer = recognizers[index]
    scan.use(index)
    scan.forgetContextBefore(finding.start)
    const near = recognizer?.context === undefined ? 0 : scan.contextAround(finding.start, finding.end)
    return {
      rule: finding.recognizer,
      source: recognizer?.source ?? '',
      check: recognizer !== undefined && isChecked(recognizer, segment.text, finding) ? 'passed' : 'none',
      context: near === ADJACENT ? 'adjacent' : near === NEARBY ? 'near' : 'none'
    }
  })
}

function isChecked(recognizer: Recognizer, text: string, { start, end }: Finding): boolean {
  if (recognizer.validates !== undefined) return true
  if (recognizer.shapeOnly === true) return false
  const codes = new Uint8Array(MAX_CODES)
  let length = 0
  for (let at = start; at < end && length < MAX_CODES; at++) {
    const code = text.charCodeAt(at)
    if (is(code, ALNUM)) codes[length++] = code < 0x3a ? code : code & 0xdf
  }
  return (recognizer.forms ?? []).some(
    ({ mask, check }) => mask.length === length && check !== undefined && check(codes, length)
  )
}
