import { ok, strictEqual } from 'node:assert/strict'
import { FREE } from '../../../src/core/json/shape.ts'
import { splice, toSource } from '../../../src/core/json/splice.ts'
import { walkJson } from '../../../src/core/json/walker.ts'
import type { Finding } from '../../../src/core/finding.ts'
import type { Segment } from '../../../src/core/leaf.ts'
import type { Analyzer } from '../../../src/filters/analyzer.ts'
import { type PseudonymizeResult, pseudonymizeSegments } from '../../../src/filters/pseudonymizer.ts'
import { createRestoreStats, Reidentifier, restoreWhole } from '../../../src/filters/reidentifier.ts'

const scopeKey = (): Buffer => Buffer.alloc(32, 7)

/**
 * Throws unless findings in the text are valid, sorted and apart, and what pseudonyms replaced comes back: as text, as text
 * cut in two, and as strings and keys of JSON.
 * @returns how many findings the text has
 */
export function checkText(analyzer: Analyzer, text: string): number {
  const segment: Segment = { kind: 'text', text, label: '' }
  const findings = analyzer.analyze([segment])
  checkFindings(findings[0] ?? [], text, analyzer)
  const { edits, issued } = pseudonymized(analyzer, [segment], findings)
  const sent = splice(text, edits[0] ?? [])
  strictEqual(
    comparable(splice(sent, restoreWhole(sent, issued, 'text', createRestoreStats()))),
    comparable(text),
    'restored whole'
  )
  const restorer = new Reidentifier(issued, 'text', createRestoreStats())
  let out = ''
  for (const delta of [sent.slice(0, sent.length >> 1), sent.slice(sent.length >> 1)])
    out += splice(delta, restorer.push(delta))
  strictEqual(comparable(out + restorer.end()), comparable(text), 'restored in two pieces')
  checkJson(analyzer, text)
  return findings[0]?.length ?? 0
}

/**
 * What begins like JSON is restored as JSON: a line end inside a value comes back as an escape, also where the source was no
 * valid JSON and had it bare. Escapes of such texts are read before they are compared; a backslash before anything else is
 * no escape.
 */
function comparable(text: string): string {
  if (!/^\s*[{[]/.test(text)) return text
  return text.replace(/\\(?:u[\da-fA-F]{4}|["\\/bfnrt])/g, escape => JSON.parse(`"${escape}"`) as string)
}

function checkFindings(findings: readonly Finding[], text: string, analyzer: Analyzer): void {
  let reach = 0
  for (const { start, end, type, score } of findings) {
    ok(start >= reach && end > start && end <= text.length, `[${start}, ${end}) after ${reach}`)
    ok(score > 0 && score <= 1 && analyzer.types.includes(type), `${type} ${score}`)
    ok(!cutsPair(text, start) && !cutsPair(text, end), 'half of a surrogate pair')
    reach = end
  }
}

function cutsPair(text: string, at: number): boolean {
  return /[\ud800-\udbff]/.test(text.charAt(at - 1)) && /[\udc00-\udfff]/.test(text.charAt(at))
}

function pseudonymized(
  analyzer: Analyzer,
  segments: readonly Segment[],
  findings: readonly (readonly Finding[])[]
): PseudonymizeResult {
  return pseudonymizeSegments({
    scopeKey,
    knownTypes: analyzer.types,
    segments,
    findings,
    operatorFor: () => 'pseudonymize'
  })
}

/** As source, numbers without quotes: a number that was replaced comes back as a string. */
function unquoted(value: unknown): string {
  return JSON.stringify(value).replace(/(\\*")(-?\d[\d.eE+-]*)\1/g, '$2')
}

/** What its strings spell, also the one inside JSON. */
function contentsOf(value: { content: string; list: string[]; inner: string }): string[] {
  const { a } = JSON.parse(value.inner) as { a: string }
  return [value.content, ...value.list, a].map(comparable)
}

/** The same as the value of a key, in a list, and as a string inside JSON inside a string. */
function checkJson(analyzer: Analyzer, text: string): void {
  const value = {
    content: text,
    list: [text.slice(0, 40), 'x'],
    inner: JSON.stringify({ a: text.slice(-80) })
  }
  const walk = walkJson(JSON.stringify(value), FREE, { maxDepth: 32, maxLeaves: 100, as: 'request' })
  const { edits, issued } = pseudonymized(analyzer, walk.leaves, analyzer.analyze(walk.leaves))
  const sourceEdits = walk.leaves.flatMap((leaf, i) => toSource(leaf, edits[i] ?? []))
  const sent = splice(
    walk.source,
    sourceEdits.sort((a, b) => a.start - b.start)
  )
  JSON.parse(sent)
  const restored = splice(sent, restoreWhole(sent, issued, 'json', createRestoreStats()))
  const result = JSON.parse(restored) as typeof value
  strictEqual(unquoted(contentsOf(result)), unquoted(contentsOf(value)), 'restored as JSON')
}
