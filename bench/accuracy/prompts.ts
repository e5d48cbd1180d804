import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Analyzer } from '../../src/filters/analyzer.ts'
import type { Figures, Item, Span } from './read-set.ts'

/** Kept by the default policy: what only they cover is in clear. */
const KEPT = new Set(['LOCATION', 'ORGANIZATION'])
/** A labelled value of a prompt: `⟦PERSON Anna Weber⟧`. */
const label = /⟦([A-Z_]+) ([^⟧]+)⟧/gu

/** Prompts of our own, as people write them to an assistant, in the files of `prompts/`; `---` stands between two. */
export function readPrompts(): Item[] {
  const folder = join(import.meta.dirname, 'prompts')
  return readdirSync(folder)
    .sort()
    .flatMap(file =>
      readFileSync(join(folder, file), 'utf8')
        .trim()
        .split('\n---\n')
        .map((marked, at) => unmarked(`${file}/${at + 1}`, marked))
    )
}

function unmarked(id: string, marked: string): Item {
  let text = ''
  let from = 0
  const spans: Span[] = []
  for (const { index, 0: whole, 1: type = '', 2: value = '' } of marked.matchAll(label)) {
    text += marked.slice(from, index)
    spans.push({ start: text.length, end: text.length + value.length, type })
    text += value
    from = index + whole.length
  }
  return { id, text: text + marked.slice(from), spans }
}

/**
 * Share of labelled values of which a letter or digit is left in clear, by type and of all; and persons found where none is
 * labelled, per 10,000 words.
 * @param show how many leaks and false persons are printed, with their surroundings
 */
export function measurePrompts(analyzer: Analyzer, show: number): Figures {
  const units = new Map<string, { all: number; leaked: number }>()
  let words = 0
  let wrong = 0
  for (const item of readPrompts()) {
    const found = analyzer.analyze([{ kind: 'text', text: item.text, label: '' }])[0] ?? []
    const spans = item.spans ?? []
    words += item.text.split(/\s+/).length
    for (const span of spans) {
      const tally = units.get(span.type) ?? { all: 0, leaked: 0 }
      units.set(span.type, tally)
      tally.all++
      const hidden = found.filter(finding => !KEPT.has(finding.type))
      if (!leaks(item.text, span, hidden)) continue
      tally.leaked++
      if (show-- > 0) print('LEAK', item, span)
    }
    for (const finding of found) {
      if (
        finding.type !== 'PERSON' ||
        spans.some(span => span.start < finding.end && finding.start < span.end)
      )
        continue
      wrong++
      if (show-- > 0) print('WRONG', item, finding)
    }
  }
  const figures: Figures = {}
  let all = 0
  let leaked = 0
  for (const [type, tally] of units) {
    figures[`accuracy.prompts.${type}.units`] = tally.all
    figures[`accuracy.prompts.${type}.leaked`] = tally.leaked / tally.all
    all += tally.all
    leaked += tally.leaked
  }
  figures['accuracy.prompts.all.units'] = all
  figures['accuracy.prompts.all.leaked'] = leaked / all
  figures['accuracy.prompts.all.false_persons_per_10k_words'] = (wrong / words) * 10_000
  return figures
}

function leaks(
  text: string,
  { start, end }: Span,
  found: readonly { start: number; end: number }[]
): boolean {
  for (let at = start; at < end; at++) {
    if (!/[\p{L}\d]/u.test(text.charAt(at))) continue
    if (!found.some(finding => finding.start <= at && at < finding.end)) return true
  }
  return false
}

function print(what: string, { id, text }: Item, { start, end }: { start: number; end: number }): void {
  const before = text.slice(Math.max(0, start - 40), start)
  const shown = `${before}⟦${text.slice(start, end)}⟧${text.slice(end, end + 20)}`
  console.error(JSON.stringify(`${what} ${id} ${shown}`))
}
