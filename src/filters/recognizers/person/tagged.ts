import type { Recognizer } from '../../recognizer.ts'
import { BLANK, DIGIT, is, LETTER, NEWLINE, UPPER } from '../../scanner/chars.ts'
import { wordEnd } from '../../scanner/names.ts'
import type { Scan, TaggedAhead } from '../../scanner/scan.ts'
import { readModel } from '../../tagger/model.ts'
import { type ReportName, TAGGED_TYPES, Tagger } from '../../tagger/tagger.ts'
import { isInComment, isProgramText } from '../../tagger/program-text.ts'
import { isOrdinaryWord as isOrdinary } from '../../tagger/word.ts'
import { isCodeLike } from './code-like.ts'
import { rememberName } from './name.ts'
import { givenNames, noNames } from './words.ts'

/** Immutable weights and the buffers to work with; what is found depends on the text alone. */
const own = readModel('names')
const tagger = new Tagger(own, readModel('names-eu'))

/** A person of this score and several words is followed through the rest of the call. */
const SURE = 0.7
/** A word in capitals below this score is taken for an abbreviation. */
const DOUBTFUL = 0.72

/** In source code what looks like a name mostly is none; in its comments it may be. */
const SURE_IN_CODE = 0.78
const SURE_IN_COMMENT = 0.64

/** Persons, places and organisations anywhere in running text, by trained models. */
export const taggedName: Recognizer = {
  id: 'tagged-name',
  types: TAGGED_TYPES,
  scope: 'prose',
  costly: true,
  text: tagNames,
  examples: {
    match: [
      {
        text: 'Gestern hat mich Aylin Yıldırım aus der Buchhaltung wegen der Reisekosten angerufen.',
        found: 'Aylin Yıldırım'
      },
      { text: 'We should ask Kwame Mensah whether the contract was signed.', found: 'Kwame Mensah' },
      { text: 'hallo ich bin adaeze okonkwo und brauche hilfe bei meiner rechnung', found: 'adaeze okonkwo' },
      { text: 'Der Zug nach Hannover fällt aus.', found: 'Hannover', type: 'LOCATION' }
    ],
    noMatch: [
      'Der Vertrag verlängert sich automatisch um zwölf Monate.',
      'The meeting on Thursday was moved to the next quarter.',
      '{"min": 0.94, "max": 0.94}',
      'const z = number().nullish(); x: z.string().nullish(),',
      'for (const item of list) if (item.isOpen) counter.add(item.size)'
    ]
  },
  source: 'Own models; see the card in src/filters/tagger/README.md'
}

/**
 * Only text that people may have written is tagged: what must reach the provider as it is, is refused when something is
 * found in it, and a single word without surroundings is no ground for that.
 */
function tagNames(scan: Scan): void {
  const { text, kind } = scan
  if (kind !== 'text' && kind !== 'json' && !(kind === 'unknown' && text.includes(' '))) return
  let isProgram: boolean | undefined
  eachName(scan, (start, end, type, score) => {
    if (score < DOUBTFUL && isAbbreviation(text, start, end)) return
    if (score < SURE_IN_CODE && (isProgram ??= isProgramText(text))) {
      if (score < SURE_IN_COMMENT || !isInComment(text, start)) return
    }
    const stop = ownEnd(text, start, end)
    if (type === 'PERSON' && score < SURE_IN_CODE && isNoPerson(text, start, stop)) return
    if (type !== 'PERSON' && !certainSyntax.test(text.slice(start, end))) {
      scan.report(start, end, type, score)
      return
    }
    for (const [from, to] of partsOf(text, start, stop)) {
      if (type === 'PERSON') reportPerson(scan, from, to, score)
      else scan.report(from, to, type, score)
    }
  })
}

/** Part of a program, or a title: `Grant of Patent License`, `Annex III of Implementing Regulation`, no `Josef Mališ of Importio`. */
function isNoPerson(text: string, start: number, end: number): boolean {
  if (isCodeLike(text, start, end)) return true
  return (
    !givenNames.has(text.slice(start, wordEnd(text, start))) && / of \p{Lu}/u.test(text.slice(start, end))
  )
}

/** Without the bracket that closes around it, a number behind it, and the next line when that begins with the name of a field. */
function ownEnd(text: string, start: number, end: number): number {
  let stop = end
  if (text.charCodeAt(end) === 0x3a) {
    const line = text.slice(start, end).lastIndexOf('\n')
    if (line > 0) stop = start + line
  }
  if (text.charCodeAt(stop - 1) === 0x29 && !text.slice(start, stop).includes('(')) stop--
  // `die kinder (luca 6, mia 9)`
  while (stop > start && is(text.charCodeAt(stop - 1), BLANK | DIGIT | NEWLINE)) stop--
  return stop
}

