import { CodeTable } from './code-table.ts'
import { ValueTable } from './value-table.ts'

/** Neighbours a code had on its way out, where it touched a letter or digit. UTF-16 code units. */
interface Glue {
  readonly left: Set<number>
  readonly right: Set<number>
}

/** Values in clear that are remembered: a file may hold millions, and only what is counted in answers depends on it. */
const MAX_HELD = 100_000

/** One code with all that restoring it needs. */
export interface IssuedCode {
  readonly code: string
  readonly surface: string
  /** Entity type of a surrogate, which does not tell it itself. */
  readonly type?: string
  /** It stands for a number of a JSON document, and not for a string. */
  readonly number?: true
  /** Code units it had before and after it, where it touched a letter or digit. */
  readonly left?: readonly number[]
  readonly right?: readonly number[]
}

/** The entity type of what a code stands for. */
export function typeOfCode({ code, type }: IssuedCode): string {
  return type ?? code.slice(0, code.lastIndexOf('_'))
}

/**
 * What one request issued: code → exact original spelling. Restoring knows nothing else, so a code that is typed,
 * guessed or left over from another request stays what it is.
 *
 * Values are attacker-controlled and may be `constructor` or `__proto__`: maps and sets only.
 */
export class Issued {
  /** Entity types whose codes are recognised as invented when they were not issued here. */
  readonly knownTypes: readonly string[]
  readonly #surfaces = new Map<string, string>()
  readonly #glue = new Map<string, Glue>()
  readonly #held: string[] = []
  /** Type of each surrogate; null for one that is part of another. */
  readonly #surrogateTypes = new Map<string, string | null>()
  /** Codes that stand for numbers. */
  readonly #numbers = new Set<string>()
  /** For finding surrogates in text. */
  readonly surrogates = new ValueTable()
  #leftGlue: Set<number> | null = null
  #table: CodeTable | null = null
  #folded: Set<string> | null = null

  constructor(knownTypes: readonly string[] = []) {
    this.knownTypes = knownTypes
  }

  /** How many different codes were issued. */
  get size(): number {
    return this.#surfaces.size
  }

  /** @param code `TYPE_XXXXXXXX`. @param surface what stood there, exactly as written. */
  add(code: string, surface: string): void {
    this.#surfaces.set(code, surface)
    this.#table = null
    this.#folded = null
  }

  /** @param text a value that stands for another of its form (surrogates/). @param surface what stood there */
  addSurrogate(text: string, surface: string, type: string): void {
    this.#addSurrogate(text, surface, type)
  }

  /** A word of a surrogate that means somebody on its own. It is restored, and not kept: it follows from the whole. */
  addSurrogatePart(text: string, surface: string): void {
    this.#addSurrogate(text, surface, null)
  }

  #addSurrogate(text: string, surface: string, type: string | null): void {
    this.#surrogateTypes.set(text, type)
    this.surrogates.add(text)
    this.add(text, surface)
  }

  /** The original spelling, or undefined when this request did not issue the code. */
  surfaceOf(code: string): string | undefined {
    return this.#surfaces.get(code)
  }

  /** All codes with their originals, in order of issue. */
  entries(): Iterable<readonly [code: string, surface: string]> {
    return this.#surfaces
  }

  /** All codes, in order of issue. */
  all(): IssuedCode[] {
    return [...this.#surfaces].flatMap(([code, surface]) => {
      const type = this.#surrogateTypes.get(code)
      if (type === null) return []
      const glue = this.#glue.get(code)
      if (type !== undefined) return [{ code, surface, type }]
      if (this.#numbers.has(code)) return [{ code, surface, number: true }]
      if (glue === undefined) return [{ code, surface }]
      return [{ code, surface, left: [...glue.left], right: [...glue.right] }]
    })
  }

  /** Takes over a code that an earlier request of the same conversation issued. */
  adopt({ code, surface, type, number, left = [], right = [] }: IssuedCode): void {
    if (number === true) this.noteNumber(code)
    if (type === undefined) this.add(code, surface)
    else this.addSurrogate(code, surface, type)
    for (const unit of left) this.noteGlue(code, unit, 0)
    for (const unit of right) this.noteGlue(code, 0, unit)
  }

  /** Remembers a value that policy let pass in clear: when an answer repeats it, the model did not make it up. */
  noteHeld(surface: string): void {
    if (this.#held.length >= MAX_HELD) return
    this.#held.push(surface)
    this.#folded = null
  }

  /** True when the request itself held this value, in whatever case and with whatever separators. */
  holds(surface: string): boolean {
    if (this.#folded === null) {
      this.#folded = new Set(this.#held.map(fold))
      for (const value of this.#surfaces.values()) this.#folded.add(fold(value))
    }
    return this.#folded.has(fold(surface))
  }

  /** Remembers that a code left as a string in the place of a number: it comes back as one, without quotes. */
  noteNumber(code: string): void {
    this.#numbers.add(code)
  }

  get hasNumbers(): boolean {
    return this.#numbers.size > 0
  }

  isNumber(code: string): boolean {
    return this.#numbers.has(code)
  }

  /**
   * Remembers that a code left with a letter or digit next to it (0 for none). An answer that repeats exactly that
   * is restored although the code is no whole word.
   */
  noteGlue(code: string, left: number, right: number): void {
    let glue = this.#glue.get(code)
    if (glue === undefined) this.#glue.set(code, (glue = { left: new Set(), right: new Set() }))
    if (left !== 0) {
      glue.left.add(left)
      this.#leftGlue ??= new Set()
      this.#leftGlue.add(left)
    }
    if (right !== 0) glue.right.add(right)
  }

  /** True when some code left with this code unit before it. */
  isLeftGlue(left: number): boolean {
    return this.#leftGlue !== null && this.#leftGlue.has(left)
  }

  /** True when this code left with this code unit before it. */
  hasLeftGlue(code: string, left: number): boolean {
    return this.#glue.get(code)?.left.has(left) === true
  }

  /** True when this code left with this code unit after it. */
  hasRightGlue(code: string, right: number): boolean {
    return this.#glue.get(code)?.right.has(right) === true
  }

  /** The codes, arranged for matching. Built when first needed and shared by all restorers of the request. */
  table(): CodeTable {
    return (this.#table ??= new CodeTable(
      [...this.#surfaces.keys()].filter(code => !this.#surrogateTypes.has(code))
    ))
  }
}

function fold(value: string): string {
  return value.toLowerCase().replace(/[\s.\-/()]+/g, '')
}
