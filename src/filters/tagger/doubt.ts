import { LOWER, REGIMES } from './regime.ts'
import { DIGITS, LOWER_CASE, SHAPES } from './word.ts'

/** Where being no name leads by so much by what the words around say, nothing else can make a name of it. */
export const HOPELESS = -120
/** A word that leads by more than this may have a word in lower case before it that belongs to it (`von`, `el`). */
export const PROMISING = 30
/** What a capitalised word must lead by to be looked at more closely. */
const CAPITALISED_LEAD = -30
/** As above, for words in lower case and numbers, of which few are names but beside others. */
const LOWER_CASE_LEAD = 30
/** As above, where everything is in lower case. */
const CHAT_LEAD = -60

/**
 * By shape, what a word must lead by, on the word of its surroundings alone, to be looked at more closely without a name
 * beside it. Set on twelve corpora in five languages: names found with these and with `HOPELESS` for all differ in two of a
 * thousand, and those lost are mostly none.
 */
export const leadNeeded: Int32Array = Int32Array.from({ length: SHAPES * REGIMES }, (_, index) => {
  const shape = index % SHAPES
  const isChat = isInChat(index)
  if (shape !== LOWER_CASE && shape !== DIGITS) return CAPITALISED_LEAD
  return shape === LOWER_CASE && isChat ? CHAT_LEAD : LOWER_CASE_LEAD
})

/** Added to the scores of person labels: a missed name is worse than a needless pseudonym. */
const PERSON_BIAS = 12
/** As above, where everything is in lower case: names that no list knows have little else to be told by. */
const CHAT_BIAS = 29

/** By shape, what is added to the scores of person labels. */
export const personBias: Int32Array = Int32Array.from({ length: SHAPES * REGIMES }, (_, index) =>
  isInChat(index) ? CHAT_BIAS : PERSON_BIAS
)

function isInChat(index: number): boolean {
  return Math.floor(index / SHAPES) % 3 === LOWER
}
