import type { Analyzer } from '../../src/filters/analyzer.ts'
import type { Figures, Item, Span } from './read-set.ts'

/** Types of findings that are secrets. */
export const isSecret = /KEY|TOKEN|SECRET|PASSWORD|CREDENTIAL|CONNECTION/

/**
 * F1 against places that must not be found: of what is labelled (but for what the corpus itself calls weak) at least
 * half of the characters must be found; any finding that touches a negative place, and nothing labelled, is a false alarm.
 * What is found where no one labelled anything counts neither way.
 */
export function measureCredentials(set: string, items: readonly Item[], analyzer: Analyzer): Figures {
  let found = 0
  let labelled = 0
  let alarms = 0
  for (const item of items) {
    const findings = (analyzer.analyze([{ kind: 'text', text: item.text, label: '' }])[0] ?? []).filter(
      finding => isSecret.test(finding.type)
    )
    const spans = item.spans ?? []
    for (const span of spans) {
      if (span.weak === true) continue
      labelled++
      if (overlap(span, findings) * 2 >= span.end - span.start) found++
    }
    const others = findings.filter(finding => overlap(finding, spans) === 0)
    for (const span of item.neg_spans ?? []) if (overlap(span, others) > 0) alarms++
  }
  const recall = found / labelled || 0
  const precision = found / (found + alarms) || 0
  return {
    [`accuracy.${set}.credentials.recall`]: recall,
    [`accuracy.${set}.credentials.precision`]: precision,
    [`accuracy.${set}.credentials.f1`]: (2 * recall * precision) / (recall + precision) || 0
  }
}

type Place = Pick<Span, 'start' | 'end'>

/** Characters of `place` that the others cover. */
function overlap(place: Place, others: readonly Place[]): number {
  let chars = 0
  for (const other of others)
    chars += Math.max(0, Math.min(place.end, other.end) - Math.max(place.start, other.start))
  return chars
}
