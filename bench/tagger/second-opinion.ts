/**
 * What compromise, a rule-based tagger of English, adds to ours: alone, joined with it, as the judge of its doubtful persons.
 *
 *   node bench/tagger/second-opinion.ts [--model FILE --hold-out 0/3]
 *
 * With `--model`, trained with the same `--hold-out`, only documents are measured that the model has not seen.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import nlp from 'compromise'
import { decodeModel, readModel } from '../../src/filters/tagger/model.ts'
import { type ReportName, Tagger } from '../../src/filters/tagger/tagger.ts'
import { isHeldOut } from './corpora.ts'
import { readJsonl } from './corpus.ts'
import { measure, printFigures } from './measure.ts'
import { SHARED } from '../support/shared.ts'

const { values } = parseArgs({ options: { model: { type: 'string' }, 'hold-out': { type: 'string' } } })

/** A sentence is a candidate when a capitalised word stands in it, but for its first. */
const CANDIDATE = /\S\s+["'(]?\p{Lu}\p{Ll}/u
/** A person of the tagger below this score is doubtful. */
const DOUBTFUL = 0.6

const [fold = 0, folds] = (values['hold-out'] ?? '').split('/').map(Number)
const model =
  values.model === undefined ? readModel('names') : decodeModel(readFileSync(values.model), values.model)
const tagger = new Tagger(model)
const docs = ['en_uner_ewt', 'en_tab_test', 'en_presidio_synth_v2']
  .flatMap(set => readJsonl(join(SHARED, 'data'), set, 1))
  .filter(doc => folds === undefined || isHeldOut(doc, fold, folds))

interface Person {
  readonly start: number
  readonly end: number
}

/** Milliseconds and characters that compromise was given. */
let spent = 0
let read = 0

function secondOpinion(text: string): Person[] {
  const persons: Person[] = []
  for (const { 0: sentence, index } of text.matchAll(/[^.!?\n]+[.!?\n]*/g)) {
    if (!CANDIDATE.test(sentence)) continue
    const before = performance.now()
    const found = nlp(sentence).people().json({ offset: true }) as {
      offset: { start: number; length: number }
    }[]
    spent += performance.now() - before
    read += sentence.length
    for (const { offset } of found)
      persons.push({ start: index + offset.start, end: index + offset.start + offset.length })
  }
  return persons
}

const overlaps = (a: Person, b: Person): boolean => a.start < b.end && b.start < a.end

/** Persons of both; where they overlap, the tagger's. */
function union(text: string, report: ReportName): void {
  const own: Person[] = []
  tagger.tag(text, (start, end, type, score) => {
    if (type === 'PERSON') own.push({ start, end })
    report(start, end, type, score)
  })
  for (const person of secondOpinion(text))
    if (!own.some(other => overlaps(person, other))) report(person.start, person.end, 'PERSON', 0.5)
}

/** The tagger's persons; the doubtful ones only where compromise agrees. */
function judged(text: string, report: ReportName): void {
  const second = secondOpinion(text)
  tagger.tag(text, (start, end, type, score) => {
    const isDoubtful = type === 'PERSON' && score < DOUBTFUL
    if (!isDoubtful || second.some(person => overlaps(person, { start, end })))
      report(start, end, type, score)
  })
}

for (const [name, tag] of Object.entries({
  'tagger alone': (text: string, report: ReportName): void => tagger.tag(text, report),
  'compromise alone': (text: string, report: ReportName): void => {
    for (const { start, end } of secondOpinion(text)) report(start, end, 'PERSON', 0.5)
  },
  union,
  'doubtful ones judged': judged
})) {
  console.log(name)
  printFigures(measure({ tag }, docs, 0))
}
console.log(
  `compromise: ${Math.round(spent)} ms for ${read} characters, ${(read / spent / 1000).toFixed(2)} MB/s`
)
