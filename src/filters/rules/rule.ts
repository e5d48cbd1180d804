import { anywhere, type Match, type Recognizer } from '../recognizer.ts'
import { canBeLiteral } from '../scanner/classes.ts'
import { NEARBY } from '../scanner/context-words.ts'
import type { Scan } from '../scanner/scan.ts'
import { Dictionary } from './dictionary.ts'
import { patternOfExamples } from './format.ts'
import { isInsideWord, Pattern } from './pattern.ts'
import { validatorNamed, validatorSource } from './validators.ts'

/** A rule of a policy file, checked for its shape. Exactly one of pattern, words, entries and format says what to find. */
export interface RuleInput {
  readonly id: string
  readonly type: string
  readonly pattern?: string
  readonly words?: readonly string[]
  /** The lines of the rule's file of words. */
  readonly entries?: readonly string[]
  readonly format?: readonly string[]
  readonly ignoreCase: boolean
  readonly wholeWords: boolean
  readonly context: readonly string[]
  readonly validator?: string
  /** Without context words, 0–1. */
  readonly score: number
  /** With one near. */
  readonly contextScore: number
  readonly match: readonly Match[]
  readonly noMatch: readonly string[]
  /** What the author says about it, for lists. */
  readonly source: string
}

/** Told of each entry of words or a file that can't be looked for. */
export type ReportEntry = (index: number, reason: string) => void

/** Lists up to this size are looked for by the scanner's own automaton; longer ones take one more pass over a text. */
const MAX_ANCHORS = 100

/** Says where matches are and how far one goes that starts at a place. */
interface Finder {
  matchAt(text: string, start: number): number
  findAll(text: string, found: (start: number, end: number) => void): void
}

/**
 * Makes a recognizer of a custom rule. Where the values have known beginnings the scanner's automaton looks for them
 * and the rule costs nothing on other text; else it takes a pass of its own over each text.
 * @throws PatternError
 */
export function compileRule(rule: RuleInput, reportEntry: ReportEntry): Recognizer {
  // Taken out one by one: a closure over the rule would keep a million entries in memory beside the table of them.
  const { type, score, contextScore, context, validator } = rule
  const { finder, anchors } = finderOf(rule, reportEntry)
  const validate = validator === undefined ? undefined : validatorNamed(validator)
  const report = (scan: Scan, start: number, end: number): void => {
    if (validate !== undefined && !validate(scan.text, start, end)) return
    const isNear = context.length > 0 && scan.contextAround(start, end) >= NEARBY
    const certainty = isNear ? contextScore : score
    if (certainty > 0) scan.report(start, end, type, certainty)
  }
  const look =
    anchors.length > 0
      ? {
          anchors: anywhere(...anchors),
          recognize: (scan: Scan, start: number) => {
            const end = finder.matchAt(scan.text, start)
            if (end > 0) report(scan, start, end)
          }
        }
      : {
          text: (scan: Scan) =>
            finder.findAll(scan.text, (start, end) => {
              scan.forgetContextBefore(start)
              report(scan, start, end)
            })
        }
  return {
    id: `rule-${rule.id}`,
    types: [type],
    context,
    ...look,
    ...(validator === undefined ? {} : { validates: validatorSource(validator) }),
    examples: { match: rule.match, noMatch: rule.noMatch },
    source: rule.source
  }
}

function finderOf(rule: RuleInput, reportEntry: ReportEntry): { finder: Finder; anchors: readonly string[] } {
  const { ignoreCase, wholeWords } = rule
  const entries = rule.words ?? rule.entries
  if (entries === undefined) {
    const pattern = new Pattern(rule.pattern ?? patternOfExamples(rule.format ?? []), {
      ignoreCase,
      wholeWords
    })
    return { finder: pattern, anchors: pattern.starts }
  }
  const dictionary = new Dictionary(entries, { ignoreCase })
  for (const { index, reason } of dictionary.refused) reportEntry(index, reason)
  return entries.length > MAX_ANCHORS
    ? { finder: dictionary, anchors: [] }
    : { finder: atWordStart(dictionary), anchors: firstWordsOf(entries) }
}

/** A dictionary asked at anchors, which may stand inside words. */
function atWordStart(dictionary: Dictionary): Finder {
  return {
    matchAt: (text, start) => (isInsideWord(text, start) ? -1 : dictionary.matchAt(text, start)),
    findAll: (text, found) => dictionary.findAll(text, found)
  }
}

/** None when one of them is a single letter or can't be looked for: the list then takes a pass of its own. */
function firstWordsOf(entries: readonly string[]): string[] {
  const words = entries.map(entry => /[\p{L}\p{N}]{1,32}/u.exec(entry)?.[0] ?? '')
  return words.every(word => word.length >= 2 && canBeLiteral(word)) ? [...new Set(words)] : []
}
