import { ALNUM, flagsOf, is, LETTER } from './chars.ts'
import { Cluster, MAX_CODES } from './cluster.ts'
import type { Engine } from './engine.ts'
import { continuesNumber, isPartOfMore, isSingleNext, prefixStart } from './number-edges.ts'
import type { Scan } from './scan.ts'

/** No identifier and no telephone number has fewer letters and digits. */
const SHORTEST = 5

/** Asks the recognizers of numbers at each token of letters and digits that holds a digit, once, from left to right. */
export class NumberTokens {
  readonly #engine: Engine
  readonly #cluster = new Cluster()
  /** End of the token looked at last. */
  #end = 0

  constructor(engine: Engine) {
    this.#engine = engine
  }

  /** At the start of a text. */
  rewind(): void {
    this.#end = 0
  }

  /** `at` is the first of a run of digits; a token may hold several runs. */
  lookAt(scan: Scan, at: number): void {
    if (at < this.#end || scan.isCovered(at)) return
    const { text } = scan
    scan.forgetContextBefore(at - MAX_CODES)
    let start = at
    while (start > this.#end && at - start < MAX_CODES && is(text.charCodeAt(start - 1), ALNUM)) start--
    let end = at + 1
    while (is(text.charCodeAt(end), ALNUM)) end++
    this.#end = end
    // Characters one by one are a table, or spaced out and closed up by a view.
    if (end - start > MAX_CODES || (end - start === 1 && isSingleNext(text, end))) return
    const before = text.charCodeAt(start - 1)
    if (((flagsOf[before | 0] ?? 0) & LETTER) !== 0 || continuesNumber(text, before, start)) return
    const prefix = prefixStart(text, start)
    // Most numbers in prose are short and stand alone: dates, times, amounts.
    if (end - start >= SHORTEST || isPartOfMore(text, start, end)) this.#offer(scan, start)
    if (prefix < start) this.#offer(scan, prefix)
  }

  #offer(scan: Scan, start: number): void {
    const cluster = this.#cluster
    cluster.read(scan.text, start)
    if (cluster.groups === 0) return
    this.#engine.forms.match(scan, cluster)
    const { digitRecognizers, letterRecognizers, number } = this.#engine
    for (const index of (cluster.letters & 1) === 0 ? digitRecognizers : letterRecognizers) {
      scan.use(index)
      number[index]?.(scan, cluster)
    }
  }
}
