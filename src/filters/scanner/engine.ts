import type { Recognizer } from '../recognizer.ts'
import { type Automaton, buildAutomaton } from './automaton.ts'
import { foldLiteral } from './classes.ts'
import { FormTable } from './forms.ts'

/** All recognizers compiled into one automaton and its tables. Immutable once built. */
export interface Engine {
  readonly recognizers: readonly Recognizer[]
  readonly automaton: Automaton
  /** By event state (state - firstEvent): `UPPER_START`, `DIGIT_START`, and whether it has `ANCHORS` and `CONTEXTS`. */
  readonly kinds: Uint8Array
  /** By event state: where its anchors begin in `anchors`; one entry more than states. */
  readonly anchorOffsets: Uint32Array
  /** Pairs: recognizer; length of the anchor × 2, plus 1 if no letter may follow it. */
  readonly anchors: Uint16Array
  /** By event state: where its context words begin in `contexts`; one entry more than states. */
  readonly contextOffsets: Uint32Array
  /** Pairs: literal; as in `anchors`. */
  readonly contexts: Uint16Array
  /** By literal: 1 when it is a context word, 2 when it also names a number (`…nummer`, `IBAN`). */
  readonly contextKind: Uint8Array
  /** Bit sets over recognizers up to the last one with context words, `contextWidth` words for each literal. */
  readonly contextSets: Uint32Array
  readonly contextWidth: number
  /** By recognizer, apart from them: objects of many shapes are slow to ask. */
  readonly recognize: readonly (Recognizer['recognize'] | null)[]
  readonly number: readonly (Recognizer['number'] | null)[]
  /** By recognizer: 1 for those that run on prose only. */
  readonly isProse: Uint8Array
  /** Recognizers with `number`, for tokens that begin with a digit and with a letter. */
  readonly digitRecognizers: readonly number[]
  readonly letterRecognizers: readonly number[]
  readonly labelRecognizers: readonly number[]
  readonly textRecognizers: readonly number[]
  readonly mentionRecognizers: readonly number[]
  readonly forms: FormTable
}

/** Bits beside those of `automaton.ts`. */
export const ANCHORS = 4
export const CONTEXTS = 8

/** Words that name a number of no recognizer: what follows them is taken for nothing else without a checksum. */
const otherNumbers = [
  'Bestellnummer',
  'Bestell-Nr',
  'Bestellung',
  'Auftragsnummer',
  'Auftrags-Nr',
  'Auftrag Nr',
  'Artikelnummer',
  'Artikel-Nr',
  'Art.-Nr',
  'Sendungsnummer',
  'Sendungsverfolgung',
  'Ticket',
  'Ticketnummer',
  'Seriennummer',
  'order number',
  'order no',
  'order id',
  'tracking number',
  'tracking id',
  'article number',
  'item number',
  'part number',
  'serial number',
  'sku',
  'ISBN',
  'ISSN',
  'EAN',
  'GTIN',
  'build number',
  'version',
  'timestamp'
]

const namesNumber =
  /(nummer|nr|number|num|no|id|code|iban|bic|swift|telefon|tel|fon|fax|phone|handy|mobil|konto|isbn|issn|ean|gtin|sku|version|bestellung|ticket|timestamp)$/

interface LiteralEntry {
  readonly text: string
  readonly wordStart: boolean
  readonly wordEnd: boolean
  readonly anchors: number[]
  readonly context: number[]
}

/** Umlauts are also found spelled out, and words joined by hyphen or space also written as one. */
function spellings(text: string): string[] {
  const lower = text.toLowerCase()
  const spelled = lower
    .replace(/[äöü]/g, char => ({ ä: 'ae', ö: 'oe', ü: 'ue' })[char] ?? char)
    .replaceAll('ß', 'ss')
  const all = spelled === lower ? [lower] : [lower, spelled]
  return all.flatMap(word =>
    /[^-\s_][-\s_][^-\s_]/.test(word) ? [word, word.replace(/[-\s_]/g, '')] : [word]
  )
}

