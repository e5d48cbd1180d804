import { allRecognizers } from '../../../src/filters/recognizers/index.ts'
import { allSecretRules } from '../../../src/filters/recognizers/secrets/index.ts'
import type { Recognizer } from '../../../src/filters/recognizer.ts'

/** What texts are put together from. */
export interface Pieces {
  /** Examples, anchors, context words, and the words of examples. */
  readonly parts: readonly string[]
  /** What stands between words in examples: signs, blanks and line ends, as ` ./. `, `: "`, `- `. */
  readonly joints: readonly string[]
}

/** Longest run of signs taken as a joint, in UTF-16 code units. */
const MAX_JOINT = 6

const secretRules = new Set(allSecretRules.map(({ id }) => id))
const others = allRecognizers.filter(({ id }) => !secretRules.has(id)).map(collect)
const secrets = merged(allRecognizers.filter(({ id }) => secretRules.has(id)).map(collect))

/**
 * By recognizer, so that a text may be made of one recognizer's pieces alone: what comes together there meets its rules.
 * Formats of secrets, which one matcher reads, are one.
 */
export const piecesOf: readonly Pieces[] = [...others, secrets]
export const allPieces: Pieces = merged(piecesOf)

function merged(list: readonly Pieces[]): Pieces {
  return {
    parts: list.flatMap(({ parts }) => parts),
    joints: [...new Set(list.flatMap(({ joints }) => joints))]
  }
}

function collect({ examples, anchors = [], context = [], forms = [] }: Recognizer): Pieces {
  const texts = [...examples.match, ...examples.noMatch].map(one =>
    typeof one === 'string' ? one : one.text
  )
  const anchored = anchors.map(({ text }) => text)
  const masks = forms.map(({ mask }) => mask.replaceAll('9', '4').replace(/[AX]/g, 'B'))
  const words = texts.flatMap(text => text.split(/[^\p{L}\p{N}]+/u))
  const signs = [...texts, ...anchored].flatMap(text => text.match(/[^\p{L}\p{N}]+/gu) ?? [])
  return {
    parts: [...texts, ...anchored, ...context, ...masks, ...new Set(words)].filter(part => part !== ''),
    joints: ['', ' ', ...new Set(signs.map(sign => sign.slice(0, MAX_JOINT)))]
  }
}
