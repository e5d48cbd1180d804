import { IMPERSONAL_TYPES } from '../core/entity-classes.ts'
import type { Finding } from '../core/finding.ts'
import { pointerOf } from '../core/json/pointer.ts'
import { splice } from '../core/json/splice.ts'
import type { Leaf } from '../core/json/walker.ts'
import type { Edit } from '../core/leaf.ts'
import { SPECIAL_CATEGORIES, type SpecialCategory } from '../core/special-categories.ts'
import { errors, isPublicError } from '../errors.ts'
import type { Analyzer } from '../filters/analyzer.ts'
import type { Consult, DetectorSet } from '../filters/detectors/set.ts'
import type { FindingsCache, Lacks } from '../filters/findings-cache.ts'
import { findFlags } from '../filters/flags/index.ts'
import { type Issued, type IssuedCode, typeOfCode } from '../filters/issued.ts'
import { pseudonymizeSegments } from '../filters/pseudonymizer.ts'
import type { ResentSegments } from '../filters/resent.ts'
import type { Names } from '../filters/scanner/names.ts'
import type { FieldDecisions } from '../policy/field-rules.ts'
import type { Operator } from '../policy/field-schema.ts'
import type { Policy } from '../policy.ts'
import type { UpstreamBody } from '../providers/provider.ts'
import type { Replays } from './answer-memory.ts'
import { withInstruction } from './instruction.ts'
import { LeafEdits } from './leaf-edits.ts'
import type { ReadRequest } from './read-request.ts'

/** What a policy says about findings in requests of one endpoint. */
export type RequestRules = FieldDecisions<Operator>

/** One entity type under one operator, counted; what records and metrics see of findings. */
export interface Action {
  readonly type: string
  readonly operator: string
  readonly count: number
}

export interface Outbound {
  /** What a provider gets: the caller's own bytes when nothing is edited. */
  bodyFor(names: ModelNames): UpstreamBody
  readonly issued: Issued
  /** How far the pseudonyms stay the same. */
  readonly scope: 'request' | 'conversation' | 'app'
  readonly actions: readonly Action[]
  /** `clear`: findings were kept by policy; `pseudonymised`: none left in clear; `nothing_found`. */
  readonly payloadState: 'clear' | 'pseudonymised' | 'nothing_found'
}

/** How one deployment knows models. */
export interface ModelNames {
  /** The model of the request; null: no matter. */
  readonly model: string | null
  /** Its name for a model that a request in a file asks for. */
  readonly nameOf: (model: string) => string
}

/** A request in memory as it leaves. @param names left out: as the caller knows models */
export interface WholeOutbound extends Outbound {
  /** What is replaced, by leaf. */
  readonly edits: readonly (readonly Edit[])[]
  bodyFor(names?: ModelNames): Buffer
}

/** What the pseudonyms of a request are derived from. */
export interface RequestScope {
  readonly kind: Outbound['scope']
  readonly key: () => Buffer
  /** Codes of the stored conversation that the request names. */
  readonly known: readonly IssuedCode[]
  readonly replays: Replays
}

/** What detectors saw in a request. */
export interface Scanned {
  /** Per leaf; those that reach their threshold. */
  readonly findings: readonly (readonly Finding[])[]
  /** Special categories of personal data, each once, sorted. */
  readonly flags: readonly SpecialCategory[]
  /** Per leaf, as far as they are in the cache: what need not be looked for in them. */
  readonly lacks: readonly (Lacks | undefined)[]
  /** Every type a finding may have. */
  readonly types: readonly string[]
}

/** What looks at a request. */
export interface Detection {
  /** Of the policy. */
  readonly analyzer: Analyzer
  /** Of the operator. */
  readonly detectors: DetectorSet
  /** Absent where texts come but once. */
  readonly cache?: FindingsCache
  /** How detectors outside of this process are asked. */
  readonly consult: Consult
  /** Codes of the stored conversation that the request names: their persons are found again. */
  readonly conversation: readonly IssuedCode[]
  /** Where names are followed, for texts that come in parts. */
  readonly names?: Names
  /** Earlier answers that leave as they were: not scanned, because nothing of the request's own is in them. */
  readonly replays: Replays
  /** Which of the texts later requests will have too. Only with a cache. */
  readonly resent?: ResentSegments | undefined
}

/**
 * Finds personal data, secrets and special categories in a request.
 * @throws errors.ScanFailed, DetectorFailed, DetectorPlaceRefused: no text leaves with one detector less
 */
export async function scanRequest(
  request: Pick<ReadRequest, 'walk'>,
  rules: RequestRules,
  { analyzer, detectors, consult, conversation, names, replays, cache, resent }: Detection
): Promise<Scanned> {
  const leaves = request.walk.leaves.map((leaf, at) =>
    replays.codesAt.has(at) ? { ...leaf, text: '' } : leaf
  )
  const lacks: (Lacks | undefined)[] = []
  try {
    const known = await analyzer.analyzeInPieces(leaves, {
      persons: personsOf(conversation),
      lacks,
      resent,
      ...(names === undefined ? {} : { names }),
      ...(cache === undefined ? {} : { cache })
    })
    const all = detectors.all.length === 0 ? known : await detectors.addTo(leaves, known, consult)
    const findings = all.map((found, at) => counted(found, leaves[at], rules))
    const flags = new Set(findFlags(leaves, findings, lacks).map(flag => flag.category))
    return {
      findings,
      flags: SPECIAL_CATEGORIES.filter(category => flags.has(category)),
      lacks,
      types: detectors.typesWith(analyzer)
    }
  } catch (cause) {
    if (isPublicError(cause)) throw cause
    throw Object.assign(new errors.ScanFailed(), { cause })
  }
}

