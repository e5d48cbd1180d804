import { errors } from '../../errors.ts'
import { pointerOf } from './pointer.ts'
import type { Slot } from './walker.ts'

/** Objects with more keys look for duplicates in a set; below, a list is faster. */
const smallObject = 12

/** The keys of one object; refuses the second of a kind. */
export class Keys {
  readonly #slot: Slot
  readonly #few: string[] = []
  #many: Set<string> | null = null

  constructor(slot: Slot) {
    this.#slot = slot
  }

  /** @throws errors.DuplicateKey */
  add(key: string): void {
    if (this.#many === null && this.#few.length >= smallObject) this.#many = new Set(this.#few)
    if (this.#many === null ? this.#few.includes(key) : this.#many.has(key)) {
      throw new errors.DuplicateKey(pointerOf(this.#slot))
    }
    if (this.#many === null) this.#few.push(key)
    else this.#many.add(key)
  }
}
