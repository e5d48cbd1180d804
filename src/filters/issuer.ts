import { errors } from '../errors.ts'
import { APP_ID_LENGTH, ID_LENGTH, StemDeriver, variantChar, variantOf, VARIANTS } from './code.ts'
import type { Issued } from './issued.ts'

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

  constructor(scopeKey: () => Buffer, issued: Issued, appWide = false) {
    this.#scopeKey = scopeKey
    this.#idLength = appWide ? APP_ID_LENGTH : ID_LENGTH
    this.#issued = issued
  }

  /**
   * The code for a spelling of an entity.
   * @param entity normalised (entity.ts). @param surface what stands in the text, restored exactly so.
   * @throws errors.PseudonymCollision for the 33rd spelling of one entity.
   */
  issue(type: string, entity: string, surface: string): string {
    const key = `${type}\0${entity}`
    let known = this.#entities.get(key)
    if (known === undefined) this.#entities.set(key, (known = this.#open(type, entity)))
    const at = known.surfaces.indexOf(surface)
    const code = known.codes[at]
    if (code !== undefined) return code
    return this.#addVariant(known, surface)
  }

  /** Never issues this code: the text the provider gets already spells it somewhere. */
  reserve(code: string): void {
    this.#reserved.add(code)
  }

  #open(type: string, entity: string): Known {
    this.#deriver ??= new StemDeriver(this.#scopeKey(), this.#idLength)
    for (let attempt = 0; attempt < VARIANTS; attempt++) {
      const { text, seed } = this.#deriver.derive(type, entity, attempt)
      const stem = `${type}_${text}`
      if (this.#stems.has(stem)) continue
      this.#stems.add(stem)
      return { stem, seed, used: 0, surfaces: [], codes: [] }
    }
    throw new errors.PseudonymCollision()
  }

  #addVariant(known: Known, surface: string): string {
    const first = variantOf(known.seed, surface)
    for (let attempt = 0; attempt < VARIANTS; attempt++) {
      const variant = (first + attempt) % VARIANTS
      const code = known.stem + variantChar(variant)
      if (((known.used >>> variant) & 1) === 1 || this.#reserved.has(code)) continue
      known.used |= 1 << variant
      known.surfaces.push(surface)
      known.codes.push(code)
      this.#issued.add(code, surface)
      return code
    }
    throw new errors.PseudonymCollision()
  }
}
