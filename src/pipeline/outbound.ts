import { pointerOf } from '../core/json/pointer.ts'
import { splice } from '../core/json/splice.ts'
import type { Leaf } from '../core/json/walker.ts'
import type { Edit } from '../core/leaf.ts'
import { errors } from '../errors.ts'
import { type Analyzer, entityTypes } from '../filters/analyzer.ts'
import type { Issued } from '../filters/issued.ts'
import { pseudonymizeSegments } from '../filters/pseudonymizer.ts'
import type { Policy } from '../policy.ts'
import { LeafEdits } from './leaf-edits.ts'
import type { ReadRequest } from './read-request.ts'

/** One entity type under one operator, counted; what records and metrics see of findings. */
export interface Action {
  readonly type: string
  readonly operator: string
  readonly count: number
}

export interface Outbound {
  /** What the provider gets: the caller's own bytes when nothing was edited. */
  readonly body: Buffer
  readonly issued: Issued
  readonly actions: readonly Action[]
  /** `clear`: findings were kept by policy; `pseudonymised`: none left in clear; `nothing_found`. */
  readonly payloadState: 'clear' | 'pseudonymised' | 'nothing_found'
}

/**
 * Finds personal data and secrets in a request and puts pseudonyms in their place.
 * @throws errors.ScanFailed, PolicyBlocked, FixedFinding, StopCollides, PseudonymCollision
 */
export function makeOutbound(
  request: ReadRequest,
  body: Buffer,
  policy: Policy,
  analyzer: Analyzer,
  scopeKey: () => Buffer
): Outbound {
  const { walk, facts } = request
  const findings = scan(analyzer, walk.leaves).map(found =>
    found.filter(finding => finding.score >= policy.thresholdFor(finding.type))
  )
  const result = pseudonymizeSegments({
    knownTypes: entityTypes,
    scopeKey,
    segments: walk.leaves,
    findings,
    operatorFor: type => policy.operatorFor(type)
  })
  if (result.refusal !== undefined) throw refusalOf(result.refusal, walk.leaves)
  refuseCollidingStops(facts.stops, walk.leaves, result.edits, result.issued)
  return {
    body: edited(request, body, result.edits),
    issued: result.issued,
    actions: result.actions,
    payloadState: payloadStateOf(result.actions)
  }
}

/** A fault in a detector refuses the request: it must never mean that text leaves unscanned. */
function scan(analyzer: Analyzer, leaves: readonly Leaf[]): ReturnType<Analyzer['analyze']> {
  try {
    return analyzer.analyze(leaves)
  } catch (cause) {
    throw Object.assign(new errors.ScanFailed(), { cause })
  }
}

function refusalOf(
  refusal: { kind: 'blocked' | 'fixed'; type: string; segmentIndex: number },
  leaves: readonly Leaf[]
): Error {
  const leaf = leaves[refusal.segmentIndex]
  if (refusal.kind === 'blocked' || leaf === undefined) return new errors.PolicyBlocked(refusal.type)
  return new errors.FixedFinding(pointerOf(leaf.slot), refusal.type)
}

/** A stop string that occurs in a pseudonym would cut the answer in the middle of it. */
function refuseCollidingStops(
  stops: readonly Leaf[],
  leaves: readonly Leaf[],
  edits: readonly (readonly Edit[])[],
  issued: Issued
): void {
  if (issued.size === 0) return
  for (const stop of stops) {
    const text = splice(stop.text, edits[leaves.indexOf(stop)] ?? [])
    if (text !== '' && [...issued.entries()].some(([code]) => code !== text && code.includes(text)))
      throw new errors.StopCollides()
  }
}

function edited(request: ReadRequest, body: Buffer, edits: readonly (readonly Edit[])[]): Buffer {
  const all = new LeafEdits(request.walk)
  request.walk.leaves.forEach((leaf, at) => all.add(leaf, edits[at] ?? []))
  return all.empty ? body : Buffer.from(all.apply())
}

function payloadStateOf(actions: readonly Action[]): Outbound['payloadState'] {
  if (actions.some(action => action.operator === 'keep')) return 'clear'
  return actions.length > 0 ? 'pseudonymised' : 'nothing_found'
}
