import type { Finding } from '../core/finding.ts'
import { NestingReader, type TextFormat } from '../core/json/nesting-reader.ts'
import type { Edit } from '../core/leaf.ts'
import { AnswerHold } from './answer-hold.ts'
import type { Issued } from './issued.ts'
import { type Find, ownFindings } from './own-findings.ts'

/**
 * What happens to personal data of the model's own making: `keep` only counts it and never delays the stream; `mask` and
 * `redact` replace it and hold a bounded look-back; `block` holds the same and ends the text before the first of it.
 */
export type AnswerMode = 'keep' | 'mask' | 'redact' | 'block'

export interface AnswerScanOptions {
  /** The strictest that some type has: what `keep` alone does not hold back, the others do. */
  readonly mode: AnswerMode
  /** By entity type; `mode` for all when absent. */
  readonly modeOf?: (type: string) => AnswerMode
  readonly format: TextFormat
  readonly find: Find
  readonly issued: Issued
  /** Occurrences by entity type, shared by all texts of the answer. */
  readonly counts: Map<string, number>
  /** Most characters held in `mask`, `redact` and `block`. UTF-16 code units. */
  readonly lookBackChars?: number
}

/** So much text is gathered before it is scanned: small deltas then cost a concatenation. UTF-16 code units. */
const WINDOW = 640
/** Scanned again with what follows, so that a finding on the edge is seen whole. */
const OVERLAP = 128
/** A key block that has begun is waited for up to here. */
const MAX_WINDOW = 8192
const LOOK_BACK = 256
const NO_EDITS: readonly Edit[] = []

/** Scans one text of an answer while it streams: one instance per join key, before restoring. */
export class AnswerScanner {
  readonly #options: AnswerScanOptions
  readonly #hold: AnswerHold | null
  readonly #reader: NestingReader
  #window = ''
  /** Findings that begin before this offset of the window have been counted. */
  #counted = 0

  constructor(options: AnswerScanOptions) {
    this.#options = options
    const { mode, modeOf = () => mode, format, lookBackChars = LOOK_BACK } = options
    this.#reader = new NestingReader(format)
    this.#hold =
      mode === 'keep'
        ? null
        : new AnswerHold({
            modeOf,
            format,
            lookBackChars,
            scan: text => ownFindings(text, options.find, options.issued),
            count: type => this.#count(type)
          })
  }

  /** The type that ended the text in mode `block`; null as long as nothing did. */
  get blockedType(): string | null {
    return this.#hold?.blockedType ?? null
  }

  /** Takes the next slice. @returns edits of `delta`, as those of Reidentifier.push. */
  push(delta: string): readonly Edit[] {
    if (this.#hold !== null) return this.#hold.push(delta, false)
    this.#window += this.#spelled(delta)
    const until = this.#window.length >= WINDOW ? windowEnd(this.#window) : 0
    if (until > this.#counted) this.#scanWindow(until)
    return NO_EDITS
  }

  /** As push and end in one: the text is complete. */
  whole(text: string): readonly Edit[] {
    if (this.#hold !== null) return this.#hold.push(text, true)
    this.push(text)
    this.end()
    return NO_EDITS
  }

  /** Ends the text. Returns what was held, treated as the mode says. */
  end(): string {
    if (this.#hold !== null) return this.#hold.push('', true)[0]?.text ?? ''
    if (this.#window !== '') this.#scanWindow(this.#window.length)
    return ''
  }

  /** What the slice spells: in JSON an escaped line break must not look like a letter n. */
  #spelled(delta: string): string {
    this.#reader.settle(delta)
    const isPlain = this.#reader.isIdle && !delta.includes('`')
    return isPlain ? delta : this.#reader.read(delta, 0, false).text
  }

  /** Counts findings that begin before `until`, and keeps what follows for the next look. */
  #scanWindow(until: number): void {
    const { find, issued } = this.#options
    const findings = ownFindings(this.#window, find, issued)
    for (const { start, type } of findings) if (start >= this.#counted && start < until) this.#count(type)
    // from a word's beginning, or else the rest of a word would be found as something of its own
    const from = Math.max(0, wordStart(this.#window, until - OVERLAP))
    this.#counted = Math.max(until, lastEnd(findings, until)) - from
    this.#window = this.#window.slice(from)
  }

  #count(type: string): void {
    const { counts } = this.#options
    counts.set(type, (counts.get(type) ?? 0) + 1)
  }
}

/** How much of the window can be judged: all but the overlap, and no key block (RFC 7468) that has not ended. */
function windowEnd(window: string): number {
  const until = window.length - OVERLAP
  const begin = window.lastIndexOf('-----BEGIN ')
  const end = begin < 0 ? -1 : window.indexOf('-----END ', begin)
  const isWhole = begin < 0 || (end >= 0 && window.includes('-----', end + 9))
  return isWhole || window.length > MAX_WINDOW ? until : Math.min(until, begin)
}

/** The place after the last white space before `at`, at most 64 characters away. */
function wordStart(text: string, at: number): number {
  for (let back = at; back > at - 64 && back > 0; back--) if (/\s/.test(text.charAt(back - 1))) return back
  return at
}

function lastEnd(findings: readonly Finding[], until: number): number {
  let end = 0
  for (const finding of findings) if (finding.start < until) end = Math.max(end, finding.end)
  return end
}
