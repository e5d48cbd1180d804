import type { Word } from './words.ts'

/** What the model says of one word. */
export interface Judgement {
  /** Name of the label as the model has it: `B-PER`, `I-LOC`, `O`, `PERSON`. */
  readonly label: string
  /** Probability of that label, 0 to 1. */
  readonly score: number
}

export interface LabelledSpan {
  readonly start: number
  readonly end: number
  /** Without the prefix that tells beginning from inside. */
  readonly label: string
  /** Mean over its words. */
  readonly score: number
}

/** Joins judged words to spans; takes BIO, BIOES and bare labels. `judgements` by index of the word; a word without one is none. */
export function joinSpans(
  words: readonly Word[],
  judgements: ReadonlyMap<number, Judgement>
): LabelledSpan[] {
  const spans: LabelledSpan[] = []
  let open: { label: string; start: number; end: number; total: number; words: number } | null = null
  const close = (): void => {
    if (open === null) return
    const { label, start, end, total, words: count } = open
    spans.push({ label, start, end, score: total / count })
    open = null
  }
  words.forEach((word, at) => {
    const { label = 'O', score = 0 } = judgements.get(at) ?? {}
    const { begins, name } = partsOf(label)
    if (name === '' || begins || open?.label !== name) close()
    if (name === '') return
    if (open === null) open = { label: name, start: word.start, end: word.end, total: score, words: 1 }
    else open = { ...open, end: word.end, total: open.total + score, words: open.words + 1 }
  })
  close()
  return spans
}

/** `B-PER` → begins, PER. `O` has no name. */
function partsOf(label: string): { begins: boolean; name: string } {
  if (label === 'O' || label === '') return { begins: false, name: '' }
  const match = /^([BIESLU])[-_](.+)$/.exec(label)
  if (match === null) return { begins: false, name: label }
  return { begins: match[1] === 'B' || match[1] === 'S' || match[1] === 'U', name: match[2] ?? '' }
}

/** The likeliest label of each row and its probability (softmax). `logits` holds rows of `width` values. */
export function likeliest(
  logits: Float32Array,
  row: number,
  width: number
): { index: number; score: number } {
  const from = row * width
  let index = 0
  for (let i = 1; i < width; i++) if ((logits[from + i] ?? 0) > (logits[from + index] ?? 0)) index = i
  const top = logits[from + index] ?? 0
  let sum = 0
  for (let i = 0; i < width; i++) sum += Math.exp((logits[from + i] ?? 0) - top)
  return { index, score: 1 / sum }
}
