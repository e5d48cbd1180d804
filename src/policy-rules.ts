import { hash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { Compile } from 'typebox/compile'
import { isMap, type Problem, stringsOf } from './config-check.ts'
import { expandPlaces } from './core/places.ts'
import { LITERAL } from './filters/code.ts'
import type { Recognizer } from './filters/recognizer.ts'
import { type CustomDetection, DENIED, denyRecognizer } from './filters/rules/custom.ts'
import { PatternError } from './filters/rules/pattern-syntax.ts'
import { compileRule } from './filters/rules/rule.ts'
import { type RuleFile, RuleSchema } from './policy-rule-schema.ts'

/** Bounds of a file of words: what fits is a few million entries and some 200 MB of memory while it is read. */
const MAX_FILE_BYTES = 64 * 1024 * 1024
/** So many wrong entries of one list are told one by one; the rest as a number. */
const MAX_ENTRIES_TOLD = 5

const shape = Compile(RuleSchema)

/**
 * Compiles countries, rules, allow and deny list of a policy file.
 *
 * Every rule that has the right shape is checked, also when other parts of the file are wrong, so that one start tells
 * everything. Values are not shown: lists of names and words are what the rules protect.
 * @param raw the parsed file with defaults filled in
 * @param file its absolute path; files of words are relative to it
 */
export function compileDetection(raw: unknown, file: string, problems: Problem[]): CustomDetection {
  const policy = isMap(raw) ? raw : {}
  const digest: string[] = []
  const recognizers: Recognizer[] = []
  const ids = new Set<string>()
  const rules = Array.isArray(policy['rules']) ? (policy['rules'] as readonly unknown[]) : []
  for (const [index, rule] of rules.entries()) {
    if (!shape.Check(rule)) continue
    const report = (path: string, message: string): void => {
      problems.push({ file, path: `rules[${index}]${path}`, message })
    }
    if (ids.has(rule.id)) report('.id', 'repeats the id of a rule before it; each may stand once.')
    ids.add(rule.id)
    const compiled = compileOne(rule, file, report)
    if (compiled === null) continue
    recognizers.push(compiled.recognizer)
    digest.push(compiled.digest)
  }
  const allow = new Set(stringsOf(policy['allow']).filter(value => value !== undefined))
  const deny = stringsOf(policy['deny']).map(value => value ?? '')
  for (const [index, value] of deny.entries()) {
    if (allow.has(value))
      problems.push({
        file,
        path: `deny[${index}]`,
        message: 'also stands under allow. Leave it in one of them.'
      })
  }
  if (deny.length > 0) {
    const report = (index: number, reason: string): void => {
      problems.push({ file, path: `deny[${index}]`, message: `${reason}.` })
    }
    recognizers.push(denyRecognizer(deny, report))
  }
  const countries = [...expandPlaces(stringsOf(policy['countries']).filter(place => place !== undefined))]
  digest.push(JSON.stringify([countries, [...allow], deny]))
  return { countries, recognizers, allow, digest: hash('sha256', digest.join('\n')) }
}

type Report = (path: string, message: string) => void

function compileOne(
  rule: RuleFile,
  file: string,
  report: Report
): { recognizer: Recognizer; digest: string } | null {
  const kinds = (['pattern', 'words', 'wordsFile', 'format'] as const).filter(
    kind => rule[kind] !== undefined
  )
  const [kind] = kinds
  if (kind === undefined || kinds.length > 1) {
    const what = kinds.length === 0 ? 'says not what to find' : `has ${kinds.join(' and ')}`
    report('', `${what}; it must have exactly one of pattern, words, wordsFile, format.`)
    return null
  }
  if (rule.type === LITERAL || rule.type === DENIED) {
    report('.type', `is "${rule.type}", which the gateway uses itself; choose another name.`)
    return null
  }
  const lines =
    rule.wordsFile === undefined ? null : readWords(resolve(dirname(file), rule.wordsFile), report)
  if (rule.wordsFile !== undefined && lines === null) return null
  const refused = new RefusedEntries(kind, lines, report)
  try {
    const recognizer = compileRule(inputOf(rule, lines), (index, reason) => refused.add(index, reason))
    refused.end()
    const words = lines === null ? '' : hash('sha256', lines.entries.join('\n'))
    return { recognizer, digest: `${JSON.stringify(rule)} ${words}` }
  } catch (error) {
    if (!(error instanceof PatternError)) throw error
    report(`.${kind}`, `${error.message}.`)
    return null
  }
}

function inputOf(rule: RuleFile, lines: Lines | null): Parameters<typeof compileRule>[0] {
  const { pattern, words, format, validator, context } = rule
  return {
    id: rule.id,
    type: rule.type,
    ...(pattern === undefined ? {} : { pattern }),
    ...(words === undefined ? {} : { words }),
    ...(lines === null ? {} : { entries: lines.entries }),
    ...(format === undefined ? {} : { format }),
    ...(validator === undefined ? {} : { validator }),
    ignoreCase:
      rule.case === undefined ? pattern === undefined && format === undefined : rule.case === 'ignore',
    wholeWords: rule.wholeWords,
    context,
    // Context words without a score are required: nobody lists them to leave them out.
    score: rule.score ?? (context.length > 0 ? 0 : 0.85),
    contextScore: rule.contextScore,
    match: rule.examples.match.map(text => ({ text })),
    noMatch: rule.examples.noMatch,
    source: rule.description ?? 'rule of the policy'
  }
}

interface Lines {
  readonly entries: readonly string[]
  /** By entry: its line in the file, from 1. */
  readonly lines: Uint32Array
}

/** One entry a line; empty lines and lines that begin with # are left out. */
function readWords(path: string, report: Report): Lines | null {
  let text: string
  try {
    if (statSync(path).size > MAX_FILE_BYTES) {
      report('.wordsFile', `is larger than ${MAX_FILE_BYTES} bytes; split it over several rules.`)
      return null
    }
    text = readFileSync(path, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    report(
      '.wordsFile',
      `can't be read (${code}). Give the path of a readable text file, relative to the policy.`
    )
    return null
  }
  const all = text.normalize('NFC').split('\n')
  const lines: number[] = []
  const entries = all.filter((line, at) => {
    const counts = line.trim() !== '' && !line.startsWith('#')
    if (counts) lines.push(at + 1)
    return counts
  })
  return { entries, lines: Uint32Array.from(lines) }
}

/** Tells the first wrong entries of a list by their place, the others by their number. */
class RefusedEntries {
  readonly #kind: string
  readonly #lines: Lines | null
  readonly #report: Report
  #count = 0

  constructor(kind: string, lines: Lines | null, report: Report) {
    this.#kind = kind
    this.#lines = lines
    this.#report = report
  }

  add(index: number, reason: string): void {
    if (++this.#count > MAX_ENTRIES_TOLD) return
    const at = this.#lines === null ? `[${index}]` : ` line ${this.#lines.lines[index] ?? 0}`
    this.#report(`.${this.#kind}${at}`, `${reason}.`)
  }

  end(): void {
    const more = this.#count - MAX_ENTRIES_TOLD
    if (more > 0) this.#report(`.${this.#kind}`, `has ${more} more entries that can't be looked for.`)
  }
}