export function buildEngine(recognizers: readonly Recognizer[]): Engine {
  const entries = new Map<string, LiteralEntry>()
  const entry = (text: string, wordStart: boolean, wordEnd: boolean): LiteralEntry => {
    const key = `${wordStart ? '^' : ''}${foldLiteral(text)}${wordEnd ? '$' : ''}`
    const known = entries.get(key)
    if (known !== undefined) return known
    const made: LiteralEntry = { text, wordStart, wordEnd, anchors: [], context: [] }
    entries.set(key, made)
    return made
  }
  const forms = new FormTable()
  const digitRecognizers: number[] = []
  const letterRecognizers: number[] = []
  const labelRecognizers: number[] = []
  const textRecognizers: number[] = []
  const mentionRecognizers: number[] = []
  recognizers.forEach((recognizer, index) => {
    for (const anchor of recognizer.anchors ?? [])
      entry(anchor.text, anchor.wordStart, anchor.wordEnd).anchors.push(index)
    for (const word of recognizer.context ?? []) {
      for (const text of spellings(word)) entry(text, true, isShort(text)).context.push(index)
    }
    for (const form of recognizer.forms ?? []) forms.add(index, recognizer.types[0] ?? '', form)
    if (recognizer.number !== undefined) {
      if (recognizer.numberStart !== 'letter') digitRecognizers.push(index)
      if (recognizer.numberStart !== 'digit') letterRecognizers.push(index)
    }
    if (recognizer.mention !== undefined) mentionRecognizers.push(index)
    if (recognizer.labelled !== undefined) labelRecognizers.push(index)
    if (recognizer.text !== undefined) textRecognizers.push(index)
  })
  for (const word of otherNumbers)
    for (const text of spellings(word)) entry(text, true, isShort(text)).context.push(-1)
  const list = [...entries.values()]
  const automaton = buildAutomaton(list)
  return {
    recognizers,
    automaton,
    forms,
    recognize: recognizers.map(({ recognize }) => recognize ?? null),
    number: recognizers.map(({ number }) => number ?? null),
    isProse: Uint8Array.from(recognizers, ({ scope }) => (scope === 'prose' ? 1 : 0)),
    digitRecognizers,
    letterRecognizers,
    labelRecognizers,
    textRecognizers,
    mentionRecognizers,
    ...contextTables(list),
    ...eventTables(list, automaton)
  }
}

/** Short context words count only as whole words: `call`, but not `called`; longer ones may be inflected. */
function isShort(text: string): boolean {
  return text.length <= 8
}

type EventTables = Pick<Engine, 'kinds' | 'anchorOffsets' | 'anchors' | 'contextOffsets' | 'contexts'>

/** What each event state means, flat, so that the second pass loads numbers only. */
function eventTables(list: readonly LiteralEntry[], automaton: Automaton): EventTables {
  const states = automaton.starts.length
  const kinds = Uint8Array.from(automaton.starts)
  const anchorOffsets = new Uint32Array(states + 1)
  const contextOffsets = new Uint32Array(states + 1)
  const anchors: number[] = []
  const contexts: number[] = []
  for (let state = 0; state < states; state++) {
    for (let o = automaton.offsets[state] ?? 0; o < (automaton.offsets[state + 1] ?? 0); o++) {
      const literal = automaton.literals[o] ?? 0
      const entry = list[literal]
      if (entry === undefined) continue
      const place = entry.text.length * 2 + (entry.wordEnd ? 1 : 0)
      for (const recognizer of entry.anchors) anchors.push(recognizer, place)
      if (entry.context.length > 0) contexts.push(literal, place)
    }
    if (anchors.length > (anchorOffsets[state] ?? 0)) kinds[state] = (kinds[state] ?? 0) | ANCHORS
    if (contexts.length > (contextOffsets[state] ?? 0)) kinds[state] = (kinds[state] ?? 0) | CONTEXTS
    anchorOffsets[state + 1] = anchors.length
    contextOffsets[state + 1] = contexts.length
  }
  return {
    kinds,
    anchorOffsets,
    contextOffsets,
    anchors: Uint16Array.from(anchors),
    contexts: Uint16Array.from(contexts)
  }
}

type Tables = Pick<Engine, 'contextKind' | 'contextSets' | 'contextWidth'>

function contextTables(list: readonly LiteralEntry[]): Tables {
  const last = list.reduce((most, { context }) => Math.max(most, ...context), 0)
  const contextWidth = (last >> 5) + 1
  const contextSets = new Uint32Array(list.length * contextWidth)
  const contextKind = new Uint8Array(list.length)
  list.forEach((literal, at) => {
    if (literal.context.length > 0) contextKind[at] = namesNumber.test(literal.text.toLowerCase()) ? 2 : 1
    for (const index of literal.context) {
      if (index < 0) continue
      const word = at * contextWidth + (index >> 5)
      contextSets[word] = (contextSets[word] ?? 0) | (1 << (index & 31))
    }
  })
  return { contextKind, contextSets, contextWidth }
}
