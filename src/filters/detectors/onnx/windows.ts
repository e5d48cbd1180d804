import type { Word } from './words.ts'

/** Tokens of one word, as the model's vocabulary has them. */
export type Encode = (word: string) => readonly number[]

/** A stretch of words that fits the model's input. Windows of a text overlap; each word is judged by one. */
export interface Window {
  /** Index of the text among those given. */
  readonly text: number
  /** First word it judges, and the word after the last. */
  readonly from: number
  readonly to: number
  /** Tokens without those that open and close the input. */
  readonly ids: readonly number[]
  /** By judged word: where its first token stands in `ids`; -1 for a word without tokens. */
  readonly firsts: readonly number[]
}

/** Words seen by two windows, so that none is judged at an edge only. */
const OVERLAP_WORDS = 16
/** Tokens of one word that count; the first alone is judged. */
const MAX_WORD_TOKENS = 16

/**
 * Lays windows over the words of one text.
 * @param room tokens a window may hold
 */
export function windowsOf(
  text: number,
  source: string,
  words: readonly Word[],
  encode: Encode,
  room: number
): Window[] {
  const tokens = words.map(({ start, end, spaced }) =>
    encode(`${spaced ? ' ' : ''}${source.slice(start, end)}`).slice(0, MAX_WORD_TOKENS)
  )
  const windows: Window[] = []
  let judged = 0
  for (let from = 0; from < words.length; ) {
    const seen = tokensThatFit(tokens, from, room)
    const isLast = seen === words.length
    const next = isLast ? seen : Math.max(from + 1, seen - OVERLAP_WORDS)
    const to = isLast ? seen : (next + seen) >> 1
    windows.push({ text, from: judged, to, ...layOut(tokens, from, seen, judged, to) })
    judged = to
    from = next
  }
  return windows
}

/** @returns the word after the last that fits; one word always does */
function tokensThatFit(tokens: readonly (readonly number[])[], from: number, room: number): number {
  let used = tokens[from]?.length ?? 0
  let to = from + 1
  while (to < tokens.length && used + (tokens[to]?.length ?? 0) <= room) used += tokens[to++]?.length ?? 0
  return to
}

function layOut(
  tokens: readonly (readonly number[])[],
  from: number,
  seen: number,
  judgedFrom: number,
  judgedTo: number
): { ids: number[]; firsts: number[] } {
  const ids: number[] = []
  const firsts: number[] = []
  for (let word = from; word < seen; word++) {
    const own = tokens[word] ?? []
    if (word >= judgedFrom && word < judgedTo) firsts.push(own.length === 0 ? -1 : ids.length)
    ids.push(...own)
  }
  return { ids, firsts }
}
