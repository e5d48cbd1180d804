import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

/** What the tagger tells apart; the number is the label's kind. */
export const kinds = ['PERSON', 'LOCATION', 'ORGANIZATION'] as const

export interface Mark {
  readonly start: number
  readonly end: number
  /** Index into `kinds`. */
  readonly kind: number
}

/** A labelled text. */
export interface Doc {
  readonly id: string
  readonly set: string
  readonly text: string
  readonly marks: readonly Mark[]
  /** How much it counts in training. */
  readonly weight: number
}

interface Line {
  readonly id: string
  readonly text: string
  readonly spans?: readonly { start: number; end: number; type: string; label: string }[]
}

const courtKinds = new Map([
  ['PER', 0],
  ['RR', 0],
  ['AN', 0],
  ['LD', 1],
  ['ST', 1],
  ['STR', 1],
  ['LDS', 1],
  ['ORG', 2],
  ['UN', 2],
  ['INN', 2],
  ['GRT', 2],
  ['MRK', 2]
])

export function readJsonl(folder: string, set: string, weight: number): Doc[] {
  const lines = gunzipSync(readFileSync(join(folder, `${set}.dev.jsonl.gz`)))
    .toString('utf8')
    .split('\n')
  return lines
    .filter(line => line !== '')
    .map(line => {
      const { id, text, spans = [] } = JSON.parse(line) as Line
      const marks = spans
        .flatMap(({ start, end, type }) => {
          const kind = kinds.indexOf(type as (typeof kinds)[number])
          return kind < 0 ? [] : [{ start, end, kind }]
        })
        .sort((a, b) => a.start - b.start)
      return {
        id,
        set,
        text,
        marks: marks.filter((mark, i) => i === 0 || mark.start >= (marks[i - 1]?.end ?? 0)),
        weight
      }
    })
}

/** Marks cut to where they have a capital letter, and those without left out: some sets mark `he` and `the president` too. */
export function withCapital(docs: readonly Doc[]): Doc[] {
  return docs.map(doc => ({
    ...doc,
    marks: doc.marks.flatMap(({ start, end, kind }) => {
      const capital = doc.text.slice(start, end).search(/\p{Lu}/u)
      return capital < 0 ? [] : [{ start: start + capital, end, kind }]
    })
  }))
}

/** Sentences of tokens with IOB2 tags, put together as text; `group` of them make a document. */
export function readTsv(folder: string, file: string, weight: number, group: number, every = 1): Doc[] {
  const sentences = gunzipSync(readFileSync(join(folder, 'ner-train', `${file}.tsv.gz`)))
    .toString('utf8')
    .split(/\n\n+/)
  const docs: Doc[] = []
  let text = ''
  let marks: Mark[] = []
  let count = 0
  sentences.forEach((sentence, at) => {
    if (at % every !== 0) return
    const joined = joinTokens(sentence, text.length)
    text += joined.text
    marks.push(...joined.marks)
    if (++count % group === 0) {
      docs.push({ id: `${file}/${at}`, set: file, text, marks, weight })
      text = ''
      marks = []
    } else text += ' '
  })
  return docs
}

const closes = /^[.,;:!?)\]}%”»'’]+$/
const opens = /^[([{„«“]$/

function joinTokens(sentence: string, offset: number): { text: string; marks: Mark[] } {
  let text = ''
  const marks: Mark[] = []
  let kind = -1
  let glue = true
  let quoted = false
  for (const line of sentence.split('\n')) {
    let [token = '', tag = 'O'] = line.split('\t')
    if (token === '') continue
    if (token === "''" || token === '``') token = '"'
    if (/^\*\*+$|^'''+$/.test(token)) continue
    const isQuote = token === '"'
    const noSpace = glue || closes.test(token) || (isQuote && quoted)
    if (!noSpace) text += ' '
    const start = offset + text.length
    text += token
    glue = opens.test(token) || (isQuote && !quoted)
    if (isQuote) quoted = !quoted
    const type = tag.slice(2)
    const next = type === '' ? -1 : kindOf(type)
    const last = marks.at(-1)
    if (next >= 0 && tag.startsWith('I') && kind === next && last !== undefined)
      marks[marks.length - 1] = { ...last, end: start + token.length }
    else if (next >= 0) marks.push({ start, end: start + token.length, kind: next })
    kind = next
  }
  return { text, marks }
}

function kindOf(type: string): number {
  if (/^(PER|PERSON|person)$/.test(type)) return 0
  if (/^(LOC|GPE|location|GPE_LOC)$/.test(type)) return 1
  if (/^(ORG|corporation|group|GPE_ORG)$/.test(type)) return 2
  return courtKinds.get(type) ?? -1
}