/** Findings that reach their threshold; most leaves have none. */
function counted(found: readonly Finding[], leaf: Leaf | undefined, rules: RequestRules): readonly Finding[] {
  if (found.length === 0 || leaf === undefined) return found
  return found.filter(({ score, type }) => score >= rules.thresholdFor(type, leaf))
}

/** Persons of the stored conversation: mentions of them are found again. */
function personsOf(known: readonly IssuedCode[]): string[] {
  return known.filter(one => typeOfCode(one) === 'PERSON').map(({ surface }) => surface)
}

/** @throws errors.SpecialCategory when policy blocks one of the flags */
export function refuseFlagged(flags: readonly SpecialCategory[], policy: Policy): void {
  const blocked = flags.filter(flag => policy.flagAction(flag) === 'block')
  if (blocked[0] !== undefined) throw new errors.SpecialCategory(blocked.join(', '), blocked[0])
}

/**
 * Puts pseudonyms in the place of what was found.
 * @param tellable where the model may be told of them; null when policy does not ask for it
 * @throws errors.PolicyBlocked, FixedFinding, StopCollides, PseudonymCollision
 */
export function makeOutbound(
  request: ReadRequest,
  body: Buffer,
  rules: RequestRules,
  scanned: Scanned,
  scope: RequestScope,
  tellable: readonly Leaf[] | null = null,
  resent?: ResentSegments
): WholeOutbound {
  const { walk, facts } = request
  const result = pseudonymizeSegments({
    knownTypes: scanned.types,
    scopeKey: scope.key,
    appWide: scope.kind === 'app',
    known: scope.known,
    replayed: scope.replays.codesAt,
    segments: walk.leaves,
    findings: scanned.findings,
    lacks: scanned.lacks,
    resent,
    // the segments are the leaves themselves
    operatorFor: (type, leaf) => rules.operatorFor(type, leaf as Leaf)
  })
  if (result.refusal !== undefined) throw refusalOf(result.refusal, walk.leaves)
  refuseCollidingStops(
    facts.stops,
    walk.leaves,
    result.edits,
    [...result.issued.entries()].map(([code]) => code)
  )
  const edits =
    tellable === null ? result.edits : withInstruction(walk.leaves, result.edits, result.issued, tellable)
  return {
    bodyFor: names => edited(request, body, edits, scope.replays, names?.model ?? null),
    edits,
    issued: result.issued,
    scope: scope.kind,
    actions: result.actions,
    payloadState: payloadStateOf(result.actions)
  }
}

/** The error of a refusal. */
export function refusalOf(
  refusal: { kind: 'blocked' | 'fixed'; type: string; segmentIndex: number },
  leaves: readonly Leaf[]
): Error {
  const leaf = leaves[refusal.segmentIndex]
  if (refusal.kind === 'blocked' || leaf === undefined) return new errors.PolicyBlocked(refusal.type)
  return new errors.FixedFinding(pointerOf(leaf.slot), refusal.type)
}

/**
 * A stop string that occurs in a pseudonym would cut the answer in the middle of it.
 * @param codes that the answer may hold
 * @throws errors.StopCollides
 */
export function refuseCollidingStops(
  stops: readonly Leaf[],
  leaves: readonly Leaf[],
  edits: readonly (readonly Edit[])[],
  codes: readonly string[]
): void {
  if (codes.length === 0) return
  for (const stop of stops) {
    const text = splice(stop.text, edits[leaves.indexOf(stop)] ?? [])
    if (text !== '' && codes.some(code => code !== text && code.includes(text)))
      throw new errors.StopCollides()
  }
}

function edited(
  { walk, facts }: ReadRequest,
  body: Buffer,
  edits: readonly (readonly Edit[])[],
  replays: Replays,
  model: string | null
): Buffer {
  const all = new LeafEdits(walk)
  walk.leaves.forEach((leaf, at) => all.add(leaf, edits[at] ?? []))
  for (const edit of replays.edits) all.addSource(edit)
  if (model !== null && facts.model !== null && model !== facts.model) {
    const named = walk.notes.find(note => note.tag === 'model')
    if (named !== undefined)
      all.addSource({ start: named.start, end: named.end, text: JSON.stringify(model) })
  }
  return all.empty ? body : Buffer.from(all.apply())
}

/** In what state a payload with these findings is. */
export function payloadStateOf(actions: readonly Action[]): Outbound['payloadState'] {
  const personal = actions.filter(({ type }) => !IMPERSONAL_TYPES.has(type))
  if (personal.some(({ operator }) => operator === 'keep')) return 'clear'
  return personal.length > 0 ? 'pseudonymised' : 'nothing_found'
}
