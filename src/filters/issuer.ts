import { errors } from '../errors.ts'
import {
  APP_ID_LENGTH,
  base32Value,
  ID_LENGTH,
  type Stem,
  StemDeriver,
  variantChar,
  variantOf,
  VARIANTS
} from './code.ts'
import type { Issued, IssuedCode } from './issued.ts'
import type { ResentSegments } from './resent.ts'

/** An entity with its stem and the spellings of it that have a code. */
interface Known {
  readonly stem: string
  readonly seed: number
  /** Bit set of the variants in use. */
  used: number
  readonly surfaces: string[]
  readonly codes: string[]
}

/**
 * Issues the codes of one request. The same scope key, entity and spelling give the same code, in whichever process; only
 * collisions depend on the order of appearance, and with it on nothing that comes later in the request.
 */
export class Issuer {
  readonly #scopeKey: () => Buffer
  readonly #idLength: number
  #deriver: StemDeriver | null = null
  readonly #issued: Issued
  readonly #entities = new Map<string, Known>()
  readonly #stems = new Set<string>()
  readonly #reserved = new Set<string>()
  /** Codes of earlier requests, by type and surface. */
  readonly #adopted = new Map<string, string>()
  /** While its segments are read: what knows the stems, or takes them down. */
  resent: ResentSegments | null = null

  constructor(scopeKey: () => Buffer, issued: Issued, appWide = false) {
    this.#scopeKey = scopeKey
    this.#idLength = appWide ? APP_ID_LENGTH : ID_LENGTH
    this.#issued = issued
  }

  /**
   * The code for a spelling of an entity.
   * @param entity normalised (entity.ts). @param surface what stands in the text, restored exactly so.
   * @param isNumber a number of a JSON document stands there: it gets a code of its own, beside that of the same digits as text
   * @throws errors.PseudonymCollision for the 33rd spelling of one entity.
   */
  issue(type: string, entity: string, surface: string, isNumber = false): string {
    const spelling = spelled(surface, isNumber)
    const adopted = this.#adopted.get(`${type}\0${spelling}`)
    if (adopted !== undefined) return adopted
    const key = `${type}\0${entity}`
    let known = this.#entities.get(key)
    if (known === undefined) this.#entities.set(key, (known = this.#open(type, entity)))
    const at = known.surfaces.indexOf(spelling)
    const code = known.codes[at] ?? this.#addVariant(known, surface, spelling)
    if (isNumber) this.#issued.noteNumber(code)
    return code
  }

  /** Takes over a code that an earlier request of the same conversation issued: this surface keeps it. */
  adopt(type: string, entity: string, one: IssuedCode): void {
    const { code, surface } = one
    const key = `${type}\0${entity}`
    const stem = code.slice(0, -1)
    let known = this.#entities.get(key)
    if (known === undefined) {
      const { seed } = this.#stem(type, entity, 0)
      this.#entities.set(key, (known = { stem, seed, used: 0, surfaces: [], codes: [] }))
    }
    if (known.stem === stem) known.used |= 1 << base32Value(code.charCodeAt(code.length - 1))
    this.#stems.add(stem)
    this.#adopted.set(`${type}\0${spelled(surface, one.number === true)}`, code)
    this.#issued.adopt(one)
  }

  /** Never issues this code: the text the provider gets already spells it somewhere. */
  reserve(code: string): void {
    this.#reserved.add(code)
  }

  #open(type: string, entity: string): Known {
    for (let attempt = 0; attempt < VARIANTS; attempt++) {
      const { text, seed } = this.#stem(type, entity, attempt)
      const stem = `${type}_${text}`
      if (this.#stems.has(stem)) continue
      this.#stems.add(stem)
      return { stem, seed, used: 0, surfaces: [], codes: [] }
    }
    throw new errors.PseudonymCollision()
  }

  #stem(type: string, entity: string, attempt: number): Stem {
    const derive = (): Stem => {
      this.#deriver ??= new StemDeriver(this.#scopeKey(), this.#idLength)
      return this.#deriver.derive(type, entity, attempt)
    }
    return this.resent === null ? derive() : this.resent.stem(derive)
  }

  #addVariant(known: Known, surface: string, spelling: string): string {
    const first = variantOf(known.seed, spelling)
    for (let attempt = 0; attempt < VARIANTS; attempt++) {
      const variant = (first + attempt) % VARIANTS
      const code = known.stem + variantChar(variant)
      if (((known.used >>> variant) & 1) === 1 || this.#reserved.has(code)) continue
      known.used |= 1 << variant
      known.surfaces.push(spelling)
      known.codes.push(code)
      this.#issued.add(code, surface)
      return code
    }
    throw new errors.PseudonymCollision()
  }
}

/** What tells spellings apart; no text holds a NUL where a number may stand. */
function spelled(surface: string, isNumber: boolean): string {
  return isNumber ? `${surface}\0` : surface
}
