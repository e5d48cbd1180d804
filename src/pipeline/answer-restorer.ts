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
import type { FieldDecisions, FieldPath, PlacedLeaf } from '../policy/field-rules.ts'
import type { AnswerOperator } from '../policy/field-schema.ts'
import type { AnswerText } from './answer-memory.ts'
import type { JoinedText } from './joined-text.ts'
import { RememberedText } from './remembered-text.ts'
import type { LeafEdits } from './leaf-edits.ts'
import { SignedTexts } from './signed-texts.ts'

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
  /** What the policy says about findings in answers of this endpoint. */
  readonly rules: AnswerRules
  /** How much of a stream may be held back to see a finding whole. UTF-16 code units. */
  readonly lookBackChars: number
  readonly analyzer: Analyzer
}

export type AnswerRules = FieldDecisions<AnswerOperator>

/** Where a text stands in the whole answer; only asked when a rule does. */
type Place = () => FieldPath

/** Texts of one kind at one place of the answer, and what was found in them. */
interface OwnText {
  readonly leaf: AnswerLeaf
  /** Occurrences by entity type. */
  readonly counts: Map<string, number>
}

interface AnswerLeaf {
  readonly kind: LeafKind
  readonly path: FieldPath
}

/** Texts of one answer that are remembered: choices, tool calls, reasoning. */
const MAX_SAID = 64

const actionOf = { keep: 'kept', mask: 'masked', block: 'blocked' } as const

/**
 * Restores the texts of one answer, and looks in them for data of the model's own making. All its choices, tool calls and
 * snapshots share what the request issued.
 */
export class AnswerRestorer {
  readonly #options: AnswerRestorerOptions
  readonly #stats = createRestoreStats()
  readonly #said: RememberedText[] = []
  readonly #signed = new SignedTexts()
  /** By kind and place; as many as the answer has texts at most. */
  readonly #own = new Map<string, OwnText>()

  constructor(options: AnswerRestorerOptions) {
    this.#options = options
  }

  get counts(): AnswerCounts {
    const { restoredExact, restoredAltered, invented, unresolved } = this.#stats
    return {
      restored: { exact: restoredExact, altered: restoredAltered, invented, unresolved },
      findings: this.#findings()
    }
  }

  #findings(): FindingCount[] {
    const { rules } = this.#options
    const all = new Map<string, FindingCount>()
    for (const { leaf, counts } of this.#own.values()) {
      for (const [type, count] of counts) {
        const action = actionOf[rules.operatorFor(type, leaf)]
        const before = all.get(`${type} ${action}`)?.count ?? 0
        all.set(`${type} ${action}`, { class: type, action, count: before + count, side: 'response' })
      }
    }
    return [...all.values()]
  }

  /** Edits of a leaf that stands alone: nothing of it continues elsewhere. */
  whole(leaf: Leaf): readonly Edit[] {
    if (this.#options.issued.size === 0) return []
    return restoreWhole(leaf.text, this.#options.issued, formatOf(leaf.kind), this.#stats)
  }

  /** The number that this text, all of a string, stands for; undefined when it does not. */
  numberOf({ text }: Leaf): string | undefined {
    const { issued } = this.#options
    return issued.isNumber(text) ? issued.surfaceOf(text) : undefined
  }

  /** The way of a text that comes in deltas. @param said true when clients send it back as part of the conversation */
  joined(kind: LeafKind, said: boolean, place: Place): JoinedText {
    const { leaf, counts } = this.#ownOf(this.#leafOf(kind, place))
    const text = this.#text(leaf, this.#stats, counts)
    if (!said || this.#said.length >= MAX_SAID) return text
    const remembered = new RememberedText(text)
    this.#said.push(remembered)
    return remembered
  }

  /** Texts of the answer that would not come out the same if they were scanned when they come back. */
  get said(): readonly AnswerText[] {
    const isOwn = [...this.#own.values()].some(({ counts }) => counts.size > 0)
    const own = this.#said.filter(text => text.isWhole && (isOwn || text.source !== text.restored))
    return [...own, ...this.#signed.texts]
  }

  /** The answer, or an event of it: what is signed in it is remembered. */
  see(walk: Walk): void {
    this.#signed.see(walk)
  }

  /** The way of a text that says again what deltas said: it comes out the same and is not counted twice. */
  repeated(kind: LeafKind, place: Place): JoinedText {
    return this.#text(this.#leafOf(kind, place), createRestoreStats(), new Map())
  }

  #leafOf(kind: LeafKind, place: Place): AnswerLeaf {
    return { kind, path: this.#options.rules.asksPlaces ? place() : [] }
  }

  #text(leaf: AnswerLeaf, stats: RestoreStats, counts: Map<string, number>): JoinedText {
    const { issued, rules, lookBackChars } = this.#options
    const format = formatOf(leaf.kind)
    const operators = rules.operatorsIn(leaf)
    const scanner = new AnswerScanner({
      mode: operators.has('block') ? 'block' : operators.has('mask') ? 'mask' : 'keep',
      modeOf: type => rules.operatorFor(type, leaf),
      format,
      find: text => this.#find(text, leaf),
      issued,
      counts,
      lookBackChars
    })
    // Without codes nothing can be restored, and no model imitates a form it has not seen.
    return new ScannedText(scanner, issued.size === 0 ? null : new Reidentifier(issued, format, stats))
  }

  #ownOf(leaf: AnswerLeaf): OwnText {
    const key = `${leaf.kind} ${leaf.path.join(' ')}`
    const known = this.#own.get(key)
    if (known !== undefined) return known
    const own = { leaf, counts: new Map<string, number>() }
    this.#own.set(key, own)
    return own
  }

  #find(text: string, leaf: PlacedLeaf): readonly Finding[] {
    const { analyzer, rules } = this.#options
    // What is only counted is not worth the tagger's time: names of the model's own making count where rules see them.
    const operators = rules.operatorsIn(leaf)
    const quick = !operators.has('mask') && !operators.has('block')
    const findings = analyzer.analyze([{ kind: 'text', text, label: '' }], { quick })[0] ?? []
    return findings.filter(({ type, score }) => score >= rules.thresholdFor(type, leaf))
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
