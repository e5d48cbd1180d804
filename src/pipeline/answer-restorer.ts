import type { FindingCount } from '../audit/event/schema.ts'
import type { Finding } from '../core/finding.ts'
import type { TextFormat } from '../core/json/nesting-reader.ts'
import { splice } from '../core/json/splice.ts'
import type { Leaf, Slot, Walk } from '../core/json/walker.ts'
import type { Edit, LeafKind } from '../core/leaf.ts'
import { errors } from '../errors.ts'
import type { Analyzer } from '../filters/analyzer.ts'
import { AnswerScanner } from '../filters/answer-scan.ts'
import type { Issued } from '../filters/issued.ts'
import { Reidentifier, restoreWhole } from '../filters/reidentifier.ts'
import { createRestoreStats, type RestoreStats } from '../filters/restore-stats.ts'
import type { Policy } from '../policy.ts'
import type { JoinedText } from './joined-text.ts'
import type { LeafEdits } from './leaf-edits.ts'

/** What became of pseudonyms in an answer, and what was found in it besides. */
export interface AnswerCounts {
  readonly restored: {
    readonly exact: number
    readonly altered: number
    readonly invented: number
    readonly unresolved: number
  }
  readonly findings: readonly FindingCount[]
}

export interface AnswerRestorerOptions {
  /** What the request issued: nothing else is ever restored. */
  readonly issued: Issued
  readonly policy: Policy
  readonly analyzer: Analyzer
}

const actionOf = { keep: 'kept', mask: 'masked', block: 'blocked' } as const

/**
 * Restores the texts of one answer, and looks in them for data of the model's own making. All its choices, tool calls and
 * snapshots share what the request issued.
 */
export class AnswerRestorer {
  readonly #options: AnswerRestorerOptions
  readonly #stats = createRestoreStats()
  /** Occurrences by entity type. */
  readonly #own = new Map<string, number>()

  constructor(options: AnswerRestorerOptions) {
    this.#options = options
  }

  get counts(): AnswerCounts {
    const { restoredExact, restoredAltered, invented, unresolved } = this.#stats
    const action = actionOf[this.#options.policy.answerOperator]
    return {
      restored: { exact: restoredExact, altered: restoredAltered, invented, unresolved },
      findings: [...this.#own].map(([type, count]) => ({ class: type, action, count, side: 'response' }))
    }
  }

  /** Edits of a leaf that stands alone: nothing of it continues elsewhere. */
  whole(leaf: Leaf): readonly Edit[] {
    if (this.#options.issued.size === 0) return []
    return restoreWhole(leaf.text, this.#options.issued, formatOf(leaf.kind), this.#stats)
  }

  /** A text that is not JSON at all (error pages). */
  plain(text: string): string {
    return splice(text, restoreWhole(text, this.#options.issued, 'text', this.#stats))
  }

  /** The way of a text that comes in deltas. */
  joined(kind: LeafKind): JoinedText {
    return this.#text(kind, this.#stats, this.#own)
  }

  /** The way of a text that says again what deltas said: it comes out the same and is not counted twice. */
  repeated(kind: LeafKind): JoinedText {
    return this.#text(kind, createRestoreStats(), new Map())
  }

  #text(kind: LeafKind, stats: RestoreStats, counts: Map<string, number>): JoinedText {
    const { issued, policy } = this.#options
    const format = formatOf(kind)
    const scanner = new AnswerScanner({
      mode: policy.answerOperator,
      format,
      find: text => this.#find(text),
      issued,
      counts,
      lookBackChars: policy.answerLookBackChars
    })
    // Without codes nothing can be restored, and no model imitates a form it has not seen.
    return new ScannedText(scanner, issued.size === 0 ? null : new Reidentifier(issued, format, stats))
  }

  #find(text: string): readonly Finding[] {
    const { analyzer, policy } = this.#options
    const findings = analyzer.analyze([{ kind: 'text', text, label: '' }])[0] ?? []
    return findings.filter(({ type, score }) => score >= policy.thresholdFor(type))
  }
}

function formatOf(kind: LeafKind): TextFormat {
  return kind === 'json' ? 'json' : 'text'
}

/** Scanned as the provider wrote it, then restored: a restored value is not of the model's own making. */
class ScannedText implements JoinedText {
  readonly #scanner: AnswerScanner
  readonly #reidentifier: Reidentifier | null

  constructor(scanner: AnswerScanner, reidentifier: Reidentifier | null) {
    this.#scanner = scanner
    this.#reidentifier = reidentifier
  }

  push(delta: string): readonly Edit[] {
    const own = this.#scanner.push(delta)
    this.#refuseBlocked()
    if (this.#reidentifier === null) return own
    if (own.length === 0) return this.#reidentifier.push(delta)
    const kept = splice(delta, own)
    const text = splice(kept, this.#reidentifier.push(kept))
    return [{ start: 0, end: delta.length, text }]
  }

  end(): string {
    const held = this.#scanner.end()
    this.#refuseBlocked()
    if (this.#reidentifier === null) return held
    const text = held === '' ? '' : splice(held, this.#reidentifier.push(held))
    return text + this.#reidentifier.end()
  }

  shift(offset: number): number {
    return this.#reidentifier?.shift(offset) ?? offset
  }

  /** @throws errors.AnswerBlocked */
  #refuseBlocked(): void {
    const type = this.#scanner.blockedType
    if (type !== null) throw new errors.AnswerBlocked(type)
  }
}

/** Moves offsets that count characters of a restored text (annotations, content filters). */
export function shiftOffsets(
  walk: Walk,
  textAt: (slot: Slot) => JoinedText | undefined,
  edits: LeafEdits
): void {
  for (const note of walk.notes) {
    if (note.tag !== 'offset') continue
    const offset = Number(walk.source.slice(note.start, note.end))
    if (!Number.isSafeInteger(offset) || offset < 0) continue
    const shifted = textAt(note.slot)?.shift(offset) ?? offset
    if (shifted !== offset) edits.addSource({ start: note.start, end: note.end, text: String(shifted) })
  }
}
