import { APP_ID_LENGTH, ID_LENGTH, idNumber, VARIANTS } from './code.ts'

/** The codes of one entity type with ids of one length. */
export interface TypeCodes {
  /** `[A-Z]+(_[A-Z]+)*` */
  readonly type: string
  /** Characters of an id: those that are the same in a whole app are longer. */
  readonly idLength: number
  /** Ids as numbers, ascending; null when every id counts. */
  readonly ids: Float64Array | null
}

/** How many ids share a beginning that lacks so many characters. Exact: 32^10 is below 2^53. */
const SPAN = Float64Array.from({ length: APP_ID_LENGTH + 1 }, (_, missing) => VARIANTS ** missing)

const NONE: readonly TypeCodes[] = []

/**
 * A set of codes that can be asked, character by character, whether a beginning still leads to one of them. Ids are
 * sorted numbers, so a beginning is a range: as quick as a trie and a hundredth of its size.
 */
export class CodeTable {
  /** 1 for the code units a code may begin with, either case. */
  readonly starts = new Uint8Array(128)
  /** 1 for the first two letters of a type, five bits each: most words are told apart by them. */
  readonly #pairs = new Uint8Array(1024)
  readonly #byLetter = new Map<number, TypeCodes[]>()

  /** @param codes `TYPE_XXXXXXXX` each; those of a whole app have ten characters behind the underscore. */
  constructor(codes: Iterable<string>) {
    const groups = new Map<string, { type: string; idLength: number; numbers: number[] }>()
    for (const code of codes) {
      const cut = code.lastIndexOf('_')
      const idLength = code.length - cut - 1
      const key = `${code.slice(0, cut)} ${idLength}`
      const number = idNumber(code.slice(cut + 1))
      const group = groups.get(key)
      if (group !== undefined) group.numbers.push(number)
      else groups.set(key, { type: code.slice(0, cut), idLength, numbers: [number] })
    }
    for (const { type, idLength, numbers } of groups.values())
      this.#addType({ type, idLength, ids: Float64Array.from(numbers).sort() })
  }

  /** A table that holds every possible code of these types. */
  static ofTypes(types: Iterable<string>): CodeTable {
    const table = new CodeTable([])
    for (const type of new Set(types))
      for (const idLength of [ID_LENGTH, APP_ID_LENGTH]) table.#addType({ type, idLength, ids: null })
    return table
  }

  #addType(entry: TypeCodes): void {
    const letter = entry.type.charCodeAt(0)
    const bucket = this.#byLetter.get(letter)
    if (bucket === undefined) this.#byLetter.set(letter, [entry])
    else bucket.push(entry)
    this.starts[letter] = 1
    this.starts[letter | 0x20] = 1
    const second = entry.type.charCodeAt(1)
    const row = (letter & 31) << 5
    if (isLetter(second)) this.#pairs[row | (second & 31)] = 1
    else this.#pairs.fill(1, row, row + 32)
  }

  /** False when no code begins with these two code units. The second may be NaN: the text ends. */
  mayBegin(first: number, second: number): boolean {
    if (first >= 128 || this.starts[first] !== 1) return false
    if (!(second < 128)) return true
    return this.#pairs[((first & 31) << 5) | (second & 31)] === 1
  }

  /** The types that begin with this ASCII letter, either case. */
  startingWith(letter: number): readonly TypeCodes[] {
    return this.#byLetter.get(letter & ~0x20) ?? NONE
  }
}

function isLetter(code: number): boolean {
  return (code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a
}

/** True when some id of the set begins with these characters. `prefix` is their number, `length` how many they are. */
export function leadsToId({ ids, idLength }: TypeCodes, prefix: number, length: number): boolean {
  if (ids === null) return true
  const span = SPAN[idLength - length] ?? 1
  const from = prefix * span
  let low = 0
  let high = ids.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((ids[middle] ?? 0) < from) low = middle + 1
    else high = middle
  }
  return low < ids.length && (ids[low] ?? 0) < from + span
}
