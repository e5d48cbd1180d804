import { type Analyzer, defaultCountries } from '../../src/filters/analyzer.ts'
import { allRecognizers } from '../../src/filters/recognizers/index.ts'
import { isSecret } from './credentials.ts'
import { contextOf } from './rule-context.ts'
import type { Figures, Item } from './read-set.ts'
import { shippedAnalyzer } from './shipped.ts'

interface Tally {
  match: number
  found: number
  noMatch: number
  leftAlone: number
}

/**
 * Share of valid examples found and of invalid ones left alone, by rule. Each is tried as it is and, where a context
 * word is known for the rule, behind it (`Steuernummer: …`): found in either counts. Invalid ones are tried behind the
 * context word only for rules that need it; with a word that names a number even a wrong one is one. A number of a
 * country that is not looked for by default is tried with that country chosen besides: what a policy can switch on.
 * In sets of secrets only a secret is a false alarm: the mail address in a text without secrets is rightly found.
 */
export function measureRules(set: string, items: readonly Item[], analyzer: Analyzer, show: number): Figures {
  const analyzerOf = analyzersByCountry(analyzer)
  const isAlarm = secretSets.has(set) ? isSecret : /./
  const byRule = new Map<string, Item[]>()
  for (const item of items) {
    const rule = `${item.rule ?? ''}${item.rule === 'TIN' || item.rule === 'VAT' ? `:${item.country}` : ''}`
    byRule.set(rule, [...(byRule.get(rule) ?? []), item])
  }
  const tallies = new Map<string, Tally>()
  for (const [rule, list] of byRule)
    tallies.set(rule, measureRule(rule, list, analyzerOf(list[0]?.country ?? ''), isAlarm, show))
  return figuresOf(set, tallies)
}

const secretSets = new Set(['rules_gitleaks', 'rules_yaml_scanners', 'rules_detect_secrets'])

/** Countries of recognizers that are off by default are switched on one at a time. */
function analyzersByCountry(analyzer: Analyzer): (country: string) => Analyzer {
  const byCountry = new Map<string, Analyzer>(defaultCountries.map(country => [country, analyzer]))
  const switchable = new Set(allRecognizers.flatMap(recognizer => recognizer.countries ?? []))
  return country => {
    if (!switchable.has(country)) return analyzer
    const known = byCountry.get(country)
    if (known !== undefined) return known
    const made = shippedAnalyzer({ countries: [...defaultCountries, country] })
    byCountry.set(country, made)
    return made
  }
}

function measureRule(
  rule: string,
  items: readonly Item[],
  analyzer: Analyzer,
  isAlarm: RegExp,
  show: number
): Tally {
  const context = contextOf(rule)
  const prefix = context === '' ? '' : `${context}: `
  const valid = items.filter(item => item.expect === 'match')
  const bare = valid.filter(item => isFound(item.text, item, analyzer, 0, /./))
  const needsContext = bare.length * 2 < valid.length
  const missed = valid.filter(
    item => !bare.includes(item) && !isFound(prefix + item.text, item, analyzer, prefix.length, /./)
  )
  const invalid = items.filter(item => item.expect !== 'match')
  const before = needsContext ? prefix : ''
  const wrong = invalid.filter(item => isFound(before + item.text, item, analyzer, before.length, isAlarm))
  for (const item of missed.slice(0, show)) print(`MISS ${rule}`, prefix + item.text)
  for (const item of wrong.slice(0, show))
    print(`WRONG ${rule} ${typesIn(before + item.text, analyzer)}`, before + item.text)
  return {
    match: valid.length,
    found: valid.length - missed.length,
    noMatch: invalid.length,
    leftAlone: invalid.length - wrong.length
  }
}

function print(kind: string, text: string): void {
  console.error(JSON.stringify(`${kind} ${text.slice(0, 200)}`))
}

/** What was found by whom, for work on rules. */
function typesIn(text: string, analyzer: Analyzer): string {
  const found = analyzer.analyze([{ kind: 'text', text, label: '' }])[0] ?? []
  return found.map(({ type, recognizer, score }) => `${type}/${recognizer}/${score}`).join(' ')
}

/**
 * True when findings cover at least half of the value. Without positions the whole text is the value, but for texts to be
 * left alone and sentences: there any finding counts.
 */
function isFound(text: string, item: Item, analyzer: Analyzer, offset: number, types: RegExp): boolean {
  const found = (analyzer.analyze([{ kind: 'text', text, label: '' }])[0] ?? []).filter(({ type }) =>
    types.test(type)
  )
  const isSentence = item.expect !== 'match' || item.text.length > 40 || /\p{Ll}{3}|: /u.test(item.text)
  if (item.positions === undefined && isSentence) return found.some(finding => finding.end > offset)
  return (item.positions ?? [[0, item.text.length]]).some(([from, to]) => {
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
