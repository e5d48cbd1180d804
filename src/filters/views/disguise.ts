import { BLANK, is, NEWLINE } from '../scanner/chars.ts'
import { BACKSLASH, DISGUISE, ENTITY, PERCENT, QUOTED } from '../scanner/signs.ts'
import { DOUBLE, DROPPED, kindOf, MAPPED, PAIR, mayHide, plainForm, plainPair } from './characters.ts'
import { type Escape, readBackslash, readBytes, readEntity, readSoftBreak } from './escapes.ts'
import { type View, ViewBuilder } from './text-map.ts'

/** Longest word looked at for a second alphabet. */
const MAX_WORD = 64

const percent = 0x25
const ampersand = 0x26
const equals = 0x3d
const backslash = 0x5c

const quotedPrintable = /=(?:\r?\n|3D|40[A-Za-z\d]|2E[A-Za-z]|C3=[89AB][\dA-F]|E2=80)/

/** What is in a text; searches for it begin where a sign of it was seen. */
interface Signs {
  readonly characters: boolean
  readonly percent: boolean
  readonly entities: boolean
  readonly quoted: boolean
  readonly backslash: boolean
}

/**
 * The text without escapes and disguised characters; undefined where there are none.
 * @param seen bits of `scanner/signs.ts`: what the text may hold
 */
export function undisguise(text: string, seen: number): View | undefined {
  if ((seen & (DISGUISE | PERCENT | ENTITY | QUOTED | BACKSLASH)) === 0) return undefined
  const signs: Signs = {
    characters: (seen & DISGUISE) !== 0 && mayHide(text),
    percent: (seen & PERCENT) !== 0 && /%[2-7C-Fc-f][\dA-Fa-f]/.test(text),
    entities: (seen & ENTITY) !== 0 && /&(?:#\w|[A-Za-z]{2,14};)/.test(text),
    quoted: (seen & QUOTED) !== 0 && quotedPrintable.test(text),
    backslash: (seen & BACKSLASH) !== 0 && /\\(?:u\{|u[\dA-Fa-f]{4}|x[\dA-Fa-f]{2})/.test(text)
  }
  if (!signs.characters && !signs.percent && !signs.entities && !signs.quoted && !signs.backslash)
    return undefined
  const builder = new ViewBuilder(text)
  const words = new Words()
  const { length } = text
  for (let at = 0; at < length; at++) {
    const code = text.charCodeAt(at)
    const escape = code < 0x80 ? readEscape(text, at, code, signs) : readCharacter(text, at, code, words)
    if (escape === undefined) continue
    builder.replace(at, escape.end, escape.text)
    at = escape.end - 1
  }
  return builder.build()
}

function readEscape(text: string, at: number, code: number, signs: Signs): Escape | undefined {
  if (code === percent) return signs.percent ? readBytes(text, at, percent) : undefined
  if (code === ampersand) return signs.entities ? readEntity(text, at) : undefined
  if (code === backslash) return signs.backslash ? readBackslash(text, at) : undefined
  if (code !== equals || !signs.quoted) return undefined
  return readBytes(text, at, equals) ?? readSoftBreak(text, at)
}

function readCharacter(text: string, at: number, code: number, words: Words): Escape | undefined {
  const kind = kindOf[code]
  if (kind === DROPPED) return { end: at + 1, text: '' }
  if (kind === MAPPED) return { end: at + 1, text: plainForm(code) }
  if (kind === DOUBLE) return words.isMixed(text, at) ? { end: at + 1, text: plainForm(code) } : undefined
  if (kind !== PAIR) return undefined
  const form = plainPair(text, at)
  return form === '' ? undefined : { end: at + 2, text: form }
}

/** Tells words with Latin letters or digits in them from those of another alphabet, which are left alone. */
class Words {
  #end = 0
  #mixed = false

  /** Calls come in order; each word is read once, up to a bound. */
  isMixed(text: string, at: number): boolean {
    if (at < this.#end) return this.#mixed
    let start = at
    while (at - start < MAX_WORD && !isWordEnd(text.charCodeAt(start - 1))) start--
    let end = at
    while (end - at < MAX_WORD && !isWordEnd(text.charCodeAt(end))) end++
    this.#end = end
    this.#mixed = /[A-Za-z\d]/.test(text.slice(start, end))
    return this.#mixed
  }
}

function isWordEnd(code: number): boolean {
  return Number.isNaN(code) || is(code, BLANK | NEWLINE)
}
