import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { buildAnalyzer } from '../../../src/filters/analyzer.ts'

const file = readFileSync(join(import.meta.dirname, 'fixtures', 'german-texts.txt'), 'utf8')
const analyzer = buildAnalyzer()
/** Names, places and organisations are others' work; secrets have their own fixtures. */
const ignored = /^(?:PERSON|ADDRESS|LOCATION|ORGANIZATION|DATE)$/

interface Marked {
  readonly text: string
  readonly marks: readonly { readonly start: number; readonly end: number; readonly type: string }[]
}

function read(source: string): Marked {
  let text = ''
  const marks: { start: number; end: number; type: string }[] = []
  for (const part of source.split(/(⟦[^⟧]*⟧)/)) {
    const match = /^⟦([A-Z_]+) ([^⟧]*)⟧$/.exec(part)
    if (match?.[1] === undefined || match[2] === undefined) text += part
    else {
      marks.push({ start: text.length, end: text.length + match[2].length, type: match[1] })
      text += match[2]
    }
  }
  return { text, marks }
}

const sources = file
  .split('\n')
  .filter(line => !line.startsWith('# '))
  .join('\n')
  .split(/^----$/m)
  .map(source => source.trim())

for (const source of sources) {
  const { text, marks } = read(source)
  t.test(text.slice(0, 60).replaceAll('\n', ' '), async t => {
    const found = (analyzer.analyze([{ kind: 'text', text, label: '' }])[0] ?? []).filter(
      finding => finding.score >= 0.5 && !ignored.test(finding.type)
    )
    for (const { start, end, type } of marks) {
      const over = found.filter(finding => finding.start < end && finding.end > start)
      t.ok(
        over.some(finding => finding.type === type && finding.start <= start && finding.end >= end),
        `${type} ${text.slice(start, end)}: ${over.map(f => `${f.type} ${text.slice(f.start, f.end)}`).join(', ')}`
      )
    }
    const others = found.filter(
      finding => !marks.some(mark => mark.start < finding.end && mark.end > finding.start)
    )
    t.same(
      others.map(f => `${f.type} ${text.slice(f.start, f.end)}`),
      []
    )
  })
}
