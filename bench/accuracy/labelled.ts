import type { Finding } from '../../src/core/finding.ts'
import type { Analyzer } from '../../src/filters/analyzer.ts'
import type { Figures, Item, Span } from './read-set.ts'

/** Corpus types → patterns of finding types that fit them. */
const fitting = new Map<string, RegExp>([
  ['PERSON', /^PERSON$/],
  ['ADDRESS', /^(?:ADDRESS|LOCATION)$/],
  ['LOCATION', /^(?:LOCATION|ADDRESS)$/],
  ['ORGANIZATION', /^ORGANIZATION$/],
  ['PHONE', /^PHONE$/],
  ['EMAIL', /^EMAIL$/],
  ['IBAN', /^IBAN$/],
  ['CREDIT_CARD', /^CARD$/],
  ['IP_ADDRESS', /^IP$/],
  ['DATE', /^(?:DATE_OF_BIRTH|DATE)$/],
  ['DATE_OF_BIRTH', /^DATE_OF_BIRTH$/],
  ['AGE', /^AGE$/],
  ['USERNAME', /^USERNAME$/],
  ['NATIONAL_ID', /^[A-Z]{2}_/],
  ['TAX_ID', /^[A-Z]{2}_|^VAT_ID$/],
  ['DRIVER_LICENSE', /^[A-Z]{2}_|LICEN/],
  ['SECRET', /KEY|TOKEN|SECRET|PASSWORD|CREDENTIAL|CONNECTION|COOKIE/],
  ['PASSWORD', /KEY|TOKEN|SECRET|PASSWORD|CREDENTIAL|CONNECTION|COOKIE/]
])

interface Tally {
  chars: number
  covered: number
  any: number
  spans: number
  exact: number
  /** Spans of which at least half is covered by a fitting finding. */
  hit: number
  predicted: number
  right: number
}

const empty = (): Tally => ({
  chars: 0,
  covered: 0,
  any: 0,
  spans: 0,
  exact: 0,
  hit: 0,
  predicted: 0,
  right: 0
})

/** Recall by characters and spans, precision by findings, characters that leak, for each labelled type. */
export function measureLabelled(
  set: string,
  items: readonly Item[],
  analyzer: Analyzer,
  show: number
): Figures {
  const tallies = new Map<string, Tally>()
  const tally = (type: string): Tally => {
    const known = tallies.get(type) ?? empty()
    tallies.set(type, known)
    return known
  }
  const types = new Set(
    items.flatMap(item => [...(item.labelled_types ?? []), ...(item.spans ?? []).map(s => s.type)])
  )
  const shown = new Map<string, number>()
  const print = (kind: string, item: Item, span: { start: number; end: number }): void => {
    const count = shown.get(kind) ?? 0
    if (count >= show) return
    shown.set(kind, count + 1)
    const before = item.text.slice(Math.max(0, span.start - 40), span.start)
    const after = item.text.slice(span.end, span.end + 20)
    console.error(
      JSON.stringify(`${kind} ${item.id} ${before}⟦${item.text.slice(span.start, span.end)}⟧${after}`)
    )
  }
  let negatives = 0
  let negativesFound = 0
  for (const item of items) {
    const found = analyzer.analyze([{ kind: 'text', text: item.text, label: '' }])[0] ?? []
    for (const span of item.spans ?? [])
      countSpan(tally(span.type), span, found, miss => print(`MISS ${span.type}`, item, miss))
    for (const span of item.neg_spans ?? []) {
      negatives++
      if (
        covered(
          span,
          found.filter(f => fits('SECRET', f.type))
        ) *
          2 >=
        span.end - span.start
      ) {
        negativesFound++
        print('NEGATIVE', item, span)
      }
    }
    for (const finding of found) {
      const type = [...types].find(candidate => fits(candidate, finding.type))
      if (type === undefined || isPartial(type, types)) continue
      const counted = tally(type)
      counted.predicted++
      const spans = (item.spans ?? []).filter(span => fits(span.type, finding.type))
      if (covered(finding, spans) * 2 >= finding.end - finding.start) counted.right++
      else print(`WRONG ${type}`, item, finding)
    }
  }
  const figures: Figures = {}
  for (const [type, counted] of tallies) Object.assign(figures, rates(`accuracy.${set}.${type}`, counted))
  if (tallies.size > 1) Object.assign(figures, rates(`accuracy.${set}.all`, sumOf(tallies)))
  if (negatives > 0) figures[`accuracy.${set}.negatives_found`] = negativesFound / negatives
  return figures
}

/** Over the types that findings may have: titles, nationalities and job titles, which nobody promised, are left out. */
function sumOf(tallies: ReadonlyMap<string, Tally>): Tally {
  const sum = empty()
  for (const [type, counted] of tallies) {
    if (!fitting.has(type)) continue
    for (const key of Object.keys(sum) as (keyof Tally)[]) sum[key] += counted[key]
  }
  return sum
}

/** A corpus that labels passwords and secrets apart counts both under the first. */
function isPartial(type: string, types: ReadonlySet<string>): boolean {
  return type === 'PASSWORD' && types.has('SECRET')
}

/** True when findings of the type are what the corpus means by its own. */
export function fits(corpusType: string, findingType: string): boolean {
  return fitting.get(corpusType)?.test(findingType) ?? false
}

function countSpan(counted: Tally, span: Span, found: readonly Finding[], miss: (span: Span) => void): void {
  const right = found.filter(finding => fits(span.type, finding.type))
  const chars = covered(span, right)
  counted.spans++
  counted.chars += span.end - span.start
  counted.covered += chars
  counted.any += covered(span, found)
  if (right.some(finding => finding.start === span.start && finding.end === span.end)) counted.exact++
  if (chars * 2 >= span.end - span.start) counted.hit++
  else miss(span)
}

/** Characters of `span` that the others, free of overlaps, cover. */
function covered(
  span: { start: number; end: number },
  others: readonly { start: number; end: number }[]
): number {
  let chars = 0
  for (const other of others)
    chars += Math.max(0, Math.min(span.end, other.end) - Math.max(span.start, other.start))
  return chars
}

function rates(name: string, counted: Tally): Figures {
  const recall = counted.covered / counted.chars || 0
  const precision = counted.predicted === 0 ? 1 : counted.right / counted.predicted
  return {
    [`${name}.spans`]: counted.spans,
    [`${name}.recall`]: recall,
    [`${name}.recall_spans`]: counted.hit / counted.spans || 0,
    [`${name}.recall_exact`]: counted.exact / counted.spans || 0,
    [`${name}.precision`]: precision,
    [`${name}.f1`]: f(1, precision, recall),
    [`${name}.f2`]: f(2, precision, recall),
    [`${name}.leaked_chars`]: counted.chars - counted.any
  }
}

function f(beta: number, precision: number, recall: number): number {
  return ((1 + beta * beta) * precision * recall) / (beta * beta * precision + recall) || 0
}
