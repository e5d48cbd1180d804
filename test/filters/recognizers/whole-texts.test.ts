import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { buildAnalyzer } from '../../../src/filters/analyzer.ts'

/**
 * Letters, tickets, chats, prompts, dumps and logs as people write them, in eight languages: of no marked value a single
 * letter or digit stays in clear. What is found besides is counted: more of it than now is a change to look at.
 */

const file = readFileSync(join(import.meta.dirname, 'fixtures', 'whole-texts.txt'), 'utf8')
const analyzer = buildAnalyzer()
/** Kept by the default policy. */
const KEPT = new Set(['LOCATION', 'ORGANIZATION'])
const MAX_OTHERS = 0.04

let values = 0
let others = 0

for (const source of file.replace(/^(?:# .*\n)+/, '').split(/^----$/m)) {
  const parts = source.trim().split(/(⟦[^⟧]*⟧)/)
  let text = ''
  const marks: { start: number; end: number }[] = []
  for (const part of parts) {
    const value = part.startsWith('⟦') ? part.slice(1, -1) : part
    if (value !== part) marks.push({ start: text.length, end: text.length + value.length })
    text += value
  }
  t.test(text.slice(0, 50).replaceAll('\n', ' '), async t => {
    const found = (analyzer.analyze([{ kind: 'text', text, label: '' }])[0] ?? []).filter(
      finding => !KEPT.has(finding.type)
    )
    const isFound = (at: number): boolean => found.some(({ start, end }) => start <= at && at < end)
    values += marks.length
    others += found.filter(({ start, end }) =>
      marks.every(mark => mark.start >= end || mark.end <= start)
    ).length
    for (const { start, end } of marks) {
      const clear = []
      for (let at = start; at < end; at++)
        if (/[\p{L}\d]/u.test(text.charAt(at)) && !isFound(at)) clear.push(text.charAt(at))
      t.same(clear, [], text.slice(start, end))
    }
  })
}

t.test('hardly anything else is found', async t => {
  t.ok(values > 300, `${values} values`)
  t.ok(others <= values * MAX_OTHERS, `${others} findings besides`)
})