function reportPerson(scan: Scan, start: number, end: number, score: number): void {
  const { text } = scan
  const behind = behindForms(text, start, end)
  if (behind === end) return
  const from = withGiven(text, behind)
  scan.report(from, end, 'PERSON', score)
  if (score >= SURE && text.slice(from, end).includes(' ')) rememberName(scan, from, end)
}

/** What ends a value of JSON, markup and code, a speaker, a column; a nickname in quotes stays within its name. */
const syntax = /["'\s]*(?:[-=]{0,2}[{}[\]<>|;=\\\t]|["'][,:]|:\s| {3,}|,(?=\p{L}{2}))["'\s]*/u

/** What no place and no organisation holds, be it read by a machine from bad print. */
const certainSyntax = /<\/|->|["'][,:}\]]/

/** A name goes on behind no syntax: `Leyla"} Liebe Flora` are two. */
function partsOf(text: string, start: number, end: number): [start: number, end: number][] {
  const name = text.slice(start, end)
  if (!syntax.test(name)) return [[start, end]]
  const parts: [number, number][] = []
  let at = start
  for (const part of name.split(syntax)) {
    const from = text.indexOf(part, at)
    at = from + part.length
    // `</City>` is markup.
    if (part.length > 1 && text.charCodeAt(from - 1) !== 0x3c) parts.push([from, at])
  }
  return parts
}

function eachName({ text, ahead }: Scan, report: ReportName): void {
  if (ahead?.text !== text) tagger.tag(text, report)
  else for (const { start, end, type, score } of ahead.names) report(start, end, type, score)
}

/** Whether people write the word for something else than a name, as far as the models have seen. */
export function isOrdinaryWord(text: string, start: number, end: number): boolean {
  return isOrdinary(hash => own.lexicon.get(hash), text, start, end)
}

/** Tags a long text ahead of its scan, with pauses in which other texts may be scanned. */
export function* tagAhead(text: string): Generator<void, TaggedAhead, void> {
  const names: TaggedAhead['names'][number][] = []
  yield* tagger.tagInPieces(text, (start, end, type, score) => names.push({ start, end, type, score }))
  return { text, names }
}

/** What stands before a name in chats, and one word between: the given name of a surname in lower case. */
const introduced = /(?:^|[^\p{L}])(?:bin|heiße|heisse|is|am|i'?m|frau|herr|bitte|ask)[ ](\p{Ll}{3,20})[ ]$/u
/** As much of the text before a name as `introduced` may take. */
const MAX_BEFORE = 32

/** Start of the name with the given name that the tagger left out: `ich bin adaeze [okonkwo]`. */
function withGiven(text: string, start: number): number {
  if (is(text.charCodeAt(start), UPPER)) return withKnownGiven(text, start)
  const [, given] = introduced.exec(text.slice(Math.max(0, start - MAX_BEFORE), start)) ?? []
  return given === undefined || noNames.has(given) ? start : start - given.length - 1
}

/** `(Jan [Kowalczyk]`: a given name that is known right before the name. */
function withKnownGiven(text: string, start: number): number {
  const [, given] =
    /(?:^|[^\p{L}-])(\p{Lu}\p{Ll}{1,19})[ ]$/u.exec(text.slice(Math.max(0, start - MAX_BEFORE), start)) ?? []
  return given !== undefined && givenNames.has(given) ? start - given.length - 1 : start
}

/** A single word in capitals, as short as abbreviations are: `IBAN`, `PAM`. */
function isAbbreviation(text: string, start: number, end: number): boolean {
  if (end - start > 5) return false
  for (let at = start; at < end; at++) if (!is(text.charCodeAt(at), UPPER)) return false
  return true
}

/** English titles are part of the name in law and letters; German forms of address are not. */
const kept = new Set(['Mr', 'Mrs', 'Ms', 'Miss', 'MR', 'MRS', 'MS'])

/** What people say before their own name; the models take it for a part. */
const selfNaming = /(?:(?:mi )?chiamo|(?:me )?llamo|soy|sono|jestem|ik ben|je suis) (?=\p{L})/uy

/** Start of the name itself, behind `Hallo`, `Familie`, `Frau`; `end` when nothing else is there. */
function behindForms(text: string, start: number, end: number): number {
  selfNaming.lastIndex = start
  let from = selfNaming.test(text) ? Math.min(selfNaming.lastIndex, end) : start
  while (from < end) {
    const stop = Math.min(wordEnd(text, from), end)
    const word = text.slice(from, stop)
    if (stop === from || kept.has(word) || !(noNames.has(word) || isVerb(text, from, word))) return from
    from = stop
    while (from < end && !is(text.charCodeAt(from), LETTER)) from++
  }
  return end
}

/** `ich bin …`: elsewhere `bin` is part of an Arabic name. */
function isVerb(text: string, at: number, word: string): boolean {
  return word === 'bin' && /(?:^|[^\p{L}])[Ii]ch $/u.test(text.slice(Math.max(0, at - 5), at))
}
