import type { Analyzer } from '../../src/filters/analyzer.ts'
import type { Figures, Item } from './read-set.ts'

/** What is rightly found in logs and code, and what policy keeps by default: no false alarms. */
const expectedInLogs = /^(?:IP|MAC|URL|EMAIL|PATH|USERNAME|LOCATION|ORGANIZATION)/

/** Findings per 10,000 words of text without labels, by type, and those that count as false alarms together. */
export function measureRaw(set: string, items: readonly Item[], analyzer: Analyzer, show: number): Figures {
  const counts = new Map([['PERSON', 0]])
  const shown = new Map<string, number>()
  let words = 0
  let alarms = 0
  for (const item of items) {
    words += item.text.split(/\s+/).length
    for (const { start, end, type } of analyzer.analyze([{ kind: 'text', text: item.text, label: '' }])[0] ??
      []) {
      counts.set(type, (counts.get(type) ?? 0) + 1)
      if (!expectedInLogs.test(type)) alarms++
      const seen = shown.get(type) ?? 0
      if (seen < show)
        console.error(
          JSON.stringify(
            `${type} ${item.text.slice(Math.max(0, start - 40), start)}⟦${item.text.slice(start, end)}⟧`
          )
        )
      shown.set(type, seen + 1)
    }
  }
  const figures: Figures = {
    [`accuracy.${set}.words`]: words,
    [`accuracy.${set}.alarms_per_10k_words`]: (alarms / words) * 10_000
  }
  for (const [type, count] of counts)
    figures[`accuracy.${set}.${type}.per_10k_words`] = (count / words) * 10_000
  return figures
}
