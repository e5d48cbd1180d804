import { DIGIT, flagsOf, LETTER, UPPER } from '../../scanner/chars.ts'

/**
 * Pairs of letters that make up 93 % of German, English and French words: first letter, then all that follow it. Words
 * and names in code consist of these; of random letters every third pair does.
 */
const usualPairs =
  'Abcdefghiklmnprstuvy Baeiloru Caehiklort Daeioru Eabcdefghilmnprstuvwy Faefiortu Gaehilnortu Haeilnortu Iacdefgklmnoprstv Jaeo Kaeio Labdeilostuy Mabeimopu Nacdegiknostuz Obcdeghilmnoprstuvw Paehiloru Qu Rabcdegiklmnorstuy Sacehiopstu Taehilorstuyz Uabcdegilmnprst Vaeio Waeiou'

const usual = new Uint8Array(26 * 26)
for (const row of usualPairs.toLowerCase().split(' ')) {
  const first = row.charCodeAt(0) - 0x61
  for (let i = 1; i < row.length; i++) usual[first * 26 + row.charCodeAt(i) - 0x61] = 1
}

/** What a string is made of, counted in one pass. One object is filled again and again. */
export class Letters {
  length = 0
  letters = 0
  upper = 0
  digits = 0
  /** Characters above ASCII and ASCII signs. */
  signs = 0
  /** Signs that names, paths and dates do not hold. */
  oddSigns = 0
  /** Changes between letters and digits. */
  turns = 0
  /** Changes of case inside runs of letters, but for an upper-case letter before lower-case ones. */
  humps = 0
  /** Pairs of neighbouring letters, and how many of them are usual in words. */
  pairs = 0
  usualPairs = 0
  hexOnly = true

  /** Counts text[start, end). */
  read(text: string, start: number, end: number): this {
    this.length = end - start
    this.letters = this.upper = this.digits = this.signs = this.oddSigns = 0
    this.turns = this.humps = this.pairs = this.usualPairs = 0
    this.hexOnly = true
    let last = 0
    let lastCode = 0
    for (let i = start; i < end; i++) {
      const code = text.charCodeAt(i)
      const flags = flagsOf[code] ?? 0
      const kind = flags & (LETTER | DIGIT)
      if (kind === DIGIT) this.digits++
      else if (kind === LETTER) this.#letter(code, flags, lastCode, last === LETTER)
      else {
        this.signs++
        if (code !== 0x20 && code !== 0x5f && (code < 0x2c || code > 0x3a)) this.oddSigns++
      }
      if (kind !== LETTER && kind !== DIGIT && code !== 0x2d) this.hexOnly = false
      if (kind !== last && kind !== 0 && last !== 0) this.turns++
      last = kind
      lastCode = code
    }
    return this
  }

  #letter(code: number, flags: number, lastCode: number, follows: boolean): void {
    this.letters++
    const isUpper = (flags & UPPER) !== 0
    if (isUpper) this.upper++
    const folded = (code | 0x20) - 0x61
    if (folded < 0 || folded > 5) this.hexOnly = false
    if (!follows) return
    const before = (lastCode | 0x20) - 0x61
    if (isUpper && ((flagsOf[lastCode] ?? 0) & UPPER) === 0) this.humps++
    this.pairs++
    // Letters beyond ASCII are no part of keys: they count as a word's.
    if (folded < 0 || folded > 25 || before < 0 || before > 25) this.usualPairs++
    else this.usualPairs += usual[before * 26 + folded] ?? 0
  }

  /** True when the letters read like words. */
  get isWordLike(): boolean {
    return this.pairs === 0 || this.usualPairs >= this.pairs * 0.7
  }

  /**
   * True when no one would write this by hand: digits and letters in turn, letters that make no words.
   * @param min the least length
   */
  isRandom(min: number): boolean {
    if (this.length < min || this.letters === 0) return false
    if (this.oddSigns >= 4 && this.length >= 10) return true
    if (this.digits === 0 && this.letters < 8) return false
    return this.#oddness() >= (this.letters + this.digits) * 0.7
  }

  /** True for what could be made by a machine, if a name says that it is: digits and letters, at least 14. */
  get isPlausible(): boolean {
    if (this.letters + this.digits < 14 || this.digits < 2) return false
    if (this.letters === 0) return this.digits >= 16 && this.signs === 0
    return this.hexOnly || this.#oddness() >= (this.letters + this.digits) * 0.25
  }

  /** Changes between letters and digits and pairs that no word has count double, changes of case once. */
  #oddness(): number {
    return 2 * (this.turns + this.pairs - this.usualPairs) + this.humps
  }
}
