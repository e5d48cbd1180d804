import { HmacKey } from '../../core/hmac.ts'
import { SECRET_TYPES } from '../../core/entity-classes.ts'
import type { Issued, IssuedCode } from '../issued.ts'
import { Draw } from './draw.ts'
import { makers } from './index.ts'
import { type MadeName, NameBook } from './name-book.ts'
import type { Language } from './name-lists.ts'
import { sameShape } from './shape.ts'
import { MAX_STREAMED } from '../value-table.ts'

/** So many values are tried before one is free. */
const ATTEMPTS = 32

/** Where a value stands. */
export interface SurrogatePlace {
  readonly language: () => Language
  /** False for words that the request holds so far: restoring would take them for something issued. */
  readonly isFree: (word: string) => boolean
}

const byType = new Map(makers.flatMap(maker => maker.types.map(type => [type, maker] as const)))

/**
 * Whether a number of this type gets another number, of the same length and exact as a double: then it may stand where a
 * number is demanded.
 */
export function keepsNumber(type: string, text: string): boolean {
  const isPlain = type === 'CARD' || !(byType.has(type) || type === 'PERSON' || SECRET_TYPES.includes(type))
  return isPlain && /^[1-9]\d{5,15}$/.test(text)
}

/**
 * Issues surrogates of one request: derived from the scope key as codes are, so that the same value gets the same surrogate on
 * every turn and every gateway. What can't be made safely is left to a code: secrets, short values, forms without a rule.
 */
export class SurrogateIssuer {
  readonly #scopeKey: () => Buffer
  readonly #issued: Issued
  readonly #names: NameBook
  /** By type and surface. */
  readonly #made = new Map<string, string>()
  #key: HmacKey | null = null

  constructor(scopeKey: () => Buffer, issued: Issued) {
    this.#scopeKey = scopeKey
    this.#issued = issued
    this.#names = new NameBook(() => this.#keyed())
  }

  /**
   * @param entity normalised (entity.ts): its spellings get the same value in their own layout where that is possible
   * @param surface attacker-controlled; restored exactly so
   * @returns null when the value must get a code
   */
  issue(type: string, entity: string, surface: string, place: SurrogatePlace): string | null {
    const key = `${type}\0${surface}`
    const known = this.#made.get(key)
    if (known !== undefined) return known
    if (SECRET_TYPES.includes(type)) return null
    const made = type === 'PERSON' ? this.#name(surface, place) : this.#value(type, entity, surface, place)
    if (made !== null) this.#made.set(key, made)
    return made
  }

  /** Takes over a surrogate of an earlier request of the same conversation. */
  adopt(type: string, one: IssuedCode): void {
    this.#made.set(`${type}\0${one.surface}`, one.code)
    this.#issued.adopt(one)
    if (type === 'PERSON') this.#addWords(this.#names.adopt(one.code, one.surface))
  }

  #name(surface: string, { language, isFree }: SurrogatePlace): string | null {
    const made = this.#names.make(surface, language, isFree)
    if (made === null || !this.#isUsable(made.text, surface)) return null
    this.#issued.addSurrogate(made.text, surface, 'PERSON')
    this.#addWords(made.words)
    return made.text
  }

  /** Single words of a name come back too, unless they mean two. */
  #addWords(words: MadeName['words']): void {
    for (const { made, original } of words) {
      if (this.#issued.surfaceOf(made) === undefined) this.#issued.addSurrogatePart(made, original)
    }
  }

  #value(type: string, entity: string, surface: string, { isFree }: SurrogatePlace): string | null {
    const maker = byType.get(type)
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const draw = new Draw(this.#keyed(), `${type}\0${entity}\0${attempt}`)
      const made = maker === undefined ? sameShape(surface, draw) : maker.make(surface, draw)
      if (made === null) return null
      if (!this.#isUsable(made, surface) || (made.match(/[A-Za-z0-9]+/g) ?? []).every(word => !isFree(word)))
        continue
      this.#issued.addSurrogate(made, surface, type)
      return made
    }
    return null
  }

  #isUsable(made: string, surface: string): boolean {
    if (made === surface || made.length > MAX_STREAMED) return false
    const other = this.#issued.surfaceOf(made)
    return other === undefined || other === surface
  }

  #keyed(): HmacKey {
    return (this.#key ??= new HmacKey(this.#scopeKey()))
  }
}
