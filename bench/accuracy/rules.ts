import type { Analyzer } from '../../src/filters/analyzer.ts'
import { contextOf } from './rule-context.ts'
import type { Figures, Item } from './read-set.ts'

interface Tally {
  match: number
  found: number
  noMatch: number
  leftAlone: number
}

/**
 * Share of valid examples found and of invalid ones left alone, by rule. Each is tried as it is and, where a context
 * word is known for the rule, behind it (`Steuernummer: …`): found in either counts; an invalid one must be left alone
 * in both.
 */
export function measureRules(set: string, items: readonly Item[], analyzer: Analyzer, show: number): Figures {
  const tallies = new Map<string, Tally>()
  for (const item of items) {
    const rule = `${item.rule ?? ''}${item.rule === 'TIN' || item.rule === 'VAT' ? `:${item.country}` : ''}`
    const tally = tallies.get(rule) ?? { match: 0, found: 0, noMatch: 0, leftAlone: 0 }
    tallies.set(rule, tally)
    const bare = isFound(item.text, item, analyzer, 0)
    const context = contextOf(rule)
    const prefix = `${context}: `
    const inContext = context !== '' && isFound(prefix + item.text, item, analyzer, prefix.length)
    if (item.expect === 'match') {
      tally.match++
      if (bare || inContext) tally.found++
      else print(`MISS ${rule}`, item, tally.match - tally.found <= show)
    } else {
      tally.noMatch++
      if (!bare && !inContext) tally.leftAlone++
      else print(`WRONG ${rule}`, item, tally.noMatch - tally.leftAlone <= show)
    }
  }
  return figuresOf(set, tallies)
}

function print(kind: string, item: Item, wanted: boolean): void {
  if (wanted) console.error(JSON.stringify(`${kind} ${item.text.slice(0, 200)}`))
}

/** True when findings cover at least half of the value. */
function isFound(text: string, item: Item, analyzer: Analyzer, offset: number): boolean {
  const found = analyzer.analyze([{ kind: 'text', text, label: '' }])[0] ?? []
  const positions = item.positions ?? [[0, text.length - offset]]
  return positions.some(([from, to]) => {
    let covered = 0
    for (const { start, end } of found)
      covered += Math.max(0, Math.min(end, to + offset) - Math.max(start, from + offset))
    return covered * 2 >= to - from
  })
}

function figuresOf(set: string, tallies: ReadonlyMap<string, Tally>): Figures {
  const figures: Figures = {}
  const all: Tally = { match: 0, found: 0, noMatch: 0, leftAlone: 0 }
  for (const [rule, tally] of [...tallies].sort(([a], [b]) => (a < b ? -1 : 1))) {
    for (const key of ['match', 'found', 'noMatch', 'leftAlone'] as const) all[key] += tally[key]
    if (tally.match > 0) figures[`accuracy.${set}.${rule}.found`] = tally.found / tally.match
    if (tally.noMatch > 0) figures[`accuracy.${set}.${rule}.left_alone`] = tally.leftAlone / tally.noMatch
  }
  figures[`accuracy.${set}.found`] = all.found / all.match
  if (all.noMatch > 0) figures[`accuracy.${set}.left_alone`] = all.leftAlone / all.noMatch
  return figures
}
